//! Dates, times and durations, resolved against the document's publication alone.

use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};

use crate::{
    morphology::{Source, Words},
    span::Span,
    text::Text,
};

/// The TIMEX3 class of an expression; the contract's `TimeType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeType {
    /// A calendar date or span of dates.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

/// The precision of an expression; the contract's `Granularity`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Granularity {
    Unspecified,
    Second,
    Minute,
    Hour,
    PartOfDay,
    Day,
    Week,
    Month,
    Quarter,
    Season,
    Year,
    Decade,
    Century,
}

/// A time expression with its value.
#[derive(Clone, Debug)]
pub struct TimeExpression {
    /// Its bytes in the original.
    pub span: Span,
    /// Its class.
    pub kind: TimeType,
    /// TIMEX3 value, or empty where it cannot be told.
    pub value: String,
    /// The half-open range of instants in the document's zone, where there is one.
    pub interval: Option<(Timestamp, Timestamp)>,
    /// Its precision.
    pub granularity: Granularity,
    /// Whether the value needs the publication time (`أمس`, `الثلاثاء`).
    pub relative: bool,
    /// How it was found.
    pub source: Source,
}

/// The time expressions of `text` in order, in linear time. `published` is the publication in the document's `zone`;
/// without it relative expressions have no value.
pub fn extract(
    _text: &Text<'_>,
    _words: &Words,
    _published: Option<&ZonedDateTime>,
    _zone: &TimeZone,
) -> Vec<TimeExpression> {
    Vec::new()
}
