//! Durations, what lies that long before or after, and recurrences: `عامين ونصف`, `قبل أسبوع`, `كل ستة أشهر`.

use jiff::Span as Length;

use super::{
    Granularity, TimeType,
    clock::recurring,
    grammar::{Found, Grammar},
    lexicon::{Count, Prep, Sense, Shift, Unit, bare_weekday},
    value::{Value, month_of, shifted},
};
use crate::numbers::{decimal::Decimal, words};

/// A count of units: `عامين ونصف`, `3 ساعات و20 دقيقة`.
#[derive(Clone, Copy, Debug)]
pub struct Quantity {
    /// How many.
    pub count: Decimal,
    /// Of what.
    pub unit: Unit,
    /// Half a unit more.
    pub half: bool,
    /// Units of the kinds below, in falling order.
    pub rest: [Option<(Decimal, Unit)>; 3],
    /// One past its last piece.
    pub end: usize,
}

impl Quantity {
    /// As a TIMEX3 duration.
    pub fn duration(&self) -> Option<String> {
        let one = |count: Decimal, unit: Unit| -> Option<String> {
            let (factor, letter) = match unit {
                Unit::Second => (1, "S"),
                Unit::Minute => (1, "M"),
                Unit::Hour => (1, "H"),
                Unit::Day | Unit::Night => (1, "D"),
                Unit::Week => (1, "W"),
                Unit::Month => (1, "M"),
                Unit::Quarter => (3, "M"),
                Unit::Half => (6, "M"),
                Unit::Year | Unit::Season => (1, "Y"),
                Unit::Decade => (10, "Y"),
                Unit::Century => (100, "Y"),
            };
            let count = if factor == 1 { count } else { count.times(Decimal::whole(factor))? };
            Some(format!("{count}{letter}"))
        };
        let mark = if is_timed(self.unit) { "PT" } else { "P" };
        if self.half {
            let half = match self.unit {
                Unit::Year => Some((6, Unit::Month)),
                Unit::Hour => Some((30, Unit::Minute)),
                Unit::Minute => Some((30, Unit::Second)),
                _ => None,
            };
            return Some(match half {
                Some((n, unit)) => format!("{mark}{}{}", one(self.count, self.unit)?, one(Decimal::whole(n), unit)?),
                None => format!("{mark}{}", one(self.count.plus(Decimal::parse("0.5")?)?, self.unit)?),
            });
        }
        let mut text = format!("{mark}{}", one(self.count, self.unit)?);
        for &(count, unit) in self.rest.iter().flatten() {
            if is_timed(unit) && !text.contains('T') {
                text.push('T');
            }
            text.push_str(&one(count, unit)?);
        }
        Some(text)
    }
}

/// Whether a unit is below the day.
pub fn is_timed(unit: Unit) -> bool {
    matches!(unit, Unit::Second | Unit::Minute | Unit::Hour)
}

/// The precision of a unit.
pub fn granularity(unit: Unit) -> Granularity {
    match unit {
        Unit::Second => Granularity::Second,
        Unit::Minute => Granularity::Minute,
        Unit::Hour => Granularity::Hour,
        Unit::Night => Granularity::PartOfDay,
        Unit::Day => Granularity::Day,
        Unit::Week => Granularity::Week,
        Unit::Month => Granularity::Month,
        Unit::Quarter | Unit::Half => Granularity::Quarter,
        Unit::Season | Unit::Year => Granularity::Year,
        Unit::Decade => Granularity::Decade,
        Unit::Century => Granularity::Century,
    }
}

impl Grammar<'_> {
    /// `ثلاثة أيام`, `عامين ونصف`, `قبل أسبوع`, `منذ سنوات`, `بعد 3 أشهر`, `3 إلى 5 سنوات`.
    pub(super) fn duration(&self, i: usize) -> Option<Found> {
        let prep = match self.sense(i) {
            Sense::Prep(prep @ (Prep::Since | Prep::Before | Prep::After)) => Some(prep),
            Sense::Prep(_) => return None,
            _ => None,
        };
        let Some(prep) = prep else {
            if let Some(found) = self.throughout(i).or_else(|| self.some(i)).or_else(|| self.length_range(i)) {
                return Some(found);
            }
            let singly = self.is_lasting(i);
            return self.lasting(i, &self.quantity(i, singly)?);
        };
        let at = i + 1 + usize::from(self.sense(i + 1) == Sense::Approx);
        if self.pieces.get(i + 1).cut > 0 {
            return None;
        }
        // بعد counts from the publication only where the text speaks of what is to come
        let counts = |end: usize| {
            let ahead = prep != Prep::After || self.is_ahead(i, end) || self.now_after(end).is_some();
            ahead && (self.now_after(end).is_some() || !self.before_something(i, end))
        };
        if let Some(end) = self.few(at) {
            let value = Value::vague(reference(if prep == Prep::After { Shift::Next } else { Shift::Past }));
            return counts(end).then_some(Found { first: i, end, value });
        }
        let quantity = self.quantity(at, true)?;
        if !counts(quantity.end) {
            // the length alone is said: يومين in بعد يومين من رحيله
            return None;
        }
        let long = matches!(quantity.unit, Unit::Month | Unit::Year | Unit::Decade | Unit::Century | Unit::Season);
        let counted_from_now = self.now_after(quantity.end).is_some();
        let value = if prep == Prep::Since && (long || is_timed(quantity.unit)) && !counted_from_now {
            Value::plain(TimeType::Duration, quantity.duration()?, granularity(quantity.unit))
        } else {
            let sign = if prep == Prep::After { 1 } else { -1 };
            self.away(&quantity, sign).unwrap_or_else(|| Value::unknown(TimeType::Date, granularity(quantity.unit)))
        };
        Some(Found { first: i, end: self.now_after(quantity.end).unwrap_or(quantity.end), value })
    }

    /// `من الآن` at piece `at`; where it ends.
    fn now_after(&self, at: usize) -> Option<usize> {
        let now = self.sense(at) == Sense::Prep(Prep::From) && self.sense(at + 1) == Sense::Vague("PRESENT_REF");
        now.then_some(at + 2)
    }

    /// A range of lengths with one unit: `4 و5 سنوات` after `بين`, `3 إلى 5 أيام`.
    fn length_range(&self, i: usize) -> Option<Found> {
        let (first, _) = self.pieces.digits(i)?;
        let next = match self.sense(i + 1) {
            Sense::Prep(Prep::To) => i + 2,
            _ if self.pieces.before(i) == Sense::Prep(Prep::Between) => self.pieces.joined(i + 1)?,
            _ => return None,
        };
        let to = self.quantity(next, false).filter(|q| !q.half && q.rest[0].is_none())?;
        if self.is_age(i, &to) {
            return None;
        }
        // 10 إلى 12 ألف سنة are both thousands
        let scale = words::number(self.pieces.atoms, self.pieces.get(next).first)?.scale;
        let count = Decimal::whole(u64::try_from(first).ok()?);
        let count = scale.map_or(Some(count), |scale| count.times(scale))?;
        let from = Quantity { count, ..to };
        let text = format!("{}/{}", from.duration()?, to.duration()?);
        Some(Found { first: i, end: to.end, value: Value::plain(TimeType::Duration, text, granularity(to.unit)) })
    }

    /// Whether `طوال` or `طيلة` stands before piece `i`.
    pub(super) fn is_throughout(&self, i: usize) -> bool {
        i.checked_sub(1).is_some_and(|b| matches!(self.pieces.form(b), "طوال" | "طيلة"))
    }

    /// A whole unit: `طوال اليوم`, `طيلة السنة`.
    fn throughout(&self, i: usize) -> Option<Found> {
        let long = self.is_throughout(i);
        let unit = match self.sense(i) {
            Sense::Unit(unit, Count::One) if !matches!(unit, Unit::Quarter | Unit::Half | Unit::Season) => unit,
            Sense::Day(0) => Unit::Day,
            _ => return None,
        };
        let (one, more) = (Decimal::whole(1), self.sense(i + 1));
        if !long || matches!(more, Sense::Shift(_) | Sense::Ordinal(_) | Sense::Digits | Sense::Cardinal | Sense::Kind)
        {
            return None;
        }
        let quantity = Quantity { count: one, unit, half: false, rest: [None; 3], end: i + 1 };
        let value = Value::plain(TimeType::Duration, quantity.duration()?, granularity(unit));
        Some(Found { first: i, end: i + 1, value })
    }

    /// Whether a bare unit at piece `i` is a length: `لمدة ساعة`, `في ظرف سنة`, `أقل من شهر`.
    fn is_lasting(&self, i: usize) -> bool {
        let before = i.checked_sub(1).map_or("", |b| self.pieces.form(b));
        self.pieces.before(i) == Sense::Approx || ["مدة", "ظرف", "غضون"].iter().any(|w| before.ends_with(w))
    }

    /// A vague length: `عدة سنوات`, `ساعات قليلة`.
    fn some(&self, i: usize) -> Option<Found> {
        let unit_at = i + usize::from(self.sense(i) == Sense::Few);
        let Sense::Unit(unit, _) = self.sense(unit_at) else { return None };
        let end = self.few(i).filter(|&end| end > i + 1)?;
        let counted = Quantity { count: Decimal::whole(1), unit, half: false, rest: [None; 3], end };
        let letters: String = counted.duration()?.chars().filter(|c| !c.is_ascii_digit()).collect();
        let (prefix, letter) = letters.split_at(letters.len() - 1);
        let text = format!("{prefix}X{letter}");
        Some(Found { first: i, end, value: Value::plain(TimeType::Duration, text, granularity(unit)) })
    }

    /// A duration at piece `i`, or two as a range; ages are none.
    fn lasting(&self, i: usize, quantity: &Quantity) -> Option<Found> {
        if self.is_age(i, quantity) {
            return None;
        }
        let value = Value::plain(TimeType::Duration, quantity.duration()?, granularity(quantity.unit));
        Some(Found { first: i, end: quantity.end, value })
    }

    /// Whether a count of years is how old someone is.
    fn is_age(&self, i: usize, quantity: &Quantity) -> bool {
        if !matches!(quantity.unit, Unit::Year | Unit::Month | Unit::Day | Unit::Week) {
            return false;
        }
        let end = quantity.end;
        let of_age = self.sense(end) == Sense::Prep(Prep::From) && self.sense(end + 1) == Sense::Age;
        let bracketed = quantity.unit == Unit::Year
            && matches!(self.pieces.before(i), Sense::Mark('(' | '"' | '«' | '،'))
            && matches!(self.sense(end), Sense::Mark(')' | '"' | '»' | '،'));
        of_age || bracketed || (1..=4).any(|back| i >= back && self.sense(i - back) == Sense::Age)
    }

    /// What lies `quantity` before or after the publication, as precise as its unit.
    fn away(&self, quantity: &Quantity, sign: i64) -> Option<Value> {
        if quantity.rest[0].is_some() {
            return self.away_exactly(quantity, sign);
        }
        let today = self.today();
        let whole = i64::try_from(quantity.count.integer()?).ok()?.checked_mul(sign)?;
        let half = if quantity.half { sign } else { 0 };
        let years =
            |n: i64| -> Option<Value> { Value::year(i16::try_from(i64::from(today.year()).checked_add(n)?).ok()?) };
        let value = match quantity.unit {
            Unit::Second | Unit::Minute | Unit::Hour => {
                let length = match quantity.unit {
                    Unit::Hour => Length::new().try_hours(whole).ok()?.try_minutes(30 * half).ok()?,
                    Unit::Minute => Length::new().try_minutes(whole).ok()?,
                    _ => Length::new().try_seconds(whole).ok()?,
                };
                let at = self.now.checked_add(length).ok()?;
                let precision = granularity(quantity.unit);
                Value::clock(Some(at.date()), (at.hour(), at.minute(), None), precision)?
            }
            Unit::Day | Unit::Night => Value::day(shifted(today, whole)?),
            Unit::Week => Value::day(shifted(today, whole.checked_mul(7)?)?),
            Unit::Month => month_of(today, whole).and_then(|(y, m)| Value::month(y, m))?,
            Unit::Quarter | Unit::Half => return None,
            Unit::Year if quantity.half => {
                month_of(today, whole.checked_mul(12)? + 6 * half).and_then(|(y, m)| Value::month(y, m))?
            }
            Unit::Year | Unit::Season => years(whole)?,
            Unit::Decade => years(whole.checked_mul(10)?)?,
            Unit::Century => years(whole.checked_mul(100)?)?,
        };
        Some(value.relative())
    }

    /// What lies several units before or after the publication: a day, or a minute where hours are among them.
    fn away_exactly(&self, quantity: &Quantity, sign: i64) -> Option<Value> {
        let mut at = self.now;
        let mut timed = false;
        for (count, unit) in std::iter::once((quantity.count, quantity.unit)).chain(quantity.rest.into_iter().flatten())
        {
            let n = i64::try_from(count.integer()?).ok()?.checked_mul(sign)?;
            let length = Length::new();
            let length = match unit {
                Unit::Second => length.try_seconds(n),
                Unit::Minute => length.try_minutes(n),
                Unit::Hour => length.try_hours(n),
                Unit::Day | Unit::Night => length.try_days(n),
                Unit::Week => length.try_weeks(n),
                Unit::Month => length.try_months(n),
                Unit::Year => length.try_years(n),
                _ => return None,
            };
            timed |= is_timed(unit);
            at = at.checked_add(length.ok()?).ok()?;
        }
        let value = if timed {
            Value::clock(Some(at.date()), (at.hour(), at.minute(), None), Granularity::Minute)?
        } else {
            Value::day(at.date())
        };
        Some(value.relative())
    }

    /// A count of units at piece `at`; a bare singular counts as one where `singly`.
    fn quantity(&self, at: usize, singly: bool) -> Option<Quantity> {
        let start = at + usize::from(self.sense(at) == Sense::Article);
        let mut quantity = match self.sense(start) {
            Sense::Unit(unit, Count::Two) if singly || !self.pieces.get(start).definite => {
                Quantity { count: Decimal::whole(2), unit, half: false, rest: [None; 3], end: start + 1 }
            }
            Sense::Unit(unit, Count::One)
                if !self.pieces.get(start).definite && !matches!(unit, Unit::Quarter | Unit::Half) =>
            {
                let whole = self.sense(start + 1) == Sense::Whole;
                let half = self.half(start + 1).is_some() && unit != Unit::Day;
                if !(whole || singly || half) {
                    return None;
                }
                let end = start + 1 + usize::from(whole);
                Quantity { count: Decimal::whole(1), unit, half: false, rest: [None; 3], end }
            }
            Sense::Cardinal | Sense::Digits | Sense::Ordinal(_) | Sense::Unit(Unit::Quarter | Unit::Half, _) => {
                let number = words::number(self.pieces.atoms, self.pieces.get(start).first)?;
                let unit_at = self.pieces.at_atom(number.end);
                let Sense::Unit(unit, count) = self.sense(unit_at) else { return None };
                let piece = self.pieces.get(unit_at);
                if piece.cut > 0 || piece.definite || count == Count::Two || matches!(unit, Unit::Quarter | Unit::Half)
                {
                    return None;
                }
                let value = number.value.filter(|v| v.integer() != Some(0))?;
                // a quarter of an hour, half a day
                let (value, unit) = match (value.to_string().as_str(), unit) {
                    ("0.5", Unit::Hour) => (Decimal::whole(30), Unit::Minute),
                    ("0.25", Unit::Hour) => (Decimal::whole(15), Unit::Minute),
                    ("0.5", Unit::Year) => (Decimal::whole(6), Unit::Month),
                    ("0.5", Unit::Century) => (Decimal::whole(50), Unit::Year),
                    ("0.25", Unit::Century) => (Decimal::whole(25), Unit::Year),
                    _ => (value, unit),
                };
                Quantity { count: value, unit, half: false, rest: [None; 3], end: unit_at + 1 }
            }
            _ => return None,
        };
        let named = matches!(self.sense(quantity.end), Sense::Month { .. } | Sense::Hijri(_) | Sense::Weekday(_))
            || self.year_digits(quantity.end, false).is_some()
            || matches!(quantity.unit, Unit::Day | Unit::Year) && self.sense(quantity.end) == Sense::Digits;
        if quantity.unit == Unit::Night || named && self.sense(quantity.end - 1) != Sense::Whole {
            // سنة 2016, شهر رمضان, يوم الجمعة
            return None;
        }
        if quantity.unit == Unit::Decade && !singly && !self.of_time(quantity.end) {
            // عقدين and عقود are contracts as well
            return None;
        }
        if let Some(end) = self.half(quantity.end) {
            (quantity.half, quantity.end) = (true, end);
        } else {
            let mut last = quantity.unit;
            for more in &mut quantity.rest {
                let joined = self.pieces.joined(quantity.end).and_then(|j| self.quantity_plain(j));
                let Some(rest) = joined.filter(|r| is_finer(last, r.unit)) else { break };
                last = rest.unit;
                (*more, quantity.end) = (Some((rest.count, rest.unit)), rest.end);
            }
        }
        Some(quantity)
    }

    /// Number and unit alone, after a و.
    fn quantity_plain(&self, at: usize) -> Option<Quantity> {
        if let Sense::Unit(unit, count @ (Count::One | Count::Two)) = self.sense(at) {
            let named =
                matches!(self.sense(at + 1), Sense::Month { .. } | Sense::Hijri(_) | Sense::Weekday(_) | Sense::Digits);
            // سنة وشهرا, never سنة والشهر الماضي or سنة ويوم الجمعة
            let one = count == Count::One && !self.pieces.get(at).definite && !named && unit == Unit::Month;
            let count = if count == Count::Two { 2 } else { 1 };
            let count = (count == 2 || one).then_some(Decimal::whole(count))?;
            return Some(Quantity { count, unit, half: false, rest: [None; 3], end: at + 1 });
        }
        if !matches!(self.sense(at), Sense::Digits | Sense::Cardinal) {
            return None;
        }
        let number = words::number(self.pieces.atoms, self.pieces.get(at).first)?;
        let unit_at = self.pieces.at_atom(number.end);
        let Sense::Unit(unit, _) = self.sense(unit_at) else { return None };
        Some(Quantity { count: number.value?, unit, half: false, rest: [None; 3], end: unit_at + 1 })
    }

    /// Whether `من الزمن` follows, or a shift that makes it time.
    fn of_time(&self, at: usize) -> bool {
        self.sense(at) == Sense::Prep(Prep::From) && self.pieces.form(at + 1) == "الزمن"
    }

    /// `ونصف` at piece `at`, with `العام` after it where it is said.
    fn half(&self, at: usize) -> Option<usize> {
        let joined = self.pieces.joined(at)?;
        if !matches!(self.pieces.form(joined), "نصف" | "ونصف") {
            return None;
        }
        let again =
            matches!(self.sense(joined + 1), Sense::Unit(_, Count::One)) && self.pieces.get(joined + 1).definite;
        Some(joined + 1 + usize::from(again))
    }

    /// A plural without a count at piece `at`: `أيام`, `عدة أشهر`, `أسابيع قليلة`; where it ends.
    fn few(&self, at: usize) -> Option<usize> {
        let unit = at + usize::from(self.sense(at) == Sense::Few);
        let piece = self.pieces.get(unit);
        let Sense::Unit(_, Count::Many) = piece.sense else { return None };
        if piece.definite || piece.cut > 0 {
            return None;
        }
        Some(unit + 1 + usize::from(self.sense(unit + 1) == Sense::Few))
    }

    /// `كل يوم`, `كل ستة أشهر`, `سنويا`, `كل صباح`; with the time of day that follows: `كل يوم اثنين الساعة 4 مساء`.
    pub(super) fn recurrence(&self, i: usize) -> Option<Found> {
        let set = self.recurrence_alone(i)?;
        let part = match self.sense(set.end - 1) {
            Sense::Part(part) => Some((part, None)),
            _ => None,
        };
        let at = set.end + usize::from(self.sense(set.end) == Sense::Prep(Prep::In));
        let timed = self.time_of_day(at, part).and_then(|time| recurring(&set, &time));
        Some(timed.unwrap_or(set))
    }

    /// What recurs, without a time of day.
    pub(super) fn recurrence_alone(&self, i: usize) -> Option<Found> {
        if let Sense::Set(value) = self.sense(i) {
            let unit = match value {
                "P1D" => Unit::Day,
                "P1W" => Unit::Week,
                "P1M" => Unit::Month,
                _ => Unit::Year,
            };
            return Some(Found { first: i, end: i + 1, value: Value::plain(TimeType::Set, value, granularity(unit)) });
        }
        if self.sense(i) != Sense::Every {
            return None;
        }
        let part = self.pieces.get(i + 1);
        if let Sense::Part(code) = part.sense
            && !part.definite
            && part.cut == 0
        {
            let value = Value::plain(TimeType::Set, format!("XXXX-XX-XX{}", code.code()), Granularity::PartOfDay);
            return Some(Found { first: i, end: i + 2, value });
        }
        let quantity = self.quantity(i + 1, true)?;
        let mut value = Value::plain(TimeType::Set, quantity.duration()?, granularity(quantity.unit));
        let mut end = quantity.end;
        if let Some(day) = bare_weekday(self.pieces.form(end)).filter(|_| quantity.unit == Unit::Day) {
            (value.text, end) = (format!("XXXX-WXX-{day}"), end + 1);
        }
        Some(Found { first: i, end, value })
    }
}

/// Whether `unit` is a smaller unit that `whole` is followed by: `سنة وشهران`, `يوم وساعتان`.
fn is_finer(whole: Unit, unit: Unit) -> bool {
    let rank = |unit| match unit {
        Unit::Year => Some(0),
        Unit::Month => Some(1),
        Unit::Week => Some(2),
        Unit::Day => Some(3),
        Unit::Hour => Some(4),
        Unit::Minute => Some(5),
        Unit::Second => Some(6),
        _ => None,
    };
    rank(whole).zip(rank(unit)).is_some_and(|(whole, unit)| whole < unit)
}

/// TIMEX3's vague reference in the direction of `shift`.
pub fn reference(shift: Shift) -> &'static str {
    match shift {
        Shift::Past => "PAST_REF",
        Shift::This => "PRESENT_REF",
        Shift::Next => "FUTURE_REF",
    }
}
