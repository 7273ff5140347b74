//! The Hijri calendar by Umm al-Qura.

use icu_calendar::{
    Date as IcuDate,
    cal::{Hijri, Iso},
};
use jiff::civil::Date;

/// The Gregorian date of a Hijri day; `None` outside years 1 to 9999 or for a day that the month has not.
pub fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    if !(1..=9999).contains(&year) {
        return None;
    }
    let hijri = IcuDate::try_new_hijri_with_calendar(i32::from(year), month, day, Hijri::new_umm_al_qura()).ok()?;
    let iso = hijri.to_calendar(Iso);
    Date::new(
        i16::try_from(iso.year().extended_year()).ok()?,
        i8::try_from(iso.month().ordinal).ok()?,
        i8::try_from(iso.day_of_month().0).ok()?,
    )
    .ok()
}

/// The first and the last day of a Hijri month.
pub fn month(year: i16, month: i8) -> Option<(Date, Date)> {
    let first = day(year, month, 1)?;
    let next = if month == 12 { day(year.checked_add(1)?, 1, 1)? } else { day(year, month + 1, 1)? };
    Some((first, next.yesterday().ok()?))
}

/// The Hijri year that `date` lies in.
pub fn year_of(date: Date) -> Option<i16> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    let iso = IcuDate::try_new_iso(i32::from(date.year()), month, day).ok()?;
    i16::try_from(iso.to_calendar(Hijri::new_umm_al_qura()).year().extended_year()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_umm_al_qura_calendar() {
        let cases = [
            ((1446, 9, 1), "2025-03-01"),
            ((1438, 9, 1), "2017-05-27"),
            ((1445, 9, 1), "2024-03-11"),
            ((1447, 1, 1), "2025-06-26"),
        ];
        for ((y, m, d), wanted) in cases {
            assert_eq!(day(y, m, d).unwrap().to_string(), wanted, "{d}/{m}/{y}");
        }
        assert_eq!(day(1446, 13, 1), None);
        assert_eq!(day(1446, 9, 31), None);
        let (first, last) = month(1438, 9).unwrap();
        assert_eq!((first.to_string(), last.to_string()), ("2017-05-27".into(), "2017-06-24".into()));
        assert_eq!(year_of(jiff::civil::date(2025, 3, 1)), Some(1446));
    }
}
