#!/usr/bin/env bash
# Runs the tests. Installs a browser first where it is missing and it may.
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

if ! command -v chromium >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing Debian's chromium for the browser test"
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 ||
        echo "chromium could not be installed; the browser test will say that it was skipped"
fi

# The same profile and features as `cargo run --release`, so that Polars is compiled once.
cargo test --release --locked --no-fail-fast
# The engine alone builds and passes without Polars.
cargo test --release --locked --no-default-features --lib --test engine
