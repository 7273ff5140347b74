//! Times of day: `الساعة السابعة والنصف مساء`, `14:30 بتوقيت غرينتش`, `منتصف الليل`.

use jiff::tz::TimeZone;

use super::{
    Granularity,
    grammar::{Found, Grammar, Said},
    lexicon::{Count, Prep, Sense, Unit},
    value::{Part, Value},
};
use crate::numbers::words;

/// A time as it is written.
#[derive(Clone, Copy, Debug)]
struct Written {
    hour: i8,
    minute: i8,
    /// Whether minutes are said.
    minutes: bool,
    /// Whether the hour is a word, which counts to twelve.
    word: bool,
    end: usize,
}

impl Grammar<'_> {
    /// A time of day; of the day last spoken of in the sentence, else of the publication.
    pub(super) fn clock(&self, i: usize) -> Option<Found> {
        let date = self.last.or(self.dated.then(|| Said { date: self.today(), relative: true }));
        if let Sense::Noon(hour) = self.sense(i) {
            // منتصف ليل الخميس: the day belongs to it, and midnight ends it
            if let Some(day) = self.day(i + 1).filter(|_| self.pieces.get(i + 1).cut == 0) {
                let said = said(&day)?;
                let date = if hour == 0 { said.date.tomorrow().ok()? } else { said.date };
                return Some(self.with_day(i, day.end, Some(Said { date, ..said }), (hour, 0), Granularity::Hour));
            }
            if self.pieces.form(i).is_empty() || !self.pieces.atoms.form(self.pieces.get(i).end - 1).starts_with("ال")
            {
                return None;
            }
            return Some(self.with_day(i, i + 1, date, (hour, 0), Granularity::Hour));
        }
        let named = self.sense(i) == Sense::Unit(Unit::Hour, Count::One) && self.pieces.get(i).definite;
        let zoned = [i + 1, i + 3].iter().any(|&at| {
            let at = at + usize::from(self.sense(at) == Sense::Mark('('));
            matches!(self.sense(at), Sense::Zone(_))
        });
        // 1300 بتوقيت غرينتش needs no word for hour
        let written = self.written_time(i + usize::from(named), named || zoned && self.sense(i) == Sense::Digits)?;
        let mut end = written.end;
        // الساعة التاسعة صباحا (9.00)
        if self.sense(end) == Sense::Mark('(') && self.pieces.digits(end + 1).is_some_and(|d| d.1 <= 2) {
            let close = (end + 2..end + 5).find(|&at| self.sense(at) == Sense::Mark(')'));
            end = close.filter(|_| named).map_or(end, |at| at + 1);
        }
        let of = end + usize::from(self.sense(end) == Sense::Prep(Prep::From));
        let part = match self.sense(of) {
            Sense::Part(part) if self.pieces.get(of).cut == 0 => Some(part),
            _ => None,
        };
        // the part of the day may begin the day that follows: الساعة السابعة من صباح الاثنين
        let rest = if part.is_some() { self.day(of) } else { None };
        if part.is_some() {
            end = rest.as_ref().map_or(of + 1, |day| day.end);
        }
        if !named && (written.word && part.is_none() || !written.word && !written.minutes) {
            return None;
        }
        let date = rest.as_ref().and_then(said).or(date);
        let precision = if written.minutes { Granularity::Minute } else { Granularity::Hour };
        let Some(hour) = on_the_dial(written.hour, part, written.word) else {
            let value = Value::unknown(super::TimeType::Time, precision);
            return Some(Found { first: i, end, value: Value { relative: false, ..value } });
        };
        Some(self.with_day(i, end, date, (hour, written.minute), precision))
    }

    /// The time with the day and the zone that follow it.
    fn with_day(
        &self,
        i: usize,
        mut end: usize,
        mut date: Option<Said>,
        (hour, minute): (i8, i8),
        precision: Granularity,
    ) -> Found {
        let zone = self.zone(&mut end);
        // the day that follows is an expression of its own
        let of = end + usize::from(self.sense(end) == Sense::Prep(Prep::From));
        if let Some(day) = self.day(of).as_ref().and_then(said).filter(|_| self.pieces.get(of).cut == 0) {
            date = Some(day);
        }
        let mut value = Value::clock(date.map(|said| said.date), hour, minute, precision)
            .unwrap_or_else(|| Value::unknown(super::TimeType::Time, precision));
        match zone {
            // an unnamed local time fixes no instant
            Some("local") => value.bounds = None,
            Some("UTC") => {
                value.text.push('Z');
                value.zone = Some(TimeZone::UTC);
            }
            Some(name) => match TimeZone::get(name) {
                Ok(zone) => value.zone = Some(zone),
                Err(_) => value.bounds = None,
            },
            None => {}
        }
        Found { first: i, end, value: Value { relative: date.is_some_and(|said| said.relative), ..value } }
    }

    /// A zone at piece `end`, which is moved past it: `بتوقيت غرينتش`, `(ت غ)`.
    fn zone(&self, end: &mut usize) -> Option<&'static str> {
        match (self.sense(*end), self.sense(*end + 1), self.sense(*end + 2)) {
            (Sense::Zone(zone), ..) => {
                *end += 1;
                Some(zone)
            }
            (Sense::Mark('('), Sense::Zone(zone), Sense::Mark(')')) => {
                *end += 3;
                Some(zone)
            }
            _ => None,
        }
    }

    /// Hour and minute at piece `at`; `named` where the word for hour precedes.
    fn written_time(&self, at: usize, named: bool) -> Option<Written> {
        match self.sense(at) {
            Sense::Digits => {
                let (first, len) = self.pieces.digits(at)?;
                if named && (3..=4).contains(&len) {
                    // 0755
                    let (hour, minute) = (i8::try_from(first / 100).ok()?, i8::try_from(first % 100).ok()?);
                    return time(hour, minute, true, false, at + 1);
                }
                let mark = match self.sense(at + 1) {
                    Sense::Mark(mark @ (':' | '.' | ',' | '،' | 'h')) => Some(mark),
                    _ => None,
                };
                let glued = |i: usize| self.pieces.atoms.is_glued(self.pieces.get(i).first);
                let minute = self.pieces.digits(at + 2).filter(|m| {
                    m.1 == 2 && glued(at + 1) && glued(at + 2) && (mark == Some(':') || mark.is_some() && named)
                });
                let hour = i8::try_from(first).ok().filter(|_| len <= 2)?;
                match minute {
                    Some((minute, _)) => {
                        // scores and verses are no times: 3:1 has one digit, 2:16:30 goes on
                        let goes_on = self.sense(at + 3) == Sense::Mark(':') && glued(at + 4);
                        let end = if goes_on { at + 5 } else { at + 3 };
                        (!goes_on || self.pieces.digits(at + 4).is_some_and(|s| s.1 == 2)).then_some(())?;
                        time(hour, i8::try_from(minute).ok()?, true, false, end)
                    }
                    None if named => self.past_the_hour(time(hour, 0, false, false, at + 1)?),
                    None => None,
                }
            }
            Sense::Ordinal(hour) if self.is_hour(at) => {
                self.past_the_hour(time(i8::try_from(hour).ok()?, 0, false, true, at + 1).filter(|t| t.hour <= 12)?)
            }
            _ => None,
        }
    }

    /// Whether the ordinal at piece `at` has the article and the feminine of an hour: `الثانية`, never `الثاني`.
    fn is_hour(&self, at: usize) -> bool {
        let form = self.pieces.form(at);
        form.ends_with('ة') && (form.contains("ال") || form.starts_with("لل"))
    }

    /// `والنصف`, `والربع`, `إلا ربعا`, `و20 دقيقة` after a full hour.
    fn past_the_hour(&self, hour: Written) -> Option<Written> {
        let at = hour.end;
        let fraction = |form: &str| match form.trim_start_matches('و').trim_start_matches("ال") {
            "نصف" => Some(30),
            "ربع" | "ربعا" => Some(15),
            "ثلث" | "ثلثا" => Some(20),
            _ => None,
        };
        if self.pieces.form(at) == "الا" {
            let Some(less) = fraction(self.pieces.form(at + 1)) else { return Some(hour) };
            return time((hour.hour + 23) % 24, 60 - less, true, hour.word, at + 2);
        }
        let joined = match self.sense(at) {
            Sense::And => at + 1,
            _ if self.pieces.form(at).starts_with('و') => at,
            _ => return Some(hour),
        };
        if let Some(minutes) = fraction(self.pieces.form(joined)) {
            return time(hour.hour, minutes, true, hour.word, joined + 1);
        }
        let number = words::number(self.pieces.atoms, self.pieces.get(joined).first);
        if let Some(minutes) = number.and_then(|n| i8::try_from(n.integer()?).ok().map(|m| (m, n.end))) {
            let unit = self.pieces.at_atom(minutes.1);
            if matches!(self.sense(unit), Sense::Unit(Unit::Minute, _)) {
                return time(hour.hour, minutes.0, true, hour.word, unit + 1);
            }
        }
        Some(hour)
    }
}

/// The day that `found` is.
fn said(found: &Found) -> Option<Said> {
    found.value.day.map(|date| Said { date, relative: found.value.relative })
}

fn time(hour: i8, minute: i8, minutes: bool, word: bool, end: usize) -> Option<Written> {
    let valid = (0..24).contains(&hour) && (0..60).contains(&minute);
    valid.then_some(Written { hour, minute, minutes, word, end })
}

/// The hour of 24 that `hour` in `part` of the day is; `None` where words leave it open.
fn on_the_dial(hour: i8, part: Option<Part>, word: bool) -> Option<i8> {
    match part {
        None => (!word).then_some(hour),
        Some(_) if hour > 12 || hour == 0 => Some(hour),
        Some(Part::Morning | Part::Dawn) => Some(hour % 12),
        Some(Part::Midday) => Some(if hour >= 10 { hour } else { hour + 12 }),
        Some(Part::Afternoon | Part::Evening) => Some(hour % 12 + 12),
        // twelve at night is midnight, one to five are after it
        Some(Part::Night) => Some(match hour {
            12 => 0,
            1..=5 => hour,
            _ => hour + 12,
        }),
    }
}
