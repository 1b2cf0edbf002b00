"""The regression of amounts by scikit-learn 1.9.1, on the public CDNOW sample.

    python tests/oracles/amount_regression.py CDNOW_sample.txt

Customers with an order of nothing are left out: scikit-learn's gamma needs amounts above
0. The typical mean, and the coefficients of 1, L, u and L u.
"""

import sys

import numpy as np
import pandas as pd
from sklearn.linear_model import GammaRegressor

data = pd.read_csv(sys.argv[1], sep=r"\s+", header=None)
data.columns = ["all_id", "id", "day", "n", "amount"]
data["amount"] = (data["amount"] * 100).round() / 100
data = data[~data["id"].isin(data.loc[data["amount"] <= 0, "id"])]
data = data.groupby(["id", "day"])["amount"].sum().reset_index()
grouped = data.groupby("id")["amount"]
n = grouped.cumcount().to_numpy()
mean = (grouped.cumsum() - data["amount"]).to_numpy() / np.maximum(n, 1)
later = n > 0
n, mean, y = n[later], mean[later], data["amount"].to_numpy()[later]
typical = np.quantile(mean, 0.5)
level = np.log(np.maximum(mean / typical, 0.01))
few = 1 / (n + 1)
rows = np.column_stack([level, few, level * few])
fit = GammaRegressor(alpha=1 / len(y), tol=1e-10, max_iter=100_000).fit(rows, y / typical)
times = y / typical / fit.predict(rows)
print(len(y), typical, fit.intercept_, *fit.coef_, "largest", times.max())
