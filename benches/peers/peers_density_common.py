"""What the scripts beside density methods share: data, runs of our bench, medians.

The matrices are Gaussian blobs with their generator below, f64, C order. `KOHORT_PEERS`
names our bench binary (`cargo bench --no-default-features --bench peers --no-run` prints
it); every process gets the same number of threads.
"""

import json
import os
import statistics
import subprocess
import tempfile

import numpy as np

THREADS = int(os.environ.get("PEERS_THREADS", "2"))
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = str(THREADS)


def blobs(n, d, seed=7, centres=12, spread=1.0, box=20.0, noise=0.05):
    """`centres` Gaussian blobs in a box of side `box`, a share of uniform noise."""
    rng = np.random.default_rng(seed)
    middle = rng.uniform(0, box, size=(centres, d))
    rows = middle[rng.integers(0, centres, n)] + rng.normal(0, spread, (n, d))
    uniform = rng.random(n) < noise
    rows[uniform] = rng.uniform(-2, box + 2, size=(int(uniform.sum()), d))
    return np.ascontiguousarray(rows)


def eps_for(rows, neighbours, seed=1, sample=400):
    """The radius in which the median customer has that many neighbours."""
    from sklearn.neighbors import NearestNeighbors

    rng = np.random.default_rng(seed)
    queries = rows[rng.choice(len(rows), min(sample, len(rows)), replace=False)]
    found = NearestNeighbors(n_neighbors=neighbours).fit(rows).kneighbors(queries)[0]
    return float(np.round(np.median(found[:, -1]), 4))


def ours(work, rows, **flags):
    """One run of our bench: its answer and its labels."""
    with tempfile.TemporaryDirectory() as folder:
        np.save(f"{folder}/x.npy", rows)
        return ours_on(work, f"{folder}/x.npy", folder, **flags)


def ours_on(work, path, folder, **flags):
    command = [os.environ["KOHORT_PEERS"], work, "--matrix", path]
    command += ["--threads", str(THREADS), "--labels-out", f"{folder}/labels.npy"]
    for name, value in flags.items():
        command += [f"--{name.replace('_', '-')}", repr(value)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(answer.strip().splitlines()[-1]), np.load(f"{folder}/labels.npy")


def median(values):
    return statistics.median(values)


def spread(values):
    return f"{min(values):.3f}..{max(values):.3f}"


def same_partition(a, b):
    """Whether two labelings are one partition with the same noise."""
    a, b = np.asarray(a), np.asarray(b)
    if ((a < 0) != (b < 0)).any():
        return False
    pairs = np.unique(np.stack([a, b]), axis=1)
    return len(np.unique(pairs[0])) == pairs.shape[1] == len(np.unique(pairs[1]))
