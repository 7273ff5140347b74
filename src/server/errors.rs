//! Failures to statuses: the one place that knows which code, reason and details a cause has.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{BuildHasher as _, Hasher as _, RandomState},
    time::Duration,
};

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, FieldViolation, StatusExt as _};

use crate::{
    convert::validate::{Refusal, Violation},
    pb,
};

/// The domain of `google.rpc.ErrorInfo`.
const DOMAIN: &str = "isnad.v1";

/// When a shed caller should try again.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Why a call or a document has no answer. No message holds text of the document.
#[derive(Clone, Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The request is not valid.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Every permit is taken.
    #[error("as many documents are in work as are allowed ({limit}); try again later")]
    Overloaded {
        /// How many are accepted.
        limit: usize,
    },
    /// The server is on its way down.
    #[error("the service is shutting down; try another instance")]
    ShuttingDown,
    /// The caller's own deadline passed.
    #[error("the deadline of the call passed before the answer was ready; allow more time, or send less")]
    DeadlineExceeded,
    /// The server's limit for one document passed.
    #[error("the document took longer than {} ms; send less", limit.as_millis())]
    TooSlow {
        /// The limit.
        limit: Duration,
    },
    /// A bug.
    #[error("panic at {location}")]
    Panicked {
        /// The line of code.
        location: String,
    },
}

impl Failure {
    /// Every reason, those of refusals included, with its meaning.
    pub(super) fn reasons() -> impl Iterator<Item = (&'static str, &'static str)> {
        let own = [
            ("OVERLOADED", "As many documents as are allowed are in work already."),
            ("SHUTTING_DOWN", "The service is shutting down; another instance can answer."),
            ("DEADLINE_EXCEEDED", "The deadline of the call passed before the answer was ready."),
            ("DOCUMENT_TOO_SLOW", "The document took longer than one document may."),
            ("INTERNAL", "A fault of the service; its log tells more under the id that the message holds."),
        ];
        Violation::REASONS.into_iter().chain(own)
    }

    fn code(&self) -> Code {
        match self {
            Self::Refused(_) => Code::InvalidArgument,
            Self::Overloaded { .. } | Self::ShuttingDown => Code::Unavailable,
            Self::DeadlineExceeded | Self::TooSlow { .. } => Code::DeadlineExceeded,
            Self::Panicked { .. } => Code::Internal,
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.first().reason(),
            Self::Overloaded { .. } => "OVERLOADED",
            Self::ShuttingDown => "SHUTTING_DOWN",
            Self::DeadlineExceeded => "DEADLINE_EXCEEDED",
            Self::TooSlow { .. } => "DOCUMENT_TOO_SLOW",
            Self::Panicked { .. } => "INTERNAL",
        }
    }

    /// What programs need beside the reason.
    fn metadata(&self) -> BTreeMap<String, String> {
        let limit = |value: String| BTreeMap::from([("limit".to_owned(), value)]);
        match self {
            Self::Refused(refusal) => refusal.first().metadata(),
            Self::Overloaded { limit: documents } => limit(documents.to_string()),
            Self::TooSlow { limit: time } => limit(format!("{} ms", time.as_millis())),
            Self::ShuttingDown | Self::DeadlineExceeded | Self::Panicked { .. } => BTreeMap::new(),
        }
    }

    /// What the caller is told and, where it is told only an id, what the log is.
    fn report(&self) -> (String, BTreeMap<String, String>) {
        let mut metadata = self.metadata();
        if self.code() != Code::Internal {
            return (self.to_string(), metadata);
        }
        // Each `RandomState` has keys of its own, which is all that an id needs.
        let id = format!("{:016x}", RandomState::new().build_hasher().finish());
        tracing::error!(error_id = id, cause = %self, "internal error");
        metadata.insert("error_id".to_owned(), id.clone());
        (format!("internal error {id}"), metadata)
    }
}

impl From<Failure> for Status {
    fn from(failure: Failure) -> Self {
        let (message, metadata) = failure.report();
        let mut details =
            ErrorDetails::with_error_info(failure.reason(), DOMAIN, metadata.into_iter().collect::<HashMap<_, _>>());
        match &failure {
            Failure::Refused(refusal) => {
                let violation = |violation: &Violation| FieldViolation {
                    field: violation.field(),
                    description: violation.to_string(),
                    reason: violation.reason().to_owned(),
                    localized_message: None,
                };
                details.set_bad_request(refusal.violations().map(violation).collect::<Vec<_>>());
            }
            Failure::Overloaded { .. } | Failure::ShuttingDown => {
                details.set_retry_info(Some(RETRY_AFTER));
            }
            Failure::DeadlineExceeded | Failure::TooSlow { .. } | Failure::Panicked { .. } => {}
        }
        Self::with_error_details(failure.code(), message, details)
    }
}

impl From<Failure> for pb::StreamError {
    fn from(failure: Failure) -> Self {
        let (message, metadata) = failure.report();
        Self { code: failure.code().into(), reason: failure.reason().to_owned(), message, metadata }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_listed() {
        let failures = [
            Failure::Overloaded { limit: 1 },
            Failure::ShuttingDown,
            Failure::DeadlineExceeded,
            Failure::TooSlow { limit: Duration::ZERO },
            Failure::Panicked { location: String::new() },
        ];
        for failure in failures {
            assert!(Failure::reasons().any(|(reason, _)| reason == failure.reason()), "{failure:?}");
        }
    }
}
