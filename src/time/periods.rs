//! Weeks, quarters, seasons, centuries: `الأسبوع الماضي`, `الربع الأول من 2016`, `القرن التاسع عشر`.

use jiff::civil::Date;

use super::{
    Granularity, TimeType,
    calendar::Year,
    durations::{Quantity, granularity, reference},
    grammar::{Found, Grammar},
    hijri,
    lexicon::{Count, Edge, Era, Prep, Sense, Shift, Unit},
    value::{Value, month_of, shifted},
};
use crate::numbers::{decimal::Decimal, words};

impl Grammar<'_> {
    /// `الأسبوع الماضي`, `هذا العام`, `نهاية الأسبوع`, `السنوات الثلاث الماضية`, `الربع الأول من 2016`, `القرن التاسع عشر`.
    pub(super) fn period(&self, i: usize) -> Option<Found> {
        if let Some(found) = self.year_so_far(i) {
            return Some(found);
        }
        if let Some(found) = self.week_and_weekday(i) {
            return Some(found);
        }
        let mut at = i + usize::from(self.is_late(i));
        let edge = if let Sense::Edge(edge) = self.sense(at) { Some(edge) } else { None };
        at += usize::from(edge.is_some());
        if at > i && self.pieces.get(at).cut > 0 {
            return None;
        }
        let (value, end) = match self.sense(at) {
            Sense::This => self.this(at + 1, edge)?,
            Sense::Unit(Unit::Quarter | Unit::Half, Count::One) => self.part_of_year(at)?,
            Sense::Unit(Unit::Century, Count::One) => self.century(at)?,
            Sense::Unit(unit, Count::One) => self.shifted_unit(at, unit, edge)?,
            Sense::Unit(..) | Sense::Cardinal | Sense::Digits | Sense::Article | Sense::Few => {
                self.shifted_units(at)?
            }
            Sense::SeasonWord | Sense::Season(_) => self.season(at)?,
            Sense::Decade(tens) => self.decade(at, tens)?,
            Sense::Last => self.shifted_units(at)?,
            Sense::Rest => self.rest_of(at + 1)?,
            Sense::SamePeriod => self.same_period(at + 1)?,
            Sense::SameYear => (Value::year(self.last_year()?)?.relative(), at + 1),
            _ => return None,
        };
        Some(Found { first: i, end, value })
    }

    /// `منذ بداية العام`: the year to the day.
    fn year_so_far(&self, i: usize) -> Option<Found> {
        let since = self.sense(i) == Sense::Prep(Prep::Since) && self.sense(i + 1) == Sense::Edge(Edge::Start);
        if !since || !self.pieces.get(i + 2).definite {
            return None;
        }
        let of_year = self.sense(i + 2) == Sense::Unit(Unit::Year, Count::One)
            && !matches!(self.sense(i + 3), Sense::Digits | Sense::Kind | Sense::Shift(_));
        let value = Value::year(self.today().year()).filter(|_| of_year)?.relative();
        Some(Found { first: i, end: i + 3, value })
    }

    /// `نفس الفترة من سنة 2014`: the months last spoken of, in the year at piece `at`.
    fn same_period(&self, at: usize) -> Option<(Value, usize)> {
        let of = at + usize::from(matches!(self.sense(at), Sense::Prep(Prep::From | Prep::In)));
        let unknown = Value::unknown(TimeType::Date, Granularity::Unspecified);
        if of == at && self.pieces.get(of).cut == 0 {
            return None;
        }
        if let Some((year, end)) = self.year_of(of) {
            let same = self.months.and_then(|(first, count)| {
                let first = (year, first.month());
                let last = month_of(Date::new(first.0, first.1, 1).ok()?, count - 1)?;
                if count == 1 { Value::month(first.0, first.1) } else { Value::months(first, last) }
            });
            return Some((same.map_or(unknown, Value::relative), end));
        }
        match (self.sense(of), self.sense(of + 1)) {
            (Sense::Unit(Unit::Season, Count::One), Sense::Shift(_)) => Some((unknown, of + 2)),
            _ => None,
        }
    }

    /// `هذا الأسبوع`, `هذا الموسم`, `هذا الصيف`, after the demonstrative.
    fn this(&self, at: usize, edge: Option<Edge>) -> Option<(Value, usize)> {
        match self.sense(at) {
            Sense::Unit(unit, Count::One) if self.pieces.get(at).definite => Some((self.unit(unit, 0, edge)?, at + 1)),
            Sense::Season(code) if self.pieces.get(at).definite => {
                Some((Value::season(self.today().year(), code)?.relative(), at + 1))
            }
            _ => None,
        }
    }

    /// `الأسبوع الماضي`; with an edge also `نهاية الأسبوع`, `بداية العام`.
    fn shifted_unit(&self, at: usize, unit: Unit, edge: Option<Edge>) -> Option<(Value, usize)> {
        if !self.pieces.get(at).definite {
            return None;
        }
        if let Sense::Ordinal(n) = self.sense(at + 1) {
            return self.numbered_unit(at, unit, n);
        }
        let next = at + 1 + usize::from(self.sense(at + 1) == Sense::Kind);
        if let Some(found) = self.week_of_year(next).filter(|_| unit == Unit::Week) {
            return Some(found);
        }
        let brief = matches!(unit, Unit::Second | Unit::Minute | Unit::Hour);
        if brief && self.pieces.form(next).starts_with("الاخير") {
            // الدقيقة الأخيرة من المباراة
            return None;
        }
        let Some((distance, end)) = self.distance(next) else {
            let school = next > at + 1 && unit == Unit::Year;
            let bare = edge.is_some() && matches!(unit, Unit::Week | Unit::Month | Unit::Year) && !school;
            return if bare { Some((self.unit(unit, 0, edge)?, at + 1)) } else { None };
        };
        if unit == Unit::Year && self.pieces.get(at).cut == 0 && self.is_adjective(at, next) {
            return None;
        }
        if unit == Unit::Year && next > at + 1 {
            // السنة الدراسية القادمة
            return Some((self.unit(Unit::Season, distance, edge)?, end));
        }
        Some((self.unit(unit, distance, edge)?, end))
    }

    /// `الأسبوع الأول من شهر رمضان`, `الشهر السابع على التوالي`.
    fn numbered_unit(&self, at: usize, unit: Unit, number: u8) -> Option<(Value, usize)> {
        if self.sense(at + 2) == Sense::Row {
            let count = Decimal::whole(u64::from(number));
            let quantity = Quantity { count, unit, half: false, rest: [None; 3], end: at + 3 };
            return Some((Value::plain(TimeType::Duration, quantity.duration()?, granularity(unit)), at + 3));
        }
        if unit != Unit::Week {
            return None;
        }
        if let Some(found) = self.week_of_year(at + 1) {
            return Some(found);
        }
        if self.sense(at + 2) != Sense::Prep(Prep::From) {
            return None;
        }
        let of_month = |found: &Found| found.value.granularity == Granularity::Month;
        // only a month may follow, so that no chain of such periods is followed
        let month = match self.sense(at + 3) {
            Sense::This | Sense::Unit(Unit::Month, _) => self.month(at + 3).or_else(|| self.period(at + 3)),
            _ => self.month(at + 3),
        };
        let month = month.filter(of_month)?;
        let (begin, end) = month.value.bounds?;
        let first = shifted(begin.date(), 7 * (i64::from(number) - 1))?;
        let last = shifted(first, 6)?.min(end.date().yesterday().ok()?);
        let mut value = Value::days(first, last);
        (value.granularity, value.relative) = (Granularity::Week, month.value.relative);
        (first < last).then_some((value, month.end))
    }

    /// Whether `العام` at piece `at` says general, as in `الأمين العام السابق`.
    fn is_adjective(&self, at: usize, shift: usize) -> bool {
        let doubtful = matches!(self.pieces.form(shift), "السابق" | "الحالي" | "الاخير");
        let named = self.pieces.before(at) == Sense::Other
            && at.checked_sub(1).is_some_and(|b| self.pieces.form(b).contains("ال"));
        doubtful && named && self.pieces.form(at).ends_with("عام")
    }

    /// The unit that lies `n` from the present one.
    fn unit(&self, unit: Unit, n: i64, edge: Option<Edge>) -> Option<Value> {
        let today = self.today();
        let year = today.year().checked_add(i16::try_from(n).ok()?);
        let value = match (unit, edge) {
            (Unit::Week, Some(Edge::End)) => Value::weekend(shifted(today, 7 * n)?),
            (Unit::Week, _) => Value::week(shifted(today, 7 * n)?),
            (Unit::Month, _) => month_of(today, n).and_then(|(y, m)| Value::month(y, m)),
            (Unit::Year, Some(Edge::Start)) => Value::month(year?, 1),
            (Unit::Year, Some(Edge::End)) => Value::month(year?, 12),
            (Unit::Year, _) => Value::year(year?),
            (Unit::Season, _) => {
                // a season of sports or school begins in August
                let (begun, month) = month_of(today, 12 * n)?;
                let first = if month >= 8 { begun } else { begun.checked_sub(1)? };
                let mut value = Value::months((first, 8), (first.checked_add(1)?, 7))?;
                value.text = format!("{first:04}/{:04}", first.checked_add(1)?);
                value.granularity = Granularity::Year;
                Some(value)
            }
            (Unit::Quarter, _) => {
                let (y, m) = month_of(today, 3 * n)?;
                Value::quarter(y, (m + 2) / 3)
            }
            (Unit::Half, _) => {
                let (y, m) = month_of(today, 6 * n)?;
                half(y, if m <= 6 { 1 } else { 2 })
            }
            (Unit::Decade, _) => {
                let first = today.year() - today.year().rem_euclid(10) + i16::try_from(10 * n).ok()?;
                Value::years(first, first.checked_add(9)?, Granularity::Decade)
            }
            (Unit::Hour | Unit::Minute, None) if n.abs() == 1 => {
                let shift = if n < 0 { Shift::Past } else { Shift::Next };
                let one = Quantity { count: Decimal::whole(1), unit, half: false, rest: [None; 3], end: 0 };
                let value = Value::plain(TimeType::Duration, one.duration()?, granularity(unit));
                Some(Value { bounds: self.stretch(one.count, unit, shift), ..value })
            }
            (Unit::Century, _) => century((i64::from(today.year()) - 1).div_euclid(100) + 1 + n),
            _ => None,
        };
        Some(value?.relative())
    }

    /// `السنوات الماضية`, `اليومين الماضيين`, `السنوات الثلاث المقبلة`, `الـ24 ساعة الأخيرة`.
    fn shifted_units(&self, at: usize) -> Option<(Value, usize)> {
        let last = self.sense(at) == Sense::Last;
        let (mut count, mut unit, mut next) = (None, None, at + usize::from(last));
        let definite = self.pieces.get(at).definite;
        // آخر 3 سنوات and the news' 3 أيام القادمة, in which the adjective alone is definite
        let numbered = matches!(self.sense(next), Sense::Cardinal | Sense::Digits);
        for _ in 0..5 {
            match self.sense(next) {
                Sense::Unit(u, c) if unit.is_none() => {
                    if c == Count::Two {
                        count = Some(Decimal::whole(2));
                    }
                    unit = Some((u, c));
                    next += 1;
                }
                Sense::Few | Sense::Article => next += 1,
                Sense::Cardinal | Sense::Digits if count.is_none() => {
                    let number = words::number(self.pieces.atoms, self.pieces.get(next).first)?;
                    count = Some(number.value?);
                    next = self.pieces.at_atom(number.end);
                }
                // الأيام والأسابيع المقبلة
                Sense::And | Sense::Unit(_, Count::Many) if unit.is_some() && count.is_none() => {
                    next = self.pieces.joined(next)? + 1;
                }
                _ => break,
            }
        }
        let (unit, form) = unit?;
        let shift = match self.sense(next) {
            Sense::Shift(shift) => Some((shift, next + 1)),
            _ => (last && numbered).then_some((Shift::Past, next)),
        };
        let Some((shift, end)) = shift else {
            // السنوات الثلاث
            let counted = definite && form == Count::Many && matches!(self.sense(at), Sense::Unit(..));
            let quantity = Quantity { count: count?, unit, half: false, rest: [None; 3], end: next };
            let text = quantity.duration().filter(|_| counted)?;
            return Some((Value::plain(TimeType::Duration, text, granularity(unit)), next));
        };
        if !(definite || numbered) || count.is_none() && form != Count::Many {
            return None;
        }
        let brief = matches!(unit, Unit::Second | Unit::Minute | Unit::Hour);
        if count.is_none() && brief && self.pieces.form(next).starts_with("الاخير") {
            // الدقائق الأخيرة من المباراة
            return None;
        }
        let value = match count {
            Some(count) => {
                let quantity = Quantity { count, unit, half: false, rest: [None; 3], end: next };
                let value = Value::plain(TimeType::Duration, quantity.duration()?, granularity(unit));
                Value { bounds: self.stretch(count, unit, shift).filter(|_| self.dated), ..value }
            }
            None => Value::vague(reference(shift)),
        };
        Some((value, end))
    }

    /// `الربع الأول من سنة 2016`, `السداسي الثاني من العام الجاري`, `النصف الأول من شهر مارس`, `الثلاثي السابق`.
    fn part_of_year(&self, at: usize) -> Option<(Value, usize)> {
        let Sense::Unit(unit, _) = self.sense(at) else { return None };
        let next = at + 1;
        if let Sense::Shift(shift) = self.sense(next) {
            let last = self.pieces.form(next).starts_with("الاخير");
            if !last {
                // النصف الحالي is no time, الثلاثي الحالي is one
                let said = unit == Unit::Quarter;
                return said.then(|| self.unit(unit, shift.sign(), None)).flatten().map(|v| (v, next + 1));
            }
        }
        let number = match self.sense(next) {
            Sense::Ordinal(n) => n,
            Sense::Shift(_) => {
                if unit == Unit::Quarter {
                    4
                } else {
                    2
                }
            }
            _ => return None,
        };
        let number = i8::try_from(number).ok()?;
        let of = next + 1;
        let of = of + usize::from(matches!(self.sense(of), Sense::Prep(Prep::From | Prep::In)));
        if let Some((year, end)) = self.year_of(of) {
            let value = match unit {
                Unit::Quarter => (1..=4).contains(&number).then(|| Value::quarter(year, number)),
                _ => (1..=2).contains(&number).then(|| half(year, number)),
            };
            let relative = !matches!(self.year_ref(of, false), Some((Year::Given(_), _)));
            return Some((Value { relative, ..value?? }, end));
        }
        if let (Unit::Half, Some((century, end))) = (unit, self.century(of)) {
            // النصف الثاني من القرن العشرين
            let (from, to) = century.bounds?;
            let middle = to.date().year().checked_sub(50)?;
            let value = match number {
                1 => Value::years(from.date().year(), middle.checked_sub(1)?, Granularity::Decade),
                2 => Value::years(middle, to.date().year().checked_sub(1)?, Granularity::Decade),
                _ => None,
            };
            return Some((Value { relative: century.relative, ..value? }, end));
        }
        // النصف الأول من شهر مارس
        let month = self.month(of).filter(|m| unit == Unit::Half && m.value.granularity == Granularity::Month)?;
        let (begin, end) = month.value.bounds?;
        let middle = begin.date().with().day(15).build().ok()?;
        let last = end.date().yesterday().ok()?;
        let value = match number {
            1 => Value::days(begin.date(), middle),
            2 => Value::days(middle.tomorrow().ok()?, last),
            _ => return None,
        };
        Some((Value { relative: month.value.relative, ..value }, month.end))
    }

    /// A year at piece `at`, named as one or in four digits.
    pub(super) fn year_of(&self, at: usize) -> Option<(i16, usize)> {
        match self.year_ref(at, false) {
            Some((year, end)) => Some((self.place_year(year)?, end)),
            None => self.year_digits(at, false),
        }
    }

    /// `صيف 2014`, `الصيف الماضي`, `فصل الشتاء`.
    fn season(&self, i: usize) -> Option<(Value, usize)> {
        let at = i + usize::from(self.sense(i) == Sense::SeasonWord);
        let Sense::Season(code) = self.sense(at) else { return None };
        let mut next = at + 1;
        next += usize::from(self.sense(next) == Sense::Prep(Prep::From));
        if let Some((year, end)) = self.year_of(next) {
            return Some((Value::season(year, code)?, end));
        }
        let today = self.today();
        let year = match self.sense(at + 1) {
            Sense::Shift(shift) if self.pieces.get(at).definite => {
                let seasons: Vec<Date> = (today.year().saturating_sub(2)..=today.year().saturating_add(2))
                    .filter_map(|y| Value::season(y, code)?.bounds.map(|b| b.0.date()))
                    .collect();
                let start = match shift {
                    // الخريف الماضي is over
                    Shift::Past => seasons.iter().copied().rfind(|&d| shifted(d, 80).is_some_and(|e| e < today)),
                    Shift::Next => seasons.iter().copied().find(|&d| d > today),
                    Shift::This => self.nearest(&seasons, None, false),
                };
                (start?.year(), at + 2)
            }
            _ if at > i => (today.year(), at + 1),
            _ => return None,
        };
        Some((Value::season(year.0, code)?.relative(), year.1))
    }

    /// `القرن التاسع عشر`, `القرن الـ21`, `القرن الماضي`.
    fn century(&self, at: usize) -> Option<(Value, usize)> {
        let (number, relative, mut end) = self.century_number(at)?;
        let mut value = century(number)?;
        match self.sense(end) {
            Sense::Era(Era::Common) => end += 1,
            Sense::Era(Era::Before) => {
                end += 1;
                let text = format!("BC{:04}/BC{:04}", number * 100, number * 100 - 99);
                value = Value::plain(TimeType::Date, text, Granularity::Century);
            }
            Sense::Era(Era::Hijri) => {
                end += 1;
                value = hijri_century(number)?;
            }
            _ => {}
        }
        value.relative = relative;
        Some((value, end))
    }

    /// Which century is named at piece `at`, whether it is reckoned from the present, and where it ends.
    fn century_number(&self, at: usize) -> Option<(i64, bool, usize)> {
        if self.sense(at) != Sense::Unit(Unit::Century, Count::One) || !self.pieces.get(at).definite {
            return None;
        }
        let now = (i64::from(self.today().year()) - 1).div_euclid(100) + 1;
        match self.sense(at + 1) {
            Sense::Shift(shift) => Some((now + shift.sign(), true, at + 2)),
            Sense::Ordinal(n) => Some((i64::from(n), false, at + 2)),
            Sense::Article => {
                let (n, _) = self.pieces.digits(at + 2)?;
                Some((i64::from(n), false, at + 3))
            }
            // القرن العشرين
            Sense::Cardinal => {
                let number = words::number(self.pieces.atoms, self.pieces.get(at + 1).first)?;
                Some((i64::try_from(number.integer()?).ok()?, false, self.pieces.at_atom(number.end)))
            }
            Sense::Digits => Some((i64::from(self.pieces.digits(at + 1)?.0), false, at + 2)),
            _ => None,
        }
        .filter(|c| (1..=90).contains(&c.0))
    }

    /// `ثمانينات القرن الماضي`, `التسعينيات`; not those of someone's age.
    fn decade(&self, at: usize, tens: i16) -> Option<(Value, usize)> {
        let mut of = at + 1;
        of += usize::from(self.sense(of) == Sense::Prep(Prep::From));
        if self.sense(of) == Sense::Age {
            return None;
        }
        let (first, relative, end) = match self.century_number(of) {
            Some((century, relative, end)) => (i16::try_from((century - 1) * 100).ok()? + tens, relative, end),
            None if self.pieces.get(at).definite && tens >= 50 => (1900 + tens, false, at + 1),
            None => return None,
        };
        let value = Value::years(first, first.checked_add(9)?, Granularity::Decade)?;
        Some((Value { relative, ..value }, end))
    }
}

/// Half `half` of `year`.
fn half(year: i16, half: i8) -> Option<Value> {
    let mut value = Value::months((year, half * 6 - 5), (year, half * 6))?;
    value.granularity = Granularity::Quarter;
    Some(value)
}

/// A century of the Hijra.
fn hijri_century(number: i64) -> Option<Value> {
    let last = i16::try_from(number.checked_mul(100)?).ok()?;
    let begin = hijri::day(last.checked_sub(99)?, 1, 1)?;
    let (_, end) = hijri::month(last, 12)?;
    let mut value = Value::days(begin, end);
    value.text = format!("{:04}/{:04}", begin.year(), end.year());
    value.granularity = Granularity::Century;
    Some(value)
}

/// The century numbered `number`: the 19th is 1801 to 1900.
fn century(number: i64) -> Option<Value> {
    let last = i16::try_from(number.checked_mul(100)?).ok()?;
    Value::years(last.checked_sub(99)?, last, Granularity::Century)
}
