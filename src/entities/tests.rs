//! Whole documents and phenomena through the stage.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::{
    morphology,
    text::{Buffers, arbitrary},
};

fn extract(text: &str) -> (Text<'_>, Entities) {
    let read = Text::read(text, Buffers::default());
    let mut words = Words::default();
    morphology::analyse(&read, &mut words);
    thread_local!(static RECOGNIZER: Arc<Recognizer> = Arc::default());
    let entities = RECOGNIZER.with(|r| r.extract(&read, &words));
    (read, entities)
}

/// The flat and nested mentions of `text` as `TYPE text`, in order, with the entity's number after #.
fn mentions(text: &str) -> Vec<String> {
    let (read, entities) = extract(text);
    let line = |m: &Mention| format!("{} {} #{}", label(m.kind), read.slice(m.span), m.entity);
    entities.mentions.iter().map(line).collect()
}

fn label(kind: MentionType) -> &'static str {
    match kind {
        MentionType::Title => "TITLE",
        MentionType::Nationality => "NORP",
        MentionType::Entity(kind) => match kind {
            EntityType::Person => "PER",
            EntityType::Organization => "ORG",
            EntityType::Geopolitical => "GPE",
            EntityType::Location => "LOC",
            EntityType::Facility => "FAC",
            EntityType::Group => "GROUP",
            EntityType::Event => "EVENT",
            EntityType::Product => "PRODUCT",
            EntityType::Work => "WORK",
            EntityType::Law => "LAW",
        },
    }
}

/// What holds for every answer, whatever the text.
fn check_shape(text: &str) {
    let (read, entities) = extract(text);
    let mentions = &entities.mentions;
    for (i, mention) in mentions.iter().enumerate() {
        let slice = read.original().get(mention.span.range()).expect("a span cuts a character");
        assert!(!slice.is_empty(), "empty mention {mention:?}");
        assert!(entities.entities[mention.entity].mentions.contains(&i), "{slice} is not listed by its entity");
        assert!(!mention.underlying.is_empty(), "{slice} has no underlying form");
        assert!(read.tokens()[mention.tokens.start].span.overlaps(mention.span), "{slice} lies outside its tokens");
        if let Some(next) = mentions.get(i + 1) {
            let order = |m: &Mention| (m.span.begin, u32::MAX - m.span.end);
            assert!(order(mention) <= order(next), "{slice} stands after {}", read.slice(next.span));
        }
        for other in &mentions[i + 1..] {
            let nested = mention.span.contains(other.span) || other.span.contains(mention.span);
            assert!(nested || !mention.span.overlaps(other.span), "{slice} crosses {}", read.slice(other.span));
        }
        let smallest = (mentions[..i].iter().enumerate())
            .filter(|(_, outer)| outer.span.contains(mention.span))
            .min_by_key(|(_, outer)| outer.span.len());
        assert_eq!(mention.parent, smallest.map(|(outer, _)| outer), "parent of {slice}");
    }
    let sum: f32 = entities.entities.iter().map(|e| e.salience).sum();
    assert!(entities.entities.is_empty() || (sum - 1.0).abs() < 1e-3, "saliences add up to {sum}");
    for entity in &entities.entities {
        assert!(!entity.name.is_empty(), "an entity without a name");
        assert!(entity.mentions.is_sorted(), "mentions of {} out of order", entity.name);
    }
}

fn check(table: &[(&str, &[&str])]) {
    for (text, expected) in table {
        assert_eq!(mentions(text), *expected, "mentions of: {text}");
        check_shape(text);
    }
}

#[test]
fn titles_are_whole_and_tied_to_their_person() {
    check(&[
        ("قال رئيس الحكومة يوسف الشاهد إن الوضع صعب.", &["TITLE رئيس الحكومة #0", "PER يوسف الشاهد #0"]),
        ("التقى الشيخ تميم بن حمد وفداً.", &["TITLE الشيخ #0", "PER تميم بن حمد #0"]),
        ("وصل ماركو روبيو إلى قطر. وقال روبيو إنه سيعود.", &["PER ماركو روبيو #0", "GPE قطر #1", "PER روبيو #0"]),
        ("زار أمير دولة قطر لبنان.", &["TITLE أمير دولة قطر #0", "GPE دولة قطر #1", "GPE لبنان #2"]),
    ]);
}

#[test]
fn names_begin_after_their_clitics() {
    check(&[
        ("سافر إلى قطر وبقطر بقي.", &["GPE قطر #0", "GPE قطر #0"]),
        ("حركة «حماس» أصدرت بياناً وقالت حماس ذلك.", &["ORG حركة «حماس» #0", "ORG حماس #0"]),
    ]);
}

#[test]
fn the_same_text_gives_the_same_answer() {
    let text = "قال وزير الخارجية ماركو روبيو في قطر إن حركة «حماس» قبلت. وأضاف روبيو أن قطر وافقت.";
    assert_eq!(mentions(text), mentions(text));
}

proptest! {
    #[test]
    fn any_text_gives_a_tree_of_mentions(text in arbitrary::text()) {
        check_shape(&text);
    }

    #[test]
    fn names_and_titles_in_any_order_give_a_tree(words in proptest::collection::vec(proptest::sample::select(WORDS), 0..40)) {
        check_shape(&words.join(" "));
    }
}

/// What the rules look at, for texts that no writer would write.
const WORDS: &[&str] = &[
    "رئيس",
    "الرئيس",
    "لرئيس",
    "للرئيس",
    "وزير",
    "الخارجية",
    "والدفاع",
    "الأميركي",
    "القطرية",
    "مجلس",
    "النواب",
    "حركة",
    "«حماس»",
    "«",
    "»",
    "\"",
    "في",
    "لبنان",
    "بقطر",
    "وقطر",
    "بن",
    "آل",
    "أبو",
    "محمد",
    "ومحمد",
    "الأنصاري",
    "باسم",
    "لدى",
    "نائب",
    "عام",
    "العام",
    "السابق",
    "،",
    ".",
    "\n",
    "2022",
    "كأس",
    "العالم",
    "مصدر",
    "أمني",
    "صاحب",
    "السمو",
    "رئيسها",
    "عبد",
    "الله",
    "شركة",
    "BBC",
    "للانتخابات",
    "الهيئة",
    "العليا",
    "دولة",
];

#[test]
#[ignore = "prints the mentions of a file, for looking at"]
fn look() {
    let path = std::env::var("LOOK").unwrap_or_default();
    let text = std::fs::read_to_string(path).unwrap();
    let (read, entities) = extract(&text);
    let mut out = String::new();
    let mut at = 0;
    let mut events: Vec<(u32, u8, u32, String)> = Vec::new();
    for m in &entities.mentions {
        events.push((m.span.begin, 1, u32::MAX - m.span.end, "[".to_owned()));
        events.push((m.span.end, 0, u32::MAX - m.span.begin, format!("|{} {}]", label(m.kind), m.entity)));
    }
    events.sort();
    for (position, _, _, mark) in events {
        out.push_str(&read.original()[at..position as usize]);
        out.push_str(&mark);
        at = position as usize;
    }
    out.push_str(&read.original()[at..]);
    println!("{out}");
    for (i, e) in entities.entities.iter().enumerate() {
        println!("{i} {:?} {} | {} {:?} {:.3} {:?}", e.kind, e.name, e.latin_name, e.ids, e.salience, e.agreement);
    }
}
