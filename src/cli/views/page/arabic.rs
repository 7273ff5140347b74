//! What the page says in Arabic: labels, counts and dates.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time, Weekday},
    tz::TimeZone,
};

use crate::pb;

/// A thing that is counted: one, two, three to ten, eleven and more.
pub struct Counted([&'static str; 4]);

pub const PLACES: Counted = Counted(["موضع واحد", "موضعان", "مواضع", "موضعًا"]);
pub const QUOTATIONS: Counted = Counted(["اقتباس واحد", "اقتباسان", "اقتباسات", "اقتباسًا"]);
pub const ENTITIES: Counted = Counted(["كيان واحد", "كيانان", "كيانات", "كيانًا"]);
pub const TIMES: Counted = Counted(["وقت واحد", "وقتان", "أوقات", "وقتًا"]);
pub const AMOUNTS: Counted = Counted(["مقدار واحد", "مقداران", "مقادير", "مقدارًا"]);

impl Counted {
    /// `n` of them, as Arabic counts.
    pub fn count(&self, n: usize) -> String {
        let Self([one, two, few, many]) = self;
        match (n, n % 100) {
            (1, _) => (*one).to_owned(),
            (2, _) => (*two).to_owned(),
            (_, 3..=10) => format!("{n} {few}"),
            (_, 11..=99) => format!("{n} {many}"),
            // after a hundred as after one, in the genitive, which is written alike
            _ => format!("{n} {}", one.split(' ').next().unwrap_or_default()),
        }
    }
}

/// What one entity of `kind` is.
pub fn entity(kind: pb::EntityType) -> &'static str {
    use pb::EntityType as Type;
    match kind {
        Type::Person => "شخص",
        Type::Organization => "مؤسسة",
        Type::Geopolitical => "دولة أو مدينة",
        Type::Location => "مكان",
        Type::Facility => "منشأة",
        Type::Group => "جماعة",
        Type::Event => "حدث",
        Type::Product => "منتج",
        Type::Work => "عمل",
        Type::Law => "قانون أو اتفاق",
        Type::Unspecified => "",
    }
}

/// How words are reported.
pub fn quotation(kind: pb::QuotationKind) -> &'static str {
    match kind {
        pb::QuotationKind::Direct => "مباشر",
        pb::QuotationKind::Indirect => "غير مباشر",
        pb::QuotationKind::Mixed => "مختلط",
        pb::QuotationKind::Unspecified => "",
    }
}

/// What a reporting word says of the act.
pub fn cue(category: pb::CueCategory) -> &'static str {
    use pb::CueCategory as Cue;
    match category {
        Cue::Unspecified => "",
        Cue::Say => "قول",
        Cue::Announce => "إعلان",
        Cue::Assert => "تأكيد",
        Cue::Add => "إضافة",
        Cue::Explain => "توضيح",
        Cue::Claim => "رأي أو زعم",
        Cue::Deny => "نفي",
        Cue::Warn => "تحذير",
        Cue::Demand => "مطالبة",
        Cue::Ask => "سؤال",
        Cue::Answer => "رد",
        Cue::Criticize => "انتقاد",
        Cue::Express => "تعبير",
        Cue::Write => "كتابة",
        Cue::Report => "نقل",
        Cue::AccordingTo => "بحسب",
    }
}

/// How a speaker was found.
pub fn speaker(resolution: pb::SpeakerResolution) -> &'static str {
    match resolution {
        pb::SpeakerResolution::Unspecified => "",
        pb::SpeakerResolution::Named => "مذكور بالاسم",
        pb::SpeakerResolution::Title => "مذكور بالصفة",
        pb::SpeakerResolution::Pronoun => "مذكور بضمير",
        pb::SpeakerResolution::CarriedOver => "مفهوم من السياق",
        pb::SpeakerResolution::Anonymous => "مصدر لم يُسمَّ",
    }
}

/// A warning by its code. None: one of a later server.
pub fn warning(code: &str) -> Option<&'static str> {
    match code {
        "NOT_ARABIC" => Some("النص ليس بالعربية، فليس هنا مما يحتاج إلى العربية شيء."),
        "NO_PUBLICATION_TIME" => Some("تاريخ النشر غير معطى، فلا قيمة للأوقات النسبية مثل «أمس»."),
        _ => None,
    }
}

/// What a time is that has no place in the calendar.
pub fn undated(time: &pb::TimeExpression) -> &'static str {
    match (time.r#type(), time.value.as_str()) {
        (pb::TimeType::Duration, _) => "مدة",
        (pb::TimeType::Set, _) => "تكرار",
        (_, "PAST_REF") => "ماضٍ غير محدد",
        (_, "PRESENT_REF") => "الحاضر",
        (_, "FUTURE_REF") => "مستقبل غير محدد",
        (_, "") => "غير محسوب",
        (pb::TimeType::Time, _) => "ساعة بلا يوم",
        _ => "بلا سنة معلومة",
    }
}

/// The range of instants as a day, days, months, years or hours: `الثلاثاء 16 سبتمبر 2025`, `8 – 14 سبتمبر 2025`.
pub fn interval(interval: &pb::TimeInterval, zone: &TimeZone) -> Option<String> {
    let local = |at: Option<pb::Timestamp>| {
        let at = at?;
        Some(zone.to_datetime(Timestamp::new(at.seconds, at.nanos).ok()?))
    };
    let (begin, end) = (local(interval.begin)?, local(interval.end)?);
    let (first, after) = (begin.date(), end.date());
    if begin.time() != Time::midnight() || end.time() != Time::midnight() || after <= first {
        return Some(hours(begin, end));
    }
    let last = after.yesterday().ok()?;
    Some(if (first.day(), first.month(), after.day(), after.month()) == (1, 1, 1, 1) {
        range(first.year() == last.year(), &first.year().to_string(), &last.year().to_string())
    } else if first.day() == 1 && after.day() == 1 {
        let until = format!("{} {}", month(last), last.year());
        let from = if first.year() == last.year() { month(first).to_owned() } else { month_of_year(first) };
        range((first.year(), first.month()) == (last.year(), last.month()), &from, &until)
    } else if first == last {
        day(first)
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{} – {} {}", first.day(), last.day(), month_of_year(last))
    } else {
        let year = if first.year() == last.year() { String::new() } else { format!(" {}", first.year()) };
        format!("{} {}{year} – {} {}", first.day(), month(first), last.day(), month_of_year(last))
    })
}

/// `الثلاثاء 16 سبتمبر 2025`
pub fn day(date: Date) -> String {
    let weekday = match date.weekday() {
        Weekday::Monday => "الاثنين",
        Weekday::Tuesday => "الثلاثاء",
        Weekday::Wednesday => "الأربعاء",
        Weekday::Thursday => "الخميس",
        Weekday::Friday => "الجمعة",
        Weekday::Saturday => "السبت",
        Weekday::Sunday => "الأحد",
    };
    format!("{weekday} {} {}", date.day(), month_of_year(date))
}

fn hours(begin: DateTime, end: DateTime) -> String {
    const HOUR: i64 = 3600;
    let clock = |at: DateTime| format!("{:02}:{:02}", at.hour(), at.minute());
    let short = end.duration_since(begin).as_secs() <= HOUR;
    match (short, begin.date() == end.date()) {
        (true, _) => format!("{}، {}", day(begin.date()), clock(begin)),
        (false, true) => format!("{}، {} – {}", day(begin.date()), clock(begin), clock(end)),
        (false, false) => {
            format!("{}، {} – {}، {}", day(begin.date()), clock(begin), day(end.date()), clock(end))
        }
    }
}

fn range(same: bool, from: &str, until: &str) -> String {
    if same { until.to_owned() } else { format!("{from} – {until}") }
}

fn month_of_year(date: Date) -> String {
    format!("{} {}", month(date), date.year())
}

fn month(date: Date) -> &'static str {
    match date.month() {
        1 => "يناير",
        2 => "فبراير",
        3 => "مارس",
        4 => "أبريل",
        5 => "مايو",
        6 => "يونيو",
        7 => "يوليو",
        8 => "أغسطس",
        9 => "سبتمبر",
        10 => "أكتوبر",
        11 => "نوفمبر",
        _ => "ديسمبر",
    }
}

/// `number` with a comma after each three digits of its whole part, `1,250,000.5`; what is no plain number as it is.
pub fn grouped(number: &str) -> String {
    let whole_end = number.find('.').unwrap_or(number.len());
    let (whole, rest) = number.split_at(whole_end);
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut grouped = String::with_capacity(number.len() * 4 / 3 + 1);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Warning;

    #[test]
    fn every_warning_is_told() {
        for told in Warning::ALL {
            assert!(warning(told.code()).is_some(), "{told:?}");
        }
    }

    #[test]
    fn counts_agree_with_what_is_counted() {
        let cases = [
            (1, "اقتباس واحد"),
            (2, "اقتباسان"),
            (3, "3 اقتباسات"),
            (10, "10 اقتباسات"),
            (11, "11 اقتباسًا"),
            (99, "99 اقتباسًا"),
            (100, "100 اقتباس"),
            (102, "102 اقتباس"),
            (103, "103 اقتباسات"),
        ];
        for (n, expected) in cases {
            assert_eq!(QUOTATIONS.count(n), expected);
        }
    }

    #[test]
    fn intervals_read_as_dates() {
        let cases = [
            ("2025-09-16T00:00", "2025-09-17T00:00", "الثلاثاء 16 سبتمبر 2025"),
            ("2025-09-08T00:00", "2025-09-15T00:00", "8 – 14 سبتمبر 2025"),
            ("2025-08-28T00:00", "2025-09-04T00:00", "28 أغسطس – 3 سبتمبر 2025"),
            ("2024-12-30T00:00", "2025-01-06T00:00", "30 ديسمبر 2024 – 5 يناير 2025"),
            ("2025-08-01T00:00", "2025-09-01T00:00", "أغسطس 2025"),
            ("2025-06-01T00:00", "2025-09-01T00:00", "يونيو – أغسطس 2025"),
            ("2025-12-01T00:00", "2026-03-01T00:00", "ديسمبر 2025 – فبراير 2026"),
            ("2025-01-01T00:00", "2026-01-01T00:00", "2025"),
            ("1990-01-01T00:00", "2000-01-01T00:00", "1990 – 1999"),
            ("2025-09-16T14:30", "2025-09-16T14:31", "الثلاثاء 16 سبتمبر 2025، 14:30"),
            ("2025-09-16T06:00", "2025-09-16T12:00", "الثلاثاء 16 سبتمبر 2025، 06:00 – 12:00"),
            ("2025-09-16T18:00", "2025-09-17T06:00", "الثلاثاء 16 سبتمبر 2025، 18:00 – الأربعاء 17 سبتمبر 2025، 06:00"),
        ];
        let zone = TimeZone::get("Asia/Riyadh").unwrap();
        let at = |local: &str| {
            let local: DateTime = local.parse().unwrap();
            Some(zone.to_timestamp(local).unwrap().into())
        };
        for (begin, end, expected) in cases {
            let told = interval(&pb::TimeInterval { begin: at(begin), end: at(end) }, &zone);
            assert_eq!(told.as_deref(), Some(expected));
        }
    }

    #[test]
    fn digits_are_grouped() {
        let cases = [("5", "5"), ("1000", "1,000"), ("120000000", "120,000,000"), ("3500.75", "3,500.75")];
        for (number, expected) in cases {
            assert_eq!(grouped(number), expected);
        }
        for other in ["", "20-25", "-5", ".5", "1e9"] {
            assert_eq!(grouped(other), other);
        }
    }
}
