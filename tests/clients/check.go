// Calls a running server as a Go program does: check HOST:PORT TEXT_FILE
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	isnadv1 "github.com/isnad-nlp/isnad/gen/go/isnad/v1"
)

func main() {
	bytes, err := os.ReadFile(os.Args[2])
	must(err)
	text := string(bytes)
	connection, err := grpc.NewClient(os.Args[1], grpc.WithTransportCredentials(insecure.NewCredentials()))
	must(err)
	service := isnadv1.NewIsnadServiceClient(connection)
	ctx := context.Background()

	// no unit: bytes, as Go slices
	request := &isnadv1.ExtractRequest{Document: &isnadv1.Document{Text: text}}
	answer, err := service.Extract(ctx, request)
	must(err)
	mentions := 0
	for _, entity := range answer.Entities {
		for _, mention := range entity.Mentions {
			if got := text[mention.Span.Begin:mention.Span.End]; got != mention.Text {
				log.Fatalf("%v is %q", mention, got)
			}
			mentions++
		}
	}
	if mentions == 0 {
		log.Fatal("no mentions")
	}
	again, err := service.Extract(ctx, request)
	must(err)
	if !proto.Equal(answer, again) {
		log.Fatal("the same question has another answer")
	}

	_, err = service.Extract(ctx, &isnadv1.ExtractRequest{Document: &isnadv1.Document{Text: text, TimeZone: "Asia/Atlantis"}})
	refusal := status.Convert(err)
	reason := ""
	for _, detail := range refusal.Details() {
		if info, ok := detail.(*errdetails.ErrorInfo); ok {
			reason = info.Reason
		}
	}
	if refusal.Code() != codes.InvalidArgument || reason != "TIME_ZONE_UNKNOWN" {
		log.Fatal(err)
	}
	fmt.Printf("go: %d mentions hold, a refusal has its details, an answer is repeated\n", mentions)
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
