//! The methods of `isnad.v1.IsnadService`.

use std::{num::NonZeroUsize, sync::Arc};

use tonic::{Request, Response, Status, Streaming, codec::CompressionEncoding, codegen::BoxStream};

use super::{
    Settings,
    deadline::Deadline,
    drain::Drained,
    errors::Failure,
    pool::Pool,
    stream::{self, Kind},
};
use crate::{
    convert::{
        answer,
        validate::{self, Method},
    },
    document::{Document, OffsetUnit},
    engine::Answer,
    pb::{self, isnad_service_server::IsnadServiceServer},
};

/// The fields that every request about a document has.
pub(super) struct Sent {
    /// The document, if there is one.
    pub document: Option<pb::Document>,
    /// Numbers of layers.
    pub layers: Vec<i32>,
    /// Number of the offset unit.
    pub offset_unit: i32,
}

/// Writes the message of the contract for an answer of the engine.
pub(super) type Write<A> = fn(&Answer<'_>, &Document, OffsetUnit, &pb::Pipeline) -> A;

/// What happens to a document that finds every permit taken.
#[derive(Clone, Copy)]
pub(super) enum Admission {
    /// It is shed: its caller can go elsewhere.
    Shed,
    /// It waits: the stream that it is part of is held back by that.
    Wait,
}

/// Reads documents: validation, permit, worker.
pub(super) struct Reader {
    pool: Arc<Pool>,
    max_code_points: usize,
    pipeline: Arc<pb::Pipeline>,
}

impl Reader {
    /// The answer to one document.
    pub(super) async fn read<A: Send + 'static>(
        &self,
        method: Method,
        sent: Sent,
        write: Write<A>,
        admission: Admission,
        deadline: Deadline,
    ) -> Result<A, Failure> {
        let Sent { document, layers, offset_unit } = sent;
        let request = validate::request(method, document, &layers, offset_unit, self.max_code_points)?;
        let permit = match admission {
            Admission::Shed => self.pool.try_permit()?,
            Admission::Wait => self.pool.permit(deadline).await?,
        };
        let pipeline = Arc::clone(&self.pipeline);
        let finish = move |answer: &Answer<'_>, request: &validate::Request| {
            write(answer, &request.document, request.unit, &pipeline)
        };
        self.pool.run(permit, request, deadline, finish).await
    }
}

/// The service.
pub(super) struct Service {
    reader: Arc<Reader>,
    capabilities: pb::GetCapabilitiesResponse,
    stream_window: NonZeroUsize,
    drained: Drained,
}

impl Service {
    pub(super) fn new(
        pool: Arc<Pool>,
        settings: &Settings,
        capabilities: pb::GetCapabilitiesResponse,
        drained: Drained,
    ) -> Self {
        let pipeline = Arc::new(capabilities.pipeline.clone().unwrap_or_default());
        let reader = Arc::new(Reader { pool, max_code_points: settings.max_code_points, pipeline });
        Self { reader, capabilities, stream_window: settings.stream_window, drained }
    }

    /// The service as the transport takes it.
    pub(super) fn into_server(self, settings: &Settings) -> IsnadServiceServer<Self> {
        IsnadServiceServer::new(self)
            .max_decoding_message_size(settings.max_message_bytes())
            .accept_compressed(CompressionEncoding::Gzip)
            .send_compressed(CompressionEncoding::Gzip)
    }

    /// The answers to a stream of documents.
    fn answers<Q, A, R>(&self, request: Request<Streaming<Q>>, kind: Kind<Q, A, R>) -> Response<BoxStream<R>>
    where
        Q: Send + 'static,
        A: Send + 'static,
        R: Send + 'static,
    {
        let deadline = Deadline::of(&request);
        let answers = stream::answers(
            Arc::clone(&self.reader),
            request.into_inner(),
            kind,
            self.stream_window,
            deadline,
            self.drained.clone(),
        );
        Response::new(Box::pin(answers))
    }
}

#[tonic::async_trait]
impl pb::isnad_service_server::IsnadService for Service {
    async fn analyze(&self, request: Request<pb::AnalyzeRequest>) -> Result<Response<pb::AnalyzeResponse>, Status> {
        let deadline = Deadline::of(&request);
        let pb::AnalyzeRequest { document, layers, offset_unit } = request.into_inner();
        let sent = Sent { document, layers, offset_unit };
        let answer = self.reader.read(Method::Analyze, sent, answer::analyze, Admission::Shed, deadline).await?;
        Ok(Response::new(answer))
    }

    async fn extract(&self, request: Request<pb::ExtractRequest>) -> Result<Response<pb::ExtractResponse>, Status> {
        let deadline = Deadline::of(&request);
        let pb::ExtractRequest { document, layers, offset_unit } = request.into_inner();
        let sent = Sent { document, layers, offset_unit };
        let answer = self.reader.read(Method::Extract, sent, answer::extract, Admission::Shed, deadline).await?;
        Ok(Response::new(answer))
    }

    type AnalyzeStreamStream = BoxStream<pb::AnalyzeStreamResponse>;

    async fn analyze_stream(
        &self,
        request: Request<Streaming<pb::AnalyzeStreamRequest>>,
    ) -> Result<Response<Self::AnalyzeStreamStream>, Status> {
        Ok(self.answers(request, stream::ANALYZE))
    }

    type ExtractStreamStream = BoxStream<pb::ExtractStreamResponse>;

    async fn extract_stream(
        &self,
        request: Request<Streaming<pb::ExtractStreamRequest>>,
    ) -> Result<Response<Self::ExtractStreamStream>, Status> {
        Ok(self.answers(request, stream::EXTRACT))
    }

    async fn get_capabilities(
        &self,
        _request: Request<pb::GetCapabilitiesRequest>,
    ) -> Result<Response<pb::GetCapabilitiesResponse>, Status> {
        Ok(Response::new(self.capabilities.clone()))
    }
}
