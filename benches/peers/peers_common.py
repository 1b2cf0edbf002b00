"""What every comparison shares: kohort's benchmark as a program, medians, one table."""

import json
import os
import statistics
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
THREADS = int(os.environ.get("PEERS_THREADS", "2"))
REPEATS = int(os.environ.get("PEERS_REPEATS", "5"))


def kohort_program():
    """The newest benchmark program that `cargo bench --bench peers --no-run` has built."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    found = [p for p in (target / "release" / "deps").glob("peers-*") if p.suffix == ""]
    if not found:
        raise SystemExit("build it first: cargo bench --no-default-features --bench peers --no-run")
    return max(found, key=lambda p: p.stat().st_mtime)


def kohort(*arguments):
    """One run of kohort's side; its last line is the answer."""
    command = [str(kohort_program()), *map(str, arguments), "--threads", str(THREADS)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(out.splitlines()[-1])


def timed(work):
    """Seconds and the answer of one call."""
    start = time.perf_counter()
    answer = work()
    return time.perf_counter() - start, answer


def interleaved(arms, repeats=REPEATS):
    """Runs every arm once per round, so that a busy moment hits all of them alike.

    Each arm is a function that returns a dict with `seconds`. Returns per arm the dict of
    its last run with the median, the least and the most seconds. The first round warms up
    and does not count.
    """
    seconds = {name: [] for name in arms}
    last = {}
    for round_ in range(repeats + 1):
        for name, arm in arms.items():
            last[name] = arm()
            if round_ > 0:
                seconds[name].append(last[name]["seconds"])
    for name, times in seconds.items():
        last[name] |= {
            "seconds": statistics.median(times),
            "least": min(times),
            "most": max(times),
        }
    return last


def table(title, answers, own="kohort", columns=()):
    """Times, how many times as long as kohort each arm takes, and what it found."""
    print(f"\n{title} ({THREADS} threads, median of {REPEATS}, least to most)")
    for name, a in answers.items():
        ratio = a["seconds"] / answers[own]["seconds"]
        rest = "  ".join(f"{c} {a[c]}" for c in columns if a.get(c) is not None)
        print(
            f"  {name:24s} {a['seconds'] * 1e3:10.1f} ms ({a['least'] * 1e3:.1f} to "
            f"{a['most'] * 1e3:.1f})  x{ratio:6.2f}  {rest}"
        )
