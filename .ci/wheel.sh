#!/usr/bin/env bash
# Builds the wheel, installs it into a fresh environment, and runs the program from there.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/build"
"$work/build/bin/pip" install --quiet 'maturin>=1.9,<2'
"$work/build/bin/maturin" build --release --locked --quiet --out "$work/wheels"
python3 -m venv "$work/fresh"
"$work/fresh/bin/pip" install --quiet --no-index "$work"/wheels/kohort-*.whl
"$work/fresh/bin/kohort" --version
"$work/fresh/bin/kohort" synth subscription --customers 300 -o "$work/demo"
"$work/fresh/bin/kohort" run "$work/demo/customers.csv" --out "$work/out" --quiet
test -s "$work/out/current/report.html"
echo "the wheel installs and runs"
