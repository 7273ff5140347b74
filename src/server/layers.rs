//! What every call of the service passes through, from the outside in.

use std::{any::Any, convert::Infallible, time::Duration};

use http::{HeaderMap, Request, Response};
use tonic::{Code, Status, body::Body, server::NamedService, service::LayerExt as _};
use tower::{Service, ServiceBuilder};
use tower_http::{catch_panic::CatchPanicLayer, on_early_drop::OnEarlyDropLayer, trace::TraceLayer};
use tracing::Span;

use super::{deadline::DeadlineLayer, errors::Failure};

/// `service` within its layers.
pub(super) fn around<S>(
    service: S,
) -> impl Service<Request<Body>, Response = Response<Body>, Error = Infallible, Future: Send + 'static>
+ NamedService
+ Clone
+ Send
+ Sync
+ 'static
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible, Future: Send + 'static>,
    S: NamedService + Clone + Send + Sync + 'static,
{
    ServiceBuilder::new()
        .map_response(|response: Response<_>| response.map(Body::new))
        // one line for each call, so that an operator sees load, failures and times; never a text
        .layer(
            TraceLayer::new_for_grpc()
                .make_span_with(|request: &Request<Body>| tracing::info_span!("call", method = request.uri().path()))
                .on_request(())
                .on_response(log_response)
                .on_body_chunk(())
                .on_eos(log_end)
                .on_failure(()),
        )
        // callers that leave show in the log too: many of them mean that the service is too slow for its callers
        .layer(OnEarlyDropLayer::builder().on_future_drop(|_: &Request<Body>| {
            let span = Span::current();
            move || tracing::info!(parent: span, "the caller left")
        }))
        // a bug in this crate ends one call, not the connection with all its calls
        .layer(CatchPanicLayer::custom(internal_error))
        // the caller's deadline holds from the first byte on, the reading of the request included
        .layer(DeadlineLayer)
        .named_layer(service)
}

/// A call that ended before a message was sent has its status in the head of the response.
fn log_response<B>(response: &Response<B>, latency: Duration, span: &Span) {
    if let Some(code) = code(response.headers()) {
        tracing::info!(parent: span, ?code, milliseconds = latency.as_millis(), "finished");
    }
}

/// Other calls have it after the messages. The time is that of sending them: a unary answer was ready before.
fn log_end(trailers: Option<&HeaderMap>, sending: Duration, span: &Span) {
    if let Some(code) = trailers.and_then(code) {
        tracing::info!(parent: span, ?code, sending_milliseconds = sending.as_millis(), "finished");
    }
}

fn code(headers: &HeaderMap) -> Option<Code> {
    headers.get("grpc-status").map(|code| Code::from_bytes(code.as_bytes()))
}

/// The message of the panic is dropped: it may hold text of a document.
fn internal_error(_panic: Box<dyn Any + Send>) -> Response<Body> {
    Status::from(Failure::Panicked { location: "a layer or a method of the service".to_owned() }).into_http()
}
