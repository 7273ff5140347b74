//! What every graph keeps, and the graph of one answer made by hand.

use expect_test::expect_file;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::{
    cli::{
        local::{Asker, Question},
        views::{Answer, tests},
    },
    convert::validate::Method,
    document::OffsetUnit,
};

/// The graph of `answer` to `text`, which counts code points.
fn graph(text: &str, answer: &pb::ExtractResponse, indented: bool) -> String {
    let mut out = Vec::new();
    let shown = Answer::Extraction(pb::ExtractResponse::default());
    let published = Some(jiff::civil::date(2025, 9, 16));
    extraction(&mut out, &Show { name: "", text, published, zone: &TimeZone::UTC, answer: &shown }, answer, indented)
        .unwrap();
    String::from_utf8(out).unwrap()
}

/// What the engine answers to `text`.
fn answer(text: &str) -> pb::ExtractResponse {
    let publication_time = Some(pb::Timestamp { seconds: 1_757_980_800, nanos: 0 });
    let document = pb::Document { text: text.to_owned(), publication_time, ..Default::default() };
    let question = Question { method: Method::Extract, layers: &[], unit: OffsetUnit::CodePoints };
    let answer = Asker::new(std::sync::Arc::default()).answer(document, &question).ok().unwrap();
    let Answer::Extraction(answer) = answer else { unreachable!() };
    answer
}

/// Checks what every graph keeps; returns its nodes.
fn check(text: &str, graph: &str) -> Vec<Value> {
    assert!(!graph.contains('<'), "no tag of a page that it stands in: {graph}");
    let document: Value = serde_json::from_str(graph).unwrap();
    let (context, nodes) = (&document["@context"], document["@graph"].as_array().unwrap());
    let name = context["doc"].as_str().and_then(|prefix| prefix.strip_suffix('#')).unwrap();
    assert!(name.starts_with("ni:///sha-256;") && name.len() == 57, "{name}");
    let ids: Vec<_> = nodes.iter().map(|node| node["@id"].as_str().unwrap()).collect();
    let known = FxHashSet::from_iter(ids.iter().copied());
    assert_eq!(known.len(), ids.len(), "each node has an id of its own: {ids:?}");
    assert_eq!(ids[0], name);
    let letters: Vec<char> = text.chars().collect();
    for node in nodes {
        for (property, value) in node.as_object().unwrap() {
            if value.as_array().is_some_and(Vec::is_empty) {
                panic!("{property} is empty in {node}");
            }
            let refers = context[property]["@type"] == "@id" && !["sameAs", "oa:motivatedBy"].contains(&&**property);
            let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            for value in values.iter().filter(|_| refers) {
                assert!(known.contains(value.as_str().unwrap()), "{property} of {node} refers to no node");
            }
        }
        for target in node["oa:hasTarget"].as_array().into_iter().flatten() {
            let [position, quote] = &target["oa:hasSelector"].as_array().unwrap()[..] else { panic!("{target}") };
            let at = |end: &str| usize::try_from(position[end].as_u64().unwrap()).unwrap();
            let slice: String = letters[at("oa:start")..at("oa:end")].iter().collect();
            assert_eq!(slice, quote["oa:exact"], "both selectors select the same");
        }
    }
    nodes.clone()
}

#[test]
fn the_graph() {
    let mut answer = tests::extraction();
    code_points(&mut answer);
    answer.document_id = "a <b>.txt".to_owned();
    let graph = graph(tests::TEXT, &answer, true);
    check(tests::TEXT, &graph);
    expect_file!["golden.jsonld"].assert_eq(&graph);
}

/// Makes code points of the places of an answer that was made by hand, which count bytes.
fn code_points(answer: &mut pb::ExtractResponse) {
    let count = |end: i32| tests::TEXT[..end.try_into().unwrap()].chars().count().try_into().unwrap();
    let convert = |span: &mut Option<pb::Span>| {
        *span = span.map(|span| pb::Span { begin: count(span.begin), end: count(span.end) });
    };
    answer.entities.iter_mut().flat_map(|entity| &mut entity.mentions).for_each(|mention| convert(&mut mention.span));
    answer
        .quotations
        .iter_mut()
        .flat_map(|quotation| &mut quotation.content)
        .for_each(|piece| convert(&mut piece.span));
}

#[test]
fn graphs_of_texts_hold_together() {
    let texts = [
        include_str!("../../../../examples/article.txt"),
        include_str!("../../../../tests/articles/egyptian.txt"),
        include_str!("../../../../tests/articles/gulf.txt"),
        include_str!("../../../../tests/articles/maghrebi.txt"),
        "قال المصدر: «</script><!--\u{2028}\\\" \u{1F600} سنعود»، بحسب وكالة الأنباء.",
        "no Arabic at all </script>",
        ".",
    ];
    for text in texts {
        let answer = answer(text);
        let line = graph(text, &answer, false);
        assert_eq!(line.find('\n'), Some(line.len() - 1), "one line: {line}");
        let nodes = check(text, &line);
        let quotations = nodes.iter().filter(|node| node["@type"] == "Quotation").count();
        assert_eq!(quotations, answer.quotations.len());
        assert_eq!(nodes[0]["datePublished"], "2025-09-16");
    }
}

#[test]
fn who_speaks_employs_or_meets_is_a_person_or_an_organisation() {
    let text = "التقى وزير الخارجية المصري سامي عادل نظيره القطري حمد العلي في الدوحة. وأعلنت قطر أنها سترسل مساعدات.";
    let answer = answer(text);
    let nodes = check(text, &graph(text, &answer, false));
    let by_id: FxHashMap<_, _> = nodes.iter().map(|node| (node["@id"].as_str().unwrap(), node)).collect();
    let mut seen = 0;
    for property in ["creator", "publisher", "worksFor", "affiliation", "attendee"] {
        for id in nodes.iter().filter_map(|node| node[property].as_array()).flatten() {
            let types = by_id[id.as_str().unwrap()]["@type"].to_string();
            assert!(types.contains("Person") || types.contains("Organization"), "{property} {id}: {types}");
            seen += 1;
        }
    }
    assert!(seen >= 2, "{nodes:#?}");
}

#[test]
fn a_text_is_named_by_its_digest() {
    // RFC 6920, section 8.1
    assert_eq!(name_of("Hello World!"), "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk");
}

#[test]
fn periods_are_iso_8601() {
    let at = |seconds| Some(pb::Timestamp { seconds, nanos: 0 });
    let cases = [
        ("2025", Some("2025")),
        ("2025-09", Some("2025-09")),
        ("2025-W37", Some("2025-W37")),
        ("2025-09-16T14:30", Some("2025-09-16T14:30")),
        ("2025-09-16/2025-09-18", Some("2025-09-16/2025-09-18")),
        ("2025-SU", Some("2025-09-16T00:00:00Z/2025-09-17T00:00:00Z")),
        ("2025-W37-WE", Some("2025-09-16T00:00:00Z/2025-09-17T00:00:00Z")),
        ("202X", Some("2025-09-16T00:00:00Z/2025-09-17T00:00:00Z")),
        ("2025-09-16TMO", Some("2025-09-16T00:00:00Z/2025-09-17T00:00:00Z")),
    ];
    for (value, expected) in cases {
        let interval = Some(pb::TimeInterval { begin: at(1_757_980_800), end: at(1_758_067_200) });
        let mut time = pb::TimeExpression { value: value.to_owned(), interval, ..Default::default() };
        assert_eq!(terms::period(&time).as_deref(), expected, "{value}");
        time.interval = None;
        assert_eq!(terms::period(&time), None, "{value} of no known instant");
    }
}

proptest! {
    #[test]
    fn any_text_is_escaped(text in r#"[ا-يa<>"'\\\u{0}-\u{1f}\u{2028}😀 «».،]{1,60}"#) {
        let text = format!("قال الوزير سامي عادل: «{text}»");
        check(&text, &graph(&text, &answer(&text), false));
    }
}
