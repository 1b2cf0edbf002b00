"""The rivals of `peers gmm` and `peers kprototypes`: the same work, one line of JSON.

    python benches/peers/mixtures.py make X.npy N D K        overlapping Gaussian groups
    python benches/peers/mixtures.py gmm X.npy K [tol] [max_iter] [diag]
    python benches/peers/mixtures.py mixed X.npy N P Q L     P numbers, Q categories of L levels
    python benches/peers/mixtures.py kprototypes X.npy K P L
    python benches/peers/mixtures.py interleave X.npy K BINARY RUNS TOL MAX_ITER [flags of ours]

scikit-learn 1.9.1, kmodes 0.12.2. Seconds are from the matrix in memory to the labels.
"""

import json
import statistics
import subprocess
import sys
import time

import numpy as np


def make(path, n, d, k):
    rng = np.random.default_rng(7)
    means = rng.normal(0, 2.2, (k, d))
    mixes = rng.normal(0, 0.5, (k, d, d)) + np.eye(d)
    group = rng.integers(0, k, n)
    noise = rng.normal(0, 1, (n, d))
    x = means[group] + np.einsum("nij,nj->ni", mixes[group], noise)
    np.save(path, x)


def gmm(path, k, tol=1e-5, max_iter=300, covariance="full"):
    from sklearn.mixture import GaussianMixture

    x = np.load(path).astype(np.float64)
    model = GaussianMixture(
        k, covariance_type=covariance, tol=tol, max_iter=max_iter, reg_covar=1e-6, random_state=0
    )
    start = time.perf_counter()
    labels = model.fit_predict(x)
    seconds = time.perf_counter() - start
    return {
        "work": "gmm", "seconds": seconds, "iterations": model.n_iter_,
        "mean_log_likelihood": model.score(x), "sizes": np.bincount(labels).tolist(),
    }


def mixed(path, n, p, q, levels):
    rng = np.random.default_rng(11)
    group = rng.integers(0, 5, n)
    numbers = rng.normal(0, 1, (n, p)) + rng.normal(0, 1.5, (5, p))[group]
    numbers = (numbers - numbers.mean(0)) / numbers.std(0)
    shares = rng.dirichlet(np.full(levels, 0.6), (5, q))
    codes = np.column_stack(
        [(rng.random(n)[:, None] > np.cumsum(shares[group, c], 1)).sum(1) for c in range(q)]
    ).clip(0, levels - 1)
    dummies = np.concatenate([np.eye(levels)[codes[:, c]] for c in range(q)], 1)
    np.save(path, np.column_stack([numbers, dummies]))


def kprototypes(path, k, p, levels):
    from kmodes.kprototypes import KPrototypes

    x = np.load(path)
    q = (x.shape[1] - p) // levels
    codes = x[:, p:].reshape(len(x), q, levels).argmax(2)
    table = np.column_stack([x[:, :p], codes])
    model = KPrototypes(k, init="Cao", n_init=1, max_iter=100, random_state=0)
    start = time.perf_counter()
    model.fit_predict(table, categorical=list(range(p, p + q)))
    seconds = time.perf_counter() - start
    return {
        "work": "kprototypes", "seconds": seconds, "iterations": int(model.n_iter_),
        "cost": float(model.cost_), "gamma": float(model.gamma),
    }


def interleave(path, k, binary, runs, tol, max_iter, *flags):
    pairs = []
    for _ in range(runs):
        theirs = gmm(path, k, tol, max_iter)
        arguments = ["gmm", "--matrix", path, "--k", str(k), "--tolerance", str(tol)]
        arguments += ["--max-iterations", str(max_iter), "--ridge", "1e-6", *flags]
        ours = json.loads(subprocess.run([binary, *arguments], capture_output=True).stdout)
        pairs.append((ours, theirs))
    for name, which in [("ours", 0), ("scikit-learn", 1)]:
        times = [pair[which]["seconds"] for pair in pairs]
        last = pairs[-1][which]
        print(
            f"{name}: median {statistics.median(times):.3f} s ({min(times):.3f} to {max(times):.3f}),"
            f" {last['iterations']} iterations, mean log-likelihood {last['mean_log_likelihood']:.6f}"
        )
    ratios = [theirs["seconds"] / ours["seconds"] for ours, theirs in pairs]
    print(f"ratio: median {statistics.median(ratios):.1f} ({min(ratios):.1f} to {max(ratios):.1f})")


if __name__ == "__main__":
    work, path, *rest = sys.argv[1:]
    if work == "make":
        make(path, *map(int, rest))
    elif work == "gmm":
        tol = float(rest[1]) if len(rest) > 1 else 1e-5
        limit = int(rest[2]) if len(rest) > 2 else 300
        print(json.dumps(gmm(path, int(rest[0]), tol, limit, *rest[3:])))
    elif work == "mixed":
        mixed(path, *map(int, rest))
    elif work == "kprototypes":
        print(json.dumps(kprototypes(path, *map(int, rest))))
    elif work == "interleave":
        k, binary, runs, tol, limit, *flags = rest
        interleave(path, int(k), binary, int(runs), float(tol), int(limit), *flags)
