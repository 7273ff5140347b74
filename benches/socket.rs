//! `Extract` end to end over a socket, and beside it a bare tonic service that reads the same request and answers with
//! the same, prepared response: the ratio is what the service itself costs.

#![allow(missing_docs, clippy::unwrap_used)]

use std::{hint::black_box, net::SocketAddr, sync::Arc};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use isnad::{
    engine::Engine,
    pb::{
        self,
        isnad_service_client::IsnadServiceClient,
        isnad_service_server::{IsnadService, IsnadServiceServer},
    },
    server::{self, Settings},
};
use tokio::{net::TcpListener, runtime::Runtime};
use tonic::{
    Request, Response, Status, Streaming,
    codegen::BoxStream,
    transport::{Channel, Server, server::TcpIncoming},
};

const ARTICLE: &str = include_str!("../tests/data/news_article.txt");

/// Answers with what it was given, whatever it is asked.
struct Echo(pb::ExtractResponse);

#[tonic::async_trait]
impl IsnadService for Echo {
    async fn extract(&self, request: Request<pb::ExtractRequest>) -> Result<Response<pb::ExtractResponse>, Status> {
        black_box(request.into_inner());
        Ok(Response::new(self.0.clone()))
    }

    async fn analyze(&self, _: Request<pb::AnalyzeRequest>) -> Result<Response<pb::AnalyzeResponse>, Status> {
        Err(Status::unimplemented(""))
    }

    type AnalyzeStreamStream = BoxStream<pb::AnalyzeStreamResponse>;

    async fn analyze_stream(
        &self,
        _: Request<Streaming<pb::AnalyzeStreamRequest>>,
    ) -> Result<Response<Self::AnalyzeStreamStream>, Status> {
        Err(Status::unimplemented(""))
    }

    type ExtractStreamStream = BoxStream<pb::ExtractStreamResponse>;

    async fn extract_stream(
        &self,
        _: Request<Streaming<pb::ExtractStreamRequest>>,
    ) -> Result<Response<Self::ExtractStreamStream>, Status> {
        Err(Status::unimplemented(""))
    }

    async fn get_capabilities(
        &self,
        _: Request<pb::GetCapabilitiesRequest>,
    ) -> Result<Response<pb::GetCapabilitiesResponse>, Status> {
        Err(Status::unimplemented(""))
    }
}

async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

async fn client(address: SocketAddr) -> IsnadServiceClient<Channel> {
    let channel = Channel::from_shared(format!("http://{address}")).unwrap().tcp_nodelay(true).connect().await.unwrap();
    IsnadServiceClient::new(channel)
}

async fn isnad() -> IsnadServiceClient<Channel> {
    let (listener, address) = listen().await;
    let engine = Arc::new(Engine::default());
    tokio::spawn(server::run(listener, engine, Settings::default(), std::future::pending()));
    client(address).await
}

async fn echo(answer: pb::ExtractResponse) -> IsnadServiceClient<Channel> {
    let (listener, address) = listen().await;
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    let service = IsnadServiceServer::new(Echo(answer));
    tokio::spawn(Server::builder().add_service(service).serve_with_incoming(incoming));
    client(address).await
}

fn socket(c: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let published = pb::Timestamp { seconds: 1_758_009_600, nanos: 0 };
    let document = pb::Document { text: ARTICLE.into(), publication_time: Some(published), ..pb::Document::default() };
    let request = pb::ExtractRequest { document: Some(document), ..pb::ExtractRequest::default() };
    let mut isnad = runtime.block_on(isnad());
    let answer = runtime.block_on(isnad.extract(request.clone())).unwrap().into_inner();
    let mut echo = runtime.block_on(echo(answer));

    let mut group = c.benchmark_group("socket");
    group.throughput(Throughput::Bytes(ARTICLE.len() as u64));
    for (name, client) in [("extract", &mut isnad), ("bare echo", &mut echo)] {
        group.bench_function(name, |b| {
            b.iter(|| runtime.block_on(client.extract(request.clone())).unwrap());
        });
    }
    // eight calls at once keep every core busy: documents for each second of the machine
    for (name, client) in [("extract, 8 callers", &isnad), ("bare echo, 8 callers", &echo)] {
        group.throughput(Throughput::Elements(8));
        group.bench_function(name, |b| {
            b.iter(|| {
                runtime.block_on(async {
                    let calls: Vec<_> = (0..8)
                        .map(|_| {
                            let (mut client, request) = (client.clone(), request.clone());
                            tokio::spawn(async move { client.extract(request).await })
                        })
                        .collect();
                    for call in calls {
                        call.await.unwrap().unwrap();
                    }
                });
            });
        });
    }
    group.finish();
}

criterion_group!(benches, socket);
criterion_main!(benches);
