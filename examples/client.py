import grpc
from google.protobuf.timestamp_pb2 import Timestamp
from isnad.v1 import document_pb2, extraction_pb2, isnad_service_pb2_grpc

text = open("examples/article.txt", encoding="utf-8").read()
document = document_pb2.Document(text=text, publication_time=Timestamp(seconds=1757980800))  # 2025-09-16
request = extraction_pb2.ExtractRequest(document=document, offset_unit=document_pb2.OFFSET_UNIT_CODE_POINTS)
answer = isnad_service_pb2_grpc.IsnadServiceStub(grpc.insecure_channel("127.0.0.1:50051")).Extract(request)
for quotation in answer.quotations:
    print([s.text for s in quotation.speakers], [text[c.span.begin : c.span.end] for c in quotation.content])
