//! Stretches of time that begin or end at the publication: `الأيام الثلاثة المقبلة`, `آخر 3 سنوات`, `بقية الأسبوع`.

use jiff::{
    Span as Length,
    civil::{DateTime, Time},
};

use super::{
    grammar::Grammar,
    lexicon::{Count, Sense, Shift, Unit},
    value::{Value, shifted},
};
use crate::numbers::decimal::Decimal;

impl Grammar<'_> {
    /// What `count` units before or after the publication cover: of days and longer units whole days, today excluded;
    /// of decades whole ones.
    pub(super) fn stretch(&self, count: Decimal, unit: Unit, shift: Shift) -> Option<(DateTime, DateTime)> {
        let n = i64::try_from(count.integer()?).ok()?;
        let length = Length::new();
        let length = match unit {
            Unit::Second => length.try_seconds(n),
            Unit::Minute => length.try_minutes(n),
            Unit::Hour => length.try_hours(n),
            Unit::Day => length.try_days(n),
            Unit::Week => length.try_weeks(n),
            Unit::Month => length.try_months(n),
            Unit::Year => length.try_years(n),
            Unit::Decade => length.try_years(n.checked_mul(10)?),
            _ => return None,
        }
        .ok()?;
        let today = self.today();
        let decade = today.first_of_year().checked_sub(Length::new().years(today.year().rem_euclid(10))).ok()?;
        let midnight = |date: jiff::civil::Date| date.to_datetime(Time::midnight());
        let (behind, before) = match unit {
            Unit::Second | Unit::Minute | Unit::Hour => (self.now, self.now),
            Unit::Decade => (midnight(decade), midnight(decade.checked_add(Length::new().years(10)).ok()?)),
            _ => (midnight(today), midnight(today.tomorrow().ok()?)),
        };
        match shift {
            Shift::Past => Some((behind.checked_sub(length).ok()?, behind)),
            Shift::Next => Some((before, before.checked_add(length).ok()?)),
            Shift::This => None,
        }
    }

    /// The rest of the unit at piece `at`, from the publication on: `بقية الأسبوع`, `ما تبقى من هذا العام`.
    pub(super) fn rest_of(&self, at: usize) -> Option<(Value, usize)> {
        let at = at + usize::from(self.sense(at) == Sense::This);
        let end = at + 1 + usize::from(self.sense(at + 1) == Sense::Shift(Shift::This));
        let today = self.today();
        let last = match self.sense(at) {
            Sense::Day(0) => {
                let mut value = Value::day(today);
                value.bounds = Some((self.now, today.tomorrow().ok()?.to_datetime(Time::midnight())));
                return Some((value.relative(), end));
            }
            Sense::Unit(Unit::Week, Count::One) => {
                shifted(today, 7 - i64::from(today.weekday().to_monday_one_offset()))?
            }
            Sense::Unit(Unit::Month, Count::One) => today.last_of_month(),
            Sense::Unit(Unit::Year, Count::One) => today.last_of_year(),
            _ => return None,
        };
        let more = matches!(self.sense(end), Sense::Shift(_) | Sense::Digits | Sense::Kind);
        (self.pieces.get(at).definite && !more).then(|| (Value::days(today, last).relative(), end))
    }
}
