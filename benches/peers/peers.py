"""The same work by kohort and by others, side by side, in one run.

    cargo bench --no-default-features --bench peers --no-run
    python benches/peers/peers.py kmeans X.npy INIT.npy
    python benches/peers/peers.py kmeans-default X.npy 8
    python benches/peers/peers.py silhouette X.npy 100000

Needs numpy, scikit-learn, threadpoolctl and faiss-cpu; scikit-learn-intelex where there
is one. PEERS_THREADS and PEERS_REPEATS say how many threads and rounds.
"""

import sys

import peers_kmeans

WORKS = {
    "kmeans": lambda matrix, init: peers_kmeans.same_start(matrix, init),
    "kmeans-default": lambda matrix, k: peers_kmeans.default_fit(matrix, int(k)),
    "silhouette": lambda matrix, rows: peers_kmeans.silhouette(matrix, int(rows)),
}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in WORKS:
        raise SystemExit(__doc__)
    WORKS[sys.argv[1]](*sys.argv[2:])
