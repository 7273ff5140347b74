//! Times of day: `الساعة السابعة والنصف مساء`, `7 صباحا`, `14:30 بتوقيت غرينتش`, `منتصف الليل`, `في الصباح الباكر`.

use jiff::tz::TimeZone;

use super::{
    Granularity, TimeType,
    dial::is_hour_word,
    grammar::{Found, Grammar, Said},
    lexicon::{Prep, Sense},
    value::{Part, Value},
};

/// How many pieces may stand between a part of a day and the hour in it: `الليلة، حوالي الساعة 7`.
const GAP: usize = 2;

impl Grammar<'_> {
    /// A time of day; of the day last spoken of in the sentence, else of the publication. With a recurrence after it,
    /// what recurs then: `الساعة 9 صباحا كل يوم أحد`.
    pub(super) fn clock(&self, i: usize) -> Option<Found> {
        let found = self.time_of_day(i, self.part_before(i))?;
        let set = match self.sense(found.end) {
            Sense::Every => self.recurrence_alone(found.end),
            _ => self.day_range(found.end),
        };
        let timed = set.filter(|set| set.value.kind == TimeType::Set).and_then(|set| recurring(&set, &found));
        Some(timed.map_or(found, |value| Found { first: i, ..value }))
    }

    /// A time of day at piece `i`, where `before` is the part of the day that stands before it.
    pub(super) fn time_of_day(&self, i: usize, before: Option<(Part, Option<Said>)>) -> Option<Found> {
        let date = self.last.or(self.dated.then(|| Said { date: self.today(), relative: true }));
        if let Sense::Noon(hour) = self.sense(i) {
            return self.noon(i, hour, date);
        }
        let named = is_hour_word(self.sense(i)) && self.pieces.get(i).definite;
        let zoned = [i + 1, i + 3].iter().any(|&at| {
            let at = at + usize::from(self.sense(at) == Sense::Mark('('));
            matches!(self.sense(at), Sense::Zone(_))
        });
        let digits = self.sense(i) == Sense::Digits;
        // 1300 بتوقيت غرينتش and 1140 صباحا need no word for hour
        let adverb = digits && self.part_after(i + 1).is_some_and(|part| part.bare);
        let written = self.dial(i + usize::from(named), named || digits && (zoned || adverb))?;
        let mut end = written.end;
        // الساعة التاسعة صباحا (9.00)
        if self.sense(end) == Sense::Mark('(') && self.pieces.digits(end + 1).is_some_and(|d| d.1 <= 2) {
            let close = (end + 2..end + 5).find(|&at| self.sense(at) == Sense::Mark(')'));
            end = close.filter(|_| named).map_or(end, |at| at + 1);
        }
        let after = self.part_after(end);
        let bare = after.as_ref().is_some_and(|part| part.bare);
        let told = named
            || zoned && digits
            || written.minute.is_some()
            || before.is_some() && self.is_closed(end)
            || if written.word { after.is_some() } else { bare };
        if !told {
            return None;
        }
        let part = after.as_ref().map(|a| a.part).or(before.map(|b| b.0));
        if let Some(after) = &after {
            end = after.end;
        }
        let day = after.and_then(|a| a.day);
        // a day that is reckoned from a publication that is not known is none
        let near = before.and_then(|b| b.1).or(date).filter(|said| self.dated || !said.relative);
        let date = day.as_ref().and_then(said).or(near);
        let precision = match (written.minute, written.second) {
            (_, Some(_)) => Granularity::Second,
            (Some(_), _) => Granularity::Minute,
            _ => Granularity::Hour,
        };
        let mut found = self.with_day(i, end, date, written.within(part), precision);
        if written.is_open() && part.is_none() {
            // the words do not tell which half of the day it is
            found.value.bounds = None;
        }
        Some(found)
    }

    /// Noon or midnight at piece `i`.
    fn noon(&self, i: usize, hour: i8, date: Option<Said>) -> Option<Found> {
        // منتصف ليل الخميس: the day belongs to it, and midnight ends it
        if let Some(day) = self.day(i + 1).filter(|_| self.pieces.get(i + 1).cut == 0) {
            let said = said(&day)?;
            let date = if hour == 0 { said.date.tomorrow().ok()? } else { said.date };
            return Some(self.with_day(i, day.end, Some(Said { date, ..said }), (hour, 0, None), Granularity::Hour));
        }
        if self.pieces.form(i).is_empty() || !self.pieces.atoms.form(self.pieces.get(i).end - 1).starts_with("ال") {
            return None;
        }
        Some(self.with_day(i, i + 1, date, (hour, 0, None), Granularity::Hour))
    }

    /// The part of the day, and its day, in an expression that ended shortly before piece `i`: `الليلة في 7`.
    fn part_before(&self, i: usize) -> Option<(Part, Option<Said>)> {
        let part = self.part?;
        let between = |at: usize| matches!(self.sense(at), Sense::Prep(Prep::In) | Sense::Approx | Sense::Mark('،'));
        let near = part.end <= i && i <= part.end + GAP && (part.end..i).all(between);
        near.then_some((part.part, part.said))
    }

    /// Whether nothing that could be counted or described stands at piece `at`.
    fn is_closed(&self, at: usize) -> bool {
        matches!(self.sense(at), Sense::Mark('.' | '،' | '!' | '؟' | ')') | Sense::Break | Sense::Prep(_))
    }

    /// A part of the day alone: `في الصباح الباكر`, `خلال الليل`, `بعد الظهر`, `وقت متأخر من المساء`.
    pub(super) fn bare_part(&self, i: usize) -> Option<Found> {
        let late = self.is_late(i) || matches!(self.sense(i), Sense::Edge(_));
        let at = i + usize::from(late);
        let piece = self.pieces.get(at);
        let Sense::Part(part) = piece.sense else { return None };
        let after_noon = piece.end > piece.first + 1 && self.pieces.atoms.form(piece.end - 1).starts_with("ال");
        // الظهر is a back, العصر an era, المغرب a country
        let plain = piece.definite && matches!(part, Part::Morning | Part::Evening | Part::Night);
        let placed = late || self.pieces.before(i) == Sense::Prep(Prep::In);
        if !(after_noon && piece.cut == 0 || plain && placed && (at == i || piece.cut == 0)) || self.is_sunset(at) {
            return None;
        }
        let end = at + 1 + usize::from(self.pieces.form(at + 1) == "الباكر");
        let value = match self.last.filter(|last| self.dated || !last.relative) {
            Some(last) => Value { relative: last.relative, ..Value::part(last.date, part) },
            None => Value::plain(TimeType::Time, part.code(), Granularity::PartOfDay),
        };
        Some(Found { first: i, end, value })
    }

    /// Whether piece `at` is `المغرب`, which is a country.
    fn is_sunset(&self, at: usize) -> bool {
        self.pieces.form(at).ends_with("مغرب")
    }

    /// The time with the day and the zone that follow it.
    fn with_day(
        &self,
        i: usize,
        mut end: usize,
        mut date: Option<Said>,
        time: (i8, i8, Option<i8>),
        precision: Granularity,
    ) -> Found {
        let zone = self.zone(&mut end);
        // the day that follows is an expression of its own
        if let Some(day) = self.day_after(end) {
            date = Some(day);
        }
        let mut value = Value::clock(date.map(|said| said.date), time, precision)
            .unwrap_or_else(|| Value::unknown(TimeType::Time, precision));
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

    /// The day that follows a time at piece `at`: `من يوم الاثنين`, or a full date after a comma.
    pub(super) fn day_after(&self, at: usize) -> Option<Said> {
        let of = at + usize::from(self.sense(at) == Sense::Prep(Prep::From));
        if let Some(day) = self.day(of).as_ref().and_then(said).filter(|_| self.pieces.get(of).cut == 0) {
            return Some(day);
        }
        let comma = matches!(self.sense(at), Sense::Mark('،' | ','));
        comma.then(|| self.day(at + 1)).flatten().as_ref().and_then(said).filter(|day| !day.relative)
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
}

/// What recurs at a time of day: the days of `set`, the time of `time`.
pub(super) fn recurring(set: &Found, time: &Found) -> Option<Found> {
    let days = match set.value.text.as_str() {
        "P1D" => "XXXX-XX-XX",
        text => text.split('T').next().filter(|days| days.starts_with("XXXX"))?,
    };
    let hour = &time.value.text[time.value.text.find('T')?..];
    let value = Value::plain(TimeType::Set, format!("{days}{hour}"), time.value.granularity);
    Some(Found { first: set.first.min(time.first), end: set.end.max(time.end), value })
}

/// The day that `found` is.
pub(super) fn said(found: &Found) -> Option<Said> {
    found.value.day.map(|date| Said { date, relative: found.value.relative })
}
