//! What happens under load and on the way down, over a real socket. A gate occupies the worker, so that nothing depends
//! on time.

use std::{net::SocketAddr, num::NonZeroUsize, sync::Arc, sync::mpsc, time::Duration};

use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use tokio_stream::StreamExt as _;
use tonic::{Code, Request, Status, body::Body, transport::Channel};
use tonic_health::pb::{HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient};
use tonic_types::StatusExt as _;

use super::{
    ServeError, Settings,
    deadline::Deadline,
    drain,
    errors::Failure,
    pool::{Permit, Pool},
};
use crate::{
    convert::validate::{self, Method},
    engine::Engine,
    pb::{self, isnad_service_client::IsnadServiceClient},
};

const TEXT: &str = "قال الوزير إن المدرسة فتحت أبوابها.";

/// A server whose pool the test can reach into.
struct Server {
    pool: Arc<Pool>,
    address: SocketAddr,
    shutdown: oneshot::Sender<()>,
    served: JoinHandle<Result<(), ServeError>>,
}

/// One worker, and room for `max_documents`.
fn settings(max_documents: usize) -> Settings {
    Settings { workers: NonZeroUsize::MIN, max_documents, ..Settings::default() }
}

fn pool(settings: &Settings) -> (Arc<Pool>, drain::Drain, drain::Drained) {
    let (drain, drained) = drain::channel();
    let pool = Pool::start(&Arc::new(Engine::default()), settings, drained.clone()).unwrap();
    (Arc::new(pool), drain, drained)
}

/// Starts a server; with `occupied`, its worker is busy from before the first call until the gate is opened.
async fn start(settings: Settings, occupied: bool) -> (Server, Option<Gate>) {
    let (pool, drain, drained) = pool(&settings);
    let gate = if occupied { Some(Gate::close(&pool).await) } else { None };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (shutdown, told) = oneshot::channel();
    let served = tokio::spawn({
        let pool = Arc::clone(&pool);
        async move {
            let told = async move { told.await.unwrap_or_default() };
            super::serve(listener, &Engine::default(), pool, &settings, drain, drained, told).await
        }
    });
    (Server { pool, address, shutdown, served }, gate)
}

impl Server {
    async fn channel(&self) -> Channel {
        Channel::from_shared(format!("http://{}", self.address)).unwrap().connect().await.unwrap()
    }

    async fn client(&self) -> IsnadServiceClient<Channel> {
        IsnadServiceClient::new(self.channel().await)
    }

    /// Waits until `free` permits are free.
    async fn until_free(&self, free: usize) {
        while self.pool.free() != free {
            tokio::task::yield_now().await;
        }
    }
}

/// Occupies the worker and one permit until it is opened.
struct Gate {
    open: mpsc::Sender<()>,
    passed: JoinHandle<Result<(), Failure>>,
}

impl Gate {
    async fn close(pool: &Arc<Pool>) -> Self {
        let (open, wait) = mpsc::channel();
        let (closed, is_closed) = oneshot::channel();
        let (pool, permit) = (Arc::clone(pool), pool.try_permit().unwrap());
        let passed = tokio::spawn(async move {
            let finish = move |_: &crate::engine::Answer<'_>, _: &validate::Request| {
                let _ = closed.send(());
                wait.recv().unwrap_or_default();
            };
            pool.compute(permit, request(), finish).await
        });
        is_closed.await.unwrap();
        Self { open, passed }
    }

    /// Lets the worker go on, and waits until it has.
    async fn open(self) {
        self.open.send(()).unwrap();
        // its own answer is lost where the server was stopped meanwhile
        let _ = self.passed.await.unwrap();
    }
}

fn request() -> validate::Request {
    validate::request(Method::Extract, extract().document, &[], 0, 1000).unwrap()
}

fn extract() -> pb::ExtractRequest {
    let document = pb::Document { text: TEXT.into(), ..pb::Document::default() };
    pb::ExtractRequest { document: Some(document), ..pb::ExtractRequest::default() }
}

fn extract_in_stream() -> pb::ExtractStreamRequest {
    pb::ExtractStreamRequest { document: extract().document, ..pb::ExtractStreamRequest::default() }
}

fn with_timeout<T>(message: T, timeout: &str) -> Request<T> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("grpc-timeout", timeout.parse().unwrap());
    request
}

/// A client that leaves the watching of deadlines to the server.
fn patient_client(
    server: &Server,
) -> IsnadServiceClient<Client<hyper_util::client::legacy::connect::HttpConnector, Body>> {
    let client = Client::builder(TokioExecutor::new()).http2_only(true).build_http();
    IsnadServiceClient::with_origin(client, format!("http://{}", server.address).parse().unwrap())
}

fn reason(status: &Status) -> String {
    status.get_details_error_info().unwrap_or_else(|| panic!("no ErrorInfo in {status:?}")).reason
}

#[tokio::test]
async fn a_call_beyond_the_permits_is_shed_and_told_when_to_retry() {
    let (server, gate) = start(settings(1), true).await;
    let mut client = server.client().await;
    let shed = client.extract(extract()).await.unwrap_err();
    assert_eq!((shed.code(), reason(&shed).as_str()), (Code::Unavailable, "OVERLOADED"));
    let details = shed.get_error_details();
    assert_eq!(details.error_info().unwrap().metadata["limit"], "1");
    assert!(details.retry_info().unwrap().retry_delay.unwrap() > Duration::ZERO);
    gate.unwrap().open().await;
    // the probe may hold the permit for a moment
    server.until_free(1).await;
    client.extract(extract()).await.unwrap();
}

#[tokio::test]
async fn a_document_of_a_stream_waits_for_its_permit() {
    let (server, gate) = start(settings(1), true).await;
    let mut client = server.client().await;
    let mut answers = client.extract_stream(tokio_stream::iter([extract_in_stream()])).await.unwrap().into_inner();
    gate.unwrap().open().await;
    let answer = answers.message().await.unwrap().unwrap();
    assert!(matches!(answer.result, Some(pb::extract_stream_response::Result::Extraction(_))), "{answer:?}");
}

#[tokio::test]
async fn a_caller_that_leaves_gives_its_permit_back() {
    let (server, gate) = start(settings(3), true).await;
    server.until_free(1).await; // the gate and the probe hold one each
    let mut client = server.client().await;
    let call = tokio::spawn(async move { client.extract(extract()).await });
    server.until_free(0).await;
    call.abort();
    gate.unwrap().open().await;
    server.until_free(3).await;
}

#[tokio::test]
async fn a_document_whose_caller_left_is_not_computed() {
    let (pool, _drain, _drained) = pool(&settings(2));
    let gate = Gate::close(&pool).await;
    let (computed, was_computed) = mpsc::channel();
    {
        let run = pool.run(pool.try_permit().unwrap(), request(), Deadline::NONE, move |_, _| computed.send(()));
        tokio::select! {
            biased;
            _ = run => panic!("answered behind a closed gate"),
            () = std::future::ready(()) => {} // queued by the first poll, then dropped
        }
    }
    gate.open().await;
    pool.run(pool.try_permit().unwrap(), request(), Deadline::NONE, |_, _| ()).await.unwrap();
    assert_eq!(was_computed.try_recv(), Err(mpsc::TryRecvError::Disconnected), "the queue was passed without it");
}

#[tokio::test]
async fn a_panic_ends_one_call_and_shows_nothing_of_the_text() {
    let (pool, _drain, _drained) = pool(&settings(1));
    let permit = |pool: &Pool| -> Permit { pool.try_permit().unwrap() };
    let failure =
        pool.run(permit(&pool), request(), Deadline::NONE, |_, _| -> () { panic!("{TEXT}") }).await.unwrap_err();
    assert!(matches!(&failure, Failure::Panicked { location } if location.contains("tests.rs")), "{failure:?}");
    let status = Status::from(failure);
    assert_eq!(status.code(), Code::Internal);
    let id = &status.get_details_error_info().unwrap().metadata["error_id"];
    assert!(status.message().contains(id.as_str()));
    assert!(!format!("{status:?}").contains("tests.rs"), "the line of code is for the log alone");
    pool.run(permit(&pool), request(), Deadline::NONE, |_, _| ()).await.unwrap();
}

#[tokio::test]
async fn the_callers_deadline_ends_a_call() {
    let (server, gate) = start(settings(9), true).await;
    let mut client = patient_client(&server);
    for timeout in ["0n", "1u", "20m"] {
        let late = client.extract(with_timeout(extract(), timeout)).await.unwrap_err();
        assert_eq!((late.code(), reason(&late).as_str()), (Code::DeadlineExceeded, "DEADLINE_EXCEEDED"), "{timeout}");
    }
    gate.unwrap().open().await;
    client.extract(with_timeout(extract(), "1H")).await.unwrap();
}

#[tokio::test]
async fn the_callers_deadline_ends_a_stream() {
    // behind the gate its document is in the queue, or waits for the only permit
    for permits in [9, 1] {
        let (server, _gate) = start(settings(permits), true).await;
        let stream = tokio_stream::iter([extract_in_stream()]).chain(tokio_stream::pending());
        let mut client = patient_client(&server);
        let mut answers = client.extract_stream(with_timeout(stream, "20m")).await.unwrap().into_inner();
        let late = answers.message().await.unwrap_err();
        assert_eq!((late.code(), reason(&late).as_str()), (Code::DeadlineExceeded, "DEADLINE_EXCEEDED"), "{permits}");
    }
}

#[tokio::test]
async fn a_document_may_take_only_so_long() {
    let settings = Settings { max_document_time: Duration::from_millis(1), ..settings(9) };
    let (server, _gate) = start(settings, true).await;
    let mut client = server.client().await;
    let slow = client.extract(extract()).await.unwrap_err();
    assert_eq!((slow.code(), reason(&slow).as_str()), (Code::DeadlineExceeded, "DOCUMENT_TOO_SLOW"));
    assert_eq!(slow.get_details_error_info().unwrap().metadata["limit"], "1 ms");
    // in a stream it is one document's error, and the stream goes on
    let two = [extract_in_stream(), extract_in_stream()];
    let answers = client.extract_stream(tokio_stream::iter(two)).await.unwrap().into_inner();
    let errors: Vec<_> = answers.map(|answer| answer.unwrap().result).collect().await;
    assert_eq!(errors.len(), 2);
    for error in errors {
        assert!(
            matches!(&error, Some(pb::extract_stream_response::Result::Error(e)) if e.reason == "DOCUMENT_TOO_SLOW"),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn health_tells_whether_the_engine_has_answered() {
    let (server, gate) = start(settings(9), true).await;
    let mut health = HealthClient::new(server.channel().await);
    for service in ["", "isnad.v1.IsnadService"] {
        let asked = HealthCheckRequest { service: service.into() };
        let before = health.check(asked.clone()).await.unwrap().into_inner().status();
        assert_eq!(before, ServingStatus::NotServing, "{service:?} while the probe waits");
    }
    let asked = HealthCheckRequest { service: "isnad.v1.IsnadService".into() };
    let mut watch = health.watch(asked).await.unwrap().into_inner();
    assert_eq!(watch.message().await.unwrap().unwrap().status(), ServingStatus::NotServing);
    gate.unwrap().open().await;
    assert_eq!(watch.message().await.unwrap().unwrap().status(), ServingStatus::Serving);
    server.shutdown.send(()).unwrap();
    assert_eq!(watch.message().await.unwrap().unwrap().status(), ServingStatus::NotServing);
    assert!(watch.message().await.unwrap().is_none(), "watchers are let go, or they would hold up the drain");
    server.served.await.unwrap().unwrap();
}

#[tokio::test]
async fn work_in_flight_is_finished_on_the_way_down() {
    let (server, gate) = start(settings(3), true).await;
    server.until_free(1).await;
    let mut client = server.client().await;
    let mut health = HealthClient::new(server.channel().await);
    let mut watch = health.watch(HealthCheckRequest::default()).await.unwrap().into_inner();
    let call = tokio::spawn(async move { client.extract(extract()).await });
    server.until_free(0).await;
    server.shutdown.send(()).unwrap();
    while watch.message().await.unwrap().is_some() {} // the drain has begun
    gate.unwrap().open().await;
    call.await.unwrap().unwrap();
    server.served.await.unwrap().unwrap();
    assert!(tokio::net::TcpStream::connect(server.address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn what_is_in_flight_after_the_drain_time_is_stopped() {
    let (server, gate) = start(Settings { drain_time: Duration::ZERO, ..settings(3) }, true).await;
    server.until_free(1).await;
    let mut client = server.client().await;
    let call = tokio::spawn(async move { client.extract(extract()).await });
    server.until_free(0).await;
    server.shutdown.send(()).unwrap();
    let stopped = call.await.unwrap().unwrap_err();
    assert_eq!((stopped.code(), reason(&stopped).as_str()), (Code::Unavailable, "SHUTTING_DOWN"));
    assert!(stopped.get_error_details().retry_info().is_some(), "another instance can answer");
    server.served.await.unwrap().unwrap();
    gate.unwrap().open().await;
}

#[tokio::test]
async fn an_open_stream_is_ended_on_the_way_down() {
    let (server, _) = start(settings(9), false).await;
    let mut client = server.client().await;
    let stream = tokio_stream::iter([extract_in_stream()]).chain(tokio_stream::pending());
    let mut answers = client.extract_stream(stream).await.unwrap().into_inner();
    assert_eq!(answers.message().await.unwrap().unwrap().index, 0);
    server.shutdown.send(()).unwrap();
    let ended = answers.message().await.unwrap_err();
    assert_eq!((ended.code(), reason(&ended).as_str()), (Code::Unavailable, "SHUTTING_DOWN"));
    server.served.await.unwrap().unwrap();
}
