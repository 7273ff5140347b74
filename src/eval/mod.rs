//! Scores the pipeline on annotated documents: `isnad eval LAYER DATA`.
//!
//! The data is JSON lines, one document a line with `id`, `date`, `text` and annotations in code points; see [`gold`].

mod coreference;
mod gold;
mod layers;
mod report;

use std::{io::BufRead, str::FromStr, sync::Arc};

use jiff::tz::TimeZone;

pub use report::Report;

use crate::{
    document::{Document, Layer, Layers},
    engine::{Engine, Stop, Worker},
};

/// What is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scored {
    /// Mentions: strict span and type, nested and outermost, per type.
    Entities,
    /// Clusters of mentions, and titles tied to persons.
    Coreference,
    /// Quotations: content, kind and speaker.
    Quotations,
    /// Times: span and value.
    Times,
    /// Amounts: span and value, per type.
    Amounts,
}

impl FromStr for Scored {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Ok(match name {
            "entities" => Self::Entities,
            "coreference" => Self::Coreference,
            "quotations" => Self::Quotations,
            "times" => Self::Times,
            "amounts" => Self::Amounts,
            _ => return Err("one of entities, coreference, quotations, times, amounts".to_owned()),
        })
    }
}

/// Why there is no score.
#[derive(Debug, thiserror::Error)]
pub enum EvalError {
    /// The data could not be read.
    #[error("cannot read the data")]
    Io(#[from] std::io::Error),
    /// A line is not an annotated document.
    #[error("line {line} is not an annotated document")]
    Line {
        /// From 1.
        line: usize,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// A line's annotation does not fit its text.
    #[error("line {line}: an annotation lies outside the text, or its date is none")]
    Annotation {
        /// From 1.
        line: usize,
    },
    /// Nothing was read.
    #[error("the data holds no document")]
    Empty,
}

/// Runs `engine` over the documents of `data` and scores `layer`. `errors` is called with each wrong or missed
/// annotation, for reading.
///
/// # Errors
/// [`EvalError`] where the data cannot be read or is not annotated documents.
pub fn evaluate(
    engine: &Arc<Engine>,
    scored: Scored,
    data: impl BufRead,
    errors: &mut dyn FnMut(&str),
) -> Result<Report, EvalError> {
    let wanted = match scored {
        Scored::Entities | Scored::Coreference => Layers::of(&[Layer::Entities]),
        Scored::Quotations => Layers::of(&[Layer::Entities, Layer::Quotations]),
        Scored::Times => Layers::of(&[Layer::Times]),
        Scored::Amounts => Layers::of(&[Layer::Amounts]),
    };
    let mut worker = Worker::new(Arc::clone(engine));
    let mut report = Report::new(scored);
    for (number, line) in data.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let gold: gold::Document =
            serde_json::from_str(&line).map_err(|source| EvalError::Line { line: number + 1, source })?;
        let bad = || EvalError::Annotation { line: number + 1 };
        let document = Document {
            id: gold.id.clone(),
            text: gold.text.clone(),
            language: "ar".to_owned(),
            published: gold.published().ok_or_else(bad)?,
            zone: TimeZone::UTC,
        };
        let gold = gold.in_bytes().ok_or_else(bad)?;
        let counted = worker.run(&document, wanted, &Stop::default(), |answer| match scored {
            Scored::Entities => layers::entities(answer, &gold, errors),
            Scored::Coreference => coreference::score(answer, &gold, errors),
            Scored::Quotations => layers::quotations(answer, &gold, errors),
            Scored::Times => layers::times(answer, &gold, errors),
            Scored::Amounts => layers::amounts(answer, &gold, errors),
        });
        if let Ok(counted) = counted {
            report.add(counted);
        }
    }
    if report.is_empty() { Err(EvalError::Empty) } else { Ok(report) }
}
