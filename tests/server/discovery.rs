//! What a caller can find out: capabilities, reflection, health.

use std::collections::BTreeMap;

use isnad::{
    pb::{self, isnad_service_client::IsnadServiceClient},
    server::Settings,
};
use tonic::Code;
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};
use tonic_reflection::pb::v1::{
    ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
    server_reflection_request::MessageRequest, server_reflection_response::MessageResponse,
};

use crate::{channel, common::ARTICLE, extract, start};

#[tokio::test]
async fn capabilities_name_limits_layers_tables_and_labels() {
    let settings = Settings { max_code_points: 5_000, max_documents: 7, ..Settings::default() };
    let mut client = IsnadServiceClient::new(channel(start(settings.clone()).await).await);
    let told = client.get_capabilities(pb::GetCapabilitiesRequest {}).await.unwrap().into_inner();

    let limits = told.limits.unwrap();
    assert_eq!(limits.max_document_code_points, 5_000);
    assert_eq!(limits.max_message_bytes, 4 * 5_000 + 64 * 1024);
    assert_eq!(limits.max_concurrent_documents, 7);
    assert_eq!(limits.stream_window, 8);
    assert_eq!(limits.max_document_millis, 10_000);

    let analysis = client.analyze(crate::analyze(ARTICLE)).await.unwrap().into_inner();
    let extraction = client.extract(extract(ARTICLE)).await.unwrap().into_inner();
    assert_eq!(told.default_analyze_layers, analysis.computed_layers, "what no layers means, by word and by deed");
    assert_eq!(told.default_extract_layers, extraction.computed_layers, "what no layers means, by word and by deed");
    assert_eq!(told.pipeline, extraction.pipeline);

    let tables: Vec<_> = told.components.iter().map(|component| component.name.as_str()).collect();
    for name in ["gazetteer/people.tsv", "wordforms.tsv", "time/tense.tsv", "time/names.tsv", "relation_words.tsv"] {
        assert!(tables.contains(&name), "{name} is inside, and not told in {tables:?}");
    }
    for component in &told.components {
        assert!(!component.origin.is_empty(), "{component:?}");
        let spdx = |id: &str| {
            id == "MIT" || id.contains('-') && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.+".contains(&b))
        };
        assert!(component.license.split(" AND ").all(spdx), "{component:?} needs an SPDX expression");
    }

    let inventories: BTreeMap<_, _> = told.inventories.iter().map(|i| (i.name.as_str(), &i.labels)).collect();
    let names = |inventory: &str| inventories[inventory].iter().map(|label| label.name.as_str()).collect::<Vec<_>>();
    assert_eq!(names("QuotationKind"), ["QUOTATION_KIND_DIRECT", "QUOTATION_KIND_INDIRECT", "QUOTATION_KIND_MIXED"]);
    assert_eq!(names("Warning.code"), ["NOT_ARABIC", "NO_PUBLICATION_TIME"]);
    assert_eq!(names("EntityType").len(), 10);
    assert_eq!(names("MentionType").len(), 12);
    assert!(names("Word.upos").contains(&"PROPN"));
    for reason in ["TEXT_TOO_LONG", "OVERLOADED"] {
        assert!(names("StreamError.reason").contains(&reason), "{reason}");
    }
    assert!(names("Word.features").contains(&"Gender=Fem"));
    assert!(names("CueCategory").contains(&"CUE_CATEGORY_UNSPECIFIED"), "a quotation without a cue is in responses");
    assert!(!names("Layer").contains(&"LAYER_UNSPECIFIED"), "never in a response");
    for label in told.inventories.iter().flat_map(|inventory| &inventory.labels) {
        assert!(label.description.ends_with('.'), "{label:?} needs a sentence");
    }
}

#[tokio::test]
async fn reflection_lists_the_services_and_describes_the_contract() {
    let mut client = ServerReflectionClient::new(channel(start(Settings::default()).await).await);
    let asked = [
        MessageRequest::ListServices(String::new()),
        MessageRequest::FileContainingSymbol("isnad.v1.IsnadService".into()),
        // what the details of errors are made of
        MessageRequest::FileContainingSymbol("google.rpc.ErrorInfo".into()),
    ];
    let asked = asked.map(|message| ServerReflectionRequest { host: String::new(), message_request: Some(message) });
    let mut answers = client.server_reflection_info(tokio_stream::iter(asked)).await.unwrap().into_inner();

    let Some(MessageResponse::ListServicesResponse(list)) = answers.message().await.unwrap().unwrap().message_response
    else {
        panic!("no list of services")
    };
    let services: Vec<_> = list.service.iter().map(|service| service.name.as_str()).collect();
    for name in ["isnad.v1.IsnadService", "grpc.health.v1.Health"] {
        assert!(services.contains(&name), "{name} is not in {services:?}");
    }
    for what in ["the contract", "the details of errors"] {
        let described = answers.message().await.unwrap().unwrap().message_response;
        assert!(matches!(described, Some(MessageResponse::FileDescriptorResponse(_))), "{what}: {described:?}");
    }
}

#[tokio::test]
async fn health_becomes_serving() {
    let mut client = HealthClient::new(channel(start(Settings::default()).await).await);
    let asked = HealthCheckRequest { service: "isnad.v1.IsnadService".into() };
    let mut watch = client.watch(asked).await.unwrap().into_inner();
    while watch.message().await.unwrap().unwrap().status
        != i32::from(tonic_health::pb::health_check_response::ServingStatus::Serving)
    {}
    let unknown = client.check(HealthCheckRequest { service: "isnad.v2".into() }).await.unwrap_err();
    assert_eq!(unknown.code(), Code::NotFound);
}

#[tokio::test]
async fn a_method_that_does_not_exist_is_unimplemented() {
    use tonic::{client::Grpc, codegen::http::uri::PathAndQuery};
    let mut grpc = Grpc::new(channel(start(Settings::default()).await).await);
    grpc.ready().await.unwrap();
    let codec = tonic_prost::ProstCodec::<pb::ExtractRequest, pb::ExtractResponse>::default();
    let path = PathAndQuery::from_static("/isnad.v1.IsnadService/Translate");
    let unknown = grpc.unary(tonic::Request::new(extract(ARTICLE)), path, codec).await.unwrap_err();
    assert_eq!(unknown.code(), Code::Unimplemented);
}
