"""Checks every package's licence expression against the list in deny.toml.

Reads `cargo metadata` on standard input. A package passes if its expression can be
met with allowed licences alone: OR needs one side, AND needs both, and the old
spelling `MIT/Apache-2.0` means OR.
"""

import json
import re
import sys
import tomllib


def tokens(expression):
    """Licences, AND, OR and brackets; `X WITH Y` is one licence."""
    spaced = re.sub(r"([()])", r" \1 ", expression.replace("/", " OR "))
    words = spaced.split()
    found = []
    while words:
        word = words.pop(0)
        if words[:1] == ["WITH"]:
            word = " ".join([word, words.pop(0), words.pop(0)])
        found.append(word)
    return found


def met(expression, allowed):
    """Whether the expression can be met; AND binds closer than OR (SPDX 2.3, annex D)."""
    rest = tokens(expression)

    def either():
        value = both()
        while rest[:1] == ["OR"]:
            rest.pop(0)
            value = both() or value
        return value

    def both():
        value = single()
        while rest[:1] == ["AND"]:
            rest.pop(0)
            value = single() and value
        return value

    def single():
        word = rest.pop(0)
        if word != "(":
            return word in allowed
        value = either()
        if rest.pop(0) != ")":
            raise ValueError(expression)
        return value

    value = either()
    if rest:
        raise ValueError(expression)
    return value


def main():
    with open(sys.argv[1], "rb") as file:
        allowed = set(tomllib.load(file)["licenses"]["allow"])
    bad = 0
    for package in json.load(sys.stdin)["packages"]:
        licence = package["license"]
        if not licence or not met(licence, allowed):
            bad += 1
            print(f"deps: {package['name']} {package['version']} is under {licence}", file=sys.stderr)
    sys.exit(1 if bad else 0)


main()
