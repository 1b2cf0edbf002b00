"""RFM scores of the order table of R's `rfm` package, by its published rule, in pandas.

Usage: python rfm_reference.py PATH/TO/rfm_data_orders.csv

The rule is that of `rfm_table_order` (rfm 0.3.0, help page and source): days since the
last order at the analysis date, number of rows, sum of revenue, by customer; with five
bins the edges are the quantiles (type 7) at 20, 40, 60 and 80 %, plus 1; a value lies in
bin i when lower[i] <= value < upper[i], with the minimum as the first lower and the
maximum plus 1 as the last upper edge; days score from 5 down to 1. It is written from
that description with pandas, not translated line by line.

The table has no order numbers. `rows` is R's own count, in which every row is an order;
`days` is kohort's, in which all that a customer bought on one day is one order.

Prints what the test compares: the sha256 of the lines `id,r,f,m` (one per customer,
ascending by the bytes of the id, each ended by a line feed), customers per score, and the
edges. Recorded with pandas 3.1.1 and numpy 2.4.6.
"""

import hashlib
import sys

import pandas as pd

ANALYSIS_DATE = pd.Timestamp("2006-12-31")
BINS = 5


def scores(values: pd.Series, best_is_low: bool) -> tuple[pd.Series, list[float]]:
    inner = [i / BINS for i in range(1, BINS)]
    edges = [float(q) + 1 for q in values.quantile(inner, interpolation="linear")]
    lower = [float(values.min()), *edges]
    upper = [*edges, float(values.max()) + 1]
    result = pd.Series(0, index=values.index)
    for i in range(BINS):
        inside = (values >= lower[i]) & (values < upper[i])
        result[inside] = BINS - i if best_is_low else i + 1
    assert (result > 0).all()
    return result, edges


def report(name: str, days: pd.Series, frequency: pd.Series, spend: pd.Series) -> None:
    parts = {
        "r": scores(days, best_is_low=True),
        "f": scores(frequency, best_is_low=False),
        "m": scores(spend, best_is_low=False),
    }
    table = pd.DataFrame({name: part[0] for name, part in parts.items()})
    table = table.loc[sorted(table.index, key=lambda name: name.encode())]
    lines = "".join(f"{name},{row.r},{row.f},{row.m}\n" for name, row in table.iterrows())
    print(name, "sha256", hashlib.sha256(lines.encode()).hexdigest())
    print("customers", len(table), "different numbers of orders", frequency.nunique())
    for name, (score, edges) in parts.items():
        counts = score.value_counts().sort_index()
        print(name, "edges", edges, "customers per score", counts.to_dict())


def main() -> None:
    orders = pd.read_csv(sys.argv[1], parse_dates=["order_date"])
    by = orders.groupby("customer_id")
    days = (ANALYSIS_DATE - by["order_date"].max()).dt.days
    spend = by["revenue"].sum()
    report("rows", days, by.size(), spend)
    report("days", days, by["order_date"].nunique(), spend)


if __name__ == "__main__":
    main()
