//! One day in two calendars, `15 رمضان 1446هـ الموافق 15 مارس 2025م`, or as a weekday and a date.
//!
//! What stands before `الموافق` and what stands after it are two expressions of one day, and check each other. A weekday
//! takes the date where it falls on it. Of a Hijri and a Gregorian date that are at most a day apart both have the
//! Gregorian one: months begin with the sighting of the moon, on a day that no table knows. Where they are farther apart one
//! of them is wrong, and each keeps its own value.

use super::{
    Granularity,
    grammar::{Found, Grammar},
    lexicon::{Era, Sense, Unit},
    value::Value,
};

/// How many days a month may begin before or after that of the calendar of Umm al-Qura.
const SIGHTING: i64 = 1;

impl Grammar<'_> {
    /// Whether `الموافق` joins the expressions that end and begin at these pieces: with a comma before it, and ل after it.
    pub(super) fn is_same_day(&self, end: usize, begin: usize) -> bool {
        let at = end + usize::from(matches!(self.sense(end), Sense::Mark('،' | ',')));
        let after = at + 1 + usize::from(self.pieces.form(at + 1) == "ل");
        self.pieces.form(at) == "الموافق" && after == begin
    }

    /// The value of each of two days, `first` and `second`, that the text says are one; `None` where it keeps its own.
    pub(super) fn same_day(&self, first: &Found, second: &Found) -> [Option<Value>; 2] {
        let days = [first, second].map(|found| found.value.day.filter(|_| found.value.granularity == Granularity::Day));
        let weekday = |found: &Found| {
            (found.first..found.end).find_map(|at| match self.sense(at) {
                Sense::Weekday(day) => Some(day),
                _ => None,
            })
        };
        let [_, Some(date)] = days else { return [None, None] };
        let like = |found: &Found| Value { relative: found.value.relative, ..Value::day(date) };
        if let Some(day) = weekday(first).filter(|_| !self.has_date(first)) {
            let falls = date.weekday().to_monday_one_offset() == day;
            return [falls.then(|| like(second)), None];
        }
        let [Some(own), _] = days else { return [None, None] };
        let near = i64::from(date.since(own).map_or(i32::MAX, |span| span.get_days()).abs()) <= SIGHTING;
        match (self.is_hijri(first), self.is_hijri(second)) {
            (true, false) if near => [Some(like(second)), None],
            (false, true) if near => [None, Some(Value { relative: first.value.relative, ..Value::day(own) })],
            _ => [None, None],
        }
    }

    /// Whether an expression has more than a weekday.
    fn has_date(&self, found: &Found) -> bool {
        let more = |at| !matches!(self.sense(at), Sense::Weekday(_) | Sense::Unit(Unit::Day, _) | Sense::Shift(_));
        (found.first..found.end).any(more)
    }

    fn is_hijri(&self, found: &Found) -> bool {
        (found.first..found.end).any(|at| matches!(self.sense(at), Sense::Hijri(_) | Sense::Era(Era::Hijri)))
    }
}
