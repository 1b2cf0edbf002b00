"""Features of order lines, computed again with Python polars and plain Python.

Usage: python tests/oracles/orders.py shop|online_retail TABLE
Writes its result beside this file; see README.md.
"""

import hashlib
import json
import math
import pathlib
import sys
from datetime import date

import polars as pl

HERE = pathlib.Path(__file__).parent
PRIOR = 5


def lines(kind, path):
    """One row per line of a customer: id, order, day, product, category, channel,
    units, amount (whole minor units), discounted; the as-of day; the minor unit."""
    table = pl.read_csv(path, infer_schema=False)
    if kind == "shop":
        scale = 100
        table = table.select(
            id=pl.col("customer_id"),
            order=pl.col("order_id"),
            day=pl.col("day").str.to_date("%Y-%m-%d"),
            product=pl.col("product"),
            category=pl.col("category"),
            channel=pl.col("channel"),
            units=pl.col("quantity").cast(pl.Int64),
            price=(pl.col("price").cast(pl.Float64) * scale).round().cast(pl.Int64),
            discounted=pl.col("discount_percent") != "0",
        )
    else:
        scale = 1000
        table = table.select(
            id=pl.col("CustomerID").str.strip_suffix(".0"),
            order=pl.col("InvoiceNo"),
            day=pl.col("InvoiceDate").str.slice(0, 10).str.to_date("%Y-%m-%d"),
            product=pl.col("StockCode"),
            category=pl.lit(None, pl.String),
            channel=pl.lit(None, pl.String),
            units=pl.col("Quantity").cast(pl.Int64),
            price=(pl.col("UnitPrice").cast(pl.Float64) * scale).round().cast(pl.Int64),
            discounted=pl.lit(False),
        )
    table = table.with_columns(amount=pl.col("units") * pl.col("price"))
    as_of = table["day"].max()
    return table.filter(pl.col("id").is_not_null() & (pl.col("units") != 0)), as_of, scale


def burstiness(gaps):
    """Kim and Jo (2016), equation 22."""
    n = len(gaps)
    mean = sum(gaps) / n
    r = math.sqrt(sum((gap - mean) ** 2 for gap in gaps) / n) / mean
    up, down = math.sqrt(n + 1), math.sqrt(n - 1)
    return (up * r - down) / ((up - 2) * r + down)


def trend(days, as_of):
    start, halves = days[0], [0.0, 0.0]
    observed = (as_of - start).days
    for day in days:
        after = (day - start).days
        if after == 0:
            continue
        middle = (observed + 1) / 2
        if after < middle:
            halves[0] += 1
        elif after > middle:
            halves[1] += 1
        else:
            halves[0] += 0.5
            halves[1] += 0.5
    first, last = halves
    return (last - first) / (last + first + 2) if first + last else None


def median(values):
    values = sorted(values)
    n = len(values)
    return (values[(n - 1) // 2] + values[n // 2]) / 2


def features(kind, path):
    table, as_of, scale = lines(kind, path)
    refund = pl.col("order").str.starts_with("C") | (pl.col("units") < 0) | (pl.col("amount") < 0)
    table = table.with_columns(refund=refund, paid=pl.col("amount").abs())
    buys = table.filter(~pl.col("refund"))
    orders = (
        table.group_by("id", "day", "order")
        .agg(
            bought=(~pl.col("refund")).sum(),
            amount=pl.when(pl.col("refund")).then(-pl.col("paid")).otherwise(pl.col("paid")).sum(),
        )
        .filter(pl.col("bought") > 0)
    )
    by_id = orders.group_by("id").agg(
        days=pl.col("day").sort(), orders=pl.len(), amounts=pl.col("amount").sum()
    )
    bought = buys.group_by("id").agg(
        lines=pl.len(),
        units=pl.col("units").sum(),
        paid=pl.col("paid").sum(),
        products=pl.col("product").drop_nulls().n_unique(),
        categories=pl.col("category").drop_nulls().n_unique(),
        discounted=pl.col("discounted").sum(),
    )
    back = table.filter(pl.col("refund")).group_by("id").agg(
        back_lines=pl.len(), back=pl.col("paid").sum()
    )
    rows = by_id.join(bought, on="id").join(back, on="id", how="left").with_columns(
        pl.col("back_lines", "back").fill_null(0)
    )
    rows = sorted(rows.to_dicts(), key=lambda row: row["id"].encode())
    channel = shares(orders_by_channel(buys), "channel")
    category = shares(buys.group_by("id", "category").agg(n=pl.col("paid").sum()), "category")
    gaps = {row["id"]: [(b - a).days for a, b in zip(row["days"], row["days"][1:]) if b > a] for row in rows}
    middle = median([gap for own in gaps.values() for gap in own])
    base = {
        "back": sum(row["back_lines"] for row in rows)
        / sum(row["back_lines"] + row["lines"] for row in rows),
        "discount": sum(row["discounted"] for row in rows) / sum(row["lines"] for row in rows),
        "weekend": sum(weekend(row["days"]) for row in rows) / sum(row["orders"] for row in rows),
    }
    made = []
    for row in rows:
        n, own, days = row["orders"], gaps[row["id"]], row["days"]
        shrunk = lambda part, whole, share: (n * part / whole + PRIOR * share) / (n + PRIOR)
        made.append(
            {
                "id": row["id"],
                "days_since_last_order": (as_of - days[-1]).days,
                "orders": n,
                "spend": row["paid"] - row["back"],
                "amounts": row["amounts"],
                "tenure_days": (as_of - days[0]).days,
                "first_to_last_days": (days[-1] - days[0]).days,
                "lines": row["lines"],
                "units": row["units"],
                "distinct_products": row["products"],
                "distinct_categories": row["categories"],
                "gap_days": (sum(own) + 2 * middle) / (len(own) + 2) if own else None,
                "gap_regularity": -burstiness(own) if len(own) > 1 else None,
                "order_trend": trend(days, as_of),
                "return_share": shrunk(row["back_lines"], row["back_lines"] + row["lines"], base["back"]),
                "discount_share": shrunk(row["discounted"], row["lines"], base["discount"]),
                "weekend_share": shrunk(weekend(days), n, base["weekend"]),
            }
            | {f"channel_share: {k}": v for k, v in channel(row["id"], n).items()}
            | {f"category_share: {k}": v for k, v in category(row["id"], n).items()}
        )
    return made, scale


def weekend(days):
    return sum(day.weekday() >= 5 for day in days)


def orders_by_channel(buys):
    pairs = buys.select("id", "day", "order", "channel").unique()
    return pairs.group_by("id", "channel").agg(n=pl.len())


def shares(counts, column):
    """Shares of a customer by level, drawn towards the base, without the largest level."""
    counts = counts.filter(pl.col(column).is_not_null())
    total = dict(counts.group_by(column).agg(pl.col("n").sum()).iter_rows())
    whole = sum(total.values())
    largest = max(sorted(total), key=lambda level: total[level], default=None)
    own = {}
    for id_, level, n in counts.select("id", column, "n").iter_rows():
        own.setdefault(id_, {})[level] = n

    def of(id_, n):
        mine = own.get(id_, {})
        sum_ = sum(mine.values())
        return {
            level: (n * mine.get(level, 0) / sum_ + PRIOR * total[level] / whole) / (n + PRIOR)
            for level in sorted(total)
            if level != largest
        }

    return of


def written(value):
    return "" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)


WHOLE = [
    "id", "days_since_last_order", "orders", "spend", "amounts", "tenure_days",
    "first_to_last_days", "lines", "units", "distinct_products",
]


def main(kind, path):
    made, scale = features(kind, path)
    if kind == "shop":
        text = ",".join(made[0]) + "\n"
        for row in made:
            text += ",".join(written(value) for value in row.values()) + "\n"
        (HERE / "orders_shop.csv").write_text(text)
        return
    text = "".join(",".join(str(row[name]) for name in WHOLE) + "\n" for row in made)
    names = [name for name in made[0] if name not in ("id", "distinct_categories")]
    result = {
        "customers": len(made),
        "minor_units": scale,
        "sha256_of_whole_numbers": hashlib.sha256(text.encode()).hexdigest(),
        "present": {name: sum(row[name] is not None for row in made) for name in names},
        "sums": {name: math.fsum(row[name] for row in made if row[name] is not None) for name in names},
    }
    (HERE / "orders_online_retail.json").write_text(json.dumps(result, indent=2) + "\n")


main(*sys.argv[1:])
