//! Days, months and years, and ranges of them.

use jiff::civil::{Date, Weekday};

use super::{
    Granularity, TimeType,
    grammar::{Found, Grammar},
    hijri,
    lexicon::{Count, Prep, Sense, Shift, Unit},
    value::{Part, Value, month_of, shifted},
};

/// The month of a date as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Month {
    /// January is 1.
    Gregorian(i8),
    /// Muharram is 1.
    Hijri(i8),
    /// Months from that of the publication: `من الشهر الجاري`.
    Relative(i64),
    /// The month of the day last spoken of.
    Same,
}

/// The year of a date as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Year {
    /// `2016`
    Given(i16),
    /// Years from that of the publication: `من العام الماضي`.
    Relative(i64),
    /// `5 ماي الماضي`
    Shifted(Shift),
    /// `من كل عام`
    Every,
    /// The year of the day last spoken of.
    Same,
    /// Not said.
    Unsaid,
}

/// A date as it is written.
#[derive(Clone, Copy, Debug)]
pub struct Written {
    /// Of the month.
    pub day: i8,
    /// The month.
    pub month: Month,
    /// The year.
    pub year: Year,
}

/// What a day expression says, piece by piece.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    part: Option<Part>,
    offset: Option<i64>,
    follow: Option<i64>,
    weekday: Option<i8>,
    shift: Option<Shift>,
    date: Option<Written>,
}

impl Said {
    fn has_day(&self) -> bool {
        self.offset.is_some() || self.follow.is_some() || self.weekday.is_some() || self.date.is_some()
    }
}

impl Grammar<'_> {
    /// `مساء أمس الثلاثاء`, `يوم الجمعة 12 جانفي 2016`, `أمس (الاثنين)`.
    pub(super) fn day(&self, i: usize) -> Option<Found> {
        let mut said = Said::default();
        let mut at = i;
        let late = self.is_late(at);
        at += usize::from(late);
        while let Some(next) = self.component(at, &mut said).or_else(|| self.set_off(at, &mut said)) {
            at = next;
        }
        if !said.has_day() {
            return None;
        }
        if late && said.part.is_none() && self.pieces.form(i).ends_with("ساعات") {
            // الساعات الأولى من اليوم
            said.part = Some(Part::Morning);
        }
        let weekday = said.weekday.filter(|_| said.date.is_none() && said.offset.is_none() && said.shift.is_none());
        let placed = weekday.and_then(|day| {
            self.weekday_of_week(day, at).or_else(|| self.weekday_and_number(day, at, self.is_ahead(i, at)))
        });
        if let Some((date, end)) = placed {
            let value = said.part.map_or_else(|| Value::day(date), |part| Value::part(date, part));
            return Some(Found { first: i, end, value: value.relative() });
        }
        if said.part == Some(Part::Night) && said.weekday.is_some() {
            // ليلة السبت إلى الأحد
            let to = at + usize::from(self.sense(at) == Sense::Prep(Prep::To));
            if matches!(self.sense(to), Sense::Weekday(_)) {
                at = to + 1;
            }
        }
        let Some(value) = self.place_day(&said, i, at) else {
            let unknown = Value::unknown(TimeType::Date, Granularity::Day);
            return Some(Found { first: i, end: at, value: unknown });
        };
        Some(Found { first: i, end: at, value })
    }

    /// The day inside a part of a day: `أمس الثلاثاء` in `مساء أمس الثلاثاء`.
    pub(super) fn day_within(&self, part: &Found) -> Option<Found> {
        if part.value.granularity != Granularity::PartOfDay {
            return None;
        }
        let at = (part.first..part.end).find(|&at| matches!(self.sense(at), Sense::Part(_)))?;
        self.day(at + 1).filter(|day| day.end == part.end && day.value.granularity == Granularity::Day)
    }

    /// Reads one component of a day at piece `at` into `said`; returns where it ends.
    fn component(&self, at: usize, said: &mut Said) -> Option<usize> {
        let piece = self.pieces.get(at);
        let begun = said.part.is_some() || said.has_day();
        // what continues an expression has no clitic of its own
        if begun && piece.cut > 0 {
            return None;
        }
        match piece.sense {
            Sense::Part(part) if said.part.is_none() && !piece.definite => said.part = Some(part),
            Sense::Unit(Unit::Day, Count::One) if !piece.definite && !said.has_day() => {
                let day = matches!(self.sense(at + 1), Sense::Weekday(_) | Sense::Day(_));
                if !day && self.written(at + 1).is_none() {
                    return None;
                }
            }
            Sense::This if !said.has_day() && matches!(self.sense(at + 1), Sense::Weekday(_)) => {
                // هذا الخميس is the coming one
                said.shift = Some(Shift::This);
            }
            Sense::This if !said.has_day() => {
                said.offset = Some(0);
                return match self.sense(at + 1) {
                    Sense::Day(0) => Some(at + 2),
                    Sense::Part(part) if said.part.is_none() && self.pieces.get(at + 1).definite => {
                        said.part = Some(part);
                        Some(at + 2)
                    }
                    _ => {
                        said.offset = None;
                        None
                    }
                };
            }
            Sense::Weekday(day) if said.weekday.is_none() && said.date.is_none() => {
                if !begun && self.has_neighbour(at, super::Neighbour::Weekday) {
                    return None;
                }
                said.weekday = Some(day);
            }
            Sense::Day(days) if !said.has_day() => {
                if days == 0 && self.is_other_day(at, begun) {
                    return None;
                }
                said.offset = Some(days);
            }
            Sense::Night(days) if !begun && self.pieces.before(at) != Sense::Same && !self.follows_that(at) => {
                (said.offset, said.part) = (Some(days), Some(Part::Night))
            }
            Sense::Follow(days) if !said.has_day() => said.follow = Some(days),
            Sense::Shift(shift) if said.weekday.is_some() && said.shift.is_none() && said.date.is_none() => {
                said.shift = Some(shift);
            }
            _ if said.date.is_none() && said.follow.is_none() => {
                let (date, end) = self.written(at).filter(|_| begun || !self.is_name(at))?;
                said.date = Some(date);
                return Some(end);
            }
            _ => return None,
        }
        Some(at + 1)
    }

    /// A weekday or date set off by a comma, a dash or brackets: `أمس، الأربعاء`, `أمس (الاثنين)`.
    fn set_off(&self, at: usize, said: &mut Said) -> Option<usize> {
        let Sense::Mark(mark @ ('(' | '،' | ',' | '-' | '/')) = self.sense(at) else { return None };
        if !said.has_day() {
            return None;
        }
        let mut more = *said;
        let end = match self.sense(at + 1) {
            Sense::Weekday(day) if said.weekday.is_none() => {
                let near =
                    |offset| shifted(self.today(), offset).is_some_and(|d| d.weekday().to_monday_one_offset() == day);
                // a comma may as well begin something else, unless the days agree
                let agrees = said.offset.is_some_and(near);
                (agrees || mark == '(' || said.date.is_some() && mark != '،').then_some(())?;
                more.weekday = Some(day);
                at + 2
            }
            _ if said.date.is_none() && (said.weekday.is_some() || said.offset.is_some()) => {
                let (date, end) = self.written(at + 1)?;
                more.date = Some(date);
                end
            }
            _ => return None,
        };
        if mark == '(' && self.sense(end) != Sense::Mark(')') {
            return None;
        }
        *said = more;
        Some(end + usize::from(mark == '('))
    }

    /// The day that was said.
    fn place_day(&self, said: &Said, first: usize, end: usize) -> Option<Value> {
        let (date, relative) = if let Some(written) = said.date {
            if written.year == Year::Every {
                let Month::Gregorian(month) = written.month else { return None };
                let text = format!("XXXX-{month:02}-{:02}", written.day);
                return Some(Value::plain(TimeType::Set, text, Granularity::Day));
            }
            let near = if matches!(written.year, Year::Unsaid) && said.offset.is_some() { said.offset } else { None };
            (self.place_date(&written, said.weekday, near, first, end)?, !matches!(written.year, Year::Given(_)))
        } else if let Some(offset) = said.offset {
            let day = shifted(self.today(), offset)?;
            (said.weekday.and_then(|w| nearest_weekday(day, w, 1)).unwrap_or(day), true)
        } else if let Some(follow) = said.follow {
            (shifted(self.last?.date, follow)?, true)
        } else {
            (self.place_weekday(said.weekday?, said.shift, first, end)?, true)
        };
        let value = match said.part {
            Some(part) => Value::part(date, part),
            None => Value::day(date),
        };
        Some(Value { relative, ..value })
    }

    /// A weekday: with `الماضي` or `المقبل` strictly before or after the publication, else by tense, the day itself
    /// included.
    pub(super) fn place_weekday(&self, day: i8, shift: Option<Shift>, first: usize, end: usize) -> Option<Date> {
        let today = self.today();
        let weekday = Weekday::from_monday_one_offset(day).ok()?;
        let back = i64::from(today.weekday().since(weekday));
        let forth = i64::from(weekday.since(today.weekday()));
        shifted(
            today,
            match shift {
                Some(Shift::Past) => -(if back == 0 { 7 } else { back }),
                Some(Shift::Next) => {
                    if forth == 0 {
                        7
                    } else {
                        forth
                    }
                }
                Some(Shift::This) => forth,
                None if self.is_ahead(first, end) => forth,
                None => -back,
            },
        )
    }

    /// A written date; where it has no year, the one that fits best.
    pub(super) fn place_date(
        &self,
        written: &Written,
        weekday: Option<i8>,
        near: Option<i64>,
        first: usize,
        end: usize,
    ) -> Option<Date> {
        let today = self.today();
        let on = |year: i16| match written.month {
            Month::Gregorian(month) => Date::new(year, month, written.day).ok(),
            Month::Hijri(month) => hijri::day(year, month, written.day),
            Month::Relative(_) | Month::Same => None,
        };
        match written.month {
            Month::Relative(months) => {
                let (year, month) = month_of(today, months)?;
                return Date::new(year, month, written.day).ok();
            }
            Month::Same => {
                let last = self.last?.date;
                return Date::new(last.year(), last.month(), written.day).ok();
            }
            _ => {}
        }
        let now = match written.month {
            Month::Hijri(_) => hijri::year_of(today)?,
            _ => today.year(),
        };
        match written.year {
            Year::Given(year) => on(year),
            Year::Relative(years) => on(now.checked_add(i16::try_from(years).ok()?)?),
            Year::Same => on(self.last_year()?),
            Year::Every => None,
            Year::Shifted(_) | Year::Unsaid => {
                let years = (now.saturating_sub(1)..=now.saturating_add(1)).filter_map(on);
                let all: Vec<Date> = years.collect();
                let fits = |d: &Date| weekday.is_none_or(|w| d.weekday().to_monday_one_offset() == w);
                let fitting: Vec<Date> = all.iter().copied().filter(fits).collect();
                let shifted = matches!(written.year, Year::Shifted(_));
                let candidates = if fitting.is_empty() || shifted { all } else { fitting };
                let shift = match written.year {
                    Year::Shifted(shift) => Some(shift),
                    _ if near.is_some() => Some(Shift::This),
                    _ => None,
                };
                let ahead = shift.is_none() && weekday.is_none() && self.is_ahead(first, end);
                self.nearest(&candidates, shift, ahead)
            }
        }
    }

    /// A date at piece `i`: `12 جانفي 2016`, `الثالث من مايو`, `غرة رمضان`, `16-9-2025`, `21 من الشهر الجاري`.
    pub(super) fn written(&self, i: usize) -> Option<(Written, usize)> {
        if let Some(found) = self.numeric(i) {
            return Some(found);
        }
        if let Some(found) = self.day_and_month(i) {
            return Some(found);
        }
        let mut at = i + usize::from(self.sense(i) == Sense::Article);
        let piece = self.pieces.get(at);
        let day = match piece.sense {
            Sense::Digits => self.pieces.digits(at).filter(|d| d.1 <= 2)?.0,
            Sense::Ordinal(n) if piece.definite || n == 1 || self.pieces.form(at).contains("ال") => i16::from(n),
            _ => return None,
        };
        let day = i8::try_from(day).ok().filter(|d| (1..=31).contains(d))?;
        at += 1;
        if self.sense(at) == Sense::Prep(Prep::From) {
            at += 1;
            let (month, end) = match (self.sense(at), self.sense(at + 1)) {
                (Sense::Unit(Unit::Month, Count::One), Sense::Shift(shift)) if self.pieces.get(at).definite => {
                    (Month::Relative(shift.sign()), at + 2)
                }
                (Sense::This, Sense::Unit(Unit::Month, Count::One)) => (Month::Relative(0), at + 2),
                (Sense::SamePeriod, _) if self.last.is_some() => (Month::Same, at + 1),
                _ => return self.month_and_year(day, at),
            };
            return Some((Written { day, month, year: Year::Unsaid }, end));
        }
        self.month_and_year(day, at)
    }

    /// The month of day `day` and its year.
    fn month_and_year(&self, day: i8, at: usize) -> Option<(Written, usize)> {
        let at = at + usize::from(self.sense(at) == Sense::Unit(Unit::Month, Count::One));
        let (month, end) = self.month_name(at)?;
        let (year, end) = self.year_tail(end, matches!(month, Month::Hijri(_)));
        if month == Month::Hijri(SAFAR) && !matches!(year, Year::Given(_)) {
            // 1 صفر is a score
            return None;
        }
        Some((Written { day, month, year }, end))
    }

    /// Day and month in digits after a word that says so: `يوم 22/4`, `بتاريخ 22/04`.
    fn day_and_month(&self, i: usize) -> Option<(Written, usize)> {
        let said = matches!(self.pieces.before(i), Sense::Weekday(_) | Sense::Unit(Unit::Day, Count::One))
            || i.checked_sub(1).is_some_and(|b| self.pieces.form(b).ends_with("تاريخ"));
        let mark = self.sense(i + 1);
        if !said || mark != Sense::Mark('/') || self.sense(i + 3) == mark {
            return None;
        }
        let [(day, _), (month, _)] = [self.pieces.digits(i)?, self.pieces.digits(i + 2)?];
        let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
        // any leap year tells whether there is such a day
        Date::new(2000, month, day).ok()?;
        Some((Written { day, month: Month::Gregorian(month), year: Year::Unsaid }, i + 3))
    }

    /// A date in digits: `16-9-2025`, `2025-09-16`, `16/9/2025`, `16.9.2025`.
    fn numeric(&self, i: usize) -> Option<(Written, usize)> {
        let Sense::Mark(mark @ ('-' | '/' | '.')) = self.sense(i + 1) else { return None };
        if self.sense(i + 3) != Sense::Mark(mark) || self.pieces.before(i) == Sense::Mark(mark) {
            return None;
        }
        let [a, b, c] = [i, i + 2, i + 4].map(|at| self.pieces.digits(at));
        let (a, b, c) = (a?, b?, c?);
        // all in one, or 13 / 12 / 1999
        let glued = (1..5).filter(|&n| self.pieces.atoms.is_glued(self.pieces.get(i + n).first)).count();
        if glued != 4 && !(glued == 0 && mark != '.') {
            return None;
        }
        let (day, month, year) = match (a.1, b.1, c.1) {
            (4, 1..=2, 1..=2) => (c.0, b.0, a.0),
            (1..=2, 1..=2, 4) => (a.0, b.0, c.0),
            _ => return None,
        };
        // 9/16/2025 can only be a month first
        let (day, month) = if month > 12 && day <= 12 { (month, day) } else { (day, month) };
        let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
        let hijri = (1300..1500).contains(&year);
        if hijri {
            hijri::day(year, month, day)?;
        } else {
            Date::new(year, month, day).ok().filter(|_| (1000..=2999).contains(&year))?;
        }
        let month = if hijri { Month::Hijri(month) } else { Month::Gregorian(month) };
        Some((Written { day, month, year: Year::Given(year) }, i + 5))
    }

    /// Whether a date at piece `at` is the name of a square, a revolution, a party: `ميدان 6 أكتوبر`.
    fn is_name(&self, at: usize) -> bool {
        self.has_neighbour(at, super::Neighbour::Date)
            && !matches!(self.written(at), Some((Written { year: Year::Given(_), .. }, _)))
    }

    /// Whether the word before piece `at` is a `neighbour`.
    pub(super) fn has_neighbour(&self, at: usize, neighbour: super::Neighbour) -> bool {
        let before = self.pieces.get(at).first.checked_sub(1);
        before.and_then(|b| super::NEIGHBOURS.find(self.pieces.atoms, b)).is_some_and(|hit| hit.sense == neighbour)
    }

    /// Whether `اليوم` at piece `at` is not today: `اليوم الأول`, `اليوم العالمي`, `دينارا في اليوم`, `روسيا اليوم`.
    fn is_other_day(&self, at: usize, begun: bool) -> bool {
        let piece = self.pieces.get(at);
        let after = super::NEIGHBOURS.find_bare(self.pieces.atoms, piece.end);
        let ordinal = matches!(self.sense(at + 1), Sense::Ordinal(_)) && self.written(at + 1).is_none();
        let rate = self.pieces.before(at) == Sense::Prep(Prep::In)
            && piece.first.checked_sub(2).is_some_and(|b| crate::numbers::unit_follows(self.pieces.atoms, b));
        let throughout = !matches!(self.sense(at + 1), Sense::Weekday(_)) && self.written(at + 1).is_none();
        ordinal
            || !begun && throughout && self.is_throughout(at)
            || after.is_some_and(|hit| hit.sense == super::Neighbour::AfterToday)
            || !begun && (rate || self.has_neighbour(at, super::Neighbour::Today))
    }

    /// Whether `تلك` stands before piece `at`.
    fn follows_that(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|b| matches!(self.pieces.form(b), "تلك" | "ذلك" | "بتلك"))
    }

    /// Whether piece `at` is a late or early hour of what follows: `وقت متأخر من`, `وقت سابق`.
    pub(super) fn is_late(&self, at: usize) -> bool {
        self.sense(at) == Sense::Late
            || matches!(self.sense(at), Sense::Vague(_)) && self.pieces.form(at).ends_with("وقت")
    }
}

/// The month whose name also says nil.
const SAFAR: i8 = 2;

/// The day within `reach` days of `date` that is `weekday`.
pub fn nearest_weekday(date: Date, weekday: i8, reach: i64) -> Option<Date> {
    (0..=reach)
        .flat_map(|n| [-n, n])
        .filter_map(|n| shifted(date, n))
        .find(|d| d.weekday().to_monday_one_offset() == weekday)
}
