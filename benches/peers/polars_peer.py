"""The same work by Python's polars, for benches/pipeline.rs to stand beside.

Usage: polars_peer.py csv FILE      a bare read_csv
       polars_peer.py group FILE    count, sum and last day per customer of a Parquet file
       polars_peer.py group-lazy FILE   the same by the streaming engine
Prints one line: rows, seconds, peak resident kilobytes, version.
Only the work is timed, not the start of Python. Pinned: polars 1.44.2 (pip install).
"""

import resource
import sys
import time

import polars as pl

PINNED = "1.44.2"


def main() -> None:
    job, path = sys.argv[1:]
    if pl.__version__ != PINNED:
        sys.exit(f"polars {pl.__version__} is installed, but {PINNED} is pinned")
    start = time.perf_counter()
    if job == "csv":
        rows = pl.read_csv(path).height
    else:
        wanted = [pl.len().alias("lines"), pl.col("price").sum(), pl.col("day").max()]
        if job == "group":
            columns = ["customer_id", "day", "price"]
            frame = pl.read_parquet(path, columns=columns).group_by("customer_id").agg(wanted)
        else:
            lazy = pl.scan_parquet(path).group_by("customer_id").agg(wanted)
            frame = lazy.collect(engine="streaming")
        rows = frame["lines"].sum()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(rows, seconds, peak, pl.__version__)


main()
