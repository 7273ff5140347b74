//! The grammar: which pieces make an expression, and what it means.
//!
//! [`Grammar::expression`] tries every rule that can begin at a piece and takes the longest match. The rules are in
//! [`super::calendar`] (days), [`super::ranges`], [`mod@super::months`], [`super::years`], [`super::periods`] (weeks,
//! quarters, centuries), [`super::durations`], [`super::clock`] and [`super::hours`]. Each looks at a bounded number of pieces.

use jiff::civil::{Date, DateTime};

use super::{
    lexicon::{Pieces, Sense, Shift},
    tense,
    value::{Part, Value},
};

/// An expression: the pieces `first..end` and their meaning.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its first piece.
    pub first: usize,
    /// One past its last piece.
    pub end: usize,
    /// What it means.
    pub value: Value,
}

/// What is farther than this from the publication, in seconds, may as well lie on its other side: 120 days.
const FAR: i64 = 120 * 24 * 60 * 60;

/// A day that the text spoke of.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// The day.
    pub date: Date,
    /// Whether it was reckoned from the publication.
    pub relative: bool,
}

/// A part of the day that the text spoke of.
#[derive(Clone, Copy, Debug)]
pub struct SaidPart {
    /// The part.
    pub part: Part,
    /// Its day, where one was said.
    pub said: Option<Said>,
    /// One past the last piece of its expression.
    pub end: usize,
}

/// The pieces of a text and what expressions are reckoned from.
#[derive(Debug)]
pub struct Grammar<'a> {
    /// The text.
    pub pieces: &'a Pieces<'a>,
    /// The civil time of publication; some fixed day where there is none, and then no relative value is kept.
    pub now: DateTime,
    /// Whether there is a time of publication.
    pub dated: bool,
    /// The day that the text spoke of last.
    pub last: Option<Said>,
    /// The part of the day that the text spoke of last.
    pub part: Option<SaidPart>,
    /// The months that the text spoke of last: the first, and how many.
    pub months: Option<(Date, i64)>,
}

impl Grammar<'_> {
    /// The longest expression that begins at piece `i`.
    pub fn expression(&self, i: usize) -> Option<Found> {
        if matches!(
            self.sense(i),
            Sense::Other | Sense::Break | Sense::Mark(_) | Sense::Age | Sense::Era(_) | Sense::Whole | Sense::Shift(_)
        ) {
            return None;
        }
        let rules = [
            Self::day_range,
            Self::days_between,
            Self::nth_weekday,
            Self::day,
            Self::clock_range,
            Self::clock,
            Self::bare_part,
            Self::month,
            Self::year,
            Self::period,
            Self::duration,
            Self::recurrence,
            Self::vague,
        ];
        let found = rules.iter().filter_map(|rule| rule(self, i)).fold(None, |best: Option<Found>, found| {
            if best.as_ref().is_none_or(|b| found.end > b.end) { Some(found) } else { best }
        });
        found.filter(|f| f.end > f.first)
    }

    /// The day of publication.
    pub fn today(&self) -> Date {
        self.now.date()
    }

    /// What piece `i` says.
    pub fn sense(&self, i: usize) -> Sense {
        self.pieces.sense(i)
    }

    /// Whether the pieces `first..end` lie ahead of the publication.
    pub fn is_ahead(&self, first: usize, end: usize) -> bool {
        tense::is_ahead(self.pieces, first, end)
    }

    /// Of `candidates` in order of time, the one that `shift` or else the tense says: the last before today, the
    /// first after it, or the nearest. The tense decides only between days that are both far.
    pub fn nearest(&self, candidates: &[Date], shift: Option<Shift>, ahead: bool) -> Option<Date> {
        let today = self.today();
        let distance = |date: &Date| date.duration_since(today).as_secs().abs();
        let (past, next) =
            (candidates.iter().copied().rfind(|&d| d <= today), candidates.iter().copied().find(|&d| d >= today));
        let nearest = candidates.iter().copied().min_by_key(distance);
        match shift {
            Some(Shift::Past) => past,
            Some(Shift::Next) => next,
            None if ahead && nearest.is_some_and(|d| distance(&d) > FAR) => next,
            _ => nearest,
        }
    }

    /// Whether a `قبل` or `بعد` at piece `i` is of what follows at `end`: `قبل قليل من موعده`.
    pub fn before_something(&self, i: usize, end: usize) -> bool {
        matches!(self.pieces.form(i).trim_start_matches(['و', 'ف']), "قبل" | "بعد")
            && matches!(self.pieces.form(end), "من" | "علي")
    }

    fn vague(&self, i: usize) -> Option<Found> {
        let Sense::Vague(reference) = self.sense(i) else { return None };
        // قبل قليل من موعده counts from something else
        if self.pieces.form(i + 1) == "ذاته" || self.before_something(i, i + 1) {
            return None;
        }
        Some(Found { first: i, end: i + 1, value: Value::vague(reference) })
    }
}
