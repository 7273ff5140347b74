//! Texts that nobody writes, and that somebody sends: a clear refusal or a correct answer, never a panic.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::{Arc, OnceLock};

use common::{ARTICLE, UNITS, check_spans};
use isnad::{
    convert::{
        answer,
        validate::{self, MAX_CODE_POINTS, Method, Refusal},
    },
    document::OffsetUnit,
    engine::{Engine, Stop, Worker},
    pb,
};
use proptest::prelude::*;
use serde_json::Value;

fn worker() -> Worker {
    static ENGINE: OnceLock<Arc<Engine>> = OnceLock::new();
    Worker::new(Arc::clone(ENGINE.get_or_init(Arc::default)))
}

/// The answer of `worker` to all layers of `method` in its JSON form.
fn ask(worker: &mut Worker, method: Method, document: pb::Document, unit: i32) -> Result<Value, Refusal> {
    let request = validate::request(method, Some(document), &[], unit, MAX_CODE_POINTS)?;
    let pipeline = pb::Pipeline::default();
    let answer = worker.run(&request.document, request.layers, &Stop::default(), |found| match method {
        Method::Analyze => serde_json::to_value(answer::analyze(found, &request.document, request.unit, &pipeline)),
        Method::Extract => serde_json::to_value(answer::extract(found, &request.document, request.unit, &pipeline)),
    });
    Ok(answer.expect("nobody stopped it").expect("every answer has a JSON form"))
}

fn document(text: &str) -> pb::Document {
    let published = pb::Timestamp { seconds: 1_758_009_600, nanos: 0 };
    let time_zone = "Asia/Riyadh".to_owned();
    // without a language, a text of marks and signs would pass by the stages that read Arabic
    let language = "ar".to_owned();
    pb::Document { text: text.into(), publication_time: Some(published), time_zone, language, id: String::new() }
}

/// Both methods on `text` in `unit`: every span slices to its text.
fn check(worker: &mut Worker, text: &str, (unit, number): (OffsetUnit, i32)) {
    for method in [Method::Analyze, Method::Extract] {
        let answer = ask(worker, method, document(text), number).expect("a text that is neither empty nor too long");
        check_spans(text, unit, &answer);
    }
}

#[test]
fn nobody_writes_like_this() {
    let nested = |depth: usize| format!("قال: {}نعم{}", "«".repeat(depth), "»".repeat(depth));
    let texts: Vec<(&str, String)> = vec![
        ("a diacritic", "\u{064E}".into()),
        ("only diacritics", "\u{064E}\u{0651}\u{064B}\u{0670}".repeat(300)),
        ("only tatweel", "ـ".repeat(1000)),
        ("only bidi controls", "\u{200F}\u{202B}\u{2067}\u{202C}\u{2069}\u{061C}".repeat(100)),
        ("only zero-width marks", "\u{200B}\u{200C}\u{200D}\u{FEFF}".repeat(100)),
        ("a byte order mark first", format!("\u{FEFF}{ARTICLE}")),
        ("NULs", "قال\0الوزير\0\0إن «\0»".into()),
        ("control characters", (1..32).map(char::from).chain(['م']).collect()),
        ("one letter", "م".into()),
        ("one mark", "»".into()),
        ("marks that only close", "»”)] قال ».".repeat(50)),
        ("marks that only open", "قال: «“([ ".repeat(50)),
        ("marks of two kinds, crossed", "قال: «نعم” وأضاف: “لا».".repeat(50)),
        ("nested marks", nested(200)),
        ("combining marks on nothing", format!("{} قال {}", "\u{0301}".repeat(500), "\u{20DD}".repeat(500))),
        ("a letter under a tower of marks", format!("م{}حمد قال", "\u{064E}".repeat(5000))),
        ("ligatures of many letters", "\u{FDFA}\u{FDF2}\u{FDFD}\u{FEFB}".repeat(50)),
        ("astral characters", "𞸀𐡀🎒👨‍👩‍👧‍👦🇶🇦𝟗 قال".repeat(50)),
        ("private use and noncharacters", "\u{E000}\u{FFFF}\u{FFFE}\u{10FFFF}\u{FDD0} قال \u{F0000}".repeat(20)),
        ("line ends of every kind", "قال\r\nنعم\rلا\n\n\u{2028}أمس\u{2029}غدا\u{85}".repeat(20)),
        ("digits of every script", "٣.٥ مليون و۴٬۰۰۰ دولار و९ و𝟗٪ و³".repeat(20)),
        ("a number without end", "9".repeat(5000) + " دولار"),
        ("a number word without end", "مليون ".repeat(2000)),
        ("a date that is none", "99/99/9999 و0/0/0 و31/2/2025 و29 فبراير 2023 و30 رمضان 1446".into()),
        ("years out of every calendar", "عام 0 وعام 99999999 وسنة -5 وعام 9999 هـ وعام 1 هـ".into()),
        ("clitics upon clitics", "وفبكلسوالوبللفسوبال".repeat(100)),
        ("a cue without end", "قال إن قال إن ".repeat(500)),
        ("titles without end", "وزير رئيس أمير نائب ".repeat(500)),
        ("one name without end", "محمد ".repeat(3000)),
        ("hashtags, handles and addresses", "#قطر_ #_ # @ @ا http:// https://ق.قطر/؟ a@ @b a@b.c".repeat(20)),
    ];
    let mut used = worker();
    for (name, text) in &texts {
        println!("{name}"); // shown where the test fails
        for unit in UNITS {
            check(&mut used, text, unit);
        }
    }
    let after = ask(&mut used, Method::Extract, document(ARTICLE), 1).unwrap();
    assert_eq!(after, ask(&mut worker(), Method::Extract, document(ARTICLE), 1).unwrap(), "no text leaves a trace");
}

#[test]
fn as_much_of_it_as_is_allowed() {
    let filled = |piece: &str| piece.chars().cycle().take(MAX_CODE_POINTS).collect::<String>();
    let texts = [
        ("letters without a space", filled("م")),
        ("words without a stop", filled("كتاب ")),
        ("lines", filled("ن\n")),
        ("nested marks", format!("قال: {}نعم{}", "«".repeat(50_000), "»".repeat(50_000))),
        ("marks that only open", filled("«")),
        ("diacritics", filled("\u{064E}")),
        ("stops", filled(".")),
        ("cues and marks", filled("قال: «نعم» و")),
        ("names", filled("محمد بن سلمان و")),
        ("numbers", filled("3 ملايين دولار و")),
        ("days", filled("أمس الاثنين ")),
    ];
    let mut worker = worker();
    for (name, text) in &texts {
        println!("{name}"); // shown where the test fails
        let answer = ask(&mut worker, Method::Extract, document(text), 2).expect("within the limit");
        check_spans(text, OffsetUnit::Utf16, &answer);
    }
}

#[test]
fn what_has_nothing_to_read_is_refused() {
    for text in ["", " ", "\n\r\t", "\u{00A0}\u{2003}\u{3000}", "\u{2028}\u{2029}\u{85}"] {
        let refusal = ask(&mut worker(), Method::Extract, document(text), 1).unwrap_err();
        assert_eq!(refusal.first().reason(), "TEXT_EMPTY", "{text:?}");
    }
    let refusal = ask(&mut worker(), Method::Extract, document(&"م".repeat(MAX_CODE_POINTS + 1)), 1).unwrap_err();
    assert_eq!(refusal.first().reason(), "TEXT_TOO_LONG");
}

#[test]
fn half_a_character_in_json_is_no_document() {
    for text in [r"\ud800", r"\udc00", r"\udc00\ud800", r"قال \ud83c الوزير"] {
        let json = format!(r#"{{"text": "{text}"}}"#);
        assert!(serde_json::from_str::<pb::Document>(&json).is_err(), "{json}");
    }
    let whole: pb::Document = serde_json::from_str(r#"{"text": "\ud83c\udf92"}"#).unwrap();
    assert_eq!(whole.text, "🎒");
}

#[test]
fn time_at_its_ends() {
    let text = "أمس وغدا والأسبوع الماضي والعام المقبل وقبل 9999 سنة وبعد 99999999 يوم والقرن الماضي ورمضان المقبل";
    let mut worker = worker();
    for seconds in [-62_135_596_800, -62_135_510_400, 0, 253_402_120_800, 253_402_207_200] {
        for time_zone in ["UTC", "Pacific/Kiritimati", "Etc/GMT+12", "Africa/Cairo"] {
            let publication_time = Some(pb::Timestamp { seconds, nanos: 999_999_999 });
            let document = pb::Document { publication_time, time_zone: time_zone.into(), ..document(text) };
            let answer = ask(&mut worker, Method::Extract, document, 3).unwrap();
            check_spans(text, OffsetUnit::CodePoints, &answer);
        }
    }
}

/// What the news is made of, and what should not meet in it.
const PIECES: &[&str] = &[
    "قال ",
    "وأضاف: ",
    "إن ",
    "أن ",
    "«",
    "»",
    "\"",
    "“",
    "”",
    "وزير ",
    "الخارجية ",
    "المصري ",
    "للدوحة ",
    "وبالدوحة ",
    "محمد ",
    "بن ",
    "سلمان ",
    "الأمم المتحدة ",
    "أمس ",
    "الثلاثاء ",
    "الأسبوع الماضي ",
    "16/9/2025 ",
    "3.5 ",
    "٤٠٪ ",
    "مليون ",
    "دولار ",
    "بحسب ",
    "نقلا عن ",
    "وكالة ",
    "رويترز ",
    "، ",
    ". ",
    "\n",
    "\u{064E}",
    "\u{0651}",
    "ـ",
    "\u{200F}",
    "\u{200C}",
    "\u{FEFB}",
    "\u{FDF2}",
    "🎒",
    "(",
    ")",
    "- ",
    "و",
    "ف",
    "ب",
    "ل",
    "ال",
];

/// A piece of a text.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned).boxed(),
        1 => any::<char>().prop_map(String::from).boxed(),
        1 => prop::char::range('\u{0600}', '\u{06FF}').prop_map(String::from).boxed(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) })]

    #[test]
    fn any_text_has_spans_that_slice_to_their_texts(
        pieces in prop::collection::vec(piece(), 1..80),
        unit in prop::sample::select(&UNITS[..]),
    ) {
        let text = pieces.concat();
        if !text.trim().is_empty() {
            check(&mut worker(), &text, unit);
        }
    }

    #[test]
    fn any_request_is_answered_or_refused(
        text in any::<String>(),
        id in any::<String>(),
        language in "[a-zA-Z-]{0,12}",
        time_zone in "([A-Z][a-z]{1,8}/)?[A-Za-z_+0-9]{0,12}",
        time in prop::option::of(any::<(i64, i32)>()),
        layers in prop::collection::vec(-1..10, 0..4),
        unit in -1..5,
    ) {
        let publication_time = time.map(|(seconds, nanos)| pb::Timestamp { seconds, nanos });
        let document = pb::Document { id, text, language, publication_time, time_zone };
        for method in [Method::Analyze, Method::Extract] {
            if let Ok(request) = validate::request(method, Some(document.clone()), &layers, unit, MAX_CODE_POINTS) {
                worker().run(&request.document, request.layers, &Stop::default(), |_| ()).unwrap();
            }
        }
    }
}
