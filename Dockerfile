# syntax=docker/dockerfile:1
# Build: docker build -t isnad .        Run: docker run --rm -p 50051:50051 isnad

FROM rust:1.95.0-bookworm AS build
WORKDIR /src
COPY . .
# The caches keep the registry and the compiled dependencies between builds; what is copied out stays in the layer.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --bin isnad && cp target/release/isnad /isnad

# glibc and certificates of Debian 12, as in the build stage; no shell, no package manager, user 65532
FROM gcr.io/distroless/cc-debian12:nonroot
LABEL org.opencontainers.image.title="isnad" \
      org.opencontainers.image.description="Reads Arabic news over gRPC: who is named, who said what, when, where." \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /isnad /isnad
COPY LICENSE resources/README.md /licenses/
# the port is reached from outside of the container
ENV ISNAD_LISTEN=0.0.0.0:50051 ISNAD_LOG_FORMAT=json
EXPOSE 50051
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 CMD ["/isnad", "probe"]
ENTRYPOINT ["/isnad"]
CMD ["serve"]
