"""Recipe of the figures in src/cluster/latent/tests.rs: numpy 2.4.6.

    python tests/oracles/latent_classes.py ../shared/data/mcdonalds/mcdonalds.csv

An implementation of latent classes of its own, in log space with random Dirichlet starts,
plain maximum likelihood, 200 starts: binary items, and a mixed table of two categories and
two numbers with missing cells.
"""

import csv
import sys

import numpy as np


def fit(codes, levels, numbers, k, starts, seed):
    """codes (n, q) with -1 missing, numbers (n, p) with nan missing; best log-likelihood."""
    rng = np.random.default_rng(seed)
    n = len(codes)
    onehot = [np.eye(m)[np.maximum(codes[:, c], 0)] * (codes[:, [c]] >= 0) for c, m in enumerate(levels)]
    known = ~np.isnan(numbers)
    filled = np.where(known, numbers, 0.0)
    best = -np.inf
    for _ in range(starts):
        r = rng.dirichlet(np.full(k, 0.3), n)
        last = -np.inf
        for _ in range(5000):
            w = r.mean(0)
            log = np.tile(np.log(w), (n, 1))
            for c in range(len(levels)):
                p = r.T @ onehot[c]
                p = p / p.sum(1, keepdims=True)
                with np.errstate(divide="ignore"):
                    logp = np.log(np.maximum(p, 1e-300))
                log += onehot[c] @ logp.T
            for c in range(numbers.shape[1]):
                m = known[:, c][:, None] * r
                mean = (m * filled[:, [c]]).sum(0) / m.sum(0)
                var = (m * (filled[:, [c]] - mean) ** 2).sum(0) / m.sum(0)
                var = np.maximum(var, 1e-12)
                d = -0.5 * (filled[:, [c]] - mean) ** 2 / var - 0.5 * np.log(2 * np.pi * var)
                log += np.where(known[:, [c]], d, 0.0)
            top = log.max(1, keepdims=True)
            e = np.exp(log - top)
            total = (top[:, 0] + np.log(e.sum(1))).sum()
            r = e / e.sum(1, keepdims=True)
            if total - last <= 1e-10 * n:
                break
            last = total
        if total > best:
            best, sizes = total, sorted(np.bincount(r.argmax(1), minlength=k).tolist())
    return best, sizes


def mixed():
    i = np.arange(240)
    u = (i * 0.6180339887498949) % 1
    v = (i * 0.41421356237309515) % 1
    w = (i * 0.7320508075688772) % 1
    g = i % 3
    codes = np.column_stack(
        [
            np.where(u < 0.7, g, (g + 1 + (v < 0.5)) % 3),
            ((v < 0.2) ^ (g == 2)).astype(int),
        ]
    )
    numbers = np.column_stack([3.0 * (g == 1) + u + v + w, 4.0 * (g == 2) + 2 * w - u * v])
    codes[i % 11 == 3, 0] = -1
    numbers[i % 13 == 5, 1] = np.nan
    return codes, [3, 2], numbers


if __name__ == "__main__":
    codes, levels, numbers = mixed()
    for k in [1, 2, 3]:
        print("mixed", k, *fit(codes, levels, numbers, k, 60, k))
    with open(sys.argv[1]) as file:
        rows = list(csv.DictReader(file))
    items = list(rows[0])[:11]
    codes = np.array([[int(row[item] == "Yes") for item in items] for row in rows])
    for k in [1, 2, 3, 4]:
        print("mcdonalds", k, *fit(codes, [2] * 11, np.zeros((len(codes), 0)), k, 40, k))
