//! Months and the year that follows them: `شهر جويلية 2016`, `نهاية مارس`, `جانفي من العام الماضي`, `شهر رمضان`.

use jiff::civil::Date;

use super::{
    Granularity, Neighbour, TimeType,
    calendar::{Month, Year},
    grammar::{Found, Grammar},
    hijri,
    lexicon::{Count, Prep, Sense, Shift, Unit},
    value::{Value, month_of},
};

/// A month that is at most this many months ahead is the coming one, where nothing tells.
const AHEAD: i64 = 1;

impl Grammar<'_> {
    /// `شهر جويلية 2016`, `نهاية مارس`, `جانفي الماضي`, `شهر رمضان`, `من جوان إلى سبتمبر`.
    pub(super) fn month(&self, i: usize) -> Option<Found> {
        // ميدان 6 أكتوبر, قوى الرابع عشر من آذار
        let day = i.saturating_sub(1 + usize::from(self.pieces.before(i) == Sense::Prep(Prep::From)));
        if matches!(self.sense(day), Sense::Digits | Sense::Ordinal(_)) && self.has_neighbour(day, Neighbour::Date) {
            return None;
        }
        let mut at = i;
        let from = self.sense(at) == Sense::Prep(Prep::From);
        at += usize::from(from);
        let edge = matches!(self.sense(at), Sense::Edge(_));
        at += usize::from(edge);
        // هذا أغسطس
        let this = at == i && self.sense(at) == Sense::This && matches!(self.sense(at + 1), Sense::Month { .. });
        if let (true, Sense::Month { month, .. }) = (this, self.sense(at + 1)) {
            let value = Value::month(self.today().year(), month)?.relative();
            return Some(Found { first: i, end: at + 2, value });
        }
        let named = self.sense(at) == Sense::Unit(Unit::Month, Count::One) && !self.pieces.get(at).definite;
        at += usize::from(named);
        let begins = at == i;
        let weak = match self.sense(at) {
            Sense::Month { weak, .. } => weak,
            Sense::Hijri(_) => true,
            _ => return None,
        };
        let (month, end) = if begins { self.month_name_after_clitic(at)? } else { self.month_name(at)? };
        let (year, end) = self.year_tail(end, matches!(month, Month::Hijri(_)));
        let said = edge || named || year != Year::Unsaid || matches!(self.pieces.before(at), Sense::Prep(_));
        if let Some((to, to_year, end)) = self.month_to(end) {
            let to_year = if to_year == Year::Unsaid { year } else { to_year };
            let last = self.place_month(to, to_year, i, end)?;
            let year = if year == Year::Unsaid { Year::Given(last.0) } else { year };
            let mut first = self.place_month(month, year, i, end)?;
            if first > last {
                first.0 = first.0.checked_sub(1)?;
            }
            let value = Value::months(first, last)?;
            return Some(Found {
                first: i,
                end,
                value: Value { relative: !matches!(to_year, Year::Given(_)), ..value },
            });
        }
        if from || weak && !said {
            return None;
        }
        let value = match month {
            Month::Hijri(month) => self.hijri_month(month, year, i, end),
            _ => self.place_month(month, year, i, end).and_then(|(y, m)| Value::month(y, m)),
        };
        let value = match year {
            Year::Every => match month {
                Month::Gregorian(m) => Value::plain(TimeType::Set, format!("XXXX-{m:02}"), Granularity::Month),
                _ => Value::unknown(TimeType::Set, Granularity::Month),
            },
            _ => value.unwrap_or_else(|| Value::unknown(TimeType::Date, Granularity::Month)),
        };
        let relative = !matches!(year, Year::Given(_) | Year::Every);
        Some(Found { first: i, end, value: Value { relative, ..value } })
    }

    /// A month's name that begins an expression, so that it may have a clitic.
    fn month_name_after_clitic(&self, at: usize) -> Option<(Month, usize)> {
        match (self.pieces.get(at).cut, self.sense(at)) {
            (0, _) => self.month_name(at),
            (_, Sense::Month { month, .. }) => Some((Month::Gregorian(month), at + 1)),
            (_, Sense::Hijri(month)) => Some((Month::Hijri(month), at + 1)),
            _ => None,
        }
    }

    /// `إلى شهر سبتمبر 2016` after a month.
    fn month_to(&self, at: usize) -> Option<(Month, Year, usize)> {
        if self.sense(at) != Sense::Prep(Prep::To) {
            return None;
        }
        let at = at + 1 + usize::from(self.sense(at + 1) == Sense::Unit(Unit::Month, Count::One));
        let (month, end) = self.month_name(at)?;
        let (year, end) = self.year_tail(end, matches!(month, Month::Hijri(_)));
        Some((month, year, end))
    }

    fn place_month(&self, month: Month, year: Year, first: usize, end: usize) -> Option<(i16, i8)> {
        let Month::Gregorian(month) = month else { return None };
        let today = self.today();
        if let Some(year) = self.place_year(year) {
            return Some((year, month));
        }
        let behind = (today.month() - month).rem_euclid(12);
        let (back, forth) = (-i64::from(behind), i64::from((12 - behind) % 12));
        let months = match year {
            Year::Shifted(Shift::Past) => {
                if back == 0 {
                    -12
                } else {
                    back
                }
            }
            Year::Shifted(Shift::Next) => {
                if forth == 0 {
                    12
                } else {
                    forth
                }
            }
            Year::Shifted(Shift::This) => {
                if forth <= 6 {
                    forth
                } else {
                    back
                }
            }
            _ if back == 0 => 0,
            _ if self.is_ahead(first, end) || forth <= AHEAD => forth,
            _ => back,
        };
        month_of(today, months)
    }

    /// A Hijri month is the days from its first to its last.
    fn hijri_month(&self, month: i8, year: Year, first: usize, end: usize) -> Option<Value> {
        let now = hijri::year_of(self.today())?;
        let (begin, finish) = match year {
            Year::Given(year) => hijri::month(year, month)?,
            _ => {
                let near = now.saturating_sub(1)..=now.saturating_add(1);
                let months: Vec<_> = near.filter_map(|y| hijri::month(y, month)).collect();
                if let Some(&current) = months.iter().find(|m| m.0 <= self.today() && self.today() <= m.1) {
                    current
                } else {
                    let starts: Vec<Date> = months.iter().map(|m| m.0).collect();
                    let shift = if let Year::Shifted(shift) = year { Some(shift) } else { None };
                    let start = self.nearest(&starts, shift, self.is_ahead(first, end))?;
                    *months.iter().find(|m| m.0 == start)?
                }
            }
        };
        let mut value = Value::days(begin, finish);
        value.granularity = Granularity::Month;
        Some(value)
    }

    /// A month's name, and its name in another vocabulary beside it: `أيلول/سبتمبر`, `يوليو (تموز)`.
    pub(super) fn month_name(&self, at: usize) -> Option<(Month, usize)> {
        if self.pieces.get(at).cut > 0 {
            return None;
        }
        let month = match self.sense(at) {
            Sense::Month { month, .. } => month,
            Sense::Hijri(month) => return Some((Month::Hijri(month), at + 1)),
            _ => return None,
        };
        let again = |at| matches!(self.sense(at), Sense::Month { month: m, .. } if m == month);
        let end = match self.sense(at + 1) {
            Sense::Mark('/' | '-' | '–') if again(at + 2) => at + 3,
            Sense::Mark('(') if again(at + 2) && self.sense(at + 3) == Sense::Mark(')') => at + 4,
            _ if again(at + 1) => at + 2,
            _ => at + 1,
        };
        Some((Month::Gregorian(month), end))
    }

    /// The year after a month at piece `at`, and where it ends: `2016`, `من عام 2016`, `من العام الماضي`, `الجاري`.
    pub(super) fn year_tail(&self, at: usize, hijri: bool) -> (Year, usize) {
        if self.pieces.get(at).cut > 0 && self.sense(at) != Sense::Unit(Unit::Year, Count::One) {
            return (Year::Unsaid, at);
        }
        if let Sense::Shift(shift) = self.sense(at) {
            return (Year::Shifted(shift), at + 1);
        }
        if let Some((year, end)) = self.year_digits(at, hijri) {
            return (Year::Given(year), end + usize::from(matches!(self.sense(end), Sense::Shift(Shift::Past))));
        }
        // 10 ديسمبر، 2015
        let comma = matches!(self.sense(at), Sense::Mark('،' | ','));
        let spoken = |year: i16| self.sense(at + 1) == Sense::Digits || (1900..=2100).contains(&year);
        if let Some((year, end)) = self.year_digits(at + 1, false).filter(|y| comma && spoken(y.0)) {
            return (Year::Given(year), end);
        }
        let from = at + usize::from(self.sense(at) == Sense::Prep(Prep::From));
        if self.sense(from) == Sense::Every && self.sense(from + 1) == Sense::Unit(Unit::Year, Count::One) {
            return (Year::Every, from + 2);
        }
        if let Some((year, end)) = self.year_ref(from, hijri) {
            return (year, end);
        }
        (Year::Unsaid, at)
    }
}
