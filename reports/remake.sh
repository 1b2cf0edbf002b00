#!/usr/bin/env bash
# Remakes every worked question: config -> report and figures.
#   reports/remake.sh           writes them anew
#   reports/remake.sh --check   fails where what is kept is not what a run gives
set -euo pipefail
# KOHORT names a program that is built already.
[ -z "${KOHORT:-}" ] || KOHORT=$(realpath "$KOHORT")
cd "$(dirname "$0")"
check=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -z "${KOHORT:-}" ]; then
    cargo build --release --locked --quiet
    KOHORT="${CARGO_TARGET_DIR:-../target}/release/kohort"
fi
kohort=$(realpath "$KOHORT")

# Customers on an engine: Sail is started, asked and stopped. Fails where there is none to ask.
engine=0
trap '[ "$engine" = 0 ] || kill "$engine"; rm -rf "$work"' EXIT
on_an_engine() {
    local name=$1 sail port made="$work/made"
    sail="${KOHORT_ENGINES:-${XDG_CACHE_HOME:-$HOME/.cache}/kohort-engines}/bin/sail"
    [ -x "$sail" ] || return 1
    "$kohort" run "$name/on-spark.toml" --out "$work/none" --dry-run 2>&1 | grep -q E-CFG-009 && return 1
    "$kohort" synth subscription --customers 20000 --seed 8 --as parquet --quiet -o "$made"
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    (cd "$work" && SAIL_MODE=local-cluster SAIL_EXECUTION__DEFAULT_PARALLELISM=4 \
        exec "$sail" spark server --ip 127.0.0.1 --port "$port" >"$work/sail.log" 2>&1) &
    engine=$!
    local where=(--set "input.customers=$made/customers.parquet")
    local asked=("${where[@]}" --set "engine.url=sc://127.0.0.1:$port" --set "engine.sink=$made/segments")
    for _ in $(seq 100); do
        "$kohort" check "$name/on-spark.toml" "${asked[@]}" >/dev/null 2>&1 && break
        sleep 0.2
    done
    "$kohort" run "$name/on-spark.toml" "${asked[@]}" --out "$work/$name" --quiet >/dev/null
    "$kohort" run "$name/on-spark.toml" "${asked[@]}" --out "$work/dry" --quiet --dry-run >"$work/statements.sql"
    kill "$engine"
    engine=0
    # The same table without an engine of others: the same segments.
    local here=(--set engine.kind=local --set "engine.url=" --set "engine.sink=")
    "$kohort" run "$name/on-spark.toml" "${where[@]}" "${here[@]}" --out "$work/here" --quiet >/dev/null
    cmp "$work/$name/current/segments.csv" "$work/here/current/segments.csv"
    local run="$work/$name/kept"
    mkdir "$run"
    cp -rL "$work/$name/current/"{report.md,segments.csv,engine.json,figures} "$work/statements.sql" "$run"
    # Where the table lay and the port that was free are of no interest.
    sed -i "s|$made|/srv/crm|g; s|127.0.0.1:$port|127.0.0.1:15002|g" \
        "$run"/{report.md,engine.json,statements.sql}
    rm "$work/$name/current"
    mv "$run" "$work/$name/current"
}

status=0
kept=""
for folder in [0-9]*/; do
    name=${folder%/}
    if [ -f "$name/on-spark.toml" ]; then
        if ! on_an_engine "$name"; then
            echo "SKIPPED: $name needs Sail (tests/scale/install.sh) and a build with --features spark" >&2
            [ "${KOHORT_REAL_DATA:-}" != required ] || status=1
            continue
        fi
        kept="report.md segments.csv engine.json statements.sql figures"
    elif [ -f "$name/explore.toml" ]; then
        # A question about numbers of segments and methods: the answer is what is printed.
        mkdir -p "$work/$name"
        (cd "$name" && "$kohort" explore explore.toml -o "$work/$name/current" --quiet) |
            grep -v '^Written:' >"$work/answer.txt"
        mv "$work/answer.txt" "$work/$name/current/"
        kept="answer.txt figures"
    else
        "$kohort" run "$name/kohort.toml" --out "$work/$name" --quiet >/dev/null
        # A question of two periods: the second run goes on from the first.
        if [ -f "$name/later.toml" ]; then
            "$kohort" run "$name/later.toml" --out "$work/$name" --quiet >/dev/null
        fi
        kept="report.md segments.csv figures"
    fi
    run="$work/$name/current"
    if [ "$check" = --check ]; then
        for file in $kept; do
            diff -r --brief "$run/$file" "$name/$file" || status=1
        done
    else
        rm -rf "$name/figures"
        for file in $kept; do cp -rL "$run/$file" "$name/"; done
    fi
done
[ "$status" = 0 ] || echo "reports are out of date: reports/remake.sh" >&2
exit "$status"
