//! Annotated documents read from JSON lines, positions in code points turned into bytes.

use std::io::BufRead;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Deserialize;

use super::{EvalError, recognizers::Expected};
use crate::{document::Document, morphology::Upos, span::Span};

/// A document to read, and what should be found in it.
#[derive(Debug)]
pub(crate) struct Sample {
    pub(crate) document: Document,
    pub(crate) gold: Gold,
}

/// The documents of `data`, one a line; blank lines are left out.
pub(crate) fn read(data: impl BufRead) -> impl Iterator<Item = Result<Sample, EvalError>> {
    data.lines().zip(1..).filter_map(|(line, number)| match line {
        Ok(line) if line.trim().is_empty() => None,
        Ok(line) => Some(sample(&line, number)),
        Err(error) => Some(Err(error.into())),
    })
}

/// The document on line `number`.
fn sample(line: &str, number: usize) -> Result<Sample, EvalError> {
    let line: Line = serde_json::from_str(line).map_err(|source| EvalError::Line { line: number, source })?;
    let bad = || EvalError::Annotation { line: number };
    let document = document(line.id.clone(), line.text.clone(), line.published().ok_or_else(bad)?);
    Ok(Sample { document, gold: line.in_bytes().ok_or_else(bad)? })
}

/// An Arabic document; its days are those of UTC.
pub(crate) fn document(id: String, text: String, published: Option<Timestamp>) -> Document {
    Document { id, text, language: "ar".to_owned(), published, zone: TimeZone::UTC }
}

/// A line of the data.
#[derive(Debug, Deserialize)]
struct Line {
    id: String,
    /// Publication date; absent or empty where it is not known.
    #[serde(default)]
    date: Option<String>,
    text: String,
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
pub(crate) struct Gold {
    pub(crate) id: String,
    pub(crate) mentions: Vec<GoldMention>,
    pub(crate) times: Vec<GoldValue>,
    pub(crate) amounts: Vec<GoldValue>,
    pub(crate) quotations: Vec<GoldQuotation>,
    /// The words as annotated, in the order of the text; empty where positions are of letters.
    pub(crate) words: Vec<Span>,
    /// Where words are annotated: the tokens between white space with their words, which cover them.
    pub(crate) tokens: Vec<Vec<GoldWord>>,
    /// What the one time expression of a case resolves to.
    pub(crate) expected: Option<Expected>,
}

/// A syntactic word of Universal Dependencies.
#[derive(Debug)]
pub(crate) struct GoldWord {
    pub(crate) span: Span,
    /// Its part of speech by this project's conventions.
    pub(crate) upos: Upos,
    /// Its part of speech as its treebank has it, where that has conventions of its own.
    pub(crate) tagged: Option<Upos>,
    /// Without diacritics; `None` where it is not known.
    pub(crate) lemma: Option<String>,
    /// `Name=Value|…`; `None` where there are none.
    pub(crate) features: Option<String>,
}

impl GoldWord {
    /// A word of which nothing else is known yet.
    pub(super) fn new(upos: Upos) -> Self {
        Self { span: Span::default(), upos, tagged: None, lemma: None, features: None }
    }
}

#[derive(Debug)]
pub(crate) struct GoldMention {
    pub(crate) span: Span,
    pub(crate) kind: String,
    /// The document's id of the entity; one of its own where the annotator gave none.
    pub(crate) entity: String,
}

#[derive(Debug)]
pub(crate) struct GoldValue {
    pub(crate) span: Span,
    pub(crate) kind: String,
    pub(crate) value: Option<String>,
}

#[derive(Debug)]
pub(crate) struct GoldQuotation {
    pub(crate) span: Span,
    pub(crate) indirect: bool,
    pub(crate) speaker: Option<String>,
}

impl Line {
    /// The publication, at noon UTC of its date; `None` where a date stands that is none.
    fn published(&self) -> Option<Option<Timestamp>> {
        match self.date.as_deref() {
            None | Some("") => Some(None),
            Some(date) => {
                let noon = date.parse::<Date>().ok()?.at(12, 0, 0, 0).to_zoned_datetime(TimeZone::UTC).ok()?;
                Some(Some(noon.timestamp()))
            }
        }
    }

    /// The annotations in bytes; `None` where one lies outside the text.
    fn in_bytes(self) -> Option<Gold> {
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
            ..Gold::default()
        })
    }
}
