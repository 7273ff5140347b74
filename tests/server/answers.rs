//! What a caller gets for a good document.

use isnad::{engine::Engine, pb, server::Settings};
use prost::Message as _;
use tonic::codec::CompressionEncoding;

use crate::{
    analyze, channel, client,
    common::{ARTICLE, UNITS, check_spans},
    extract, start,
};

#[tokio::test]
async fn every_span_slices_to_its_text_in_every_unit() {
    let mut client = client().await;
    for (unit, number) in UNITS {
        let analysis = client.analyze(pb::AnalyzeRequest { offset_unit: number, ..analyze(ARTICLE) }).await.unwrap();
        let analysis = analysis.into_inner();
        assert_eq!(analysis.offset_unit, number);
        let tokens: usize = analysis.sentences.iter().map(|sentence| sentence.tokens.len()).sum();
        assert!(tokens > 70, "{tokens} tokens");
        let slices = check_spans(ARTICLE, unit, &serde_json::to_value(&analysis).unwrap());
        assert!(slices >= analysis.sentences.len() + 2 * tokens, "{slices} slices for {tokens} tokens");

        let extraction = client.extract(pb::ExtractRequest { offset_unit: number, ..extract(ARTICLE) }).await.unwrap();
        let extraction = extraction.into_inner();
        assert_eq!(extraction.offset_unit, number);
        let slices = check_spans(ARTICLE, unit, &serde_json::to_value(&extraction).unwrap());
        let layers = [
            ("entities", extraction.entities.len()),
            ("quotations", extraction.quotations.len()),
            ("times", extraction.times.len()),
            ("amounts", extraction.amounts.len()),
            ("relations", extraction.relations.len()),
        ];
        for (layer, count) in layers {
            assert!(count > 0, "the article has {layer}");
        }
        assert!(slices > 25, "{slices} slices");
    }
}

#[tokio::test]
async fn an_answer_says_what_it_answers() {
    let mut client = client().await;
    let analysis = client.analyze(analyze(ARTICLE)).await.unwrap().into_inner();
    assert_eq!((analysis.document_id.as_str(), analysis.language.as_str()), ("doc-1", "ar"));
    assert_eq!(analysis.offset_unit(), pb::OffsetUnit::Utf8Bytes, "unspecified means bytes");
    assert_eq!(analysis.computed_layers, [1, 2, 3], "the default set");
    let pipeline = analysis.pipeline.unwrap();
    assert_eq!(pipeline.version, env!("CARGO_PKG_VERSION"));
    assert_eq!(pipeline.fingerprint, Engine::default().fingerprint());
    assert!(pipeline.fingerprint.len() == 32 && pipeline.fingerprint.bytes().all(|b| b.is_ascii_hexdigit()));
    assert!(analysis.warnings.is_empty(), "{:?}", analysis.warnings);

    let extraction = client.extract(extract(ARTICLE)).await.unwrap().into_inner();
    assert_eq!(extraction.computed_layers, [4, 5, 6, 7, 8], "the default set");
    assert_eq!(extraction.pipeline.unwrap().fingerprint, pipeline.fingerprint);
}

#[tokio::test]
async fn only_the_layers_asked_for_are_computed() {
    let mut client = client().await;
    let asked = |layers: &[i32]| pb::AnalyzeRequest { layers: layers.to_vec(), ..analyze(ARTICLE) };
    let sentences = client.analyze(asked(&[1])).await.unwrap().into_inner();
    assert_eq!(sentences.computed_layers, [1]);
    assert!(sentences.sentences.iter().all(|sentence| sentence.tokens.is_empty()));
    let tokens = client.analyze(asked(&[2])).await.unwrap().into_inner();
    assert_eq!(tokens.computed_layers, [1, 2], "tokens include the sentences");
    assert!(tokens.sentences[0].tokens.iter().all(|token| token.words.is_empty()));

    let asked = |layers: &[i32]| pb::ExtractRequest { layers: layers.to_vec(), ..extract(ARTICLE) };
    let quotations = client.extract(asked(&[5])).await.unwrap().into_inner();
    assert_eq!(quotations.computed_layers, [5]);
    assert!(quotations.entities.is_empty() && quotations.times.is_empty() && quotations.amounts.is_empty());
    for speaker in quotations.quotations.iter().flat_map(|quotation| &quotation.speakers) {
        assert_eq!(speaker.entity_id, "", "an id would name an entity that is not in the response");
    }
    let relations = client.extract(asked(&[8])).await.unwrap().into_inner();
    assert_eq!(relations.computed_layers, [4, 8], "relations include the entities");
}

#[tokio::test]
async fn every_id_names_something_in_the_same_answer() {
    let answer = client().await.extract(extract(ARTICLE)).await.unwrap().into_inner();
    let entities: Vec<_> = answer.entities.iter().map(|entity| entity.id.as_str()).collect();
    let mentions: Vec<_> = answer.entities.iter().flat_map(|e| &e.mentions).map(|m| m.id.as_str()).collect();
    let known = |id: &str, ids: &[&str]| id.is_empty() || ids.contains(&id);
    for mention in answer.entities.iter().flat_map(|entity| &entity.mentions) {
        assert!(known(&mention.parent_id, &mentions), "{mention:?}");
    }
    for quotation in &answer.quotations {
        assert!(known(&quotation.relayed_by_entity_id, &entities), "{quotation:?}");
        assert!(quotation.speakers.iter().all(|speaker| known(&speaker.entity_id, &entities)), "{quotation:?}");
    }
    for relation in &answer.relations {
        assert!(entities.contains(&relation.subject_entity_id.as_str()), "{relation:?}");
        assert!(known(&relation.object_entity_id, &entities), "{relation:?}");
        assert!(known(&relation.object_mention_id, &mentions), "{relation:?}");
    }
}

#[tokio::test]
async fn a_text_that_is_not_arabic_gets_what_needs_no_arabic_and_a_warning() {
    let mut client = client().await;
    let text = "The minister opened a school in Aswan. It cost many millions.";
    let analysis = client.analyze(analyze(text)).await.unwrap().into_inner();
    let codes = |warnings: &[pb::Warning]| warnings.iter().map(|w| w.code.clone()).collect::<Vec<_>>();
    assert_eq!(codes(&analysis.warnings), ["NOT_ARABIC"]);
    assert_eq!(analysis.sentences.len(), 2);
    let extraction = client.extract(extract(text)).await.unwrap().into_inner();
    assert_eq!(codes(&extraction.warnings), ["NOT_ARABIC"]);
    assert!(extraction.entities.is_empty());
}

#[tokio::test]
async fn the_same_request_gets_the_same_bytes_from_any_server() {
    let mut first = client().await;
    let mut second = client().await;
    let mut analyses = Vec::new();
    let mut extractions = Vec::new();
    for client in [&mut first, &mut second] {
        for _ in 0..2 {
            analyses.push(client.analyze(analyze(ARTICLE)).await.unwrap().into_inner().encode_to_vec());
            extractions.push(client.extract(extract(ARTICLE)).await.unwrap().into_inner().encode_to_vec());
            // another document in between must leave no trace in the worker
            client.extract(extract("في الرباط، نفى الناطق باسم الحكومة الخبر.")).await.unwrap();
        }
    }
    assert!(analyses.windows(2).all(|pair| pair[0] == pair[1]));
    assert!(extractions.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test]
async fn concurrent_callers_get_each_their_own_answer() {
    let address = start(Settings::default()).await;
    let mut alone = pb::isnad_service_client::IsnadServiceClient::new(channel(address).await);
    let mut calls = Vec::new();
    for number in 0..24_usize {
        // half of the callers share a connection
        let client = if number % 2 == 0 {
            alone.clone()
        } else {
            pb::isnad_service_client::IsnadServiceClient::new(channel(address).await)
        };
        let text = ARTICLE.repeat(1 + number % 3);
        let mut request = extract(text);
        request.document.as_mut().unwrap().id = format!("doc-{number}");
        let asked = request.clone();
        let mut client = client;
        calls.push((request, tokio::spawn(async move { client.extract(asked).await })));
    }
    for (request, call) in calls {
        let together = call.await.unwrap().unwrap().into_inner();
        assert_eq!(together.document_id, request.document.as_ref().unwrap().id);
        assert_eq!(together, alone.extract(request).await.unwrap().into_inner(), "alone as in the crowd");
    }
}

#[tokio::test]
async fn compressed_messages_are_read_and_written() {
    let mut plain = client().await;
    let mut gzip =
        plain.clone().send_compressed(CompressionEncoding::Gzip).accept_compressed(CompressionEncoding::Gzip);
    let expected = plain.analyze(analyze(ARTICLE)).await.unwrap();
    assert!(!expected.metadata().contains_key("grpc-encoding"), "nobody is sent what was not asked for");
    let compressed = gzip.analyze(analyze(ARTICLE)).await.unwrap();
    assert_eq!(compressed.metadata().get("grpc-encoding").unwrap(), "gzip");
    assert_eq!(compressed.into_inner(), expected.into_inner());
}
