# syntax=docker/dockerfile:1
# Build: docker build -t isnad .        Run: docker run --rm -p 50051:50051 isnad

FROM rust:1.95.0-bookworm AS build
WORKDIR /src
COPY . .
# Linked statically, so that nothing else is needed in the image; with glibc, whose allocator is made for many threads.
# The caches keep the registry and the compiled dependencies between builds; what is copied out stays in the layer.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    host=$(rustc -vV | sed -n 's/^host: //p') && \
    RUSTFLAGS="-C target-feature=+crt-static" cargo build --release --locked --bin isnad --target "$host" && \
    cp "target/$host/release/isnad" /isnad

# the binary and the licences of what is in it: no shell, no package manager, no other user
FROM scratch
LABEL org.opencontainers.image.title="isnad" \
      org.opencontainers.image.description="Reads Arabic news over gRPC: who is named, who said what, when, where." \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /isnad /isnad
COPY LICENSE /licenses/LICENSE
COPY resources/README.md /licenses/tables.md
COPY models/README.md /licenses/model.md
USER 65532:65532
# the port is reached from outside of the container
ENV ISNAD_LISTEN=0.0.0.0:50051 ISNAD_LOG_FORMAT=json
EXPOSE 50051
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 CMD ["/isnad", "probe"]
ENTRYPOINT ["/isnad"]
CMD ["serve"]
