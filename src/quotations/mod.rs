//! Quotations: what was said, the word that reports it, and who said it.

use crate::{
    entities::Entities,
    morphology::{Source, Words},
    span::Span,
    text::Text,
};

/// How words are reported; the contract's `QuotationKind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum QuotationKind {
    Direct,
    Indirect,
    Mixed,
}

/// What the reporting word says of the act; the contract's `CueCategory`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum CueCategory {
    Say,
    Announce,
    Assert,
    Add,
    Explain,
    Claim,
    Deny,
    Warn,
    Demand,
    Ask,
    Answer,
    Criticize,
    Express,
    Write,
    Report,
    AccordingTo,
}

/// How a speaker was found; the contract's `SpeakerResolution`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum SpeakerResolution {
    Named,
    Title,
    Pronoun,
    CarriedOver,
}

/// The word that reports.
#[derive(Clone, Copy, Debug)]
pub struct Cue {
    /// Its bytes in the original, clitics included.
    pub span: Span,
    /// What it says of the act.
    pub category: CueCategory,
}

/// Who said it.
#[derive(Clone, Copy, Debug)]
pub struct Speaker {
    /// Index of the entity, if it is one.
    pub entity: Option<usize>,
    /// The words that tell the speaker; for a speaker carried over, the mention that it was carried from.
    pub span: Span,
    /// How it was found.
    pub resolution: SpeakerResolution,
}

/// What somebody said or wrote.
#[derive(Clone, Debug)]
pub struct Quotation {
    /// How the words are reported.
    pub kind: QuotationKind,
    /// The content without marks, in order; never empty.
    pub content: Vec<Span>,
    /// The reporting word.
    pub cue: Option<Cue>,
    /// The speakers; empty where the text does not tell.
    pub speakers: Vec<Speaker>,
    /// Index of the entity that passed the words on.
    pub relayed_by: Option<usize>,
    /// How it was found.
    pub source: Source,
}

/// The quotations of `text` in the order of their content, in linear time.
pub fn extract(_text: &Text<'_>, _words: &Words, _entities: &Entities) -> Vec<Quotation> {
    Vec::new()
}
