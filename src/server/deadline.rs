//! `grpc-timeout`: a call whose deadline has passed ends with DEADLINE_EXCEEDED, before its request is read to the end
//! if need be. The transport alone would say CANCELLED.

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};

use http::{HeaderMap, Request, Response};
use tokio::time::Instant;
use tonic::{Status, body::Body};
use tower::{Layer, Service};

use super::errors::Failure;

/// When the caller of a request stops waiting; an extension of the request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline(Option<Instant>);

impl Deadline {
    /// The caller waits for ever.
    pub(super) const NONE: Self = Self(None);

    /// The deadline of `request`.
    pub(super) fn of<T>(request: &tonic::Request<T>) -> Self {
        request.extensions().get().copied().unwrap_or(Self::NONE)
    }

    /// Returns when the deadline has passed.
    pub(super) async fn passed(self) {
        match self.0 {
            Some(at) => tokio::time::sleep_until(at).await,
            None => std::future::pending().await,
        }
    }
}

/// Puts [`Deadlines`] around a service.
#[derive(Clone, Copy, Debug)]
pub(super) struct DeadlineLayer;

impl<S> Layer<S> for DeadlineLayer {
    type Service = Deadlines<S>;

    fn layer(&self, inner: S) -> Deadlines<S> {
        Deadlines(inner)
    }
}

/// Ends calls at their deadline.
#[derive(Clone, Debug)]
pub(super) struct Deadlines<S>(S);

impl<S, B> Service<Request<B>> for Deadlines<S>
where
    S: Service<Request<B>, Response = Response<Body>>,
    S::Future: Send + 'static,
    S::Error: Send,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let at = timeout(request.headers()).and_then(|timeout| Instant::now().checked_add(timeout));
        request.extensions_mut().insert(Deadline(at));
        let answer = self.0.call(request);
        let Some(at) = at else { return Box::pin(answer) };
        Box::pin(async move {
            let mut answer = pin!(answer);
            let mut passed = pin!(tokio::time::sleep_until(at));
            poll_fn(|cx| {
                // The transport has a timer for the same deadline, set after this one and looked at after this poll.
                // Reading the clock keeps this one ahead of it, whatever the order in which timers fire.
                if passed.as_mut().poll(cx).is_ready() || at <= Instant::now() {
                    return Poll::Ready(Ok(Status::from(Failure::DeadlineExceeded).into_http()));
                }
                answer.as_mut().poll(cx)
            })
            .await
        })
    }
}

/// The `grpc-timeout` of a call, at most eight digits and a unit; one that cannot be read counts as none.
fn timeout(headers: &HeaderMap) -> Option<Duration> {
    let sent = headers.get("grpc-timeout")?.to_str().ok()?;
    let (digits, unit) = sent.split_at_checked(sent.len().checked_sub(1)?)?;
    if digits.is_empty() || digits.len() > 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value: u64 = digits.parse().ok()?;
    match unit {
        "H" => Some(Duration::from_secs(value * 3600)),
        "M" => Some(Duration::from_secs(value * 60)),
        "S" => Some(Duration::from_secs(value)),
        "m" => Some(Duration::from_millis(value)),
        "u" => Some(Duration::from_micros(value)),
        "n" => Some(Duration::from_nanos(value)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_unit_and_nothing_else() {
        let cases = [
            ("3H", Some(Duration::from_secs(10_800))),
            ("2M", Some(Duration::from_secs(120))),
            ("99999999S", Some(Duration::from_secs(99_999_999))),
            ("250m", Some(Duration::from_millis(250))),
            ("7u", Some(Duration::from_micros(7))),
            ("0n", Some(Duration::ZERO)),
            ("100000000S", None),
            ("S", None),
            ("", None),
            ("5", None),
            ("-5S", None),
            ("+5S", None),
            ("5 S", None),
            ("5s", None),
        ];
        for (sent, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert("grpc-timeout", sent.parse().unwrap());
            assert_eq!(timeout(&headers), expected, "{sent:?}");
        }
        assert_eq!(timeout(&HeaderMap::new()), None);
    }
}
