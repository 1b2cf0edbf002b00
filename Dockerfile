# syntax=docker/dockerfile:1
# Builds the program from source and leaves nothing else in the image.
#
#   docker build -t kohort .
#   docker run --rm --read-only --network none --cap-drop ALL \
#       --user "$(id -u):$(id -g)" -v "$PWD:/data" kohort run kohort.toml
#
# /data is the only place that is read and written, so the root file system can be
# read-only. The base images are pinned by tag here; a release pins them by digest:
#   --build-arg RUST_IMAGE=rust:1.95-slim-bookworm@sha256:... (RUN_IMAGE likewise).
ARG RUST_IMAGE=rust:1.95-slim-bookworm
ARG RUN_IMAGE=gcr.io/distroless/cc-debian12:nonroot

# The slim image brings gcc, which is all that the few C parts (zstd, lz4) need.
FROM ${RUST_IMAGE} AS build
WORKDIR /build
# rust-toolchain.toml stays out (.dockerignore): the image brings the compiler.
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --release --locked --bin kohort \
    && mkdir /out \
    && strip --strip-debug -o /out/kohort target/release/kohort

# The same Debian release as the builder, hence the same glibc; no shell, no packages.
FROM ${RUN_IMAGE}
LABEL org.opencontainers.image.title="kohort" \
      org.opencontainers.image.description="Finds the segments in a customer base and writes the report" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
COPY LICENSE-MIT LICENSE-APACHE /usr/share/doc/kohort/
COPY --from=build /out/kohort /usr/local/bin/kohort
WORKDIR /data
# `nonroot` of the base image, as a number so that Kubernetes can check it.
USER 65532:65532
ENTRYPOINT ["kohort"]
CMD ["--help"]
