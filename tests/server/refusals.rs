//! What a caller is told when a request cannot be served.

use std::collections::HashMap;

use isnad::{
    pb::{self, isnad_service_client::IsnadServiceClient},
    server::Settings,
};
use tonic::{Code, Status, codec::CompressionEncoding};
use tonic_types::StatusExt as _;

use crate::{analyze, channel, client, common::ARTICLE, document, extract, start};

/// One request that is refused.
struct Case {
    name: &'static str,
    request: pb::ExtractRequest,
    /// Reason and field of each violation.
    violations: &'static [(&'static str, &'static str)],
    /// Of the first one.
    metadata: &'static [(&'static str, &'static str)],
}

fn of(document: pb::Document) -> pb::ExtractRequest {
    pb::ExtractRequest { document: Some(document), ..pb::ExtractRequest::default() }
}

#[tokio::test]
async fn each_violation_is_told_with_its_field_limit_and_value() {
    let timestamp = Some(pb::Timestamp { seconds: i64::MAX, nanos: 0 });
    let cases = [
        Case {
            name: "no document",
            request: pb::ExtractRequest::default(),
            violations: &[("DOCUMENT_MISSING", "document")],
            metadata: &[("field", "document")],
        },
        Case {
            name: "empty text",
            request: extract(""),
            violations: &[("TEXT_EMPTY", "document.text")],
            metadata: &[("field", "document.text")],
        },
        Case {
            name: "white space",
            request: extract(" \n\t\u{a0}"),
            violations: &[("TEXT_EMPTY", "document.text")],
            metadata: &[("field", "document.text")],
        },
        Case {
            name: "too long, in letters of three bytes",
            request: extract("\u{fefb}".repeat(150_001)),
            violations: &[("TEXT_TOO_LONG", "document.text")],
            metadata: &[("field", "document.text"), ("limit", "150000"), ("actual", "150001")],
        },
        Case {
            name: "too long, in letters of four bytes",
            request: extract("🎒".repeat(150_001)),
            violations: &[("TEXT_TOO_LONG", "document.text")],
            metadata: &[("field", "document.text"), ("limit", "150000"), ("actual", "150001")],
        },
        Case {
            name: "long id",
            request: of(pb::Document { id: "م".repeat(513), ..document(ARTICLE) }),
            violations: &[("ID_TOO_LONG", "document.id")],
            metadata: &[("field", "document.id"), ("limit", "1024"), ("actual", "1026")],
        },
        Case {
            name: "language",
            request: of(pb::Document { language: "عربي".into(), ..document(ARTICLE) }),
            violations: &[("LANGUAGE_MALFORMED", "document.language")],
            metadata: &[("field", "document.language")],
        },
        Case {
            name: "zone",
            request: of(pb::Document { time_zone: "Asia/Makkah".into(), ..document(ARTICLE) }),
            violations: &[("TIME_ZONE_UNKNOWN", "document.time_zone")],
            metadata: &[("field", "document.time_zone")],
        },
        Case {
            name: "publication time",
            request: of(pb::Document { publication_time: timestamp, ..document(ARTICLE) }),
            violations: &[("PUBLICATION_TIME_OUT_OF_RANGE", "document.publication_time")],
            metadata: &[("field", "document.publication_time")],
        },
        Case {
            name: "unknown layer",
            request: pb::ExtractRequest { layers: vec![4, 99], ..extract(ARTICLE) },
            violations: &[("LAYER_UNKNOWN", "layers[1]")],
            metadata: &[("field", "layers[1]"), ("actual", "99")],
        },
        Case {
            name: "negative layer",
            request: pb::ExtractRequest { layers: vec![-1], ..extract(ARTICLE) },
            violations: &[("LAYER_UNKNOWN", "layers[0]")],
            metadata: &[("field", "layers[0]"), ("actual", "-1")],
        },
        Case {
            name: "layer of Analyze",
            request: pb::ExtractRequest { layers: vec![3], ..extract(ARTICLE) },
            violations: &[("LAYER_NOT_OF_METHOD", "layers[0]")],
            metadata: &[("field", "layers[0]"), ("actual", "LAYER_WORDS")],
        },
        Case {
            name: "offset unit",
            request: pb::ExtractRequest { offset_unit: 4, ..extract(ARTICLE) },
            violations: &[("OFFSET_UNIT_UNKNOWN", "offset_unit")],
            metadata: &[("field", "offset_unit"), ("actual", "4")],
        },
        Case {
            name: "several at once",
            request: pb::ExtractRequest {
                layers: vec![0],
                offset_unit: -7,
                ..of(pb::Document { text: "\n".into(), time_zone: "UTC+3".into(), ..pb::Document::default() })
            },
            violations: &[
                ("TEXT_EMPTY", "document.text"),
                ("TIME_ZONE_UNKNOWN", "document.time_zone"),
                ("LAYER_UNKNOWN", "layers[0]"),
                ("OFFSET_UNIT_UNKNOWN", "offset_unit"),
            ],
            metadata: &[("field", "document.text")],
        },
    ];
    let mut client = client().await;
    for Case { name, request, violations, metadata } in cases {
        let refusal = client.extract(request.clone()).await.expect_err(name);
        check(name, &refusal, violations, metadata);
        // the same words from the other method, where the layers do not differ
        if request.layers.is_empty() {
            let pb::ExtractRequest { document, layers, offset_unit } = request;
            let refusal = client.analyze(pb::AnalyzeRequest { document, layers, offset_unit }).await.expect_err(name);
            check(name, &refusal, violations, metadata);
        }
    }
}

fn check(name: &str, refusal: &Status, violations: &[(&str, &str)], metadata: &[(&str, &str)]) {
    assert_eq!(refusal.code(), Code::InvalidArgument, "{name}: {refusal:?}");
    let details = refusal.get_error_details();
    let info = details.error_info().unwrap_or_else(|| panic!("{name}: no ErrorInfo"));
    assert_eq!((info.reason.as_str(), info.domain.as_str()), (violations[0].0, "isnad.v1"), "{name}");
    let expected: HashMap<_, _> = metadata.iter().map(|&(key, value)| (key.into(), value.into())).collect();
    assert_eq!(info.metadata, expected, "{name}");
    let told = &details.bad_request().unwrap_or_else(|| panic!("{name}: no BadRequest")).field_violations;
    let told: Vec<_> = told.iter().map(|v| (v.reason.as_str(), v.field.as_str())).collect();
    assert_eq!(told, violations, "{name}");
    assert!(details.retry_info().is_none(), "{name}: the same request will be refused again");
    assert!(!refusal.message().is_empty());
}

#[tokio::test]
async fn a_layer_of_extract_is_refused_by_analyze() {
    let request = pb::AnalyzeRequest { layers: vec![1, 5], ..analyze(ARTICLE) };
    let refusal = client().await.analyze(request).await.unwrap_err();
    check(
        "Analyze",
        &refusal,
        &[("LAYER_NOT_OF_METHOD", "layers[1]")],
        &[("field", "layers[1]"), ("actual", "LAYER_QUOTATIONS")],
    );
}

#[tokio::test]
async fn a_message_beyond_all_limits_is_refused_by_the_transport() {
    let mut client = client().await;
    let request = extract("م".repeat(2 * 150_000 + 64 * 1024));
    let refusal = client.extract(request.clone()).await.unwrap_err();
    assert_eq!(refusal.code(), Code::OutOfRange, "{refusal:?}");
    // packed small, it is as large once unpacked
    let mut gzip = client.clone().send_compressed(CompressionEncoding::Gzip);
    let refusal = gzip.extract(request).await.unwrap_err();
    assert_eq!(refusal.code(), Code::ResourceExhausted, "{refusal:?}");
    client.extract(extract(ARTICLE)).await.expect("the connection goes on");
}

#[tokio::test]
async fn the_limit_of_the_operator_counts() {
    let settings = Settings { max_code_points: 10, ..Settings::default() };
    let mut client = IsnadServiceClient::new(channel(start(settings).await).await);
    client.extract(extract("م".repeat(10))).await.unwrap();
    let refusal = client.extract(extract("م".repeat(11))).await.unwrap_err();
    let metadata = [("field", "document.text"), ("limit", "10"), ("actual", "11")];
    check("one more", &refusal, &[("TEXT_TOO_LONG", "document.text")], &metadata);
}

#[tokio::test]
async fn a_server_that_may_compute_nothing_sheds_every_call() {
    let settings = Settings { max_documents: 0, ..Settings::default() };
    let mut client = IsnadServiceClient::new(channel(start(settings).await).await);
    let shed = client.analyze(analyze(ARTICLE)).await.unwrap_err();
    assert_eq!(shed.code(), Code::Unavailable);
    assert!(shed.get_error_details().retry_info().is_some_and(|info| info.retry_delay.is_some()));
}

/// An `ExtractRequest` as a program sends it that does not check its strings.
#[derive(Clone, PartialEq, prost::Message)]
struct Unchecked {
    #[prost(message, optional, tag = "1")]
    document: Option<UncheckedDocument>,
}

#[derive(Clone, PartialEq, prost::Message)]
struct UncheckedDocument {
    #[prost(bytes = "vec", tag = "2")]
    text: Vec<u8>,
}

#[tokio::test]
async fn a_text_that_is_not_utf8_is_refused_by_the_transport() {
    use tonic::{client::Grpc, codegen::http::uri::PathAndQuery};
    let channel = channel(start(Settings::default()).await).await;
    let mut grpc = Grpc::new(channel.clone());
    grpc.ready().await.unwrap();
    let codec = tonic_prost::ProstCodec::<Unchecked, pb::ExtractResponse>::default();
    let path = PathAndQuery::from_static("/isnad.v1.IsnadService/Extract");
    let request = Unchecked { document: Some(UncheckedDocument { text: vec![0xD9, 0x85, 0xFF] }) };
    let refusal = grpc.unary(tonic::Request::new(request), path, codec).await.unwrap_err();
    // the code that gRPC has for messages that cannot be parsed
    assert_eq!(refusal.code(), Code::Internal);
    assert!(refusal.message().contains("Document.text") && refusal.message().contains("UTF-8"), "{refusal:?}");
    IsnadServiceClient::new(channel).extract(extract(ARTICLE)).await.expect("the connection goes on");
}
