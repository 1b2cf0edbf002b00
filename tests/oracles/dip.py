"""Quantiles of sqrt(n) * dip of n uniform numbers, for the table in src/stats/dip.rs, and three dips.

Recipe: numpy 2.4.6, diptest 0.12.0, `python dip_table.py`; a few minutes.
"""
import sys

import diptest
import numpy as np

TAIL = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 5e-3, 2e-3, 1e-3, 5e-4, 2e-4, 1e-4, 5e-5, 2e-5, 1e-5]
DRAWS = {10: 1_000_000, 20: 1_000_000, 50: 1_000_000, 100: 1_000_000, 200: 1_000_000,
         500: 1_000_000, 1000: 1_000_000, 2000: 500_000, 5000: 300_000, 20_000: 100_000}
rng = np.random.default_rng(1985)
for n, draws in DRAWS.items():
    dips = np.sort([diptest.dipstat(np.sort(rng.random(n)), sort_x=False) for _ in range(draws)])
    row = [dips[min(draws - 1, int(draws * (1 - p)))] * n**0.5 for p in TAIL]
    print(n, ", ".join(f"{q:.4f}" for q in row), flush=True)

i = np.arange(60)
for sample in (
    ((i * 37) % 61) ** 1.3 / 10,
    np.where(i % 3 == 0, (i * 17 % 59) / 59, 4 + (i * 23 % 61) / 61),
    np.sqrt(i * 13 % 67) * np.where(i < 20, 1, 2.5),
):
    print(diptest.diptest(np.sort(sample), boot_pval=False))
