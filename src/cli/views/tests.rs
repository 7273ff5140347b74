//! The views of one answer, made by hand so that they do not change with what the engine finds.

use expect_test::{expect, expect_file};

use super::*;

const TEXT: &str = "وزيرة الصحة: الوضع <تحت> السيطرة\n\
    قالت وزيرة الصحة المصرية نادية شكري، الثلاثاء، إن بلادها تسلمت 3.5 مليون جرعة، بحسب وكالة الأنباء.\n\
    وأضافت: «نعمل ليلاً ونهاراً & لن نتوقف».";

/// Where the `nth` (from 0) `slice` stands in the text, in bytes.
fn span(slice: &str, nth: usize) -> Option<pb::Span> {
    let begin = TEXT.match_indices(slice).nth(nth).expect("the slice is in the text").0;
    Some(pb::Span { begin: begin.try_into().unwrap(), end: (begin + slice.len()).try_into().unwrap() })
}

fn mention(id: &str, kind: pb::MentionType, slice: &str, nth: usize) -> pb::Mention {
    pb::Mention {
        id: id.to_owned(),
        r#type: kind.into(),
        span: span(slice, nth),
        text: slice.to_owned(),
        underlying: slice.to_owned(),
        ..Default::default()
    }
}

fn entity(id: &str, kind: pb::EntityType, name: &str, latin: &str, mentions: Vec<pb::Mention>) -> pb::Entity {
    let (id, name, latin_name) = (id.to_owned(), name.to_owned(), latin.to_owned());
    pb::Entity { id, r#type: kind.into(), name, latin_name, mentions, ..Default::default() }
}

fn extraction() -> pb::ExtractResponse {
    use pb::{EntityType as E, MentionType as M};
    let speaker = |slice: &str, nth, resolution: pb::SpeakerResolution| pb::Speaker {
        entity_id: "e1".to_owned(),
        span: span(slice, nth),
        text: slice.to_owned(),
        resolution: resolution.into(),
    };
    let piece = |slice: &str| pb::QuotationContent { span: span(slice, 0), text: slice.to_owned() };
    let cue = |slice: &str, category: pb::CueCategory| {
        Some(pb::QuotationCue { span: span(slice, 0), text: slice.to_owned(), category: category.into() })
    };
    pb::ExtractResponse {
        language: "ar".to_owned(),
        entities: vec![
            entity(
                "e1",
                E::Person,
                "نادية شكري",
                "Nadia Shukri",
                vec![
                    mention("m1", M::Title, "وزيرة الصحة", 0),
                    mention("m2", M::Title, "وزيرة الصحة المصرية", 0),
                    mention("m4", M::Person, "نادية شكري", 0),
                ],
            ),
            entity("e2", E::Geopolitical, "مصر", "Egypt", vec![mention("m3", M::Nationality, "المصرية", 0)]),
            entity("e3", E::Organization, "وكالة الأنباء", "", vec![mention("m5", M::Organization, "وكالة الأنباء", 0)]),
        ],
        quotations: vec![
            pb::Quotation {
                kind: pb::QuotationKind::Indirect.into(),
                content: vec![piece("إن بلادها تسلمت 3.5 مليون جرعة")],
                cue: cue("قالت", pb::CueCategory::Say),
                speakers: vec![speaker("نادية شكري", 0, pb::SpeakerResolution::Named)],
                relayed_by_entity_id: "e3".to_owned(),
                ..Default::default()
            },
            pb::Quotation {
                kind: pb::QuotationKind::Direct.into(),
                content: vec![piece("نعمل ليلاً ونهاراً & لن نتوقف")],
                cue: cue("وأضافت", pb::CueCategory::Add),
                speakers: vec![speaker("نادية شكري", 0, pb::SpeakerResolution::CarriedOver)],
                ..Default::default()
            },
        ],
        times: vec![pb::TimeExpression {
            span: span("الثلاثاء", 0),
            text: "الثلاثاء".to_owned(),
            r#type: pb::TimeType::Date.into(),
            value: "2025-09-16".to_owned(),
            granularity: pb::Granularity::Day.into(),
            ..Default::default()
        }],
        amounts: vec![pb::Amount {
            span: span("3.5 مليون جرعة", 0),
            text: "3.5 مليون جرعة".to_owned(),
            r#type: pb::AmountType::Quantity.into(),
            value: "3500000".to_owned(),
            unit: "جرعة".to_owned(),
            ..Default::default()
        }],
        relations: vec![pb::Relation {
            r#type: pb::RelationType::HoldsOffice.into(),
            subject_entity_id: "e1".to_owned(),
            object_mention_id: "m2".to_owned(),
            evidence: Some(pb::Evidence {
                span: span("وزيرة الصحة المصرية نادية شكري", 0),
                text: "وزيرة الصحة المصرية نادية شكري".to_owned(),
            }),
            ..Default::default()
        }],
        ..Default::default()
    }
}

fn page(answer: pb::ExtractResponse) -> String {
    let mut out = Vec::new();
    let show = Show { name: "a <b>.txt", text: TEXT, answer: &Answer::Extraction(answer) };
    let Answer::Extraction(answer) = show.answer else { unreachable!() };
    page::begin(&mut out, show.name).unwrap();
    page::extraction(&mut out, 1, &show, answer).unwrap();
    page::end(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_terminal_view() {
    let mut out = Vec::new();
    terminal::extraction(&mut out, "article.txt", &extraction(), 60).unwrap();
    let plain = anstream::adapter::strip_bytes(&out).into_vec();
    // isolates, which nobody sees, as brackets
    let shown = String::from_utf8(plain).unwrap().replace('\u{2068}', "[").replace('\u{2069}', "]");
    expect![[r#"
        article.txt  ar

        Persons
          [نادية شكري]     [Nadia Shukri]  3×  [وزيرة الصحة، وزيرة الصحة…]

        Organisations
          [وكالة الأنباء]                1×

        Countries and towns
          [مصر]            [Egypt]         1×

        Quotations
          1  [نادية شكري] ← [قالت] via [وكالة الأنباء]  indirect · say · named
             [إن بلادها تسلمت 3.5 مليون جرعة]
          2  [نادية شكري] ← [وأضافت]  direct · add · carried over
             [«نعمل ليلاً ونهاراً & لن نتوقف»]

        Times
          [الثلاثاء]  [2025-09-16]  day

        Amounts
          [3.5 مليون جرعة]  [3500000 جرعة]  quantity

        Relations
          [نادية شكري] holds office [وزيرة الصحة المصرية]
            [وزيرة الصحة المصرية نادية شكري]
    "#]]
    .assert_eq(&shown);
}

#[test]
fn the_page() {
    let page = page(extraction());
    let body = &page[page.find("</head>").unwrap()..];
    expect_file!["page/golden.html"].assert_eq(body);
}

#[test]
fn the_page_keeps_the_text_and_asks_for_nothing() {
    let page = page(extraction());
    let article = &page[page.find("<article").unwrap()..page.find("</article>").unwrap()];
    let mut text = String::new();
    for part in article.split('<').skip(1) {
        text += part.split_once('>').unwrap().1;
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    assert_eq!(text, TEXT, "the text between the tags is the text");
    for asks in ["http:", "https:", "<script", "<link", "src=", "@import", "url("] {
        assert!(!page.contains(asks), "{asks}");
    }
}
