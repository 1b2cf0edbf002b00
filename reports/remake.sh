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
status=0
kept=""
for folder in [0-9]*/; do
    name=${folder%/}
    if [ -f "$name/explore.toml" ]; then
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
