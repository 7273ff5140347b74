//! Streams of documents: a bounded window of them in work, one answer for each, in their order.
//!
//! A document that has no answer gets its own error and the stream goes on. The stream itself ends early with a status
//! where no further document can be read: a message that is too large, the caller's deadline, the server's shutdown.

use std::{num::NonZeroUsize, sync::Arc};

use futures_util::{Stream, StreamExt as _, stream};
use tonic::{Status, Streaming};

use super::{
    deadline::Deadline,
    drain::Drained,
    errors::Failure,
    service::{Admission, Reader, Sent, Write},
};
use crate::{
    convert::{answer, validate::Method},
    pb,
};

/// What tells one kind of stream from the other: requests `Q`, answers `A`, responses `R`.
pub(super) struct Kind<Q, A, R> {
    method: Method,
    open: fn(Q) -> Sent,
    write: Write<A>,
    close: fn(i64, String, Result<A, pb::StreamError>) -> R,
}

/// `AnalyzeStream`.
pub(super) const ANALYZE: Kind<pb::AnalyzeStreamRequest, pb::AnalyzeResponse, pb::AnalyzeStreamResponse> = Kind {
    method: Method::Analyze,
    open: |pb::AnalyzeStreamRequest { document, layers, offset_unit }| Sent { document, layers, offset_unit },
    write: answer::analyze,
    close: |index, document_id, result| {
        use pb::analyze_stream_response::Result;
        let result = Some(result.map_or_else(Result::Error, Result::Analysis));
        pb::AnalyzeStreamResponse { index, document_id, result }
    },
};

/// `ExtractStream`.
pub(super) const EXTRACT: Kind<pb::ExtractStreamRequest, pb::ExtractResponse, pb::ExtractStreamResponse> = Kind {
    method: Method::Extract,
    open: |pb::ExtractStreamRequest { document, layers, offset_unit }| Sent { document, layers, offset_unit },
    write: answer::extract,
    close: |index, document_id, result| {
        use pb::extract_stream_response::Result;
        let result = Some(result.map_or_else(Result::Error, Result::Extraction));
        pb::ExtractStreamResponse { index, document_id, result }
    },
};

/// The answers to the documents of `incoming`, `window` of which are in work at once.
pub(super) fn answers<Q, A, R>(
    reader: Arc<Reader>,
    incoming: Streaming<Q>,
    kind: Kind<Q, A, R>,
    window: NonZeroUsize,
    deadline: Deadline,
    drained: Drained,
) -> impl Stream<Item = Result<R, Status>>
where
    Q: Send + 'static,
    A: Send + 'static,
    R: Send + 'static,
{
    let Kind { method, open, write, close } = kind;
    requests(incoming, deadline, drained)
        .zip(stream::iter(0_i64..))
        .map(move |(request, index)| {
            let reader = Arc::clone(&reader);
            async move {
                let sent = open(request?);
                let id = sent.document.as_ref().map(|document| document.id.clone()).unwrap_or_default();
                let result = match reader.read(method, sent, write, Admission::Wait, deadline).await {
                    // the whole call is over, not only this document
                    Err(failure @ (Failure::DeadlineExceeded | Failure::ShuttingDown)) => return Err(failure.into()),
                    result => result.map_err(pb::StreamError::from),
                };
                Ok(close(index, id, result))
            }
        })
        .buffered(window.get())
}

/// The requests of `incoming`, and at last the status that ended them early, if one did.
fn requests<Q: Send + 'static>(
    incoming: Streaming<Q>,
    deadline: Deadline,
    drained: Drained,
) -> impl Stream<Item = Result<Q, Status>> {
    stream::unfold(Some((incoming, drained)), move |open| async move {
        let (mut incoming, drained) = open?;
        tokio::select! {
            biased;
            () = deadline.passed() => Some((Err(Failure::DeadlineExceeded.into()), None)),
            () = drained.begun() => Some((Err(Failure::ShuttingDown.into()), None)),
            next = incoming.message() => match next {
                Ok(Some(request)) => Some((Ok(request), Some((incoming, drained)))),
                Ok(None) => None,
                Err(status) => Some((Err(status), None)),
            },
        }
    })
}
