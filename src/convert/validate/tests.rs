use super::*;

fn article() -> pb::Document {
    pb::Document { text: "وصل الوزير إلى الدوحة.".into(), ..pb::Document::default() }
}

/// The reasons and fields of the refusal of `document`.
fn refused(document: pb::Document) -> Vec<(&'static str, String)> {
    match super::document(document, 100) {
        Ok(_) => Vec::new(),
        Err(refusal) => refusal.violations().map(|v| (v.reason(), v.field())).collect(),
    }
}

#[test]
fn a_plain_document_passes_as_it_is() {
    let sent = pb::Document {
        id: "a".repeat(MAX_ID_BYTES),
        text: "م".repeat(100),
        language: "ar-EG".into(),
        publication_time: Some(pb::Timestamp { seconds: 1_757_980_800, nanos: 5 }),
        time_zone: "Asia/Riyadh".into(),
    };
    let read = document(sent.clone(), 100).unwrap();
    assert_eq!((read.id, read.text, read.language), (sent.id, sent.text, sent.language));
    assert_eq!(read.published, Timestamp::new(1_757_980_800, 5).ok());
    assert_eq!(read.zone.iana_name(), Some("Asia/Riyadh"));

    let read = document(article(), 100).unwrap();
    assert_eq!(read.published, None, "an absent publication time stays absent");
    assert_eq!(read.zone, TimeZone::UTC, "an empty zone is UTC");
}

#[test]
fn each_field_is_checked() {
    let at = |seconds, nanos| Some(pb::Timestamp { seconds, nanos });
    let cases: Vec<(&str, pb::Document, &str, &str)> = vec![
        ("long id", pb::Document { id: "a".repeat(1025), ..article() }, "ID_TOO_LONG", "document.id"),
        ("empty", pb::Document { text: String::new(), ..article() }, "TEXT_EMPTY", "document.text"),
        ("white space", pb::Document { text: " \n\u{a0}\t".into(), ..article() }, "TEXT_EMPTY", "document.text"),
        ("long", pb::Document { text: "م".repeat(101), ..article() }, "TEXT_TOO_LONG", "document.text"),
        ("two tags", pb::Document { language: "ar,en".into(), ..article() }, "LANGUAGE_MALFORMED", "document.language"),
        (
            "a locale",
            pb::Document { language: "ar_EG.UTF-8".into(), ..article() },
            "LANGUAGE_MALFORMED",
            "document.language",
        ),
        ("a name", pb::Document { language: "العربية".into(), ..article() }, "LANGUAGE_MALFORMED", "document.language"),
        (
            "zone",
            pb::Document { time_zone: "Asia/Qatarr".into(), ..article() },
            "TIME_ZONE_UNKNOWN",
            "document.time_zone",
        ),
        ("offset", pb::Document { time_zone: "+03:00".into(), ..article() }, "TIME_ZONE_UNKNOWN", "document.time_zone"),
        (
            "a file",
            pb::Document { time_zone: "../etc/passwd".into(), ..article() },
            "TIME_ZONE_UNKNOWN",
            "document.time_zone",
        ),
        (
            "year 0",
            pb::Document { publication_time: at(-62_135_596_801, 0), ..article() },
            "PUBLICATION_TIME_OUT_OF_RANGE",
            "document.publication_time",
        ),
        (
            "year 10000",
            pb::Document { publication_time: at(253_402_300_800, 0), ..article() },
            "PUBLICATION_TIME_OUT_OF_RANGE",
            "document.publication_time",
        ),
        (
            "far",
            pb::Document { publication_time: at(i64::MAX, i32::MAX), ..article() },
            "PUBLICATION_TIME_OUT_OF_RANGE",
            "document.publication_time",
        ),
        (
            "negative nanos",
            pb::Document { publication_time: at(0, -1), ..article() },
            "PUBLICATION_TIME_OUT_OF_RANGE",
            "document.publication_time",
        ),
        (
            "a second of nanos",
            pb::Document { publication_time: at(0, 1_000_000_000), ..article() },
            "PUBLICATION_TIME_OUT_OF_RANGE",
            "document.publication_time",
        ),
    ];
    for (name, document, reason, field) in cases {
        assert_eq!(refused(document), [(reason, field.to_owned())], "{name}");
        assert!(Violation::REASONS.iter().any(|&(listed, _)| listed == reason), "{reason} is not listed");
    }
}

#[test]
fn everything_wrong_is_told_together_in_the_order_of_the_fields() {
    let document = pb::Document {
        text: String::new(),
        time_zone: "Mars/Olympus".into(),
        id: "a".repeat(2000),
        ..pb::Document::default()
    };
    let refusal = request(Method::Extract, Some(document), &[1, 99, 4], 7, 100).unwrap_err();
    let reasons: Vec<_> = refusal.violations().map(Violation::reason).collect();
    assert_eq!(
        reasons,
        [
            "ID_TOO_LONG",
            "TEXT_EMPTY",
            "TIME_ZONE_UNKNOWN",
            "LAYER_NOT_OF_METHOD",
            "LAYER_UNKNOWN",
            "OFFSET_UNIT_UNKNOWN"
        ]
    );
    for reason in reasons {
        assert!(Violation::REASONS.iter().any(|&(listed, _)| listed == reason), "{reason} is not listed");
    }
    assert_eq!(refusal.first().metadata()["limit"], "1024");
    assert_eq!(refusal.first().metadata()["actual"], "2000");
    assert!(refusal.to_string().contains("LAYER_SENTENCES is not a layer of Extract"), "{refusal}");
}

#[test]
fn a_request_without_a_document_is_refused() {
    let refusal = request(Method::Analyze, None, &[], 0, 100).unwrap_err();
    assert_eq!((refusal.first().reason(), refusal.first().field().as_str()), ("DOCUMENT_MISSING", "document"));
}

#[test]
fn no_layers_means_the_default_set_of_the_method() {
    let layers = |method, sent: &[i32]| {
        request(method, Some(article()), sent, 0, 100).map(|r| r.layers.iter().collect::<Vec<_>>())
    };
    assert_eq!(layers(Method::Analyze, &[]).as_deref(), Ok(&Layer::ALL[..3]));
    assert_eq!(layers(Method::Extract, &[]).as_deref(), Ok(&Layer::ALL[3..]));
    assert_eq!(layers(Method::Extract, &[6, 4, 6]).as_deref(), Ok(&[Layer::Entities, Layer::Times][..]));
    let unspecified = request(Method::Extract, Some(article()), &[0], 0, 100).unwrap_err();
    assert_eq!(*unspecified.first(), Violation::LayerUnknown { index: 0, value: 0 });
}

#[test]
fn a_refusal_is_never_larger_than_what_it_refuses() {
    let layers = vec![99; 100_000];
    let refusal = request(Method::Extract, Some(article()), &layers, 9, 100).unwrap_err();
    assert_eq!(refusal.violations().count(), MAX_VIOLATIONS);
}
