//! Annotated documents as they stand in JSON lines, positions in code points, turned into bytes.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Deserialize;

use crate::span::Span;

/// A line of the data.
#[derive(Debug, Deserialize)]
pub(super) struct Document {
    pub(super) id: String,
    /// Publication date; absent or empty where it is not known.
    #[serde(default)]
    date: Option<String>,
    pub(super) text: String,
    #[serde(default)]
    mentions: Vec<Mention>,
    #[serde(default)]
    times: Vec<Valued>,
    #[serde(default)]
    amounts: Vec<Valued>,
    #[serde(default)]
    quotations: Vec<Quotation>,
}

#[derive(Debug, Deserialize)]
struct Mention {
    begin: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    entity: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Valued {
    begin: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    value: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Quotation {
    begin: usize,
    end: usize,
    kind: String,
    speaker: Option<String>,
}

/// The annotations of a document in bytes of its text.
#[derive(Debug, Default)]
pub(super) struct Gold {
    pub(super) id: String,
    pub(super) mentions: Vec<GoldMention>,
    pub(super) times: Vec<GoldValue>,
    pub(super) amounts: Vec<GoldValue>,
    pub(super) quotations: Vec<GoldQuotation>,
}

#[derive(Debug)]
pub(super) struct GoldMention {
    pub(super) span: Span,
    pub(super) kind: String,
    /// The document's id of the entity; one of its own where the annotator gave none.
    pub(super) entity: String,
}

#[derive(Debug)]
pub(super) struct GoldValue {
    pub(super) span: Span,
    pub(super) kind: String,
    pub(super) value: Option<String>,
}

#[derive(Debug)]
pub(super) struct GoldQuotation {
    pub(super) span: Span,
    pub(super) indirect: bool,
    pub(super) speaker: Option<String>,
}

impl Document {
    /// The publication, at noon UTC of its date; `None` where a date stands that is none.
    pub(super) fn published(&self) -> Option<Option<Timestamp>> {
        match self.date.as_deref() {
            None | Some("") => Some(None),
            Some(date) => {
                let noon = date.parse::<Date>().ok()?.at(12, 0, 0, 0).to_zoned_datetime(TimeZone::UTC).ok()?;
                Some(Some(noon.timestamp()))
            }
        }
    }

    /// The annotations in bytes; `None` where one lies outside the text.
    pub(super) fn in_bytes(self) -> Option<Gold> {
        let mut starts: Vec<usize> = self.text.char_indices().map(|(at, _)| at).collect();
        starts.push(self.text.len());
        let span = |begin: usize, end: usize| {
            let (begin, end) = (*starts.get(begin)?, *starts.get(end)?);
            (begin < end).then(|| Span::new(begin, end))
        };
        let valued = |values: Vec<Valued>| {
            let convert = |v: Valued| Some(GoldValue { span: span(v.begin, v.end)?, kind: v.kind, value: v.value });
            values.into_iter().map(convert).collect::<Option<Vec<_>>>()
        };
        let mentions = self.mentions.into_iter().enumerate().map(|(i, m)| {
            let entity = m.entity.unwrap_or_else(|| format!("own-{i}"));
            Some(GoldMention { span: span(m.begin, m.end)?, kind: m.kind, entity })
        });
        let quotations = self.quotations.into_iter().map(|q| {
            Some(GoldQuotation { span: span(q.begin, q.end)?, indirect: q.kind == "indirect", speaker: q.speaker })
        });
        Some(Gold {
            id: self.id,
            mentions: mentions.collect::<Option<_>>()?,
            times: valued(self.times)?,
            amounts: valued(self.amounts)?,
            quotations: quotations.collect::<Option<_>>()?,
        })
    }
}
