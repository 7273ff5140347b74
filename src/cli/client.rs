//! `isnad call` and `isnad probe`: the client of a running server.

use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tonic::{
    Code,
    codec::CompressionEncoding,
    transport::{Channel, Endpoint},
};
use tonic_health::pb::{HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient};
use tonic_types::StatusExt as _;

use super::{
    Failure, Status, chain,
    local::{self, Question},
    views::Answer,
};
use crate::{
    config::{CallFlags, ProbeFlags},
    convert::validate::Method,
    pb::{self, isnad_service_client::IsnadServiceClient},
};

/// How long a server may take to accept a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a health check may take in all.
const PROBE: Duration = Duration::from_secs(3);

/// Sends the files to a server, one by one, and shows its answers.
pub fn call(flags: &CallFlags) -> Result<(), Failure> {
    local::check(flags.method, &flags.layers, flags.reading.format)?;
    let runtime = runtime()?;
    let endpoint = endpoint(&flags.server.url)?;
    let channel = runtime
        .block_on(endpoint.connect())
        .map_err(|error| Failure::new(Status::Unavailable, format!("{}: {}", flags.server.url, chain(&error))))?;
    let mut client = IsnadServiceClient::new(channel)
        .accept_compressed(CompressionEncoding::Gzip)
        // answers are several times longer than texts, and this server was chosen by the user
        .max_decoding_message_size(usize::MAX);
    let question = Question { method: flags.method, layers: &flags.layers, unit: local::unit(&flags.reading) };
    local::each_file(&flags.reading, |document| {
        runtime.block_on(ask(&mut client, document, &question)).map_err(|status| refusal(&status))
    })
}

async fn ask(
    client: &mut IsnadServiceClient<Channel>,
    document: pb::Document,
    question: &Question<'_>,
) -> Result<Answer, tonic::Status> {
    let (document, layers) = (Some(document), question.layer_numbers());
    let offset_unit = pb::OffsetUnit::from(question.unit).into();
    Ok(match question.method {
        Method::Analyze => {
            let request = pb::AnalyzeRequest { document, layers, offset_unit };
            Answer::Analysis(client.analyze(request).await?.into_inner())
        }
        Method::Extract => {
            let request = pb::ExtractRequest { document, layers, offset_unit };
            Answer::Extraction(client.extract(request).await?.into_inner())
        }
    })
}

/// Succeeds if the server says that it serves.
pub fn probe(flags: &ProbeFlags) -> Result<(), Failure> {
    let endpoint = endpoint(&flags.server.url)?;
    let health = async {
        let channel = endpoint.connect().await.map_err(|error| chain(&error))?;
        let request = HealthCheckRequest { service: String::new() };
        let answer = HealthClient::new(channel).check(request).await.map_err(|status| status.message().to_owned())?;
        match answer.into_inner().status() {
            ServingStatus::Serving => Ok(()),
            other => Err(other.as_str_name().to_owned()),
        }
    };
    let late = || format!("no answer within {} s", PROBE.as_secs());
    runtime()?
        .block_on(async { tokio::time::timeout(PROBE, health).await.unwrap_or_else(|_| Err(late())) })
        .map_err(|why| Failure::new(Status::Failed, format!("{}: {why}", flags.server.url)))
}

fn runtime() -> Result<Runtime, Failure> {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Status::Software, error.to_string()))
}

fn endpoint(url: &str) -> Result<Endpoint, Failure> {
    match Endpoint::from_shared(url.to_owned()) {
        Ok(endpoint) if endpoint.uri().scheme_str() == Some("http") => Ok(endpoint.connect_timeout(CONNECT)),
        _ => Err(Failure::new(Status::Usage, format!("{url}: not an address such as http://127.0.0.1:50051"))),
    }
}

/// Why the server gave no answer.
fn refusal(status: &tonic::Status) -> Failure {
    let exit = match status.code() {
        Code::InvalidArgument | Code::OutOfRange => Status::Data,
        Code::Unavailable | Code::DeadlineExceeded | Code::ResourceExhausted | Code::Cancelled => Status::Unavailable,
        _ => Status::Software,
    };
    let reason = status.get_details_error_info().map_or_else(|| format!("{:?}", status.code()), |info| info.reason);
    Failure::new(exit, format!("{} ({reason})", status.message()))
}
