"""Expected purchases, P(alive) and fits by lifetimes 0.11.3, scipy's hyp2f1 underneath.

    python tests/oracles/lifetimes_models.py CDNOW_SUMMARY.csv > src/value/tests/lifetimes.csv

The fits of the CDNOW sample in days: fit, name, parameters. Single customers
at given parameters: name, x, t_x, T, horizon, expected purchases, P(alive), and for
Pareto/NBD P(no purchase), by its own closed form.
"""

import sys

import numpy as np
import pandas as pd
from lifetimes import BetaGeoFitter, GammaGammaFitter, ModifiedBetaGeoFitter, ParetoNBDFitter

data = pd.read_csv(sys.argv[1])
data["recency"] = (data["recency"] * 7).round()
data["T"] = (data["T"] * 7).round()
named = {"bg": BetaGeoFitter, "mbg": ModifiedBetaGeoFitter, "pareto": ParetoNBDFitter}
for name, fitter in named.items():
    model = fitter()
    model.fit(data["frequency"], data["recency"], data["T"])
    print(",".join(["fit", name, *(f"{v:.6f}" for v in model.params_)]))
    for x, t_x, t in [(0, 0, 272), (1, 12, 272), (2, 213, 272), (26, 216, 217), (7, 140, 266)]:
        for h in (7, 273, 1400):
            if name == "pareto":
                p = dict(r=0.553, alpha=74.04, s=0.606, beta=81.68)
            else:
                p = dict(r=0.243, alpha=30.9, a=0.793, b=2.426)
            model.params_ = pd.Series(p)
            e = model.conditional_expected_number_of_purchases_up_to_time(h, np.array([x]), np.array([t_x]), np.array([t]))
            alive = model.conditional_probability_alive(np.array([x]), np.array([t_x]), np.array([t]))
            none = ""
            if name == "pareto":
                none = f"{float(np.ravel(model.conditional_probability_of_n_purchases_up_to_time(0, h, x, t_x, t))[0]):.9f}"
            print(f"{name},{x},{t_x},{t},{h},{float(np.ravel(e)[0]):.9f},{float(np.ravel(alive)[0]):.9f},{none}")
