#!/usr/bin/env bash
# Installs what the tests of other engines need, where it is missing and may be installed:
#   protoc with its well-known types (Debian), to build the client of Spark Connect
#   Sail (PyPI pysail, 65 MB), an engine without Java
#   with --spark also Java 17 (Debian) and Spark (PyPI pyspark, 450 MB)
# The engines go into a virtual environment of their own below the user's cache, or below
# KOHORT_ENGINES. It is theirs alone, so it may be deleted at any time.
set -euo pipefail

SAIL=0.7.2
SPARK=4.2.1
folder="${KOHORT_ENGINES:-${XDG_CACHE_HOME:-$HOME/.cache}/kohort-engines}"

debian() {
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "$* is missing: apt-get install $*" >&2
        return
    fi
    echo "installing Debian's $*"
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } >/dev/null 2>&1 ||
        echo "$* could not be installed" >&2
}

# Without a library of Python's: the clients in Python are not used.
pypi() {
    [ -e "$folder/installed-$1-$2" ] && return
    echo "installing $1 $2 of PyPI into $folder"
    [ -x "$folder/bin/python" ] || python3 -m venv "$folder" || debian python3-venv
    [ -x "$folder/bin/python" ] || python3 -m venv "$folder"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-cache-dir \
        --no-deps "$1==$2" && touch "$folder/installed-$1-$2"
}

command -v protoc >/dev/null || debian protobuf-compiler libprotobuf-dev
command -v python3 >/dev/null || debian python3 python3-venv
pypi pysail "$SAIL"
if [ "${1:-}" = "--spark" ]; then
    command -v java >/dev/null || debian openjdk-17-jre-headless
    # The tools that Spark packs itself with.
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check setuptools wheel
    pypi pyspark "$SPARK"
fi
