//! Amounts: money, percentages and measured quantities, with numbers in digits and in words.

use crate::{
    morphology::{Source, Words},
    span::Span,
    text::Text,
};

/// What an amount counts; the contract's `AmountType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountType {
    /// Money.
    Money,
    /// A percentage.
    Percent,
    /// A number with a unit of measure.
    Quantity,
}

/// An amount with its value.
#[derive(Clone, Debug)]
pub struct Amount {
    /// Its bytes in the original, unit included.
    pub span: Span,
    /// What it counts.
    pub kind: AmountType,
    /// Plain decimal, or empty where it cannot be told.
    pub value: String,
    /// ISO 4217 code, `%`, or the unit's symbol; empty where it cannot be told.
    pub unit: String,
    /// How it was found.
    pub source: Source,
}

/// The amounts of `text` in order, in linear time.
pub fn extract(_text: &Text<'_>, _words: &Words) -> Vec<Amount> {
    Vec::new()
}
