//! Worker threads: computing never blocks the runtime, and never more than was permitted is accepted.
//!
//! A document needs a permit before it is queued, and keeps it until it was computed or dropped. The queue is thus as
//! bounded as the permits are.

use std::{io, num::NonZeroUsize, sync::Arc, thread, time::Duration};

use crossbeam_channel::{Receiver, Sender};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::{Settings, deadline::Deadline, drain::Drained, errors::Failure, panics};
use crate::{
    convert::validate::{self, Method, Request},
    engine::{Answer, Engine, Stop, Worker},
    pb,
};

/// What a worker thread does next; `Err` where the worker's scratch was left in disorder.
type Job = Box<dyn FnOnce(&mut Worker) -> Result<(), Disorder> + Send>;

/// A computation panicked.
struct Disorder;

/// The right to queue one document.
pub(super) struct Permit(OwnedSemaphorePermit);

/// The worker threads and what is left to permit.
pub(super) struct Pool {
    jobs: Sender<Job>,
    permits: Arc<Semaphore>,
    max_documents: usize,
    max_time: Duration,
    drained: Drained,
}

impl Pool {
    /// Starts the threads; they end with the pool.
    pub(super) fn start(engine: &Arc<Engine>, settings: &Settings, drained: Drained) -> io::Result<Self> {
        let (jobs, queue) = crossbeam_channel::unbounded();
        for _ in 0..NonZeroUsize::get(settings.workers) {
            let (engine, queue) = (Arc::clone(engine), queue.clone());
            thread::Builder::new().name(panics::WORKER.to_owned()).spawn(move || work(&engine, &queue))?;
        }
        Ok(Self {
            jobs,
            permits: Arc::new(Semaphore::new(settings.max_documents)),
            max_documents: settings.max_documents,
            max_time: settings.max_document_time,
            drained,
        })
    }

    /// A permit if one is free.
    pub(super) fn try_permit(&self) -> Result<Permit, Failure> {
        let permit = Arc::clone(&self.permits).try_acquire_owned();
        permit.map(Permit).map_err(|_| Failure::Overloaded { limit: self.max_documents })
    }

    /// A permit as soon as one is free, until `deadline`.
    pub(super) async fn permit(&self, deadline: Deadline) -> Result<Permit, Failure> {
        tokio::select! {
            permit = Arc::clone(&self.permits).acquire_owned() => {
                permit.map(Permit).map_err(|_| Failure::ShuttingDown)
            }
            () = deadline.passed() => Err(Failure::DeadlineExceeded),
            () = self.drained.over() => Err(Failure::ShuttingDown),
        }
    }

    /// Computes `request` on a worker thread, until `deadline` and for the longest time allowed at most; `finish` makes
    /// of the answer what is returned. Dropped while it waits, the computation stops and gives its permit back.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        permit: Permit,
        request: Request,
        deadline: Deadline,
        finish: impl FnOnce(&Answer<'_>, &Request) -> T + Send + 'static,
    ) -> Result<T, Failure> {
        tokio::select! {
            answer = self.compute(permit, request, finish) => answer,
            () = deadline.passed() => Err(Failure::DeadlineExceeded),
            () = tokio::time::sleep(self.max_time) => Err(Failure::TooSlow { limit: self.max_time }),
        }
    }

    /// Has a short document read from end to end, however long the first one takes.
    pub(super) async fn probe(&self) -> Result<(), Failure> {
        let document = pb::Document { text: PROBE.to_owned(), ..pb::Document::default() };
        let request = validate::request(Method::Extract, Some(document), &[], 0, PROBE.len())?;
        self.compute(self.permit(Deadline::NONE).await?, request, |_, _| ()).await
    }

    /// Queues `request` and waits for its answer, or until all work is to be given up.
    pub(super) async fn compute<T: Send + 'static>(
        &self,
        permit: Permit,
        request: Request,
        finish: impl FnOnce(&Answer<'_>, &Request) -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let (reply, answer) = oneshot::channel();
        let stop = Stop::default();
        let _on_leaving = StopOnDrop(stop.clone());
        let job = move |worker: &mut Worker| {
            if reply.is_closed() {
                return Ok(()); // the caller left while the document waited
            }
            let run = || worker.run(&request.document, request.layers, &stop, |answer| finish(answer, &request));
            let outcome = panics::catch(run);
            // before the answer: a caller that has one may count on the permit
            drop(permit.0);
            let (answer, order) = match outcome {
                Ok(answer) => (answer.map_err(|_stopped| Failure::ShuttingDown), Ok(())),
                Err(location) => (Err(Failure::Panicked { location }), Err(Disorder)),
            };
            // the caller may have left meanwhile
            let _ = reply.send(answer);
            order
        };
        self.jobs.send(Box::new(job)).map_err(|_| Failure::ShuttingDown)?;
        tokio::select! {
            answer = answer => answer.unwrap_or(Err(Failure::ShuttingDown)),
            () = self.drained.over() => Err(Failure::ShuttingDown),
        }
    }

    /// How many permits are free.
    #[cfg(test)]
    pub(super) fn free(&self) -> usize {
        self.permits.available_permits()
    }
}

/// The text that the engine must have read before the service says that it serves.
const PROBE: &str = "قال وزير الخارجية المصري أمس في القاهرة: «وصلت المساعدات»، وبلغت 3 ملايين دولار.";

/// Tells a computation to stop when its caller no longer waits.
struct StopOnDrop(Stop);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// The life of a worker thread.
fn work(engine: &Arc<Engine>, queue: &Receiver<Job>) {
    let mut worker = Worker::new(Arc::clone(engine));
    for job in queue {
        if job(&mut worker).is_err() {
            worker = Worker::new(Arc::clone(engine));
        }
    }
}
