//! The way down: first nothing new is taken and work in flight goes on, then the rest is stopped.

use std::time::Duration;

use tokio::sync::watch;

/// How long answers may take to leave after all work was stopped.
const FLUSH: Duration = Duration::from_secs(1);

/// Where the server stands; each phase is entered once, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Serving,
    Draining,
    Stopped,
}

/// Moves the server from phase to phase.
pub(super) struct Drain(watch::Sender<Phase>);

/// Tells the parts of the server where it stands.
#[derive(Clone)]
pub(super) struct Drained(watch::Receiver<Phase>);

/// The two ends of one server's way down.
pub(super) fn channel() -> (Drain, Drained) {
    let (sender, receiver) = watch::channel(Phase::Serving);
    (Drain(sender), Drained(receiver))
}

impl Drain {
    /// Takes nothing new, and stops all work after `limit`. Returns once answers had time to leave.
    pub(super) async fn run(&self, limit: Duration) {
        self.0.send_replace(Phase::Draining);
        tokio::time::sleep(limit).await;
        self.0.send_replace(Phase::Stopped);
        tokio::time::sleep(FLUSH).await;
    }
}

impl Drained {
    /// Returns when nothing new is to be taken.
    pub(super) async fn begun(&self) {
        self.reached(Phase::Draining).await;
    }

    /// Returns when work in flight is to be given up.
    pub(super) async fn over(&self) {
        self.reached(Phase::Stopped).await;
    }

    async fn reached(&self, phase: Phase) {
        // A server that is gone has reached every phase.
        let _ = self.0.clone().wait_for(|&now| now >= phase).await;
    }
}
