"""The default fit beside scikit-learn's `KMeans(k)` on ten shapes of data and five seeds.

    cargo bench --no-default-features --bench peers --no-run
    python benches/peers/peers_default.py FOLDER [shape ...]

The shapes are made once, f32, and kept in FOLDER; both sides get the same file's rows,
the same threads and each seed in turn. A line per shape: median seconds of either, the
median ratio of times, and the inertia of kohort over that of scikit-learn at the same
seed, median and worst. The last line is over all shapes.
"""

import statistics
import sys
from pathlib import Path

import numpy as np

from peers_common import kohort
from peers_kmeans import by_scikit_learn

SEEDS = range(1, 6)


def blobs(n, d, k, spread=3.0, seed=0):
    """Three blobs more than segments, so that no answer is plain."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(k + 3, d)) * spread
    return centres[rng.integers(0, k + 3, n)] + rng.normal(size=(n, d))


def skewed(n, d, seed):
    """One lognormal cloud with correlated columns, as amounts and counts have it, in logs
    of one and standardised: there is nothing to find, and passes are many."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(n, 1))
    x = np.exp(0.6 * rng.normal(size=(n, d)) + 0.5 * common)
    return (x - x.mean(0)) / x.std(0)


def rfm(n, seed):
    """Recency in days, orders and revenue of customers who come and go, in logs."""
    rng = np.random.default_rng(seed)
    orders = rng.geometric(0.25, n)
    recency = rng.integers(0, 365, n) // np.minimum(orders, 6)
    revenue = orders * rng.lognormal(3.0, 0.8, n)
    x = np.log1p(np.column_stack([recency, orders, revenue]))
    return (x - x.mean(0)) / x.std(0)


def customers(n, seed):
    """Six groups in twenty columns, six of which are skewed; standardised."""
    rng = np.random.default_rng(seed)
    x = (rng.normal(size=(6, 20)) * 1.2)[rng.integers(0, 6, n)] + rng.normal(size=(n, 20))
    x[:, :6] = np.exp(x[:, :6])
    return (x - x.mean(0)) / x.std(0)


SHAPES = {
    "blobs 1e6 x 8": (8, lambda: blobs(1_000_000, 8, 8)),
    "blobs 1e6 x 16": (8, lambda: blobs(1_000_000, 16, 8)),
    "blobs 1e6 x 30": (20, lambda: blobs(1_000_000, 30, 20)),
    "blobs 2e5 x 50": (100, lambda: blobs(200_000, 50, 100)),
    "blobs 5e6 x 8": (6, lambda: blobs(5_000_000, 8, 6)),
    "overlapping blobs 1e6 x 16": (8, lambda: blobs(1_000_000, 16, 5, spread=0.8, seed=2)),
    "skewed cloud 4e5 x 16": (8, lambda: skewed(400_000, 16, 3)),
    "skewed cloud 4e5 x 8": (20, lambda: skewed(400_000, 8, 4)),
    "recency, orders, revenue 1e6": (8, lambda: rfm(1_000_000, 5)),
    "customers 1e6 x 20": (6, lambda: customers(1_000_000, 6)),
}


def compare(name, folder):
    from sklearn import cluster

    k, make = SHAPES[name]
    path = folder / (name.replace(" ", "_").replace(",", "") + ".npy")
    if not path.exists():
        np.save(path, make().astype(np.float32))
    rows = np.load(path)
    by_scikit_learn(cluster, rows[:20_000], k, None, None, None, 0)
    own, theirs = [], []
    for seed in SEEDS:
        own.append(kohort("kmeans", "--matrix", path, "--k", k, "--seed", seed))
        theirs.append(by_scikit_learn(cluster, rows, k, None, None, None, seed))
    times = [b["seconds"] / a["seconds"] for a, b in zip(own, theirs)]
    inertia = [a["inertia"] / b["inertia"] for a, b in zip(own, theirs)]
    median = statistics.median
    print(
        f"{name}, k = {k}: kohort {median(a['seconds'] for a in own):.4f} s, scikit-learn "
        f"{median(b['seconds'] for b in theirs):.3f} s, ratio {median(times):.1f} "
        f"({min(times):.1f} to {max(times):.1f}); inertia {median(inertia):.5f}, worst "
        f"{max(inertia):.5f}; iterations at the end "
        f"{[a['iterations'] for a in own]} and {[b['iterations'] for b in theirs]}",
        flush=True,
    )
    return times, inertia


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    found = [compare(name, folder) for name in sys.argv[2:] or SHAPES]
    times = [statistics.median(times) for times, _ in found]
    inertia = [statistics.median(inertia) for _, inertia in found]
    print(
        f"over {len(found)} shapes: median ratio of times {statistics.median(times):.1f}, least "
        f"{min(times):.1f}; median inertia {statistics.median(inertia):.5f}, worst shape "
        f"{max(inertia):.5f}, worst of all {max(max(i) for _, i in found):.5f}"
    )


if __name__ == "__main__":
    main()
