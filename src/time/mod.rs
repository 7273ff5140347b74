//! Dates, times and durations, resolved against the document's publication alone.
//!
//! [`lexicon`] turns the text into pieces that say what they mean, by the tables under `resources/time`; the
//! [`grammar`] finds the longest expressions over them; [`value`] knows what they amount to in civil time, which
//! becomes instants in the document's zone at the very end.

mod anchored;
mod calendar;
mod calendars;
mod clock;
mod dial;
mod durations;
mod grammar;
mod hijri;
mod hours;
mod lexicon;
mod months;
mod periods;
mod ranges;
mod tense;
mod value;
mod weeks;
mod years;

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use jiff::{
    Timestamp, ZonedDateTime,
    civil::{DateTime, date},
    tz::TimeZone,
};

use crate::{
    morphology::Source,
    numbers::{atoms::Atoms, lexicon::Lexicon},
    span::Span,
};
use grammar::{Found, Grammar, Said, SaidPart};
use lexicon::{Pieces, Sense};

/// A neighbour that makes a word of time a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Neighbour {
    /// Before a day and month: a square, a revolution.
    Date,
    /// Before a weekday: a prayer, a market.
    Weekday,
    /// Before a year: an election, a tournament.
    Year,
    /// Before `اليوم`: a broadcaster.
    Today,
    /// After `اليوم`: a world day.
    AfterToday,
}

static NEIGHBOURS: LazyLock<Lexicon<Neighbour>> = LazyLock::new(|| {
    Lexicon::read(include_str!("../../resources/time/names.tsv"), |row| match *row {
        ["date"] => Some(Neighbour::Date),
        ["weekday"] => Some(Neighbour::Weekday),
        ["year"] => Some(Neighbour::Year),
        ["today"] => Some(Neighbour::Today),
        ["after_today"] => Some(Neighbour::AfterToday),
        _ => None,
    })
});

/// What stands in for the publication where there is none; no value that depends on it is kept.
const UNDATED: DateTime = date(2000, 1, 1).at(0, 0, 0, 0);

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

/// How many sentences after a day a time of day may still mean it.
const MEMORY: u32 = 1;

/// The time expressions of the text that `atoms` were cut from, in order, in linear time. None overlap, but for a part
/// of a day that is a time with its day inside: `مساء أمس` and then `أمس`. `published` is the publication in the
/// document's `zone`; without it relative expressions have no value.
pub fn extract(atoms: &Atoms<'_>, published: Option<&ZonedDateTime>, zone: &TimeZone) -> Vec<TimeExpression> {
    let text = atoms.text();
    let pieces = Pieces::of(atoms);
    let now = published.map_or(UNDATED, ZonedDateTime::datetime);
    let mut grammar =
        Grammar { pieces: &pieces, now, dated: published.is_some(), last: None, part: None, months: None };
    let mut said_in = 0;
    let mut found: Vec<TimeExpression> = Vec::new();
    let mut before: Option<Found> = None;
    let mut at = 0;
    while at < pieces.len() {
        let sentence = text.tokens()[atoms.token(pieces.get(at).first)].sentence;
        if sentence > said_in + MEMORY {
            grammar.last = None;
        }
        let Some(mut expression) = grammar.expression(at) else {
            at += 1;
            continue;
        };
        at = expression.end;
        if let Some(first) = before.take().filter(|first| grammar.is_same_day(first.end, expression.first)) {
            let [one, other] = grammar.same_day(&first, &expression);
            if let (Some(value), Some(last)) = (one, found.last_mut()) {
                *last = publish(Found { value, ..first }, &grammar, zone);
            }
            expression.value = other.unwrap_or(expression.value);
        }
        let value = &expression.value;
        if let Some(date) = value.day.filter(|_| grammar.dated || !value.relative) {
            (grammar.last, said_in) = (Some(Said { date, relative: value.relative }), sentence);
        }
        grammar.part = part_of(&expression, &pieces);
        grammar.months = months(value).filter(|_| grammar.dated || !value.relative).or(grammar.months);
        let day = grammar.day_within(&expression);
        before = day.is_none().then(|| expression.clone());
        found.extend([Some(expression), day].into_iter().flatten().map(|e| publish(e, &grammar, zone)));
    }
    found
}

/// An expression as the contract has it: what depends on a publication that is not known has no value.
fn publish(expression: Found, grammar: &Grammar<'_>, zone: &TimeZone) -> TimeExpression {
    let (first, last) = (grammar.pieces.get(expression.first), grammar.pieces.get(expression.end - 1));
    let value = expression.value;
    let known = grammar.dated || !value.relative || value.text.ends_with("_REF");
    TimeExpression {
        span: grammar.pieces.atoms.span(first.first, last.end, first.cut),
        kind: value.kind,
        interval: if known { value.interval(zone) } else { None },
        granularity: value.granularity,
        relative: value.relative,
        value: if known { value.text } else { String::new() },
        source: Source::Rule,
    }
}

/// The part of the day that `expression` is.
fn part_of(expression: &Found, pieces: &Pieces<'_>) -> Option<SaidPart> {
    let value = &expression.value;
    if value.granularity != Granularity::PartOfDay || value.kind != TimeType::Time {
        return None;
    }
    let part = (expression.first..expression.end).find_map(|at| match pieces.sense(at) {
        Sense::Part(part) => Some(part),
        Sense::Night(_) => Some(value::Part::Night),
        _ => None,
    })?;
    Some(SaidPart { part, said: clock::said(expression), end: expression.end })
}

/// The first month of `value` and how many months it is, where it is whole months below a year.
fn months(value: &value::Value) -> Option<(jiff::civil::Date, i64)> {
    let (begin, end) =
        value.bounds.filter(|_| matches!(value.granularity, Granularity::Month | Granularity::Quarter))?;
    let (begin, end) = (begin.date(), end.date());
    let count = i64::from(end.year() - begin.year()) * 12 + i64::from(end.month() - begin.month());
    (begin.day() == 1 && end.day() == 1).then_some((begin, count))
}
