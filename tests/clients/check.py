"""Calls a running server as a Python program does: check.py HOST:PORT TEXT_FILE"""

import sys

import grpc
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from isnad.v1 import analysis_pb2, capabilities_pb2, document_pb2, extraction_pb2, isnad_service_pb2
from isnad.v1.isnad_service_pb2_grpc import IsnadServiceStub

address, file = sys.argv[1:]
text = open(file, encoding="utf-8", newline="").read()
service = IsnadServiceStub(grpc.insecure_channel(address))
document = document_pb2.Document(id="a", text=text, publication_time=Timestamp(seconds=1757980800))
code_points = document_pb2.OFFSET_UNIT_CODE_POINTS


def check_spans(message):
    """Whatever has a span has the slice of the text that it covers."""
    names = {field.name for field, _ in message.ListFields()}
    checked = 0
    if {"span", "text"} <= names:
        assert text[message.span.begin : message.span.end] == message.text, message
        checked += 1
    for field, value in message.ListFields():
        if field.message_type is None or field.message_type.GetOptions().map_entry:
            continue
        repeated = not hasattr(value, "ListFields")
        checked += sum(check_spans(item) for item in (value if repeated else [value]))
    return checked


extraction = service.Extract(extraction_pb2.ExtractRequest(document=document, offset_unit=code_points))
analysis = service.Analyze(analysis_pb2.AnalyzeRequest(document=document, offset_unit=code_points))
spans = check_spans(extraction) + check_spans(analysis)
assert spans > 100, spans

try:
    service.Extract(extraction_pb2.ExtractRequest(document=document_pb2.Document(text=" ")))
    raise AssertionError("an empty text was read")
except grpc.RpcError as error:
    assert error.code() == grpc.StatusCode.INVALID_ARGUMENT, error
    info = error_details_pb2.ErrorInfo()
    assert any(detail.Unpack(info) for detail in rpc_status.from_call(error).details), error
    assert (info.reason, info.domain) == ("TEXT_EMPTY", "isnad.v1"), info

documents = [document, document_pb2.Document(id="b"), document]
requests = (isnad_service_pb2.ExtractStreamRequest(document=d, offset_unit=code_points) for d in documents)
answers = list(service.ExtractStream(requests))
results = [(a.index, a.document_id, a.WhichOneof("result")) for a in answers]
assert results == [(0, "a", "extraction"), (1, "b", "error"), (2, "a", "extraction")], results
assert answers[0].extraction == answers[2].extraction == extraction

limits = service.GetCapabilities(capabilities_pb2.GetCapabilitiesRequest()).limits
assert limits.max_document_code_points == 150_000, limits
print(f"python: {spans} spans hold, a refusal has its details, a stream goes on")
