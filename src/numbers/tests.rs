//! What counts as an amount, and what it is worth.

use super::*;
use crate::text::{Buffers, Text};

/// The amounts of `text` as `surface = value unit`, with `; ` between them.
fn amounts(text: &str) -> String {
    let read = Text::read(text, Buffers::default());
    let atoms = Atoms::of(&read);
    let found = extract(&atoms, &jiff::tz::TimeZone::UTC);
    let shown: Vec<String> =
        found.iter().map(|a| format!("{} = {} {}", read.slice(a.span), a.value, a.unit).trim().to_owned()).collect();
    shown.join("; ")
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, wanted)| amounts(text) != *wanted)
        .map(|(text, wanted)| format!("{text}\n  wanted {wanted}\n  got    {}", amounts(text)))
        .collect();
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn numbers_in_digits_and_words() {
    check(&[
        ("دفعت 5 دولارات", "5 دولارات = 5 USD"),
        ("دفعت ٥٫٥ دولار", "٥٫٥ دولار = 5.5 USD"),
        ("نحو 5ر10 دولار", "5ر10 دولار = 10.5 USD"),
        ("بلغ 1,234,567 يورو", "1,234,567 يورو = 1234567 EUR"),
        ("بلغ 1.234,5 يورو", "1.234,5 يورو = 1234.5 EUR"),
        ("بلغ 53,900 دولار", "53,900 دولار = 53900 USD"),
        ("بلغ 0.125 كلم", "0.125 كلم = 0.125 km"),
        ("بلغ 10 000 يورو", "10 000 يورو = 10000 EUR"),
        ("بقيمة 1.5 مليون دولار", "1.5 مليون دولار = 1500000 USD"),
        ("بقيمة 1.500 مليار دولار", "1.500 مليار دولار = 1500000000 USD"),
        ("بقيمة 6 آلاف مليون دولار", "6 آلاف مليون دولار = 6000000000 USD"),
        ("بقيمة 3 ملايين و500 ألف دولار", "3 ملايين و500 ألف دولار = 3500000 USD"),
        ("بقيمة مليون ونصف المليون دولار", "مليون ونصف المليون دولار = 1500000 USD"),
        ("بقيمة مليوني دولار", "مليوني دولار = 2000000 USD"),
        ("بقيمة خمسة وعشرين ألفا وثلاثمئة دولار", "خمسة وعشرين ألفا وثلاثمئة دولار = 25300 USD"),
        ("غرامة بألف دولار", "ألف دولار = 1000 USD"),
        ("مئة وعشرون مترا", "مئة وعشرون مترا = 120 m"),
        ("ثلاث مائة وخمسة كيلومترات", "ثلاث مائة وخمسة كيلومترات = 305 km"),
        ("أحد عشر طنا", "أحد عشر طنا = 11 t"),
        ("نحو 46 فاصل 5 مليون دولار", "46 فاصل 5 مليون دولار = 46500000 USD"),
        ("ستة فاصل خمسة مليار دولار", "ستة فاصل خمسة مليار دولار = 6500000000 USD"),
        ("بلغت 9, 4 مليار يورو بنمو 28, 1%", "9, 4 مليار يورو = 9400000000 EUR; 28, 1% = 28.1 %"),
        ("نصف طن من السمك", "نصف طن = 0.5 t"),
        ("بلغت العائدات مليارا دولار", "مليارا دولار = 2000000000 USD"),
        ("أنفقت مليونا وخمسمئة ألف يورو", "مليونا وخمسمئة ألف يورو = 1500000 EUR"),
        ("مئات الدولارات", "مئات الدولارات =  USD"),
        ("ملايين الدولارات", "ملايين الدولارات =  USD"),
    ]);
}

#[test]
fn money_in_the_currency_that_the_text_decides() {
    check(&[
        ("قرض بـ20 مليون دينار تونسي", "20 مليون دينار تونسي = 20000000 TND"),
        ("في الكويت بلغ السعر 20 دينارا", "20 دينارا = 20 KWD"),
        ("بلغ السعر 20 دينارا", "20 دينارا = 20"),
        ("غرامة 500 ريال سعودي", "500 ريال سعودي = 500 SAR"),
        ("في الدوحة غرامة 500 ريال", "500 ريال = 500 QAR"),
        ("بلغ 15 جنيها مصريا", "15 جنيها مصريا = 15 EGP"),
        ("بلغ 15 جنيها", "15 جنيها = 15 EGP"),
        ("في الخرطوم بلغ 15 جنيها", "15 جنيها = 15 SDG"),
        ("عشرات المليارات من الدولارات", "عشرات المليارات من الدولارات =  USD"),
        ("600 دولار أمريكي للواحد", "600 دولار أمريكي = 600 USD"),
        ("بسعر 50 دولارا أستراليا", "50 دولارا أستراليا = 50 AUD"),
        ("$500 و €20", "$500 = 500 USD; €20 = 20 EUR"),
        ("500$ فقط", "500$ = 500 USD"),
        ("وصل $ومليون", ""),
        ("ليبلغ 8ر7043 م د", "8ر7043 م د = 7043800000 TND"),
        ("ليبلغ 1809 م.د", "1809 م.د = 1809000000 TND"),
        ("بسعر 4050 مليما", "4050 مليما = 4.05 TND"),
        ("في تونس 19,136 دينارا", "19,136 دينارا = 19.136 TND"),
        ("15 سنتا أمريكيا", "15 سنتا أمريكيا = 0.15 USD"),
        ("بقيمة دينارين تونسيين", "دينارين تونسيين = 2 TND"),
        ("بين 500 و600 دولار", "500 و600 دولار = 500-600 USD"),
        ("بين 20 و30 مليار دولار", "20 و30 مليار دولار = 20000000000-30000000000 USD"),
        ("من 500 دولار إلى 600 دولار", "500 دولار = 500 USD; 600 دولار = 600 USD"),
    ]);
}

#[test]
fn percentages() {
    check(&[
        ("بنسبة 3.5%", "3.5% = 3.5 %"),
        ("بنسبة %51.7،", "%51.7 = 51.7 %"),
        ("بنسبة 8،99 % من", "8،99 % = 8.99 %"),
        ("بنسبة ٣٫٥٪", "٣٫٥٪ = 3.5 %"),
        ("بنسبة 100بالمائة", "100بالمائة = 100 %"),
        ("بنسبة 30 في المئة", "30 في المئة = 30 %"),
        ("بنسبة خمسة بالمئة", "خمسة بالمئة = 5 %"),
        ("بنسبة 2.125 بالمئة", "2.125 بالمئة = 2.125 %"),
        ("من 25 إلى 40%", "25 إلى 40% = 25-40 %"),
        ("ارتفعت في سبتمبر 2016 إلى 4.2 %", "4.2 % = 4.2 %"),
        ("بنسبة 04ر1 بالمائة", "04ر1 بالمائة = 1.04 %"),
    ]);
}

#[test]
fn quantities_have_a_unit_of_measure() {
    check(&[
        ("بسرعة 220 كيلومترا في الساعة", "220 كيلومترا في الساعة = 220 km/h"),
        ("بسرعة 25 كلم/س", "25 كلم/س = 25 km/h"),
        ("على بعد متر واحد", "متر واحد = 1 m"),
        ("حجز طنين من السكر", "طنين = 2 t"),
        ("مساحة 693 ألف متر مربع", "693 ألف متر مربع = 693000 m2"),
        ("20 درجة مئوية تحت الصفر", "20 درجة مئوية تحت الصفر = -20 Cel"),
        ("انخفضت الحرارة إلى 5 درجات", "5 درجات = 5 Cel"),
        ("نال 5 درجات في الامتحان", ""),
        ("7.8 درجات على مقياس ريشتر", "7.8 درجات على مقياس ريشتر = 7.8 Richter"),
        ("إنتاج 40 ألف برميل يوميا", "40 ألف برميل = 40000 barrel"),
        ("ذاكرة 32 غيغابايت", "32 غيغابايت = 32 GB"),
    ]);
}

#[test]
fn counts_and_names_are_no_amounts() {
    check(&[
        ("قتل 30 شخصا وأصيب 12 آخرون", ""),
        ("مقاتلة F16 متر", ""),
        ("فوز ميلان على روما", ""),
        ("في الساعة الثالثة مساء", ""),
        ("الدينار التونسي يتراجع", ""),
        ("في 16.9.2025 انعقد", ""),
        ("خمسة وعشرون لاعبا", ""),
    ]);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "[ 0-9.,،ر%$وألف ملايينخمسةعشردنارطن\\PC\n]{0,80}") {
        let read = Text::read(&text, Buffers::default());
        let atoms = Atoms::of(&read);
        let found = extract(&atoms, &jiff::tz::TimeZone::UTC);
        let mut last = 0;
        for amount in &found {
            assert!(text.get(amount.span.range()).is_some_and(|s| !s.is_empty()), "{amount:?}");
            assert!(amount.span.begin >= last, "amounts overlap: {found:?}");
            last = amount.span.end;
        }
    }
}

/// The amounts of `text` in a document of Tunis.
fn in_tunis(text: &str) -> String {
    let read = Text::read(text, Buffers::default());
    let found = extract(&Atoms::of(&read), &jiff::tz::TimeZone::get("Africa/Tunis").unwrap());
    let shown: Vec<String> = found.iter().map(|a| format!("{} = {} {}", read.slice(a.span), a.value, a.unit)).collect();
    shown.join("; ")
}

#[test]
fn money_in_the_currency_of_the_zone() {
    let cases = [
        ("بلغ السعر 20 دينارا", "20 دينارا = 20 TND"),
        ("في الجزائر وهران وقسنطينة بلغ السعر 20 دينارا", "20 دينارا = 20 DZD"),
        ("سعر السهم 10.350 د والسلعة 50د", "10.350 د = 10.350 TND; 50د = 50 TND"),
        (
            "سعره 2.860 دينار لا 5.000 دينار ولا 121.500 دينار",
            "2.860 دينار = 2.860 TND; 5.000 دينار = 5000 TND; 121.500 دينار = 121500 TND",
        ),
        ("حجز سلع بقيمة مليارين", "مليارين = 2000000 TND"),
        ("ميزانية تقدر بـ100 مليار مؤكدا", ""),
        ("رصدت ميزانية بـ217 مليارا لفائدة الجهة", "217 مليارا = 217000000 TND"),
        ("217 مليارا مخصصة للتطهير", "217 مليارا = 217000000 TND"),
        ("تعداد السكان 7 مليارات", ""),
        ("اجتمع 5 د. سالم", ""),
        ("وارتفع إلى 10.350 د.", "10.350 د = 10.350 TND"),
    ];
    for (text, wanted) in cases {
        assert_eq!(in_tunis(text), wanted, "{text}");
    }
}

/// `n`, below a million, in words before a noun of the gender; of thousands only those that have one customary form.
fn spelled(n: u64, feminine: bool, oblique: bool) -> Option<String> {
    let units = ["", "واحد", "", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"];
    let tens = ["", "", "عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"];
    let case = |nominative: &str, other: &str| if oblique { other.to_owned() } else { nominative.to_owned() };
    // three to ten have the other gender than what they count
    let unit = |n: usize, feminine: bool| match (n, feminine) {
        (2, false) => case("اثنان", "اثنين"),
        (2, true) => case("اثنتان", "اثنتين"),
        (1, true) | (3.., false) => format!("{}ة", units[n]),
        _ => units[n].to_owned(),
    };
    let small = |n: usize, feminine: bool| match (n, feminine) {
        (1..=10, _) => unit(n, feminine),
        (11, false) => "أحد عشر".to_owned(),
        (11, true) => "إحدى عشرة".to_owned(),
        (12, false) => case("اثنا عشر", "اثني عشر"),
        (12, true) => case("اثنتا عشرة", "اثنتي عشرة"),
        (13..=19, _) => format!("{} {}", unit(n - 10, feminine), if feminine { "عشرة" } else { "عشر" }),
        _ => {
            let ten = format!("{}{}", tens[n / 10], if oblique { "ين" } else { "ون" });
            if n.is_multiple_of(10) { ten } else { format!("{} و{ten}", unit(n % 10, feminine)) }
        }
    };
    let hundreds = |n: usize| match n {
        1 => "مئة".to_owned(),
        2 => case("مئتان", "مئتين"),
        8 => "ثمانمئة".to_owned(),
        _ => format!("{}مئة", units[n]),
    };
    let below_thousand = |n: usize, feminine: bool| -> Vec<String> {
        let parts = [(n >= 100).then(|| hundreds(n / 100)), (!n.is_multiple_of(100)).then(|| small(n % 100, feminine))];
        parts.into_iter().flatten().collect()
    };
    let (thousands, rest) = (usize::try_from(n / 1000).ok()?, usize::try_from(n % 1000).ok()?);
    let counted = below_thousand(thousands, false).join(" و");
    let thousands = match (thousands, thousands % 100) {
        (0, _) => None,
        (1, _) => Some("ألف".to_owned()),
        (2, _) => Some(case("ألفان", "ألفين")),
        (_, 1 | 2) => return None,
        (_, 0) => Some(format!("{counted} ألف")),
        (_, 3..=10) => Some(format!("{counted} آلاف")),
        _ => Some(format!("{counted} ألفا")),
    };
    let parts: Vec<String> = thousands.into_iter().chain(below_thousand(rest, feminine)).collect();
    Some(parts.join(" و"))
}

#[test]
fn words_to_the_million_in_both_genders_and_cases() {
    for n in (1..3000).chain((3000..1_000_000).step_by(331)) {
        for (feminine, oblique) in [(false, false), (false, true), (true, false), (true, true)] {
            let Some(text) = spelled(n, feminine, oblique) else { continue };
            let read = Text::read(&text, Buffers::default());
            let atoms = Atoms::of(&read);
            let number = words::number(&atoms, 0).unwrap_or_else(|| panic!("{text}: no number"));
            assert_eq!((number.integer(), number.end), (Some(n), atoms.len()), "{text}");
        }
    }
}
