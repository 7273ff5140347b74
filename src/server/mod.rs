//! The gRPC service: the way in for other programs.
//!
//! A call passes the [`layers`], is validated by [`crate::convert::validate`], takes a permit of the [`pool`] or is
//! shed, and is computed on a worker thread, never on the runtime's own. Every failure becomes a status in [`errors`].

mod capabilities;
mod deadline;
mod drain;
mod errors;
mod health;
mod layers;
mod panics;
mod pool;
mod service;
mod stream;

#[cfg(test)]
mod tests;

use std::{future::Future, io, num::NonZeroUsize, sync::Arc, time::Duration};

use tokio::net::TcpListener;
use tonic::transport::server::{Server, TcpIncoming};

use crate::{convert::validate::MAX_CODE_POINTS, engine::Engine, pb};

/// Calls that one connection may have open at once.
const MAX_CALLS_PER_CONNECTION: u32 = 256;

/// How long a connection may be silent before it is asked for a sign of life, and how long that may take to come.
const KEEPALIVE: Duration = Duration::from_secs(30);

/// What the operator can set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The longest text of a document, in code points. Default: 150,000.
    pub max_code_points: usize,
    /// Threads that compute. Default: one for each core.
    pub workers: NonZeroUsize,
    /// Documents that are computed or wait at once; more are shed. Default: 16 for each core.
    pub max_documents: usize,
    /// Documents of one stream that are in work at once. Default: 8.
    pub stream_window: NonZeroUsize,
    /// The longest time for one document. Default: 10 s.
    pub max_document_time: Duration,
    /// How long work in flight may go on after the shutdown began. Default: 20 s.
    pub drain_time: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self {
            max_code_points: MAX_CODE_POINTS,
            workers: cores,
            max_documents: 16 * cores.get(),
            stream_window: NonZeroUsize::MIN.saturating_add(7),
            max_document_time: Duration::from_secs(10),
            drain_time: Duration::from_secs(20),
        }
    }
}

impl Settings {
    /// The largest message that is decoded: a document of the longest text, whatever its letters, and the fields around
    /// it. A text a little too long thus reaches validation, which can say by how much.
    fn max_message_bytes(&self) -> usize {
        self.max_code_points.saturating_mul(4).saturating_add(64 * 1024)
    }
}

/// Why the server ended before it was told to.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// A thread could not be started.
    #[error("cannot start a worker thread")]
    Thread(#[source] io::Error),
    /// The contract compiled into the binary cannot be read.
    #[error("the descriptors of the contract are damaged")]
    Descriptors(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The engine could not answer the probe document.
    #[error("the engine did not answer the probe document: {0}")]
    Probe(String),
    /// The transport failed.
    #[error("the transport failed")]
    Transport(#[from] tonic::transport::Error),
}

/// Serves `engine` on `listener` until `shutdown`, then finishes what is in flight within the drain time.
///
/// Health says SERVING once the engine has answered a probe document, and NOT_SERVING from the shutdown on.
///
/// # Errors
/// [`ServeError`], where the server could not start or ended before it was told to.
pub async fn run(
    listener: TcpListener,
    engine: Arc<Engine>,
    settings: Settings,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let (drain, drained) = drain::channel();
    let pool = pool::Pool::start(&engine, &settings, drained.clone()).map_err(ServeError::Thread)?;
    serve(listener, &engine, Arc::new(pool), &settings, drain, drained, shutdown).await
}

/// Serves what `pool` computes.
async fn serve(
    listener: TcpListener,
    engine: &Engine,
    pool: Arc<pool::Pool>,
    settings: &Settings,
    drain: drain::Drain,
    drained: drain::Drained,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let capabilities = capabilities::of(engine, settings)?;
    let reflection = tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(pb::DESCRIPTORS)
        .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
        // so that grpcurl and others can show the details of errors
        .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
        .build_v1()
        .map_err(|error| ServeError::Descriptors(error.into()))?;
    let (health, health_service) = health::Health::not_serving().await;
    let service = service::Service::new(Arc::clone(&pool), settings, capabilities, drained.clone());

    let server = Server::builder()
        // a dead peer must not hold a connection, and with it a drain, for ever
        .http2_keepalive_interval(Some(KEEPALIVE))
        .http2_keepalive_timeout(Some(KEEPALIVE))
        // bounds what one connection can make the server hold in memory
        .max_concurrent_streams(MAX_CALLS_PER_CONNECTION)
        .add_service(layers::around(service.into_server(settings)))
        .add_service(health_service)
        .add_service(reflection)
        .serve_with_incoming_shutdown(TcpIncoming::from(listener).with_nodelay(Some(true)), {
            let drained = drained.clone();
            async move { drained.begun().await }
        });

    let probe = async {
        match pool.probe().await {
            Ok(()) => {
                tracing::info!(fingerprint = engine.fingerprint(), "serving");
                health.serving().await;
            }
            // told to stop before it had started
            Err(errors::Failure::ShuttingDown) => {}
            Err(failure) => return Err(ServeError::Probe(failure.to_string())),
        }
        std::future::pending::<Result<(), ServeError>>().await
    };
    let stop = async {
        shutdown.await;
        health.draining().await;
        drain.run(settings.drain_time).await;
    };
    tokio::select! {
        served = server => served.map_err(ServeError::from),
        failed = probe => failed,
        () = stop => {
            tracing::warn!("connections were still open after the drain time");
            Ok(())
        }
    }
}
