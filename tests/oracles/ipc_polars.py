"""Arrow IPC files as Python's polars writes them: the schema without its length in front.

Usage: ipc_polars.py, from the root of the project. Pinned: polars 1.44.2 (pip install).
Writes the table of src/load/format_tests.rs three times.
"""

from datetime import date

import polars as pl

assert pl.__version__ == "1.44.2", pl.__version__
frame = pl.DataFrame(
    {
        "id": ["a1", "b2", "c3", "d4"],
        "spend": [12.5, None, 1299.99, 0.5],
        "since": [date(2020, 1, 31), date(2021, 2, 28), date(2020, 12, 1), None],
        "plan": ["basic", "pro, max", None, "basic"],
        "visits": [3, 1200, 0, 7],
    }
)
for compression in ["uncompressed", "zstd", "lz4"]:
    frame.write_ipc(f"tests/oracles/ipc_polars_{compression}.arrow", compression=compression)
