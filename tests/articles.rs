//! Whole articles in the styles of three newspapers, written for this project, and the article that the project was
//! begun from where it is at hand: who is who, who said what, and when, as a reader would tell it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

use std::{fs, path::Path, sync::Arc};

use isnad::{
    document::{Document, Layer, Layers},
    engine::{Answer, Engine, Stop, Worker},
    entities::{EntityType, MentionType},
};
use jiff::{civil::Date, tz::TimeZone};

/// What a reader finds in an article.
struct Expected {
    published: &'static str,
    /// For each person: mentions that must be one entity, names and titles, in the order of the text; repeated ones
    /// as often as they stand there. The first name among them identifies the person below.
    persons: &'static [&'static [&'static str]],
    /// For each passage in quotation marks in order: a part of its speaker's canonical name; `None` where the passage
    /// is a name and no quotation.
    marks: &'static [Option<&'static str>],
    /// Surface and value of times.
    times: &'static [(&'static str, &'static str)],
    /// Surface, value and unit of amounts.
    amounts: &'static [(&'static str, &'static str, &'static str)],
}

/// Runs the pipeline on `text` and reports every difference from `expected`, all at once.
fn check(text: &str, expected: &Expected) -> Vec<String> {
    let date: Date = expected.published.parse().unwrap();
    let document = Document {
        id: String::new(),
        text: text.to_owned(),
        language: String::new(),
        published: Some(date.at(12, 0, 0, 0).to_zoned_datetime(TimeZone::UTC).unwrap().timestamp()),
        zone: TimeZone::UTC,
    };
    let mut worker = Worker::new(Arc::new(Engine::default()));
    worker.run(&document, Layers::of(&Layer::ALL), &Stop::default(), |answer| differences(answer, expected)).unwrap()
}

fn differences(answer: &Answer<'_>, expected: &Expected) -> Vec<String> {
    let mut wrong = Vec::new();
    let all = &answer.entities;
    let slice = |span| answer.text.slice(span);

    let mut owners = Vec::new();
    for person in expected.persons {
        // The entity that has most of the wanted mentions.
        let surfaces =
            |e: usize| -> Vec<&str> { all.entities[e].mentions.iter().map(|&m| slice(all.mentions[m].span)).collect() };
        let count = |list: &[&str], item: &str| list.iter().filter(|&&s| s == item).count();
        let best = (0..all.entities.len()).max_by_key(|&e| person.iter().filter(|p| surfaces(e).contains(p)).count());
        let Some(best) = best else {
            wrong.push(format!("{person:?}: no entity at all"));
            continue;
        };
        let found = surfaces(best);
        for wanted in *person {
            if count(&found, wanted) < count(person, wanted) {
                let who = &all.entities[best].name;
                wrong.push(format!("{who}: {wanted:?} missing or too few among {found:?}"));
            }
        }
        if owners.contains(&best) {
            wrong.push(format!("{person:?} shares its entity with another person"));
        }
        owners.push(best);
    }
    let named = |m: &usize| all.mentions[*m].kind == MentionType::Entity(EntityType::Person);
    for (entity, person) in all.entities.iter().enumerate() {
        if person.mentions.iter().any(named) && !owners.contains(&entity) {
            wrong.push(format!("a person made up: {}", person.name));
        }
    }

    let passages = passages(answer.text.original());
    assert_eq!(passages.len(), expected.marks.len(), "passages in marks: {passages:?}");
    for (passage, speaker) in passages.iter().zip(expected.marks) {
        let content =
            |test: &dyn Fn(&str) -> bool| answer.quotations.iter().find(|q| q.content.iter().any(|c| test(slice(*c))));
        let over = match speaker {
            // A name may stand inside reported words, but be none of its own.
            None => content(&|piece| passage.contains(piece)),
            Some(_) => content(&|piece| {
                piece.contains(passage) || (passage.contains(piece) && piece.len() * 2 > passage.len())
            }),
        };
        match (speaker, over) {
            (None, Some(_)) => wrong.push(format!("a name, not a quotation: «{passage}»")),
            (Some(who), None) => wrong.push(format!("no quotation, said by {who}: «{passage}»")),
            (Some(who), Some(quotation)) => {
                let names: Vec<&str> = quotation
                    .speakers
                    .iter()
                    .map(|s| s.entity.map_or(slice(s.span), |e| all.entities[e].name.as_str()))
                    .collect();
                if !names.iter().any(|name| name.contains(who)) {
                    wrong.push(format!("said by {who}, not {names:?}: «{passage}»"));
                }
            }
            (None, None) => {}
        }
    }

    for (surface, value) in expected.times {
        if !answer.times.iter().any(|t| slice(t.span) == *surface && t.value == *value) {
            let found: Vec<_> = answer.times.iter().map(|t| (slice(t.span), &t.value)).collect();
            wrong.push(format!("time {surface} = {value} not among {found:?}"));
        }
    }
    for amount in expected.amounts {
        let found: Vec<_> = answer.amounts.iter().map(|a| (slice(a.span), a.value.as_str(), a.unit.as_str())).collect();
        if !found.contains(amount) {
            wrong.push(format!("amount {amount:?} not among {found:?}"));
        }
    }
    wrong
}

/// The passages of `text` in «…» or "…", in order.
fn passages(text: &str) -> Vec<&str> {
    let mut passages = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['«', '"']) {
        let open = rest[at..].chars().next().unwrap();
        let inner = &rest[at + open.len_utf8()..];
        let close = if open == '«' { '»' } else { '"' };
        let Some(end) = inner.find(close) else { break };
        passages.push(&inner[..end]);
        rest = &inner[end + close.len_utf8()..];
    }
    passages
}

#[track_caller]
fn assert_reads(text: &str, expected: &Expected) {
    let wrong = check(text, expected);
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn egyptian_newspaper() {
    assert_reads(
        include_str!("articles/egyptian.txt"),
        &Expected {
            published: "2026-03-10",
            persons: &[
                &["حازم عبد الرؤوف", "وزير النقل", "وزير النقل", "الدكتور", "عبد الرؤوف", "الوزير"],
                &["شريف الدمرداش", "المهندس", "رئيس الهيئة القومية للأنفاق"],
            ],
            marks: &[Some("حازم عبد الرؤوف"), Some("حازم عبد الرؤوف"), Some("سفيرة"), Some("سفيرة")],
            times: &[("أمس الاثنين", "2026-03-09"), ("15 أبريل 2026", "2026-04-15"), ("يناير المقبل", "2027-01")],
            amounts: &[("85%", "85", "%"), ("30 مليار جنيه", "30000000000", "EGP")],
        },
    );
}

#[test]
fn gulf_newspaper() {
    assert_reads(
        include_str!("articles/gulf.txt"),
        &Expected {
            published: "2026-05-06",
            persons: &[
                &["سلطان بن خالد الرشيدي", "وزير الطاقة الكويتي", "الرشيدي", "الوزير"],
                &["ناصر الهاشمي", "الهاشمي"],
            ],
            marks: &[None, Some("وزارة الطاقة الكويتية"), Some("الرشيدي"), Some("الرشيدي"), None, Some("مصدر مسؤول")],
            times: &[
                ("اليوم (الأربعاء)", "2026-05-06"),
                ("عام 2030", "2030"),
                ("الربع الأول من العام الجاري", "2026-Q1"),
                ("الأسبوع الماضي", "2026-W18"),
            ],
            amounts: &[
                ("3.5 غيغاواط", "3.5", "GW"),
                ("12 في المئة", "12", "%"),
                ("500 مليون دولار", "500000000", "USD"),
            ],
        },
    );
}

#[test]
fn maghrebi_newspaper() {
    assert_reads(
        include_str!("articles/maghrebi.txt"),
        &Expected {
            published: "2026-02-13",
            persons: &[
                &["ليلى بن يوسف", "وزيرة الصحة التونسية", "وزيرة الصحة", "بن يوسف"],
                &["مراد العوني", "الكاتب العام للجامعة العامة للصحة", "العوني"],
            ],
            marks: &[None, Some("بن يوسف"), Some("العوني")],
            times: &[("يوم الخميس 12 فيفري 2026", "2026-02-12"), ("يوم 20 فيفري الجاري", "2026-02-20")],
            amounts: &[("40 بالمائة", "40", "%"), ("12 مليون دينار", "12000000", "TND")],
        },
    );
}

/// The article that the project was begun from. It belongs to its publisher, so the test runs where the file is.
#[test]
fn first_article() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/seed/article.txt");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not here", path.display());
        return;
    };
    const ANSARI: Option<&str> = Some("الأنصاري");
    const MINISTRY: Option<&str> = Some("وزارة الخارجية الأميركية");
    assert_reads(
        &text,
        &Expected {
            published: "2025-09-16",
            persons: &[
                &[
                    "ماركو روبيو",
                    "وزير الخارجية الأميركي",
                    "وزير الخارجية الأميركي",
                    "وزير الخارجية الأميركي",
                    "روبيو",
                    "روبيو",
                    "روبيو",
                    "الوزير",
                ],
                &["تميم بن حمد آل ثاني", "الشيخ", "أمير دولة قطر", "تميم بن حمد", "الشيخ"],
                &["ماجد الأنصاري", "المتحدث الرسمي لوزارة الخارجية القطرية", "الأنصاري", "المتحدث", "الأنصاري"],
                &["دونالد ترمب", "الرئيس الأميركي"],
            ],
            marks: &[
                None,
                Some("الديوان الأميري"),
                Some("روبيو"),
                ANSARI,
                ANSARI,
                ANSARI,
                ANSARI,
                ANSARI,
                ANSARI,
                ANSARI,
                ANSARI,
                ANSARI,
                ANSARI,
                ANSARI,
                MINISTRY,
                MINISTRY,
            ],
            times: &[("الثلاثاء", "2025-09-16"), ("الأسبوع الماضي", "2025-W37"), ("أمس (الاثنين)", "2025-09-15")],
            amounts: &[],
        },
    );
}
