"""DBSCAN of places by scikit-learn, for `places_are_grouped_as_by_scikit_learn`.

    python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install scikit-learn==1.9.1
    /tmp/oracle/bin/python tests/oracles/geo_mopsi.py ../shared/data/geo_mopsi/mopsi-joensuu.arff

The file holds latitude (x) and longitude (y) of places around Joensuu, Finland, and is not
part of the project. Printed are counts and the SHA-256 of the labels of the core points: one
label a row, renumbered by first appearance, "-" where the row is no core point, joined by
commas. Border points may belong to either of two clusters and are not compared.
"""

import hashlib
import sys

import numpy as np
import sklearn
from sklearn.cluster import DBSCAN

EARTH_KM = 6371.0088


def places(path):
    rows = [line.split(",") for line in open(path) if line[:1].isdigit()]
    return np.radians(np.array(rows, dtype=float))


def main(path):
    print("scikit-learn", sklearn.__version__)
    points = places(path)
    for km, min_points in [(1.0, 10), (0.25, 5), (20.0, 50)]:
        found = DBSCAN(
            eps=km / EARTH_KM, min_samples=min_points, metric="haversine", algorithm="ball_tree"
        ).fit(points)
        core = np.zeros(len(points), bool)
        core[found.core_sample_indices_] = True
        new = {}
        words = [
            str(new.setdefault(label, len(new))) if is_core else "-"
            for label, is_core in zip(found.labels_, core)
        ]
        digest = hashlib.sha256(",".join(words).encode()).hexdigest()
        print(
            f"eps {km} km, min_points {min_points}: {len(points)} rows, {core.sum()} core, "
            f"{(found.labels_ == -1).sum()} noise, {found.labels_.max() + 1} clusters, {digest}"
        )


main(sys.argv[1])
