//! Values: what an expression means, as TIMEX3 text and as a range of civil time.

use jiff::{
    Span as Length, Timestamp,
    civil::{Date, DateTime, ISOWeekDate, Time, Weekday},
    tz::TimeZone,
};

use super::{Granularity, TimeType};

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Before sunrise.
    Dawn,
    /// Until noon.
    Morning,
    /// Around noon.
    Midday,
    /// After noon.
    Afternoon,
    /// After sunset.
    Evening,
    /// The night that follows the day.
    Night,
}

impl Part {
    /// TIMEX3's code; dawn has none of its own and is a morning.
    pub fn code(self) -> &'static str {
        match self {
            Self::Dawn | Self::Morning => "TMO",
            Self::Midday => "TMI",
            Self::Afternoon => "TAF",
            Self::Evening => "TEV",
            Self::Night => "TNI",
        }
    }

    /// First and last hour, counted from the day's midnight: the customary bounds, since none are exact.
    fn hours(self) -> (i64, i64) {
        match self {
            Self::Dawn => (3, 6),
            Self::Morning => (6, 12),
            Self::Midday => (11, 14),
            Self::Afternoon => (12, 18),
            Self::Evening => (18, 24),
            Self::Night => (20, 30),
        }
    }
}

/// A meaning with what the contract says of it.
#[derive(Clone, Debug)]
pub struct Value {
    /// Its class.
    pub kind: TimeType,
    /// TIMEX3 value; empty where it cannot be told.
    pub text: String,
    /// Half-open range of civil time.
    pub bounds: Option<(DateTime, DateTime)>,
    /// The zone that the text names, instead of the document's.
    pub zone: Option<TimeZone>,
    /// Its precision.
    pub granularity: Granularity,
    /// Whether it was reckoned from the publication.
    pub relative: bool,
    /// The day it lies on, where it is one.
    pub day: Option<Date>,
}

impl Value {
    /// A value without bounds.
    pub fn plain(kind: TimeType, text: impl Into<String>, granularity: Granularity) -> Self {
        Self { kind, text: text.into(), bounds: None, zone: None, granularity, relative: false, day: None }
    }

    /// An expression whose value cannot be told.
    pub fn unknown(kind: TimeType, granularity: Granularity) -> Self {
        Self { relative: true, ..Self::plain(kind, "", granularity) }
    }

    /// A vague reference.
    pub fn vague(text: &str) -> Self {
        Self { relative: true, ..Self::plain(TimeType::Date, text, Granularity::Unspecified) }
    }

    /// A day.
    pub fn day(date: Date) -> Self {
        let mut value = Self::dates(iso(date), date, date, Granularity::Day);
        value.day = Some(date);
        value
    }

    /// The days from `first` to `last`, both included.
    pub fn days(first: Date, last: Date) -> Self {
        Self::dates(format!("{}/{}", iso(first), iso(last)), first, last, Granularity::Day)
    }

    /// A part of a day.
    pub fn part(date: Date, part: Part) -> Self {
        let (from, to) = part.hours();
        let at = |hour| date.to_datetime(Time::midnight()).checked_add(Length::new().hours(hour)).ok();
        Self {
            bounds: at(from).zip(at(to)),
            day: Some(date),
            ..Self::plain(TimeType::Time, format!("{}{}", iso(date), part.code()), Granularity::PartOfDay)
        }
    }

    /// A month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self::dates(format!("{year:04}-{month:02}"), first, first.last_of_month(), Granularity::Month))
    }

    /// The months from one to another, both included.
    pub fn months(from: (i16, i8), to: (i16, i8)) -> Option<Self> {
        let first = Date::new(from.0, from.1, 1).ok()?;
        let last = Date::new(to.0, to.1, 1).ok()?.last_of_month();
        let text = format!("{:04}-{:02}/{:04}-{:02}", from.0, from.1, to.0, to.1);
        Some(Self::dates(text, first, last, Granularity::Month))
    }

    /// A year.
    pub fn year(year: i16) -> Option<Self> {
        let first = Date::new(year, 1, 1).ok()?;
        Some(Self::dates(format!("{year:04}"), first, first.last_of_year(), Granularity::Year))
    }

    /// The years from `first` to `last`, both included.
    pub fn years(first: i16, last: i16, granularity: Granularity) -> Option<Self> {
        let from = Date::new(first, 1, 1).ok()?;
        let to = Date::new(last, 12, 31).ok()?;
        Some(Self::dates(format!("{first:04}/{last:04}"), from, to, granularity))
    }

    /// The ISO week that holds `date`.
    pub fn week(date: Date) -> Option<Self> {
        let week = date.iso_week_date();
        let first = Date::from_iso_week_date(ISOWeekDate::new(week.year(), week.week(), Weekday::Monday).ok()?);
        let last = first.checked_add(Length::new().days(6)).ok()?;
        let text = format!("{:04}-W{:02}", week.year(), week.week());
        Some(Self::dates(text, first, last, Granularity::Week))
    }

    /// The weekend of the ISO week that holds `date`.
    pub fn weekend(date: Date) -> Option<Self> {
        let mut week = Self::week(date)?;
        week.text.push_str("-WE");
        let (begin, end) = week.bounds?;
        week.bounds = begin.checked_add(Length::new().days(5)).ok().map(|saturday| (saturday, end));
        week.granularity = Granularity::Day;
        Some(week)
    }

    /// Quarter `quarter` of `year`.
    pub fn quarter(year: i16, quarter: i8) -> Option<Self> {
        let mut value = Self::months((year, quarter * 3 - 2), (year, quarter * 3))?;
        (value.text, value.granularity) = (format!("{year:04}-Q{quarter}"), Granularity::Quarter);
        Some(value)
    }

    /// Season `code` of `year`, by whole months; a winter is named by the year of its December.
    pub fn season(year: i16, code: &'static str) -> Option<Self> {
        let (from, to) = match code {
            "SP" => ((year, 3), (year, 5)),
            "SU" => ((year, 6), (year, 8)),
            "FA" => ((year, 9), (year, 11)),
            _ => ((year, 12), (year.checked_add(1)?, 2)),
        };
        let mut value = Self::months(from, to)?;
        (value.text, value.granularity) = (format!("{year:04}-{code}"), Granularity::Season);
        Some(value)
    }

    /// Hour, minute and second, where one is said, on `date` where it is known.
    pub fn clock(date: Option<Date>, time: (i8, i8, Option<i8>), granularity: Granularity) -> Option<Self> {
        let (hour, minute, second) = time;
        let time = Time::new(hour, minute, second.unwrap_or(0), 0).ok()?;
        let mut text = format!("{}T{hour:02}:{minute:02}", date.map(iso).unwrap_or_default());
        if let Some(second) = second {
            text.push_str(&format!(":{second:02}"));
        }
        let mut value = Self::plain(TimeType::Time, text, granularity);
        value.bounds = date.and_then(|date| {
            let begin = date.to_datetime(time);
            let long = match granularity {
                Granularity::Hour => Length::new().hours(1),
                Granularity::Second => Length::new().seconds(1),
                _ => Length::new().minutes(1),
            };
            Some((begin, begin.checked_add(long).ok()?))
        });
        value.day = date;
        Some(value)
    }

    /// This value, reckoned from the publication.
    pub fn relative(mut self) -> Self {
        self.relative = true;
        self
    }

    /// The instants it covers in `zone`.
    pub fn interval(&self, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        let (begin, end) = self.bounds?;
        let zone = self.zone.as_ref().unwrap_or(zone);
        // A midnight that a change of the clock leaves out becomes the first instant after it.
        let instant = |at: DateTime| at.to_zoned_datetime(zone.clone()).ok().map(|z| z.timestamp());
        instant(begin).zip(instant(end)).filter(|(a, b)| a < b)
    }

    fn dates(text: String, first: Date, last: Date, granularity: Granularity) -> Self {
        let midnight = |date: Date| date.to_datetime(Time::midnight());
        Self {
            bounds: last.tomorrow().ok().map(|end| (midnight(first), midnight(end))),
            ..Self::plain(TimeType::Date, text, granularity)
        }
    }
}

/// `2025-09-16`.
pub fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// `date` moved by whole days.
pub fn shifted(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Length::new().try_days(days).ok()?).ok()
}

/// Year and month, moved by whole months.
pub fn month_of(date: Date, months: i64) -> Option<(i16, i8)> {
    let moved = date.first_of_month().checked_add(Length::new().try_months(months).ok()?).ok()?;
    Some((moved.year(), moved.month()))
}
