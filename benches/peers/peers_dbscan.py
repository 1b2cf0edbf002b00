"""DBSCAN beside scikit-learn and PyPI dbscan, interleaved, the same threads.

    cargo bench --no-default-features --bench peers --no-run
    KOHORT_PEERS=target/release/deps/peers-... python benches/peers/peers_dbscan.py speed
    KOHORT_PEERS=... python benches/peers/peers_dbscan.py large [--skin Skin_NonSkin.txt]
    KOHORT_PEERS=... python benches/peers/peers_dbscan.py cases [how many]

`speed`: medians of PEERS_ROUNDS (5) rounds and whether the labels are equal. `large`: inputs
on which others run out of memory. `cases`: labels against scikit-learn on small inputs,
random, on a lattice, with duplicates. PyPI dbscan is shown for its time: above two
dimensions its cores are not exact.
"""

import os
import sys
import tempfile
import time

from peers_density_common import THREADS, blobs, eps_for, median, ours, ours_on, spread

import numpy as np

ROUNDS = int(os.environ.get("PEERS_ROUNDS", "5"))
SPEED = [(100_000, 2), (100_000, 5), (500_000, 3), (100_000, 10), (100_000, 16)]


def scikit(rows, eps, min_points):
    from sklearn.cluster import DBSCAN

    start = time.perf_counter()
    labels = DBSCAN(eps=eps, min_samples=min_points, n_jobs=THREADS).fit(rows).labels_
    return time.perf_counter() - start, labels


def pypi(rows, eps, min_points):
    import dbscan

    start = time.perf_counter()
    labels, _ = dbscan.DBSCAN(rows, eps=eps, min_samples=min_points)
    return time.perf_counter() - start, labels


def speed():
    chosen = os.environ.get("PEERS_ONLY")
    for n, d in SPEED:
        if chosen and f"{n},{d}" not in chosen.split(";"):
            continue
        rows = blobs(n, d)
        min_points = 10 if d <= 5 else 20
        eps = eps_for(rows, 20)
        times = {"kohort": [], "scikit-learn": [], "dbscan": []}
        with tempfile.TemporaryDirectory() as folder:
            np.save(f"{folder}/x.npy", rows)
            for _ in range(ROUNDS):
                answer, labels = ours_on(
                    "dbscan", f"{folder}/x.npy", folder, eps=eps, min_points=min_points
                )
                times["kohort"].append(answer["seconds"])
                seconds, theirs = scikit(rows, eps, min_points)
                times["scikit-learn"].append(seconds)
                times["dbscan"].append(pypi(rows, eps, min_points)[0])
        own = median(times["kohort"])
        print(
            f"{n} x {d}, eps {eps}, min points {min_points}: "
            f"kohort {own:.3f} s ({spread(times['kohort'])}), "
            f"scikit-learn {median(times['scikit-learn']):.3f} s "
            f"({spread(times['scikit-learn'])}), ratio {median(times['scikit-learn']) / own:.1f}; "
            f"dbscan {median(times['dbscan']):.3f} s, ratio {median(times['dbscan']) / own:.1f}; "
            f"clusters {answer['clusters']}, noise {answer['noise']}, "
            f"peak {answer['peak_mb_above_data']} MB above the data, "
            f"labels equal: {bool((labels == theirs).all())}",
            flush=True,
        )


def large():
    rng = np.random.default_rng(1)
    million = blobs(1_000_000, 2, centres=100, spread=1.0, box=100.0, noise=0.0)
    inputs = [
        ("180,000 x 2 uniform on 0..100", rng.uniform(0, 100, (180_000, 2)), 40.0, 10),
        ("180,000 x 9 unit cube", rng.uniform(0, 1, (180_000, 9)), 0.28, 10),
        ("1,000,000 x 2 blobs", million, 1.3, 10),
    ]
    if "--skin" in sys.argv:
        skin = np.loadtxt(sys.argv[sys.argv.index("--skin") + 1])[:, :3]
        inputs.append(("skin segmentation", np.ascontiguousarray(skin), 5.0, 50))
    for name, rows, eps, min_points in inputs:
        answers = [
            ours("dbscan", rows, eps=eps, min_points=min_points)[0] for _ in range(ROUNDS)
        ]
        seconds = [answer["seconds"] for answer in answers]
        print(
            f"{name}, eps {eps}: {median(seconds):.3f} s ({spread(seconds)}), peak "
            f"{max(a['peak_mb_above_data'] for a in answers)} MB above the data, "
            f"clusters {answers[0]['clusters']}, noise {answers[0]['noise']}",
            flush=True,
        )


def case(trial):
    """A small input: uniform, on a lattice or with duplicates; 1 to 20 columns."""
    rng = np.random.default_rng(1000 + trial)
    n, d = int(rng.integers(1, 400)), 1 + trial % 20
    kind = trial % 3
    if kind == 0:
        rows = rng.uniform(0, 1, (n, d))
        eps = float(rng.uniform(0.1, 0.5)) * d**0.5 * 0.6
    elif kind == 1:
        rows = rng.integers(0, 4, (n, d)).astype(float)
        eps = float(rng.choice([1.0, 2.0, 2.5, 3.0]))
    else:
        rows = np.round(rng.normal(0, 1, (max(n // 5, 1), d)), 1)
        rows = rows[rng.integers(0, len(rows), n)]
        eps = float(rng.uniform(0.2, 1.2)) * d**0.5
    return np.ascontiguousarray(rows), eps, int(rng.integers(1, 12))


def cases(how_many):
    equal, clusters, different = 0, 0, []
    for trial in range(how_many):
        rows, eps, min_points = case(trial)
        answer, labels = ours("dbscan", rows, eps=eps, min_points=min_points)
        theirs = scikit(rows, eps, min_points)[1]
        clusters += answer["clusters"]
        if (labels == theirs).all():
            equal += 1
        else:
            different.append(trial)
    print(f"{equal} of {how_many} cases equal, {clusters} clusters in all, different: {different}")


if __name__ == "__main__":
    work = sys.argv[1] if len(sys.argv) > 1 else "speed"
    if work == "cases":
        cases(int(sys.argv[2]) if len(sys.argv) > 2 else 1200)
    else:
        {"speed": speed, "large": large}[work]()
