//! Streams: one answer for each document, in the order of the documents.

use isnad::pb::{self, analyze_stream_response::Result as Analyzed, extract_stream_response::Result as Extracted};
use tokio_stream::StreamExt as _;
use tonic::Code;

use crate::{client, common::ARTICLE, document, extract};

fn streamed(id: &str, text: impl Into<String>) -> pb::ExtractStreamRequest {
    let document = pb::Document { id: id.into(), ..document(text) };
    pb::ExtractStreamRequest { document: Some(document), ..pb::ExtractStreamRequest::default() }
}

#[tokio::test]
async fn a_bad_document_gets_its_own_error_and_the_stream_goes_on() {
    let requests = [
        streamed("long", ARTICLE.repeat(20)),
        streamed("empty", "  "),
        pb::ExtractStreamRequest::default(),
        pb::ExtractStreamRequest { layers: vec![1], ..streamed("layer", ARTICLE) },
        streamed("too long", "م".repeat(150_001)),
        streamed("short", ARTICLE),
    ];
    let mut client = client().await;
    let answers = client.extract_stream(tokio_stream::iter(requests)).await.unwrap().into_inner();
    let answers: Vec<_> = answers.map(|answer| answer.unwrap()).collect().await;

    let told = |answer: &pb::ExtractStreamResponse| {
        let reason = match answer.result.as_ref().unwrap() {
            Extracted::Extraction(_) => String::new(),
            Extracted::Error(error) => error.reason.clone(),
        };
        (answer.index, answer.document_id.clone(), reason)
    };
    let expected = [
        (0, "long", ""),
        (1, "empty", "TEXT_EMPTY"),
        (2, "", "DOCUMENT_MISSING"),
        (3, "layer", "LAYER_NOT_OF_METHOD"),
        (4, "too long", "TEXT_TOO_LONG"),
        (5, "short", ""),
    ];
    let expected = expected.map(|(index, id, reason)| (index, id.to_owned(), reason.to_owned()));
    assert_eq!(answers.iter().map(told).collect::<Vec<_>>(), expected);

    let Some(Extracted::Error(error)) = &answers[4].result else { panic!("{:?}", answers[4]) };
    assert_eq!(error.code, i32::from(Code::InvalidArgument));
    assert_eq!((error.metadata["limit"].as_str(), error.metadata["actual"].as_str()), ("150000", "150001"));
    let Some(Extracted::Extraction(last)) = &answers[5].result else { panic!("{:?}", answers[5]) };
    let mut alone = client.extract(extract(ARTICLE)).await.unwrap().into_inner();
    alone.document_id = "short".into();
    assert_eq!(*last, alone, "in a stream as alone");
}

#[tokio::test]
async fn answers_keep_the_order_of_documents_of_any_length() {
    // far more documents than the window holds, long ones before short ones
    let text = |index: usize| ARTICLE.repeat(if index.is_multiple_of(5) { 12 } else { 1 });
    let requests = (0..60).map(move |index| {
        let document = Some(pb::Document { id: index.to_string(), ..document(text(index)) });
        pb::AnalyzeStreamRequest { document, layers: vec![2], offset_unit: 3 }
    });
    let mut client = client().await;
    let answers = client.analyze_stream(tokio_stream::iter(requests)).await.unwrap().into_inner();
    let answers: Vec<_> = answers.map(|answer| answer.unwrap()).collect().await;
    assert_eq!(answers.len(), 60);
    for (index, answer) in answers.iter().enumerate() {
        assert_eq!((usize::try_from(answer.index).unwrap(), answer.document_id.as_str()), (index, &*index.to_string()));
        let Some(Analyzed::Analysis(analysis)) = &answer.result else { panic!("{answer:?}") };
        assert_eq!(analysis.document_id, answer.document_id);
        let last = analysis.sentences.last().unwrap().span.unwrap().end;
        assert_eq!(usize::try_from(last).unwrap(), text(index).trim_end().chars().count(), "the text of {index}");
    }
}

#[tokio::test]
async fn answers_come_while_the_stream_is_open() {
    let (send, requests) = tokio::sync::mpsc::channel(1);
    let mut client = client().await;
    let requests = tokio_stream::wrappers::ReceiverStream::new(requests);
    let mut answers = client.extract_stream(requests).await.unwrap().into_inner();
    for index in 0..3 {
        send.send(streamed("", ARTICLE)).await.unwrap();
        assert_eq!(answers.message().await.unwrap().unwrap().index, index, "each answer before the next document");
    }
    drop(send);
    assert!(answers.message().await.unwrap().is_none());
}

#[tokio::test]
async fn a_stream_of_nothing_is_answered_with_nothing() {
    let mut client = client().await;
    let mut answers = client.extract_stream(tokio_stream::empty()).await.unwrap().into_inner();
    assert!(answers.message().await.unwrap().is_none());
}

#[tokio::test]
async fn a_message_beyond_all_limits_ends_the_stream_after_the_answers_before_it() {
    let requests =
        [streamed("good", ARTICLE), streamed("huge", "م".repeat(2 * 150_000 + 64 * 1024)), streamed("never", ARTICLE)];
    let mut client = client().await;
    let mut answers = client.extract_stream(tokio_stream::iter(requests)).await.unwrap().into_inner();
    assert_eq!(answers.message().await.unwrap().unwrap().document_id, "good");
    assert_eq!(answers.message().await.unwrap_err().code(), Code::OutOfRange);
}
