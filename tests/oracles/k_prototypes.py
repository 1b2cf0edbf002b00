"""Recipe of the figures in src/cluster/kprototypes/tests.rs: kmodes 0.12.2.

    python tests/oracles/k_prototypes.py
"""

import numpy as np
from kmodes.kprototypes import KPrototypes

i = np.arange(400)
u = (i * 0.6180339887498949) % 1
v = (i * 0.41421356237309515) % 1
w = (i * 0.7320508075688772) % 1
g = i % 4
numbers = np.column_stack([1.5 * (g % 2) + u + v, 0.8 * (g // 2) + w - 0.5 * u, v * w + 0.3 * (g == 3)])
categories = np.column_stack(
    [
        np.where(w < 0.6, g, ((10 * v).astype(int)) % 4),
        ((u < 0.35) ^ (g == 1)).astype(int),
        (np.floor(5 * u * v) + g // 2).astype(int) % 5,
    ]
)
x = np.column_stack([numbers, categories]).astype(object)
x[:, 3:] = categories.astype(str)
for k in [2, 3, 4, 5, 6]:
    best = np.inf
    for init in ["Cao", "Huang"]:
        for seed in range(3):
            model = KPrototypes(k, init=init, n_init=20, random_state=seed, max_iter=200)
            model.fit(x, categorical=[3, 4, 5])
            best = min(best, model.cost_)
    print(k, repr(float(model.gamma)), repr(float(best)))
