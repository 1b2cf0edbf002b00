"""k-means of Spark's own library and ours, on one server and one table.

    tests/scale/install.sh --spark
    python3 -m venv peers && peers/bin/pip install py4j grpcio grpcio-status googleapis-common-protos \
        "pandas<3" pyarrow numpy zstandard
    cargo bench --no-default-features --features spark --bench peers --no-run
    PYTHONPATH=~/.cache/kohort-engines/lib/python3.11/site-packages \
        peers/bin/python benches/peers/peers_spark.py target/release/deps/peers-*

Starts a master, two workers of one core and 1 GiB each, and a Connect server, all on the
loopback address; makes a table of 1e6 rows and 10 columns around 8 places; fits each seed by
pyspark.ml's KMeans over Connect (10 iterations, all else as it is by default), on the table as it
is and cached, and by the passes of kohort (a sample of 100,000, at most 10 passes). Seconds go
from the table on the disk to the centres; the cost of both is one pass of ours over all rows.
The first fit of each on a new server is told apart: it loads what the others find loaded.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

# Before pyspark is imported: models are those of the server.
os.environ["SPARK_CONNECT_MODE_ENABLED"] = "1"

N, D, K, ITERATIONS, SEEDS = 1_000_000, 10, 8, 10, (1, 2, 3, 4, 5)


def table(folder):
    """Parquet in four files: 8 normal clouds of unequal size that touch each other."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(20)
    centres = rng.uniform(-6, 6, (K, D))
    shares = np.array([0.3, 0.2, 0.15, 0.12, 0.1, 0.07, 0.04, 0.02])
    spread = rng.uniform(0.8, 2.2, K)
    label = rng.choice(K, N, p=shares)
    rows = centres[label] + rng.standard_normal((N, D)) * spread[label, None]
    folder.mkdir()
    for part, at in enumerate(np.array_split(np.arange(N), 4)):
        columns = {"id": pa.array([f"c{i}" for i in at])}
        columns |= {f"f{j}": pa.array(rows[at, j]) for j in range(D)}
        pq.write_table(pa.table(columns), folder / f"part-{part}.parquet")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """As in tests/scale/servers.rs, without its short streams."""

    def __init__(self, folder):
        import pyspark

        self.home, self.folder = Path(pyspark.__file__).parent, folder
        self.all, master, self.port = [], free_port(), free_port()
        deploy = "org.apache.spark.deploy"
        self.start(f"{deploy}.master.Master -h 127.0.0.1 -p {master} --webui-port 0", "256m")
        time.sleep(4)
        for worker in range(2):
            self.start(
                f"{deploy}.worker.Worker -h 127.0.0.1 -c 1 -m 1g --webui-port 0 "
                f"-d {folder}/worker-{worker} spark://127.0.0.1:{master}",
                "256m",
            )
        settings = {
            "spark.connect.grpc.binding.port": self.port,
            "spark.connect.grpc.binding.address": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.executor.memory": "1g",
            "spark.executor.cores": 1,
        }
        conf = " ".join(f"--conf {key}={value}" for key, value in settings.items())
        self.start(
            f"{deploy}.SparkSubmit --master spark://127.0.0.1:{master} --driver-memory 1g "
            f"--class org.apache.spark.sql.connect.service.SparkConnectServer {conf} "
            "spark-internal",
            "1g",
        )
        until = time.time() + 120
        while time.time() < until:
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", self.port)) == 0:
                    break
            time.sleep(0.2)
        time.sleep(8)

    def start(self, arguments, memory):
        environment = dict(
            os.environ,
            SPARK_HOME=str(self.home),
            SPARK_LOCAL_IP="127.0.0.1",
            SPARK_LOCAL_DIRS=str(self.folder / "local"),
            SPARK_DAEMON_MEMORY=memory,
        )
        environment.pop("PYTHONPATH", None)
        log = open(self.folder / f"log-{len(self.all)}", "w")
        command = [str(self.home / "bin/spark-class"), *arguments.split()]
        self.all.append(
            subprocess.Popen(
                command, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        )

    def stop(self):
        for process in self.all:
            try:
                os.killpg(process.pid, 9)
            except ProcessLookupError:
                pass
            process.wait()


def by_mllib(spark, path, seed, cached):
    from pyspark.ml.clustering import KMeans
    from pyspark.ml.feature import VectorAssembler

    start = time.perf_counter()
    rows = spark.read.parquet(str(path))
    assembler = VectorAssembler(inputCols=[f"f{j}" for j in range(D)], outputCol="features")
    vectors = assembler.transform(rows).select("features")
    if cached:
        vectors = vectors.persist()
    model = KMeans(k=K, maxIter=ITERATIONS, seed=seed).fit(vectors)
    centres = np.array(model.clusterCenters())
    seconds = time.perf_counter() - start
    if cached:
        vectors.unpersist()
    return seconds, centres


def kohort(program, port, path, *more):
    command = [program, "spark", "--url", f"sc://127.0.0.1:{port}", "--table", str(path)]
    done = subprocess.run([*command, "--id", "id", *more], capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        path = folder / "customers"
        table(path)
        server = Server(folder)
        try:
            compare(program, server, folder, path)
        finally:
            server.stop()


def compare(program, server, folder, path):
    from pyspark.sql.connect.session import SparkSession

    spark = SparkSession.builder.remote(f"sc://127.0.0.1:{server.port}").getOrCreate()
    fit = ["--k", str(K), "--passes", str(ITERATIONS), "--seed"]
    print("first on the server: ", end="")
    seconds, _ = by_mllib(spark, path, 1, True)
    ours = kohort(program, server.port, path, *fit, "1")
    print(f"MLlib {seconds:.1f} s, kohort {ours['seconds']:.1f} s", flush=True)
    print("seed  MLlib s  cached s  kohort s  passes   MLlib cost  cached cost  kohort cost")
    for seed in SEEDS:
        costs, times = [], []
        for cached in (False, True):
            seconds, centres = by_mllib(spark, path, seed, cached)
            file = folder / "centres.npy"
            np.save(file, centres)
            times.append(seconds)
            costs.append(kohort(program, server.port, path, "--centres", str(file))["inertia"])
        ours = kohort(program, server.port, path, *fit, str(seed))
        print(
            f"{seed:4}  {times[0]:7.1f}  {times[1]:8.1f}  {ours['seconds']:8.1f}  "
            f"{ours['passes']:6}  {costs[0]:11.0f}  {costs[1]:11.0f}  {ours['inertia']:11.0f}",
            flush=True,
        )
    spark.stop()


if __name__ == "__main__":
    main()
