"""The rival of `peers value`: BG/NBD by lifetimes 0.11.3, one line of JSON.

    python benches/peers/peers_value.py make X.npy N      customers who follow BG/NBD, in days
    python benches/peers/peers_value.py fit X.npy
    python benches/peers/peers_value.py interleave X.npy BINARY RUNS

Seconds are from the histories in memory to the parameters; lifetimes counts equal
histories once as well. The likelihood is that of the same formula, worked out anew at
the parameters of either, so that both are judged alike.
"""

import json
import statistics
import subprocess
import sys
import time

import numpy as np


def make(path, n):
    """r .6, alpha 45 days, a .8, b 2.5; customers come over 600 days of 730."""
    rng = np.random.default_rng(7)
    rate = rng.gamma(0.6, 1 / 45, n)
    leaving = rng.beta(0.8, 2.5, n)
    observed = 730 - rng.integers(0, 600, n)
    t, last, repeats = np.zeros(n), np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    active = np.arange(n)
    while len(active):
        t[active] += rng.exponential(1, len(active)) / rate[active]
        active = active[t[active] <= observed[active]]
        day = np.ceil(t[active]).astype(np.int64)
        new = day > last[active]
        repeats[active[new]] += 1
        last[active[new]] = day[new]
        active = active[rng.random(len(active)) >= leaving[active]]
    np.save(path, np.column_stack([repeats, last, observed]).astype(np.float64))


def likelihood(x, parameters):
    from scipy.special import betaln, gammaln

    r, alpha, a, b = parameters
    n, t_x, t = x.T
    stay = betaln(a, b + n) - betaln(a, b) - (r + n) * np.log(alpha + t)
    gone = np.where(
        n > 0,
        betaln(a + 1, b + np.maximum(n, 1) - 1) - betaln(a, b) - (r + n) * np.log(alpha + t_x),
        -np.inf,
    )
    ll = gammaln(r + n) - gammaln(r) + r * np.log(alpha) + np.logaddexp(stay, gone)
    return float(ll.sum())


def fit(path):
    from lifetimes import BetaGeoFitter

    x = np.load(path)
    model = BetaGeoFitter()
    start = time.perf_counter()
    model.fit(x[:, 0], x[:, 1], x[:, 2])
    seconds = time.perf_counter() - start
    parameters = [float(model.params_[name]) for name in ("r", "alpha", "a", "b")]
    return {"work": "value", "seconds": seconds, "parameters": parameters}


def interleave(path, binary, runs):
    x = np.load(path)
    ours, theirs = [], []
    for _ in range(runs):
        theirs.append(fit(path))
        run = subprocess.run([binary, "value", "--matrix", path], capture_output=True, check=True)
        ours.append(json.loads(run.stdout))
    for name, answers in (("ours", ours), ("lifetimes", theirs)):
        seconds = [answer["seconds"] for answer in answers]
        print(json.dumps({
            "who": name, "median": statistics.median(seconds), "least": min(seconds),
            "most": max(seconds), "parameters": answers[0]["parameters"],
            "log_likelihood": likelihood(x, answers[0]["parameters"]),
        }))
    ratios = [b["seconds"] / a["seconds"] for a, b in zip(ours, theirs)]
    print(json.dumps({"ratio_median": statistics.median(ratios), "ratio_least": min(ratios)}))


if __name__ == "__main__":
    work, path, *rest = sys.argv[1:]
    if work == "make":
        make(path, int(rest[0]))
    elif work == "fit":
        print(json.dumps(fit(path)))
    else:
        interleave(path, rest[0], int(rest[1]))
