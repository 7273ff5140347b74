//! Scores the pipeline on annotated documents: `isnad eval LAYER DATA`.
//!
//! The data is JSON lines, one document a line with `id`, `date`, `text` and annotations in code points (see [`gold`]),
//! names on words (see [`anercorp`]),
//! or words with their parts of speech (see [`treebank`]); or a folder of cases of time (see [`recognizers`]). Engines are scored side by side.

mod anercorp;
pub mod calibration;
mod comparison;
mod coreference;
pub(crate) mod gold;
mod layers;
mod morphology;
mod recognizers;
mod report;
pub(crate) mod treebank;
mod unseen;

use std::{fmt, io::BufRead, path::Path, str::FromStr, sync::Arc};

pub use comparison::Comparison;
use gold::{Gold, GoldMention, Sample};
use jiff::tz::TimeZone;
use report::Counted;
pub use report::{Counts, Report};
pub use unseen::Seen;

use crate::{
    document::{Layer, Layers},
    engine::{Answer, Engine, Stop, Worker},
};

/// What is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scored {
    /// Mentions: strict span and type, nested and outermost, per type.
    Entities,
    /// Outermost names as ANERcorp marks them, on its words.
    Anercorp,
    /// Clusters of mentions, and titles tied to persons.
    Coreference,
    /// Quotations: content, kind and speaker.
    Quotations,
    /// Times: span and value.
    Times,
    /// Amounts: span and value, per type.
    Amounts,
    /// Words: cuts, parts of speech, lemmas.
    Morphology,
    /// What time expressions resolve to, by the cases of Recognizers-Text.
    Recognizers,
}

impl FromStr for Scored {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Ok(match name {
            "entities" => Self::Entities,
            "anercorp" => Self::Anercorp,
            "coreference" => Self::Coreference,
            "quotations" => Self::Quotations,
            "times" => Self::Times,
            "amounts" => Self::Amounts,
            "morphology" => Self::Morphology,
            "recognizers" => Self::Recognizers,
            _ => {
                let known = "entities, anercorp, coreference, quotations, times, amounts, morphology, recognizers";
                return Err(format!("one of {known}"));
            }
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
    /// A line is not a word with its tag.
    #[error("line {line} is not a word, a tab and a tag")]
    Tag {
        /// From 1.
        line: usize,
    },
    /// A line is not words with their parts of speech.
    #[error("line {line} is not {wanted}")]
    Words {
        /// From 1.
        line: usize,
        /// What it should be.
        wanted: &'static str,
    },
    /// Nothing was read.
    #[error("the data holds no document")]
    Empty,
}

/// An engine to score.
#[derive(Clone, Debug)]
pub struct Entrant {
    /// What the figures call it.
    pub name: String,
    /// The engine.
    pub engine: Arc<Engine>,
}

/// What is asked of the engines.
#[derive(Clone, Copy, Debug)]
pub struct Question<'s> {
    /// What is scored.
    pub scored: Scored,
    /// Asks for the recall on mentions that neither this nor a list has, where entities are scored.
    pub seen: Option<&'s Seen>,
    /// The zone of the documents; UTC without it.
    pub zone: Option<&'s TimeZone>,
}

impl Question<'_> {
    fn layers(&self) -> Layers {
        match self.scored {
            Scored::Entities | Scored::Coreference | Scored::Anercorp => Layers::of(&[Layer::Entities]),
            Scored::Quotations => Layers::of(&[Layer::Entities, Layer::Quotations]),
            Scored::Times | Scored::Recognizers => Layers::of(&[Layer::Times]),
            Scored::Amounts => Layers::of(&[Layer::Amounts]),
            Scored::Morphology => Layers::of(&[Layer::Words]),
        }
    }

    fn score(
        &self,
        answer: &Answer<'_>,
        gold: &Gold,
        unseen: &[&GoldMention],
        errors: &mut dyn FnMut(&str),
    ) -> Counted {
        match self.scored {
            Scored::Entities => {
                let mut counted = layers::entities(answer, gold, errors);
                if self.seen.is_some() {
                    counted.extend(unseen::recall(answer, gold, unseen, errors));
                }
                counted
            }
            Scored::Anercorp => anercorp::score(answer, gold, errors),
            Scored::Coreference => coreference::score(answer, gold, errors),
            Scored::Quotations => layers::quotations(answer, gold, errors),
            Scored::Times => layers::times(answer, gold, errors),
            Scored::Amounts => layers::amounts(answer, gold, errors),
            Scored::Morphology => morphology::score(answer, gold, errors),
            Scored::Recognizers => recognizers::score(answer, gold, errors),
        }
    }
}

/// Runs the engines over the documents of `data` and scores them: `main`, with `errors` called with each of its wrong
/// or missed annotations, for reading; and `others` to stand beside it.
///
/// # Errors
/// [`EvalError`] where the data cannot be read or is not annotated documents.
pub fn evaluate(
    main: &Entrant,
    others: &[Entrant],
    question: Question<'_>,
    data: impl BufRead,
    errors: &mut dyn FnMut(&str),
) -> Result<Comparison, EvalError> {
    let samples: &mut dyn Iterator<Item = _> = match question.scored {
        Scored::Anercorp => &mut anercorp::read(data),
        Scored::Morphology => &mut treebank::read(data)?.into_iter().map(Ok),
        _ => &mut gold::read(data),
    };
    run(main, others, question, samples, errors)
}

/// The figures on the cases of Recognizers-Text, and what was left out of them.
#[derive(Debug)]
pub struct Cases {
    /// The figures.
    pub scores: Comparison,
    /// How many cases were left out, by reason.
    pub excluded: recognizers::Excluded,
}

impl Cases {
    /// The figures as JSON, with what was left out under `excluded`.
    pub fn json(&self) -> serde_json::Value {
        let mut figures = self.scores.json();
        figures["excluded"] = serde_json::json!(self.excluded);
        figures
    }
}

impl fmt::Display for Cases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.scores)?;
        writeln!(f, "{} cases were left out:", self.excluded.values().sum::<usize>())?;
        self.excluded.iter().try_for_each(|(reason, n)| writeln!(f, "{n:>5}  {reason}"))
    }
}

/// Runs `main` over the Arabic cases of Recognizers-Text in `folder`, with `errors` called with each that is wrong.
///
/// # Errors
/// [`EvalError`] where they cannot be read.
pub fn evaluate_cases(main: &Entrant, folder: &Path, errors: &mut dyn FnMut(&str)) -> Result<Cases, EvalError> {
    let (samples, excluded) = recognizers::read(folder)?;
    let question = Question { scored: Scored::Recognizers, seen: None, zone: None };
    let scores = run(main, &[], question, &mut samples.into_iter().map(Ok), errors)?;
    Ok(Cases { scores, excluded })
}

fn run(
    main: &Entrant,
    others: &[Entrant],
    question: Question<'_>,
    samples: &mut dyn Iterator<Item = Result<Sample, EvalError>>,
    errors: &mut dyn FnMut(&str),
) -> Result<Comparison, EvalError> {
    let names = others.iter().map(|other| other.name.as_str());
    let mut comparison = Comparison::new(question.scored, &main.name, names);
    let entrants = std::iter::once(main).chain(others);
    let mut workers: Vec<Worker> = entrants.map(|entrant| Worker::new(Arc::clone(&entrant.engine))).collect();
    for sample in samples {
        let Sample { mut document, gold } = sample?;
        if let Some(zone) = question.zone {
            document.zone = zone.clone();
        }
        let unseen =
            question.seen.map_or_else(Vec::new, |seen| seen.unseen(main.engine.recognizer(), &document.text, &gold));
        for (index, (worker, report)) in workers.iter_mut().zip(comparison.reports_mut()).enumerate() {
            let mut tell = |error: &str| {
                if index == 0 {
                    errors(error);
                }
            };
            let counted = worker.run(&document, question.layers(), &Stop::default(), |answer| {
                let confidences = match question.scored {
                    Scored::Entities => layers::confidences(answer, &gold),
                    _ => Vec::new(),
                };
                (question.score(answer, &gold, &unseen, &mut tell), confidences)
            });
            if let Ok((mut counted, confidences)) = counted {
                if question.scored == Scored::Morphology {
                    let begins: Vec<u32> = gold.tokens.iter().flatten().map(|word| word.span.begin).collect();
                    let segmented = worker.run_segmented(&document, question.layers(), &begins, |answer| {
                        morphology::score_segmented(answer, &gold, &mut tell)
                    });
                    counted.extend(segmented.unwrap_or_default());
                }
                report.add(counted, confidences);
            }
        }
    }
    if comparison.main().documents() == 0 { Err(EvalError::Empty) } else { Ok(comparison) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"id": "1", "text": "وصل سمير الكناني إلى الدوحة", "mentions": [
        {"begin": 4, "end": 16, "type": "PER"}, {"begin": 21, "end": 27, "type": "GPE"}]}"#;

    fn entrant(name: &str) -> Entrant {
        Entrant { name: name.to_owned(), engine: Arc::default() }
    }

    #[test]
    fn engines_are_scored_on_the_same_documents() {
        let (seen, data) = (Seen::default(), LINE.replace('\n', " "));
        let question = Question { scored: Scored::Entities, seen: Some(&seen), zone: None };
        let mut errors = Vec::new();
        let mut tell = |error: &str| errors.push(error.to_owned());
        let compared = evaluate(&entrant("all"), &[entrant("again")], question, data.as_bytes(), &mut tell).unwrap();
        let scores: Vec<_> = compared.reports().map(|(name, r)| (name, r.total("nested").score())).collect();
        assert_eq!(scores, [("all", 1.0), ("again", 1.0)], "{errors:?}");
        assert_eq!(errors, [""; 0]);
        let unseen = ["unseen", "unseen PER", "unseen GPE"].map(|measure| compared.main().total(measure));
        assert_eq!(unseen, [Counts::recalled(1, 1), Counts::recalled(1, 1), Counts::default()]);
    }

    #[test]
    fn errors_of_the_main_engine_alone_are_told() {
        let data = LINE.replace('\n', " ").replace("GPE", "ORG");
        let question = Question { scored: Scored::Entities, seen: None, zone: None };
        let mut errors = Vec::new();
        let mut tell = |error: &str| errors.push(error.to_owned());
        let compared = evaluate(&entrant("all"), &[entrant("again")], question, data.as_bytes(), &mut tell).unwrap();
        assert_eq!(errors.len(), 2, "{errors:?}");
        assert!(compared.main().measures().iter().all(|measure| !measure.starts_with("unseen")));
    }

    #[test]
    fn wrong_data_is_refused_by_its_line() {
        let question = Question { scored: Scored::Entities, seen: None, zone: None };
        let outside = r#"{"id": "1", "text": "قطر", "mentions": [{"begin": 0, "end": 4, "type": "GPE"}]}"#;
        for (data, told) in [("", "no document"), ("\n{}", "line 2 is not"), (outside, "line 1: an annotation")] {
            let error = evaluate(&entrant("all"), &[], question, data.as_bytes(), &mut |_| {}).unwrap_err();
            assert!(error.to_string().contains(told), "{data}: {error}");
        }
    }
}
