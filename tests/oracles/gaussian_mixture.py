"""Recipe of the figures in src/cluster/gmm/tests.rs.

scikit-learn 1.9.1, numpy 2.4.6: `python tests/oracles/gaussian_mixture.py`.
"""

import numpy as np
from sklearn.mixture import GaussianMixture

i = np.arange(300)
# Three groups; the fractions of multiples of irrational numbers stand in for noise.
u = (i * 0.6180339887498949) % 1
v = (i * 0.41421356237309515) % 1
w = (i * 0.7320508075688772) % 1
g = i % 3
x = np.column_stack(
    [
        8.0 * (g == 1) + 2 * u + v * v,
        6.0 * (g == 2) + 1.5 * v - (u + 0.3) * (1 + 0.5 * (g == 1)),
        w + u * v + 5.0 * (g == 0),
    ]
)
for covariance in ["full", "diag"]:
    for k in [1, 3]:
        best = max(
            (
                GaussianMixture(
                    k, covariance_type=covariance, tol=1e-10, reg_covar=1e-9,
                    max_iter=5000, n_init=20, random_state=seed,
                ).fit(x)
                for seed in range(3)
            ),
            key=lambda model: model.score(x),
        )
        labels = best.predict(x)
        print(
            covariance, k, repr(best.score(x) * len(x)), repr(best.bic(x)),
            sorted(np.bincount(labels).tolist()),
        )
