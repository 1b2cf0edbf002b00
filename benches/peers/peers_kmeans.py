"""k-means and silhouettes by scikit-learn, scikit-learn-intelex, FAISS and linfa."""

import tempfile
import warnings
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from peers_common import REPEATS, THREADS, interleaved, kohort, table, timed


def inertia_of(rows, centres):
    """In f64, chunk by chunk, of the nearest of given centres."""
    centres = np.asarray(centres, dtype=np.float64)
    total = 0.0
    for at in range(0, len(rows), 65536):
        x = rows[at : at + 65536].astype(np.float64)
        least = np.full(len(x), np.inf)
        for centre in centres:
            difference = x - centre
            np.minimum(least, np.einsum("ij,ij->i", difference, difference), out=least)
        total += least.sum()
    return total


def by_scikit_learn(module, rows, k, init, iterations, tolerance, seed=0):
    start = {"init": init, "n_init": 1} if init is not None else {"random_state": seed}
    limits = {"max_iter": iterations, "tol": tolerance} if init is not None else {}

    def work():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return module.KMeans(n_clusters=k, **start, **limits).fit(rows)

    with threadpool_limits(THREADS):
        seconds, model = timed(work)
    return {
        "seconds": seconds,
        "iterations": int(model.n_iter_),
        "inertia": inertia_of(rows, model.cluster_centers_),
    }


def by_faiss(rows, init, iterations):
    import faiss

    faiss.omp_set_num_threads(THREADS)
    n, d = rows.shape
    k = len(init)

    def work():
        clustering = faiss.Clustering(d, k)
        clustering.niter = iterations
        clustering.max_points_per_centroid = n
        faiss.copy_array_to_vector(np.ascontiguousarray(init).ravel(), clustering.centroids)
        index = faiss.IndexFlatL2(d)
        clustering.train(rows, index)
        index.search(rows, 1)
        return faiss.vector_to_array(clustering.centroids).reshape(k, d)

    seconds, centres = timed(work)
    return {"seconds": seconds, "iterations": iterations, "inertia": inertia_of(rows, centres)}


def intelex():
    try:
        from sklearnex import cluster
    except ImportError:
        return None
    return cluster


def same_start(matrix, init, iterations=20, tolerance=0):
    """Everybody iterates from the same centres; times are whole fits, per iteration."""
    from sklearn import cluster as scikit_learn

    rows, start = np.load(matrix), np.load(init)
    own = ["kmeans", "--matrix", matrix, "--init", init, "--iterations", iterations]
    own += ["--tolerance", tolerance]
    k = len(start)
    arms = {
        "kohort": lambda: kohort(*own),
        "kohort avx-512": lambda: kohort(*own, "--by", "avx-512"),
        "scikit-learn": lambda: by_scikit_learn(
            scikit_learn, rows, k, start, iterations, tolerance
        ),
        "faiss": lambda: by_faiss(rows, start, iterations),
        "linfa": lambda: kohort(*own, "--engine", "linfa"),
    }
    if intelex() is not None:
        arms["scikit-learn-intelex"] = lambda: by_scikit_learn(
            intelex(), rows, k, start, iterations, tolerance
        )
    roof = kohort("roof", *own[1:])
    answers = interleaved(arms)
    n, d = rows.shape
    for answer in answers.values():
        answer["ms/iteration"] = round(
            answer["seconds"] / (answer["iterations"] or iterations) * 1e3, 3
        )
    columns = ("iterations", "ms/iteration", "inertia")
    table(f"k-means from the same centres, {n} x {d}, k = {k}", answers, columns=columns)
    read, fma = roof["read_gb_per_s"], roof["gfma_f32_per_s"]
    limit = max(roof["memory_seconds"], roof["arithmetic_seconds"]) * 1e3
    mine = answers["kohort"]["ms/iteration"]
    print(
        f"  roof: {read:.1f} GB/s read, {fma:.1f} Gfma/s; one dense pass {limit:.3f} ms, "
        f"kohort's {roof['pass_seconds'] * 1e3:.3f} ms, {roof['share_of_roof']:.0%} of it; "
        f"its whole fit per iteration {limit / mine:.0%}"
    )
    return answers


def default_fit(matrix, k, seeds=5):
    """`KMeansParams::new(k)` against `KMeans(k)`, each as it comes."""
    from sklearn import cluster as scikit_learn

    rows = np.load(matrix)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.npy"
        np.save(path, np.ascontiguousarray(rows, dtype=np.float32))
        rows = np.load(path)
        for seed in range(1, seeds + 1):
            arms = {
                "kohort": lambda s=seed: kohort("kmeans", "--matrix", path, "--k", k, "--seed", s),
                "scikit-learn": lambda s=seed: by_scikit_learn(
                    scikit_learn, rows, k, None, None, None, s
                ),
            }
            answers = interleaved(arms, repeats=max(1, REPEATS // seeds))
            ratio = answers["kohort"]["inertia"] / answers["scikit-learn"]["inertia"]
            title = f"k-means as it comes, {rows.shape[0]} x {rows.shape[1]}, k = {k}, seed {seed}"
            table(title, answers, columns=("iterations", "inertia"))
            print(f"  inertia of kohort / scikit-learn: {ratio:.6f}")


def silhouette(matrix, rows=100_000, k=8):
    """The exact mean silhouette of the first rows, labelled by kohort."""
    from sklearn.metrics import silhouette_score

    with tempfile.TemporaryDirectory() as folder:
        x, labels = Path(folder) / "rows.npy", Path(folder) / "labels.npy"
        np.save(x, np.load(matrix)[:rows])
        kohort("kmeans", "--matrix", x, "--k", k, "--labels-out", labels)
        own, found = np.load(x), np.load(labels)

        def theirs():
            with threadpool_limits(THREADS):
                seconds, value = timed(lambda: silhouette_score(own.astype(np.float64), found))
            return {"seconds": seconds, "silhouette": float(value)}

        arms = {
            "kohort": lambda: kohort("silhouette", "--matrix", x, "--labels", labels),
            "scikit-learn": theirs,
        }
        answers = interleaved(arms)
    difference = answers["kohort"]["silhouette"] - answers["scikit-learn"]["silhouette"]
    table(f"silhouette, {own.shape[0]} x {own.shape[1]}, k = {k}", answers, columns=("silhouette",))
    print(f"  difference {difference:.2e}")
