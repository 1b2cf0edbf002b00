#!/usr/bin/env bash
# Runs the tests. Installs a browser, a PostgreSQL server and the engine Sail first where they
# are missing and it may; for the full counts also Spark.
#   ./test.sh          the commit set
#   ./test.sh --soak   the same at its full counts
set -euo pipefail
cd "$(dirname "$0")"

if [ "${1:-}" = "--soak" ]; then
    export KOHORT_SOAK=1
elif [ $# -gt 0 ]; then
    echo "usage: ./test.sh [--soak]" >&2
    exit 2
fi

install() {
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        return
    fi
    echo "installing Debian's $1 for the $2"
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$1"; } >/dev/null 2>&1 ||
        echo "$1 could not be installed; the $2 will say that they were skipped"
}

command -v chromium >/dev/null || install chromium "browser tests"
# Debian keeps the server's programs outside of the path. The tests start a server of
# their own; the one that the package sets up is left alone.
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null ||
    install postgresql "database tests"

# What the client of Spark Connect is built with, and the engines that are asked.
tests/scale/install.sh ${KOHORT_SOAK:+--spark} || true

# With the databases and the engines. Polars has the same profile and features as in
# `cargo run --release`, so that it is compiled once.
features=postgres,sqlite
if command -v protoc >/dev/null; then
    features=$features,spark
elif [ "${KOHORT_REAL_DATA:-}" = required ]; then
    echo "protoc is missing, so the passes on engines of others cannot be tested" >&2
    exit 1
fi
cargo test --release --locked --no-fail-fast --features "$features"
case $features in
*spark*) ;;
*) echo "SKIPPED: the passes on engines of others; install protobuf-compiler and libprotobuf-dev" ;;
esac
