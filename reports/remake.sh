#!/usr/bin/env bash
# Remakes every worked question: config -> report and figures.
#   reports/remake.sh           writes them anew
#   reports/remake.sh --check   fails where what is kept is not what a run gives
set -euo pipefail
cd "$(dirname "$0")"
check=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --release --locked --quiet
kohort="${CARGO_TARGET_DIR:-../target}/release/kohort"
status=0
for folder in [0-9]*/; do
    name=${folder%/}
    "$kohort" run "$name/kohort.toml" --out "$work/$name" --quiet >/dev/null
    run="$work/$name/current"
    if [ "$check" = --check ]; then
        for file in report.md segments.csv figures; do
            diff -r --brief "$run/$file" "$name/$file" || status=1
        done
    else
        rm -rf "$name/figures"
        cp -rL "$run/report.md" "$run/segments.csv" "$run/figures" "$name/"
    fi
done
[ "$status" = 0 ] || echo "reports are out of date: reports/remake.sh" >&2
exit "$status"
