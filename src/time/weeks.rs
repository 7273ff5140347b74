//! Weeks and the days in them: `الأسبوع الثالث من عام 2027`, `الجمعة من الأسبوع المقبل`, `أول يوم جمعة من شهر مارس`, `الخميس 21`.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::{
    Granularity,
    calendar::nearest_weekday,
    grammar::{Found, Grammar},
    lexicon::{Count, Prep, Sense, Shift, Unit, bare_weekday},
    value::{Value, month_of, shifted},
};

/// How many days before and after the publication a weekday with a number is looked for.
const REACH: i64 = 31;

impl Grammar<'_> {
    /// A week named from the present one at piece `at`: a day in it and where it ends. `هذا الأسبوع`, `الأسبوع بعد المقبل`.
    fn week_ref(&self, at: usize) -> Option<(Date, usize)> {
        let week = |at: usize| self.sense(at) == Sense::Unit(Unit::Week, Count::One) && self.pieces.get(at).definite;
        if self.sense(at) == Sense::This && week(at + 1) {
            return Some((self.today(), at + 2));
        }
        let (weeks, end) = self.distance(at + 1).filter(|_| week(at) && self.pieces.get(at).cut == 0)?;
        Some((shifted(self.today(), 7 * weeks)?, end))
    }

    /// How many units away something lies, by the words at piece `at`: `المقبل`, `الماضي`, `بعد المقبل`, `قبل الماضي`.
    pub(super) fn distance(&self, at: usize) -> Option<(i64, usize)> {
        match (self.sense(at), self.sense(at + 1)) {
            (Sense::Shift(shift), _) => Some((shift.sign(), at + 1)),
            (Sense::Prep(Prep::After), Sense::Shift(Shift::Next)) => Some((2, at + 2)),
            (Sense::Prep(Prep::Before), Sense::Shift(Shift::Past)) => Some((-2, at + 2)),
            _ => None,
        }
    }

    /// The weekday `day` of the week that is named at piece `at`: `من الأسبوع المقبل`.
    pub(super) fn weekday_of_week(&self, day: i8, at: usize) -> Option<(Date, usize)> {
        let of = at + usize::from(self.sense(at) == Sense::Prep(Prep::From));
        let (date, end) = self.week_ref(of)?;
        Some((in_week(date, day)?, end))
    }

    /// A week and a day in it: `الأسبوع المقبل يوم الجمعة`.
    pub(super) fn week_and_weekday(&self, i: usize) -> Option<Found> {
        let (date, at) = self.week_ref(i)?;
        let at = at + usize::from(self.sense(at) == Sense::Unit(Unit::Day, Count::One));
        let Sense::Weekday(day) = self.sense(at) else { return None };
        let plain = self.pieces.get(at).cut == 0 && self.written(at + 1).is_none();
        let value = Value::day(in_week(date, day).filter(|_| plain)?).relative();
        Some(Found { first: i, end: at + 1, value })
    }

    /// `الأسبوع الثالث من عام 2027`, `الأسبوع الأول من هذا العام`, `الأسبوع الأخير من 2015`: a week of the ISO calendar.
    /// `at` is the piece after the word for week.
    pub(super) fn week_of_year(&self, at: usize) -> Option<(Value, usize)> {
        let of = at + 1 + usize::from(self.sense(at + 1) == Sense::Prep(Prep::From));
        let (year, end) = self.year_of(of)?;
        let last = self.pieces.form(at).starts_with("الاخير");
        let week = match self.sense(at) {
            Sense::Ordinal(n) => i8::try_from(n).ok()?,
            _ if last => Date::new(year, 12, 28).ok()?.iso_week_date().week(),
            _ => return None,
        };
        let monday = Date::from_iso_week_date(ISOWeekDate::new(year, week, Weekday::Monday).ok()?);
        Some((Value::week(monday)?, end))
    }

    /// `أول يوم جمعة من شهر مارس`, `أول جمعة في هذا الشهر`, `الأحد الثاني من ماي`.
    pub(super) fn nth_weekday(&self, i: usize) -> Option<Found> {
        let (number, day, at) = match self.sense(i) {
            Sense::Ordinal(n) if !self.pieces.get(i).definite => {
                let at = i + 1 + usize::from(self.sense(i + 1) == Sense::Unit(Unit::Day, Count::One));
                (n, bare_weekday(self.pieces.form(at))?, at + 1)
            }
            Sense::Weekday(day) => match self.sense(i + 1) {
                Sense::Ordinal(n) if self.pieces.get(i + 1).definite => (n, day, i + 2),
                _ => return None,
            },
            _ => return None,
        };
        if !matches!(self.sense(at), Sense::Prep(Prep::From | Prep::In)) {
            return None;
        }
        let (begin, relative, end) = self.whole_month(at + 1)?;
        let first = nearest_weekday(shifted(begin, 3)?, day, 3)?;
        let date = shifted(first, 7 * (i64::from(number) - 1)).filter(|d| d.month() == begin.month())?;
        Some(Found { first: i, end, value: Value { relative, ..Value::day(date) } })
    }

    /// A month at piece `at`: its first day, whether it is reckoned from the publication, and where it ends.
    fn whole_month(&self, at: usize) -> Option<(Date, bool, usize)> {
        if let Some((months, end)) = self.month_ref(at) {
            let (year, month) = month_of(self.today(), months)?;
            return Some((Date::new(year, month, 1).ok()?, true, end));
        }
        let month = self.month(at).filter(|m| m.value.granularity == Granularity::Month)?;
        let begin = month.value.bounds?.0.date();
        (begin.day() == 1).then_some((begin, month.value.relative, month.end))
    }

    /// A month named from the present one at piece `at`, in months from it: `هذا الشهر`, `الشهر المقبل`.
    pub(super) fn month_ref(&self, at: usize) -> Option<(i64, usize)> {
        let month = |at: usize| self.sense(at) == Sense::Unit(Unit::Month, Count::One) && self.pieces.get(at).definite;
        if self.sense(at) == Sense::This && month(at + 1) {
            return Some((0, at + 2));
        }
        self.distance(at + 1).filter(|_| month(at) && self.pieces.get(at).cut == 0)
    }

    /// The day that weekday `day` and the number at piece `at` are: `الخميس 21`, `الثلاثاء الحادي والثلاثين`. The nearest
    /// to the publication on which they agree; none where the number may count something.
    pub(super) fn weekday_and_number(&self, day: i8, at: usize, ahead: bool) -> Option<(Date, usize)> {
        let number = match self.sense(at) {
            Sense::Digits => self.pieces.digits(at).filter(|d| d.1 <= 2)?.0,
            Sense::Ordinal(n) if self.pieces.get(at).definite && n > 7 => i16::from(n),
            _ => return None,
        };
        let glued = self.pieces.atoms.is_glued(self.pieces.get(at + 1).first);
        let closed = matches!(self.sense(at + 1), Sense::Break | Sense::Prep(Prep::To | Prep::In))
            || matches!(self.sense(at + 1), Sense::Mark('.' | '،' | ',' | ')' | '!'));
        if !closed || glued && self.pieces.digits(at + 2).is_some() {
            return None;
        }
        let today = self.today();
        let agrees = |d: &Date| i16::from(d.day()) == number && d.weekday().to_monday_one_offset() == day;
        let found = |sign: i64| (0..=REACH).filter_map(|n| shifted(today, sign * n)).find(agrees);
        let (behind, before) = (found(-1), found(1));
        let date = if ahead { before.or(behind) } else { behind.or(before) };
        Some((date?, at + 1))
    }
}

/// The weekday `day` of the ISO week that holds `date`.
fn in_week(date: Date, day: i8) -> Option<Date> {
    shifted(date, i64::from(day - date.weekday().to_monday_one_offset()))
}
