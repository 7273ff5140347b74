//! The views of one answer, made by hand so that they do not change with what the engine finds.

use expect_test::{expect, expect_file};

use super::*;

pub const TEXT: &str = "وزيرة الصحة: الوضع <تحت> السيطرة\n\
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

pub fn extraction() -> pb::ExtractResponse {
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
            pb::Entity {
                ids: [("iso3166-1", "EG"), ("geonames", "357994"), ("crm", "<7>"), ("wikidata", "Q1\"")]
                    .map(|(authority, value)| pb::EntityId { authority: authority.into(), value: value.into() })
                    .to_vec(),
                ..entity("e2", E::Geopolitical, "مصر", "Egypt", vec![mention("m3", M::Nationality, "المصرية", 0)])
            },
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
            interval: Some(pb::TimeInterval {
                begin: Some(pb::Timestamp { seconds: 1_757_980_800, nanos: 0 }),
                end: Some(pb::Timestamp { seconds: 1_758_067_200, nanos: 0 }),
            }),
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
    let show = Show {
        name: "a <b>.txt",
        text: TEXT,
        published: None,
        zone: &TimeZone::UTC,
        answer: &Answer::Extraction(answer),
    };
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
    let body = &page[page.find("</head>").unwrap()..page.find("<div id=\"card\"").unwrap()];
    expect_file!["page/golden.html"].assert_eq(body);
}

#[test]
fn the_page_keeps_the_text_and_asks_for_nothing() {
    let page = page(extraction());
    let (_, body) = page.split_once("<body>").unwrap();
    let (body, script) = body.split_once("<script>").unwrap();
    assert_eq!(script.split_once("</script>").unwrap().0, include_str!("page/page.js"));
    let article = &body[body.find("<article").unwrap()..body.find("</article>").unwrap()];
    let mut text = String::new();
    for part in article.split('<').skip(1) {
        text += part.split_once('>').unwrap().1;
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    assert_eq!(text, TEXT, "the text between the tags is the text");
    for asks in ["http:", "<script", "<link", "src=", "@import", "url("] {
        assert!(!page.replacen("<script>", "", 1).contains(asks), "{asks}");
    }
    // the links that leave the page: none to a register that is not known or with an identifier that it has not
    let links: Vec<_> = page.split("https:").skip(1).map(|link| link.split_once('>').unwrap().0).collect();
    assert_eq!(links, ["//www.geonames.org/357994\" rel=\"external noreferrer\""]);
}

#[test]
fn every_link_of_the_page_leads_somewhere() {
    let page = page(extraction());
    let all = |before: &str| -> Vec<&str> {
        page.split(before).skip(1).map(|rest| rest.split_once('"').unwrap().0).collect()
    };
    let ids = all(" id=\"");
    assert_eq!(rustc_hash::FxHashSet::from_iter(&ids).len(), ids.len(), "{ids:?}");
    for link in all("href=\"#") {
        assert!(ids.contains(&link), "#{link} is nowhere");
    }
}

#[test]
fn conllu_of_a_text() {
    let text = "عاد إلى بلاده\n«مُحَمَّد»\t للديوان.";
    let mut at = 0;
    // a token, and the form alone, lemma, part of speech and features of its words
    let mut token = |form: &str, words: &[[&str; 4]]| {
        let begin = at + text[at..].find(form).unwrap();
        at = begin + form.len();
        let words = words.iter().map(|[underlying, lemma, upos, features]| pb::Word {
            underlying: (*underlying).to_owned(),
            lemma: (*lemma).to_owned(),
            upos: (*upos).to_owned(),
            features: features
                .split('|')
                .filter_map(|f| f.split_once('='))
                .map(|(n, v)| (n.into(), v.into()))
                .collect(),
            ..Default::default()
        });
        let span = Some(pb::Span { begin: begin.try_into().unwrap(), end: at.try_into().unwrap() });
        pb::Token { span, text: form.to_owned(), words: words.collect(), ..Default::default() }
    };
    let first = vec![
        token("عاد", &[["عاد", "عاد", "VERB", "Aspect=Perf"]]),
        token("إلى", &[["إلى", "إلى", "ADP", ""]]),
        token("بلاده", &[["بلاد", "بلاد", "NOUN", ""], ["ه", "ه", "PRON", "PronType=Prs|Gender=Masc|Number=Sing"]]),
    ];
    let second = vec![
        token("«", &[["«", "«", "PUNCT", ""]]),
        token("مُحَمَّد", &[["محمد", "", "PROPN", ""]]),
        token("»", &[["»", "»", "PUNCT", ""]]),
        token("للديوان", &[["ل", "ل", "ADP", ""], ["الديوان", "ديوان", "NOUN", "Definite=Def"]]),
        token(".", &[[".", ".", "PUNCT", ""]]),
    ];
    let sentence = |tokens| pb::Sentence { tokens, ..Default::default() };
    let sentences = vec![sentence(first), sentence(Vec::new()), sentence(second)];
    let answer = pb::AnalyzeResponse { document_id: "a b/c.txt".to_owned(), sentences, ..Default::default() };
    let mut out = Vec::new();
    let show = Show { name: "", text, published: None, zone: &TimeZone::UTC, answer: &Answer::Analysis(answer) };
    let Answer::Analysis(answer) = show.answer else { unreachable!() };
    conllu::analysis(&mut out, 1, &show, answer).unwrap();
    expect![[r#"
        # newdoc id = a b/c.txt
        # sent_id = a_b_c.txt-1
        # text = عاد إلى بلاده
        1	عاد	عاد	VERB	_	Aspect=Perf	_	_	_	_
        2	إلى	إلى	ADP	_	_	_	_	_	_
        3-4	بلاده	_	_	_	_	_	_	_	_
        3	بلاد	بلاد	NOUN	_	_	_	_	_	_
        4	ه	ه	PRON	_	Gender=Masc|Number=Sing|PronType=Prs	_	_	_	_

        # sent_id = a_b_c.txt-2
        # text = «مُحَمَّد» للديوان.
        1	«	«	PUNCT	_	_	_	_	_	SpaceAfter=No
        2	مُحَمَّد	_	PROPN	_	_	_	_	_	SpaceAfter=No
        3	»	»	PUNCT	_	_	_	_	_	_
        4-5	للديوان	_	_	_	_	_	_	_	SpaceAfter=No
        4	ل	ل	ADP	_	_	_	_	_	_
        5	الديوان	ديوان	NOUN	_	Definite=Def	_	_	_	_
        6	.	.	PUNCT	_	_	_	_	_	_

    "#]]
    .assert_eq(&String::from_utf8(out).unwrap());
}

/// `text` analysed and shown in CoNLL-U.
fn conllu(text: &str) -> String {
    use crate::{
        cli::local::{Asker, Question},
        convert::validate::Method,
        document::OffsetUnit,
    };
    let document = pb::Document { text: text.to_owned(), ..Default::default() };
    let question = Question { method: Method::Analyze, layers: &[], unit: OffsetUnit::Utf8 };
    let answer = Asker::new(std::sync::Arc::default()).answer(document, &question).ok().unwrap();
    let Answer::Analysis(analysis) = &answer else { unreachable!() };
    let mut out = Vec::new();
    conllu::analysis(
        &mut out,
        1,
        &Show { name: "", text, published: None, zone: &TimeZone::UTC, answer: &answer },
        analysis,
    )
    .unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn conllu_rows_make_up_the_text() {
    let texts = [
        "قال 😀👨‍👩‍👧‍👦 مرحبا🇶🇦!! #قطر @user http://a.example/ج?x=1&y=2 me@x.example COVID-19 2022م",
        "\u{064E}\u{0651} \u{0651}\u{064E} ـــ كتّـــاب شَّدة بِّه",
        "a\tb\n\n \t \nج\r\nد\u{2028}ه\u{85}و\u{A0}ز\u{202F}ح",
        "10 000 1,234.5 ١٢٣٫٥ 2016/2017 12:30 -3° ½ _ # | =\u{338}",
        "ا\u{653} و\u{654}ل\u{200F}\u{651}\u{64E} كل\u{0}مة \u{FEFF}ﻻ ﷺ",
        "# text = خدعة\n1\tقال\t_",
    ];
    for text in texts {
        let shown = conllu(text);
        for sentence in shown.strip_suffix("\n\n").unwrap().split("\n\n") {
            let mut written = String::new();
            let (mut next, mut inside) = (1, 0);
            for row in sentence.lines().filter(|line| !line.starts_with("# ")) {
                let [id, form, _, upos, .., misc] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
                assert!(row.split('\t').count() == 10 && !row.split('\t').any(str::is_empty), "{row}");
                let (first, last) = id.split_once('-').unwrap_or((id, id));
                assert_eq!(first, next.to_string(), "{sentence}");
                if id == first {
                    assert_ne!(upos, "_", "{row}");
                    next += 1;
                }
                if inside > 0 {
                    inside -= 1;
                    continue;
                }
                if id != first {
                    inside = last.parse::<usize>().unwrap() + 1 - next;
                }
                written += form;
                written += if misc.ends_with("SpaceAfter=No") { "" } else { " " };
            }
            let told = sentence.lines().find_map(|line| line.strip_prefix("# text = ")).unwrap();
            assert_eq!(written.trim_end(), told);
        }
    }
}
