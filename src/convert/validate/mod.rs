//! Protobuf requests to domain types: the only place that refuses input.
//!
//! Everything that is wrong with a request is reported together, in the order of its fields, so that a caller mends it
//! in one go.

use std::{collections::BTreeMap, fmt};

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    document::{Document, Layer, Layers, OffsetUnit},
    pb,
};

/// The longest text by default, in code points: some forty newspaper pages.
pub const MAX_CODE_POINTS: usize = 150_000;

/// The longest document id, in bytes.
pub const MAX_ID_BYTES: usize = 1024;

/// At most so many violations of one request are listed, so that a refusal is never larger than what it refuses.
const MAX_VIOLATIONS: usize = 16;

/// The range of `google.protobuf.Timestamp`, in seconds: 0001-01-01 to 9999-12-31.
pub(super) const TIMESTAMP_SECONDS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// The methods that read a document; each has layers of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// How a document is built.
    Analyze,
    /// Who is named in it, who said what, when, where and how much.
    Extract,
}

impl Method {
    /// The layers that can be asked of the method, all of which are computed where a request names none. Fixed for v1.
    pub fn layers(self) -> &'static [Layer] {
        match self {
            Self::Analyze => &Layer::ALL[..3],
            Self::Extract => &Layer::ALL[3..],
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Analyze => "Analyze",
            Self::Extract => "Extract",
        })
    }
}

/// A request that passed.
#[derive(Clone, Debug)]
pub struct Request {
    /// The document.
    pub document: Document,
    /// The layers wanted; never empty.
    pub layers: Layers,
    /// The unit of the spans in the answer.
    pub unit: OffsetUnit,
}

/// One thing that is wrong with a request. No message holds text of the document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// There is no document.
    #[error("the request has no document")]
    DocumentMissing,
    /// The id is too long.
    #[error("the id has {actual} bytes; at most {limit} are allowed")]
    IdTooLong {
        /// Bytes allowed.
        limit: usize,
        /// Bytes sent.
        actual: usize,
    },
    /// The text has no letters to read.
    #[error("the text is empty or only white space")]
    TextEmpty,
    /// The text is too long.
    #[error("the text has {actual} code points; at most {limit} are allowed")]
    TextTooLong {
        /// Code points allowed.
        limit: usize,
        /// Code points sent.
        actual: usize,
    },
    /// The language is not written as BCP 47 has it.
    #[error("the language is not a BCP 47 tag such as `ar` or `ar-EG`")]
    LanguageMalformed,
    /// The publication time is none that a protobuf timestamp can hold, or falls into year 10000 somewhere on earth.
    #[error("the publication time is not between 0001-01-01T00:00:00Z and 9999-12-30T22:00:00Z")]
    PublicationTimeOutOfRange,
    /// The zone is not in the IANA database.
    #[error("the time zone is not one of the IANA database, such as `Asia/Riyadh`")]
    TimeZoneUnknown,
    /// A layer that this version does not know.
    #[error("layer {value} is unknown; GetCapabilities lists the layers")]
    LayerUnknown {
        /// Its place in the request.
        index: usize,
        /// The number sent.
        value: i32,
    },
    /// A layer of the other method.
    #[error("{} is not a layer of {method}", pb::Layer::from(*layer).as_str_name())]
    LayerNotOfMethod {
        /// Its place in the request.
        index: usize,
        /// The layer sent.
        layer: Layer,
        /// The method called.
        method: Method,
    },
    /// An offset unit that this version does not know.
    #[error("offset unit {value} is unknown; GetCapabilities lists the units")]
    OffsetUnitUnknown {
        /// The number sent.
        value: i32,
    },
}

impl Violation {
    /// Every reason, with its meaning.
    pub const REASONS: [(&str, &str); 10] = [
        ("DOCUMENT_MISSING", "The request has no document."),
        ("ID_TOO_LONG", "The document's id is too long."),
        ("TEXT_EMPTY", "The text is empty or only white space."),
        ("TEXT_TOO_LONG", "The text has more code points than are allowed."),
        ("LANGUAGE_MALFORMED", "The language is not a BCP 47 tag."),
        ("PUBLICATION_TIME_OUT_OF_RANGE", "The publication time is out of the range of calendars."),
        ("TIME_ZONE_UNKNOWN", "The time zone is not in the IANA database."),
        ("LAYER_UNKNOWN", "This version does not know the layer."),
        ("LAYER_NOT_OF_METHOD", "The layer belongs to the other method."),
        ("OFFSET_UNIT_UNKNOWN", "This version does not know the offset unit."),
    ];

    /// The stable reason of `google.rpc.ErrorInfo`.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::DocumentMissing => "DOCUMENT_MISSING",
            Self::IdTooLong { .. } => "ID_TOO_LONG",
            Self::TextEmpty => "TEXT_EMPTY",
            Self::TextTooLong { .. } => "TEXT_TOO_LONG",
            Self::LanguageMalformed => "LANGUAGE_MALFORMED",
            Self::PublicationTimeOutOfRange => "PUBLICATION_TIME_OUT_OF_RANGE",
            Self::TimeZoneUnknown => "TIME_ZONE_UNKNOWN",
            Self::LayerUnknown { .. } => "LAYER_UNKNOWN",
            Self::LayerNotOfMethod { .. } => "LAYER_NOT_OF_METHOD",
            Self::OffsetUnitUnknown { .. } => "OFFSET_UNIT_UNKNOWN",
        }
    }

    /// The path of the field in the request message.
    pub fn field(&self) -> String {
        match self {
            Self::DocumentMissing => "document".into(),
            Self::IdTooLong { .. } => "document.id".into(),
            Self::TextEmpty | Self::TextTooLong { .. } => "document.text".into(),
            Self::LanguageMalformed => "document.language".into(),
            Self::PublicationTimeOutOfRange => "document.publication_time".into(),
            Self::TimeZoneUnknown => "document.time_zone".into(),
            Self::LayerUnknown { index, .. } | Self::LayerNotOfMethod { index, .. } => format!("layers[{index}]"),
            Self::OffsetUnitUnknown { .. } => "offset_unit".into(),
        }
    }

    /// What a program needs beside the reason: `field`, and where they apply `limit` and `actual`.
    pub fn metadata(&self) -> BTreeMap<String, String> {
        let mut metadata = BTreeMap::from([("field".to_owned(), self.field())]);
        let mut put = |name: &str, value: String| metadata.insert(name.to_owned(), value);
        match self {
            Self::IdTooLong { limit, actual } | Self::TextTooLong { limit, actual } => {
                put("limit", limit.to_string());
                put("actual", actual.to_string());
            }
            Self::LayerUnknown { value, .. } | Self::OffsetUnitUnknown { value } => {
                put("actual", value.to_string());
            }
            Self::LayerNotOfMethod { layer, .. } => {
                put("actual", pb::Layer::from(*layer).as_str_name().to_owned());
            }
            _ => {}
        }
        metadata
    }
}

/// Why a request was refused: one violation or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    first: Violation,
    others: Vec<Violation>,
}

impl Refusal {
    /// The first violation: its reason stands for the whole.
    pub fn first(&self) -> &Violation {
        &self.first
    }

    /// Every violation, in the order of the request's fields.
    pub fn violations(&self) -> impl Iterator<Item = &Violation> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// `Err` if `violations` holds one.
    fn of(violations: Vec<Violation>) -> Result<(), Self> {
        let mut violations = violations.into_iter();
        match violations.next() {
            None => Ok(()),
            Some(first) => Err(Self { first, others: violations.take(MAX_VIOLATIONS - 1).collect() }),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        self.others.iter().try_for_each(|violation| write!(f, "; {violation}"))
    }
}

impl std::error::Error for Refusal {}

/// The domain's document for `sent`, whose text may have `max_code_points`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn document(sent: pb::Document, max_code_points: usize) -> Result<Document, Refusal> {
    let mut violations = Vec::new();
    let document = read(sent, max_code_points, &mut violations);
    Refusal::of(violations).map(|()| document)
}

/// The domain's request for the fields of a request message of `method`, streamed or not.
///
/// # Errors
/// Everything that is wrong with it.
pub fn request(
    method: Method,
    sent: Option<pb::Document>,
    layers: &[i32],
    offset_unit: i32,
    max_code_points: usize,
) -> Result<Request, Refusal> {
    let mut violations = Vec::new();
    let document = match sent {
        Some(sent) => Some(read(sent, max_code_points, &mut violations)),
        None => {
            violations.push(Violation::DocumentMissing);
            None
        }
    };
    let layers = read_layers(method, layers, &mut violations);
    let unit = read_unit(offset_unit, &mut violations);
    match (Refusal::of(violations), document) {
        (Err(refusal), _) => Err(refusal),
        (Ok(()), Some(document)) => Ok(Request { document, layers, unit }),
        (Ok(()), None) => Err(Refusal { first: Violation::DocumentMissing, others: Vec::new() }),
    }
}

/// Reads `sent`; what is wrong goes to `violations`.
fn read(sent: pb::Document, max_code_points: usize, violations: &mut Vec<Violation>) -> Document {
    let pb::Document { id, text, language, publication_time, time_zone } = sent;
    if id.len() > MAX_ID_BYTES {
        violations.push(Violation::IdTooLong { limit: MAX_ID_BYTES, actual: id.len() });
    }
    if text.trim().is_empty() {
        violations.push(Violation::TextEmpty);
    }
    // A text of few bytes has few code points; only longer ones are counted.
    if text.len() > max_code_points {
        let actual = text.chars().count();
        if actual > max_code_points {
            violations.push(Violation::TextTooLong { limit: max_code_points, actual });
        }
    }
    if !language.is_empty() && icu_locale_core::Locale::try_from_str(&language).is_err() {
        violations.push(Violation::LanguageMalformed);
    }
    let published = publication_time.and_then(|sent| {
        let at = TIMESTAMP_SECONDS
            .contains(&sent.seconds)
            .then(|| Timestamp::new(sent.seconds, sent.nanos).ok())
            .flatten()
            .filter(|_| (0..1_000_000_000).contains(&sent.nanos));
        if at.is_none() {
            violations.push(Violation::PublicationTimeOutOfRange);
        }
        at
    });
    let zone = if time_zone.is_empty() {
        TimeZone::UTC
    } else {
        TimeZone::get(&time_zone).ok().filter(|zone| !zone.is_unknown()).unwrap_or_else(|| {
            violations.push(Violation::TimeZoneUnknown);
            TimeZone::UTC
        })
    };
    Document { id, text, language, published, zone }
}

/// The layers wanted of `method`; what is wrong goes to `violations`.
fn read_layers(method: Method, sent: &[i32], violations: &mut Vec<Violation>) -> Layers {
    if sent.is_empty() {
        return Layers::of(method.layers());
    }
    let mut layers = Layers::default();
    for (index, &value) in sent.iter().enumerate() {
        match Layer::ALL.into_iter().find(|&layer| i32::from(pb::Layer::from(layer)) == value) {
            None => violations.push(Violation::LayerUnknown { index, value }),
            Some(layer) if !method.layers().contains(&layer) => {
                violations.push(Violation::LayerNotOfMethod { index, layer, method });
            }
            Some(layer) => layers = layers.with(layer),
        }
        if violations.len() >= MAX_VIOLATIONS {
            break;
        }
    }
    layers
}

/// The offset unit wanted; what is wrong goes to `violations`.
fn read_unit(value: i32, violations: &mut Vec<Violation>) -> OffsetUnit {
    match pb::OffsetUnit::try_from(value) {
        Ok(pb::OffsetUnit::Unspecified | pb::OffsetUnit::Utf8Bytes) => OffsetUnit::Utf8,
        Ok(pb::OffsetUnit::Utf16CodeUnits) => OffsetUnit::Utf16,
        Ok(pb::OffsetUnit::CodePoints) => OffsetUnit::CodePoints,
        Err(_) => {
            violations.push(Violation::OffsetUnitUnknown { value });
            OffsetUnit::Utf8
        }
    }
}

#[cfg(test)]
mod tests;
