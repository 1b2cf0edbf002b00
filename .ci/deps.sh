#!/bin/sh
# Checks the dependency tree without a network: one version of the libraries whose
# types cross module borders, no client of a database or of HTTP in the default build, HTTP
# and TLS in none but that of Spark Connect, no git source, and licences from the list in deny.toml only.
# Needs cargo, python3 and the crates of Cargo.lock in cargo's cache.
set -eu
cd "$(dirname "$0")/.."
failed=0

fail() {
    printf 'deps: %s\n' "$1" >&2
    failed=1
}

tree=$(cargo tree --locked --offline --edges normal --prefix none --format '{p}' | sort -u)
[ -n "$tree" ] || fail 'cargo tree printed nothing'

for name in ndarray polars polars-core polars-io linfa linfa-clustering; do
    count=$(printf '%s\n' "$tree" | awk -v name="$name" '$1 == name' | awk '{print $2}' | sort -u | wc -l)
    [ "$count" -eq 1 ] || fail "$name is in the default build in $count versions, expected 1"
done

# Whole names: hyper and hyper-util, not hyperloglog.
web='reqwest|hyper|hyper-.*|rustls|rustls-.*|object_store|curl|curl-sys|ureq|native-tls|openssl|openssl-sys'
databases='postgres|tokio-postgres|postgres-.*|rusqlite|libsqlite3-sys'
engines='apache-spark-connect.*|tonic|tonic-.*|prost|prost-.*|arrow-.*'
clients=$(printf '%s\n' "$tree" | awk '{print $1}' | grep -E "^($web|$databases|$engines)\$" || true)
[ -z "$clients" ] || fail "a client is in the default build: $(printf '%s' "$clients" | tr '\n' ' ')"

full=$(cargo tree --locked --offline --edges normal --features postgres,sqlite --prefix none --format '{p}' | sort -u)
clients=$(printf '%s\n' "$full" | awk '{print $1}' | grep -E "^($web)\$" || true)
[ -z "$clients" ] || fail "HTTP or TLS is in the build with databases: $(printf '%s' "$clients" | tr '\n' ' ')"
printf '%s\n' "$full" | grep -q '^postgres v' || fail 'the build with databases has no client of PostgreSQL'

spark=$(cargo tree --locked --offline --edges normal --no-default-features --features spark --prefix none --format '{p}' | sort -u)
# gRPC stands on hyper and rustls; nothing else of its kind may come along.
clients=$(printf '%s\n' "$spark" | awk '{print $1}' | grep -E '^(reqwest|object_store|curl|curl-sys|ureq|native-tls|openssl|openssl-sys|polars)$' || true)
[ -z "$clients" ] || fail "the build with Spark Connect links more than its transport: $(printf '%s' "$clients" | tr '\n' ' ')"
printf '%s\n' "$spark" | grep -q '^apache-spark-connect-core v' || fail 'the build with Spark Connect has no client of it'

if grep -q '^source = "git+' Cargo.lock; then
    fail 'Cargo.lock has a git source'
fi

host=$(rustc -vV | sed -n 's/^host: //p')
cargo metadata --locked --offline --format-version 1 --filter-platform "$host" --features postgres,sqlite,spark |
    python3 .ci/licences.py deny.toml || failed=1

[ "$failed" -eq 0 ] || exit 1
printf 'deps: %s packages in the default build, all checks passed\n' "$(printf '%s\n' "$tree" | wc -l | tr -d ' ')"
