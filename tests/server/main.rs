//! The service over a real socket. What happens under load and on the way down is tested beside the server's code.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
#[path = "../common/mod.rs"]
mod common;
mod discovery;
mod refusals;
mod streams;

use std::{net::SocketAddr, sync::Arc};

use isnad::{
    engine::Engine,
    pb::{self, isnad_service_client::IsnadServiceClient},
    server::{self, Settings},
};
use tokio::net::TcpListener;
use tonic::transport::Channel;

/// Starts a server of its own for a test; it ends with the test's runtime.
async fn start(settings: Settings) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let engine = Arc::new(Engine::default());
    tokio::spawn(server::run(listener, engine, settings, std::future::pending()));
    address
}

async fn channel(address: SocketAddr) -> Channel {
    Channel::from_shared(format!("http://{address}")).unwrap().connect().await.unwrap()
}

/// A client of a server with the default settings.
async fn client() -> IsnadServiceClient<Channel> {
    IsnadServiceClient::new(channel(start(Settings::default()).await).await)
}

fn document(text: impl Into<String>) -> pb::Document {
    let published = pb::Timestamp { seconds: 1_758_009_600, nanos: 0 }; // 2025-09-16, a Tuesday
    pb::Document {
        id: "doc-1".into(),
        text: text.into(),
        publication_time: Some(published),
        time_zone: "Africa/Cairo".into(),
        ..pb::Document::default()
    }
}

fn analyze(text: impl Into<String>) -> pb::AnalyzeRequest {
    pb::AnalyzeRequest { document: Some(document(text)), ..pb::AnalyzeRequest::default() }
}

fn extract(text: impl Into<String>) -> pb::ExtractRequest {
    pb::ExtractRequest { document: Some(document(text)), ..pb::ExtractRequest::default() }
}
