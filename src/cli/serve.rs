//! `isnad serve`: settings, log, signals and the port around the server.

use std::{
    io::{self, IsTerminal as _},
    sync::Arc,
};

use tokio::net::TcpListener;

use super::{Failure, Status, local};
use crate::{
    config::{Serve, ServeFlags},
    engine::Engine,
    server,
};

/// Serves until SIGTERM or SIGINT.
pub fn run(flags: &ServeFlags) -> Result<(), Failure> {
    let (serve, engine) = match (flags.check(), local::engine(&flags.tables)) {
        (Ok(serve), Ok(engine)) => (serve, engine),
        (serve, engine) => {
            let mut wrong = serve.err().unwrap_or_default();
            wrong.extend(engine.err().map(|failure| failure.message));
            return Err(Failure::new(Status::Usage, wrong.join("\n       ")));
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new(Status::Software, error.to_string()))?;
    runtime.block_on(until_told(serve, engine))
}

async fn until_told(serve: Serve, engine: Engine) -> Result<(), Failure> {
    let Serve { listen, settings, log, log_json } = serve;
    let subscriber = tracing_subscriber::fmt().with_env_filter(log).with_writer(io::stderr);
    if log_json {
        subscriber.json().init();
    } else {
        subscriber.with_ansi(io::stderr().is_terminal()).init();
    }
    // before the port opens, so that no signal is lost
    let shutdown = signal().map_err(|error| Failure::new(Status::Software, format!("signals: {error}")))?;
    let listener = TcpListener::bind(listen).await;
    let listening = listener.and_then(|listener| listener.local_addr().map(|address| (listener, address)));
    let (listener, address) =
        listening.map_err(|error| Failure::new(Status::Unavailable, format!("cannot listen on {listen}: {error}")))?;
    tracing::info!(%address, "listening");
    server::run(listener, Arc::new(engine), settings, shutdown)
        .await
        .map_err(|error| Failure::new(Status::Software, super::chain(&error)))
}

/// Ends at the first signal to stop.
#[cfg(unix)]
fn signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        let name = tokio::select! {
            _ = terminate.recv() => "SIGTERM",
            _ = interrupt.recv() => "SIGINT",
        };
        tracing::info!(signal = name, "draining");
    })
}

/// Ends at Ctrl-C.
#[cfg(not(unix))]
fn signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a handler the process runs until it is ended.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
