"""HDBSCAN* beside fast_hdbscan and scikit-learn, interleaved, the same threads.

    KOHORT_PEERS=target/release/deps/peers-... python benches/peers/peers_hdbscan.py speed
    KOHORT_PEERS=... python benches/peers/peers_hdbscan.py cases [how many]

`speed`: fast_hdbscan is warmed up first (it compiles at its first call); medians of
PEERS_ROUNDS (5) rounds. fast_hdbscan's core distance leaves the customer itself out, so
it is given one sample less. `cases`: partitions against scikit-learn's where no two edges of the
spanning tree of mutual reachability are equally long. Equal edges, which a hub and those
around it easily have, scikit-learn merges one after the other and kohort at once: there is
no one answer to compare with.
"""

import os
import sys
import tempfile
import time
import warnings

from peers_density_common import blobs, median, ours, ours_on, same_partition, spread

import numpy as np

warnings.filterwarnings("ignore")
ROUNDS = int(os.environ.get("PEERS_ROUNDS", "5"))
SPEED = [(100_000, 5), (100_000, 2), (50_000, 8), (250_000, 2)]


def fast(rows, size, samples):
    from fast_hdbscan import HDBSCAN

    start = time.perf_counter()
    labels = HDBSCAN(min_cluster_size=size, min_samples=samples - 1).fit(rows).labels_
    return time.perf_counter() - start, labels


def scikit(rows, size, samples, leaf=False):
    from sklearn.cluster import HDBSCAN

    method = "leaf" if leaf else "eom"
    fit = HDBSCAN(
        min_cluster_size=size, min_samples=samples, cluster_selection_method=method, copy=True
    ).fit(rows)
    return fit.labels_


def speed():
    fast(blobs(3_000, 3), 20, 10)
    chosen = os.environ.get("PEERS_ONLY")
    for n, d in SPEED:
        if chosen and f"{n},{d}" not in chosen.split(";"):
            continue
        rows, size, samples = blobs(n, d), 100, 10
        own, theirs = [], []
        with tempfile.TemporaryDirectory() as folder:
            np.save(f"{folder}/x.npy", rows)
            for _ in range(ROUNDS):
                answer, labels = ours_on(
                    "hdbscan", f"{folder}/x.npy", folder,
                    min_cluster_size=size, min_samples=samples,
                )
                own.append(answer["seconds"])
                seconds, other = fast(rows, size, samples)
                theirs.append(seconds)
        from sklearn.metrics import adjusted_rand_score

        print(
            f"{n} x {d}, clusters of {size}, samples {samples}: kohort {median(own):.3f} s "
            f"({spread(own)}), fast_hdbscan {median(theirs):.3f} s ({spread(theirs)}), ratio "
            f"{median(theirs) / median(own):.1f}; clusters {answer['clusters']}, noise "
            f"{answer['noise']}, peak {answer['peak_mb_above_data']} MB above the data, "
            f"adjusted Rand {adjusted_rand_score(labels, other):.5f}",
            flush=True,
        )


def case(trial):
    rng = np.random.default_rng(3000 + trial)
    n, d = int(rng.integers(20, 500)), 1 + trial % 8
    middle = rng.uniform(0, 8, (int(rng.integers(2, 7)), d))
    rows = middle[rng.integers(0, len(middle), n)] + rng.normal(0, 1, (n, d)) * rng.uniform(0.2, 1)
    size = int(rng.integers(4, 20))
    return np.ascontiguousarray(rows), size, int(rng.integers(2, size + 1)), trial % 3 == 0


def has_ties(rows, samples):
    """Whether two edges of the spanning tree of mutual reachability are equally long."""
    apart = np.sqrt(((rows[:, None, :] - rows[None, :, :]) ** 2).sum(2))
    core = np.sort(apart, axis=1)[:, samples - 1]
    reach = np.maximum(apart, np.maximum(core[:, None], core[None, :]))
    inside = np.zeros(len(rows), bool)
    inside[0], nearest, edges = True, reach[0].copy(), []
    for _ in range(len(rows) - 1):
        at = int(np.argmin(np.where(inside, np.inf, nearest)))
        edges.append(nearest[at])
        inside[at] = True
        nearest = np.minimum(nearest, reach[at])
    edges = np.sort(edges)
    return bool(np.any(np.diff(edges) <= 1e-12 * edges[1:]))


def cases(how_many):
    compared, equal, clusters, different = 0, 0, 0, []
    for trial in range(how_many):
        rows, size, samples, leaf = case(trial)
        if has_ties(rows, samples):
            continue
        compared += 1
        theirs = scikit(rows, size, samples, leaf)
        answer, labels = ours(
            "hdbscan", rows, min_cluster_size=size, min_samples=samples, leaf=int(leaf)
        )
        clusters += answer["clusters"]
        if same_partition(labels, theirs):
            equal += 1
        else:
            different.append(trial)
    print(
        f"{equal} of {compared} cases without ties equal (of {how_many} drawn), "
        f"{clusters} clusters in all, different: {different}"
    )


if __name__ == "__main__":
    work = sys.argv[1] if len(sys.argv) > 1 else "speed"
    if work == "cases":
        cases(int(sys.argv[2]) if len(sys.argv) > 2 else 2000)
    else:
        speed()
