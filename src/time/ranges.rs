//! Several days: `من 3 إلى 7 مارس`, `يومي الجمعة والسبت`, `أيام السبت`.

use jiff::civil::Date;

use super::{
    Granularity, TimeType,
    calendar::{Month, Written, Year, nearest_weekday},
    grammar::{Found, Grammar},
    lexicon::{Count, Prep, Sense, Unit},
    value::{Value, shifted},
};

impl Grammar<'_> {
    /// Several days: `من 3 إلى 7 مارس`, `يومي 3 و4 مارس 2017`, `يومي الجمعة والسبت الماضيين`, `19 إلى 30 أوت`.
    pub(super) fn day_range(&self, i: usize) -> Option<Found> {
        let mut at = i;
        let lead = self.sense(at);
        if lead == Sense::Prep(Prep::Between) {
            // the range begins after بين, which is no part of it
            return None;
        }
        if let Some(found) = self.weekdays_shifted(i) {
            return Some(found);
        }
        let several = matches!(lead, Sense::Pair(Unit::Day) | Sense::Unit(Unit::Day, Count::Many | Count::One));
        let between = self.pieces.before(i) == Sense::Prep(Prep::Between);
        if several || lead == Sense::Prep(Prep::From) {
            at += 1;
        }
        at += usize::from(!several && self.sense(at) == Sense::Unit(Unit::Day, Count::One));
        if several && matches!(self.sense(at), Sense::Weekday(_)) {
            return self.weekdays(i, at);
        }
        at += usize::from(self.sense(at) == Sense::Article);
        let (first_day, len) = self.pieces.digits(at)?;
        if len > 2 || self.pieces.get(at).sense != Sense::Digits {
            return None;
        }
        let mut middle = at + 1;
        // the first day may have its own month: من 26 أوت إلى 6 سبتمبر
        let mut own = self.month_name(middle + usize::from(self.sense(middle) == Sense::Prep(Prep::From)));
        let mut own_year = Year::Unsaid;
        if let Some((month, end)) = own {
            let (year, end) = self.year_tail(end, matches!(month, Month::Hijri(_)));
            (own_year, middle) = (year, end);
        }
        let mut list = 0;
        let last = loop {
            let joined = match self.sense(middle) {
                Sense::Prep(Prep::To) if !between => middle + 1,
                Sense::Mark('-' | '–') if own.is_none() => middle + 1,
                _ if lead != Sense::Prep(Prep::From) && (own.is_none() || between) => self.pieces.joined(middle)?,
                _ => return None,
            };
            let joined = joined + usize::from(self.sense(joined) == Sense::Unit(Unit::Day, Count::One));
            if let Some(written) = self.written(joined).or_else(|| self.day_of_month_ref(joined)) {
                break written;
            }
            // أيام 3 و4 و5 مارس
            self.pieces.digits(joined).filter(|d| d.1 <= 2 && own.is_none() && list < 6)?;
            list += 1;
            middle = joined + 1;
        };
        let (to, end) = last;
        if own.is_none() {
            own = Some((to.month, 0));
            own_year = to.year;
        } else if own_year == Year::Unsaid {
            own_year = to.year;
        }
        let from = Written { day: i8::try_from(first_day).ok()?, month: own?.0, year: own_year };
        let place = |written: &Written| self.place_date(written, None, None, i, end);
        let (begin, finish) = (place(&from)?, place(&to)?);
        let begin = if begin > finish {
            // من 28 ديسمبر إلى 3 جانفي 2017 began the year before
            Date::new(begin.year().checked_sub(1)?, begin.month(), begin.day()).ok()?
        } else {
            begin
        };
        let relative = !matches!(to.year, Year::Given(_));
        Some(Found { first: i, end, value: Value { relative, ..Value::days(begin, finish) } })
    }

    /// A number and a month named from the present one: `23 في الشهر القادم`, `22 هذا الشهر`.
    fn day_of_month_ref(&self, at: usize) -> Option<(Written, usize)> {
        let (day, _) = self.pieces.digits(at).filter(|d| d.1 <= 2)?;
        let of = at + 1 + usize::from(matches!(self.sense(at + 1), Sense::Prep(Prep::In | Prep::From)));
        let (months, end) = self.month_ref(of)?;
        Some((Written { day: i8::try_from(day).ok()?, month: Month::Relative(months), year: Year::Unsaid }, end))
    }

    /// From one day to another, neither with its year: `من الجمعة إلى الأحد`, `بين الأربعاء والجمعة`. Two full dates are
    /// two expressions.
    pub(super) fn days_between(&self, i: usize) -> Option<Found> {
        let between = self.pieces.before(i) == Sense::Prep(Prep::Between);
        let from = self.sense(i) == Sense::Prep(Prep::From);
        let at = i + usize::from(from);
        if !(from || between) || from && self.pieces.get(at).cut > 0 {
            return None;
        }
        let whole = |found: &Found| {
            found.value.granularity == Granularity::Day && found.value.day.is_some() && found.value.relative
        };
        let first = self.day(at).filter(whole)?;
        let next = match self.sense(first.end) {
            Sense::Prep(Prep::To) if from => first.end + 1,
            _ if between => self.pieces.joined(first.end)?,
            _ => return None,
        };
        let second = self.day_after_joint(next, between).filter(whole)?;
        let begin = first.value.day?;
        let mut finish = second.value.day?;
        if finish <= begin && matches!(self.sense(second.end - 1), Sense::Weekday(_)) {
            // الجمعة إلى الأحد: the weekday that follows
            let day = finish.weekday().to_monday_one_offset();
            finish = (1..=7).filter_map(|n| shifted(begin, n)).find(|d| d.weekday().to_monday_one_offset() == day)?;
        }
        let value = Value::days(begin, finish).relative();
        (begin < finish).then_some(Found { first: i, end: second.end, value })
    }

    /// The day at piece `at`, which may have the conjunction written to it where one joins.
    fn day_after_joint(&self, at: usize, between: bool) -> Option<Found> {
        self.day(at).filter(|_| between || self.pieces.get(at).cut == 0)
    }

    /// `الثلاثاء والأربعاء القادمين`.
    fn weekdays_shifted(&self, i: usize) -> Option<Found> {
        let Sense::Weekday(_) = self.sense(i) else { return None };
        let dual = self.pieces.joined(i + 1).is_some_and(|j| {
            matches!(self.sense(j), Sense::Weekday(_))
                && matches!(self.sense(j + 1), Sense::Shift(_))
                && self.pieces.form(j + 1).ends_with("ين")
        });
        if dual { self.weekdays(i, i) } else { None }
    }

    /// `يومي الجمعة والسبت الماضيين`, `أيام السبت`.
    fn weekdays(&self, i: usize, at: usize) -> Option<Found> {
        let Sense::Weekday(first) = self.sense(at) else { return None };
        if let Some(found) = self.numbered_weekdays(i, at) {
            return Some(found);
        }
        let second = self.pieces.joined(at + 1).map(|j| (self.sense(j), j + 1));
        let Some((Sense::Weekday(second), mut end)) = second else {
            let value = Value::plain(TimeType::Set, format!("XXXX-WXX-{first}"), Granularity::Day);
            let several = self.sense(i) == Sense::Unit(Unit::Day, Count::Many);
            return several.then_some(Found { first: i, end: at + 1, value });
        };
        let shift = match self.sense(end) {
            Sense::Shift(shift) => {
                end += 1;
                Some(shift)
            }
            _ => None,
        };
        // the second day follows the first
        let first = self.place_weekday(first, shift, i, end)?;
        let last = nearest_weekday(shifted(first, 3)?, second, 3)?;
        Some(Found { first: i, end, value: Value::days(first, last).relative() })
    }

    /// `يومي السبت 26 والأحد 27 مارس 2016`.
    fn numbered_weekdays(&self, i: usize, at: usize) -> Option<Found> {
        let (day, _) = self.pieces.digits(at + 1).filter(|d| d.1 <= 2)?;
        let second = self.pieces.joined(at + 2).filter(|&j| matches!(self.sense(j), Sense::Weekday(_)))?;
        let (last, end) = self.written(second + 1)?;
        let first = Written { day: i8::try_from(day).ok()?, ..last };
        let place = |written: &Written| self.place_date(written, None, None, i, end);
        let (begin, finish) = (place(&first)?, place(&last)?);
        let relative = !matches!(last.year, Year::Given(_));
        (begin < finish).then_some(Found { first: i, end, value: Value { relative, ..Value::days(begin, finish) } })
    }
}
