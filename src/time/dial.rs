//! Hours as they are written: `السابعة والنصف`, `8 إلا ربعا`, `14:30:20`, `عشرين دقيقة بعد الخامسة`, and the part of the
//! day that tells which half of the day they are in.

use super::{
    grammar::{Found, Grammar},
    lexicon::{Count, Prep, Sense, Unit},
    value::Part,
};
use crate::numbers::words;

/// A time as it is written.
#[derive(Clone, Copy, Debug)]
pub struct Written {
    /// As it is said: to twelve where it is a word.
    pub hour: i8,
    /// Past the hour.
    pub minute: Option<i8>,
    /// Past the minute.
    pub second: Option<i8>,
    /// Whether the hour is a word, which counts to twelve.
    pub word: bool,
    /// One past its last piece.
    pub end: usize,
}

/// A part of the day after an hour, and the day that goes with it.
#[derive(Debug)]
pub struct PartAfter {
    /// The part.
    pub part: Part,
    /// The day it is of, where one is said.
    pub day: Option<Found>,
    /// Whether it is no more than an adverb, as `مساء` alone.
    pub bare: bool,
    /// One past its last piece.
    pub end: usize,
}

impl Grammar<'_> {
    /// Hour, minute and second at piece `at`. Bare hours are read where they are expected: after the word for hour
    /// (`named`) or as an end of a range.
    pub(super) fn dial(&self, at: usize, named: bool) -> Option<Written> {
        if let Some(found) = self.minutes_from(at) {
            return Some(found);
        }
        match self.sense(at) {
            Sense::Digits => self.digital(at, named),
            Sense::Ordinal(hour) if self.is_hour(at) => self.past_the_hour(hour_at(i16::from(hour), true, at + 1)?),
            _ => None,
        }
    }

    /// `14:30`, `0755`, `7.30` after the word for hour, `7:56:30`, `8 والنصف`.
    fn digital(&self, at: usize, named: bool) -> Option<Written> {
        let (first, len) = self.pieces.digits(at)?;
        if (3..=4).contains(&len) {
            // 0755, and 340 مساء
            named.then_some(())?;
            let hour = hour_at(first / 100, false, at + 1)?;
            return with_minute(hour, first % 100, at + 1);
        }
        let hour = hour_at(first, false, at + 1).filter(|_| len <= 2)?;
        let glued = |i: usize| self.pieces.atoms.is_glued(self.pieces.get(i).first);
        let mark = match self.sense(at + 1) {
            Sense::Mark(mark @ (':' | '.' | ',' | '،' | 'h')) => Some(mark),
            _ => None,
        };
        let minute = self
            .pieces
            .digits(at + 2)
            .filter(|m| m.1 == 2 && glued(at + 1) && glued(at + 2) && (mark == Some(':') || mark.is_some() && named));
        let Some((minute, _)) = minute else {
            return self.past_the_hour(hour);
        };
        let time = with_minute(hour, minute, at + 3)?;
        // scores and verses are no times: 3:1 has one digit, 2:16:30 goes on
        if self.sense(at + 3) == Sense::Mark(':') && glued(at + 4) {
            let (second, _) = self.pieces.digits(at + 4).filter(|s| s.1 == 2)?;
            return Some(Written { second: Some(below_sixty(second)?), end: at + 5, ..time });
        }
        Some(time)
    }

    /// `عشرين دقيقة بعد الخامسة`, `ثلاث دقائق قبل الثامنة`.
    fn minutes_from(&self, at: usize) -> Option<Written> {
        if !matches!(self.sense(at), Sense::Digits | Sense::Cardinal) {
            return None;
        }
        let (minutes, unit) = self.small_number(at)?;
        let Sense::Unit(Unit::Minute, _) = self.sense(unit) else { return None };
        let sign = match self.sense(unit + 1) {
            Sense::Prep(Prep::After) => 1,
            Sense::Prep(Prep::Before) => -1,
            _ => return None,
        };
        let Sense::Ordinal(hour) = self.sense(unit + 2) else { return None };
        let hour = hour_at(i16::from(hour), true, unit + 3).filter(|_| self.is_hour(unit + 2))?;
        moved(hour, sign * minutes)
    }

    /// The ordinal at piece `at` has the article and the feminine of an hour: `الثانية`, never `الثاني`.
    fn is_hour(&self, at: usize) -> bool {
        let form = self.pieces.form(at);
        form.ends_with('ة') && (form.contains("ال") || form.starts_with("لل"))
    }

    /// `والنصف`, `والربع`, `إلا ربعا`, `و20 دقيقة`, `والنصف إلا ثلاث دقائق` after a full hour.
    fn past_the_hour(&self, mut time: Written) -> Option<Written> {
        for _ in 0..2 {
            let at = time.end;
            let less = self.pieces.form(at) == "الا";
            let joined = if less { Some(at + 1) } else { self.and(at) };
            let alone = time.word && !less;
            let Some((minutes, end)) = joined.and_then(|j| self.minutes(j, alone)) else { break };
            time = moved(Written { end, ..time }, if less { -minutes } else { minutes })?;
        }
        Some(time)
    }

    /// Where what is joined to piece `at` by و begins: the piece after the conjunction, or the one it is written to.
    fn and(&self, at: usize) -> Option<usize> {
        match self.sense(at) {
            Sense::And => Some(at + 1),
            _ => self.pieces.form(at).starts_with('و').then_some(at),
        }
    }

    /// Minutes at piece `at`: a fraction of the hour, or a number with the word for minute. A number `alone` is minutes
    /// before a part of the day: `السابعة وخمس وثلاثين مساء`.
    fn minutes(&self, at: usize, alone: bool) -> Option<(i16, usize)> {
        let fraction = match self.pieces.form(at).trim_start_matches('و').trim_start_matches("ال") {
            "نصف" => Some(30),
            "ربع" | "ربعا" => Some(15),
            "ثلث" | "ثلثا" => Some(20),
            _ => None,
        };
        if let Some(minutes) = fraction {
            return Some((minutes, at + 1));
        }
        let (number, next) = self.small_number(at)?;
        if self.pieces.form(next) == "ارباع" && number == 3 {
            return Some((45, next + 1));
        }
        match self.sense(next) {
            Sense::Unit(Unit::Minute, _) => Some((number, next + 1)),
            Sense::Part(_) if alone => Some((number, next)),
            _ => None,
        }
    }

    /// A number below sixty at piece `at`, and the piece after it.
    fn small_number(&self, at: usize) -> Option<(i16, usize)> {
        let number = words::number(self.pieces.atoms, self.pieces.get(at).first)?;
        let minutes = i16::try_from(number.integer()?).ok().filter(|m| (1..60).contains(m))?;
        Some((minutes, self.pieces.at_atom(number.end)))
    }

    /// The part of the day at piece `at`, after an hour: `صباحا`, `من صباح الاثنين`, `في الليل`, `هذا المساء`.
    pub(super) fn part_after(&self, at: usize) -> Option<PartAfter> {
        let of = at + usize::from(matches!(self.sense(at), Sense::Prep(Prep::From | Prep::In)));
        let piece = self.pieces.get(of);
        if piece.cut > 0 {
            return None;
        }
        match piece.sense {
            // the part of the day may begin the day that follows: الساعة السابعة من صباح الاثنين
            Sense::Part(part) if of == at || self.sense(at) == Sense::Prep(Prep::From) || piece.definite => {
                let day = self.day(of);
                let end = day.as_ref().map_or(of + 1, |day| day.end);
                Some(PartAfter { part, bare: day.is_none() && of == at, day, end })
            }
            Sense::This if matches!(self.sense(of + 1), Sense::Part(_)) => {
                let Sense::Part(part) = self.sense(of + 1) else { return None };
                let day = self.day(of)?;
                Some(PartAfter { part, bare: false, end: day.end, day: Some(day) })
            }
            _ => None,
        }
    }
}

/// An hour without minutes.
fn hour_at(hour: i16, word: bool, end: usize) -> Option<Written> {
    let hour = i8::try_from(hour).ok().filter(|h| (0..24).contains(h) && (!word || *h <= 12))?;
    Some(Written { hour, minute: None, second: None, word, end })
}

/// A time with its minutes in digits.
fn with_minute(time: Written, minute: i16, end: usize) -> Option<Written> {
    Some(Written { minute: Some(below_sixty(minute)?), end, ..time })
}

fn below_sixty(n: i16) -> Option<i8> {
    i8::try_from(n).ok().filter(|n| (0..60).contains(n))
}

/// A time moved by less than an hour.
fn moved(time: Written, minutes: i16) -> Option<Written> {
    let total = i16::from(time.hour) * 60 + i16::from(time.minute.unwrap_or(0)) + minutes;
    let total = total.rem_euclid(24 * 60);
    let (hour, minute) = (i8::try_from(total / 60).ok()?, i8::try_from(total % 60).ok()?);
    // a quarter to one is said on a dial of twelve hours
    let hour = if time.word && hour == 0 { 12 } else { hour };
    Some(Written { hour, minute: Some(minute), ..time })
}

/// The hour of 24 that `hour` in `part` of the day is.
pub fn on_the_dial(hour: i8, part: Part) -> i8 {
    if hour > 12 || hour == 0 {
        return hour;
    }
    match part {
        Part::Morning | Part::Dawn => hour % 12,
        Part::Midday => {
            if hour >= 10 {
                hour
            } else {
                hour + 12
            }
        }
        Part::Afternoon | Part::Evening => hour % 12 + 12,
        // twelve at night is midnight, one to five are after it
        Part::Night => match hour {
            12 => 0,
            1..=5 => hour,
            _ => hour + 12,
        },
    }
}

impl Written {
    /// Whether the word for the hour leaves open which half of the day it is in.
    pub fn is_open(&self) -> bool {
        self.word
    }

    /// The time of day in `part`; as it is said where that is not known.
    pub fn within(&self, part: Option<Part>) -> (i8, i8, Option<i8>) {
        let hour = part.map_or(self.hour % 24, |part| on_the_dial(self.hour, part));
        (hour, self.minute.unwrap_or(0), self.second)
    }
}

/// Whether a unit at `sense` is the hour that a clock tells.
pub fn is_hour_word(sense: Sense) -> bool {
    sense == Sense::Unit(Unit::Hour, Count::One)
}
