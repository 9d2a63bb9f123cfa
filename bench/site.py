"""The guide page at 100,000 organisations, and the memory of an idle web worker with the real region.

    python -m bench.site [--organisations 100000] [--data FOLDER] [--rounds 3]

The page is made by the whole application (middleware, search, database, template) in one process, without the network.
The limit is the same frame with nothing in it: the accessibility page. FOLDER keeps the invented register, so that a
second run need not make it again. The memory is that of a running `schakel up`, after ten pages.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

import numpy as np

from bench import Row

QUERIES = ["strijk", "hagen scheren", "fietsherstelling", "verpakking", "poetsdienst", "kringloop", "catering", ""]
FILTERS: list[dict[str, str]] = [{}, {"municipality": "45041"}, {"near": "50.94,4.04", "radius_km": "10"}]


def _schakel(data: Path, *command: str) -> None:
    subprocess.run([sys.executable, "-m", "schakel", "--data", str(data), *command], check=True)


def prepare(data: Path, organisations: int) -> None:
    """An invented register of that size with its index in the folder `data`, unless it is already there."""
    if (data / "schakel.sqlite3").exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder) / "pack"
        _schakel(data, "region", "synth", "--organisations", str(organisations), "--out", str(pack))
        _schakel(data, "region", "load", str(pack))


def measure_pages(data: Path, rounds: int) -> tuple[list[float], list[float], int]:
    """Milliseconds of each guide page and of each bare page, and the queries that a guide page makes."""
    os.environ.update(SCHAKEL_DATA=str(data), DJANGO_SETTINGS_MODULE="schakel.config.settings")
    os.environ["SCHAKEL_LOG_LEVEL"] = "WARNING"
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from schakel.search import index

    index.ensure_fresh()
    client = Client(SERVER_NAME="localhost")
    addresses = ["/gids?" + urlencode({"q": text, **choice}) for text in QUERIES for choice in FILTERS]

    def times(paths: Sequence[str]) -> list[float]:
        taken = []
        for path in paths:
            start = time.perf_counter()
            response = client.get(path)
            taken.append((time.perf_counter() - start) * 1000)
            assert response.status_code == 200, (path, response.status_code)
        return taken

    times(addresses)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(addresses[0])
    return times(addresses * rounds), times(["/toegankelijkheid"] * 50), len(queries)


def measure_worker_megabytes() -> float:
    """Resident memory of the largest process of a running `schakel up` with the built-in region, after ten pages."""
    import psutil

    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        with subprocess.Popen(
            [sys.executable, "-m", "schakel", "--data", folder, "--port", str(port), "up"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as server:
            try:
                for _ in range(120):
                    time.sleep(0.5)
                    try:
                        urllib.request.urlopen(f"http://127.0.0.1:{port}/gezondheid", timeout=2).read()
                        break
                    except OSError:
                        continue
                for _ in range(10):
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/gids?q=strijk", timeout=10).read()
                children = psutil.Process(server.pid).children(recursive=True)
                return max(child.memory_full_info().rss for child in children) / 1e6
            finally:
                server.terminate()


def run(organisations: int = 100_000, data: Path | None = None, rounds: int = 3) -> list[Row]:
    """The rows of this bench."""
    with tempfile.TemporaryDirectory() as folder:
        home = data or Path(folder) / "data"
        prepare(home, organisations)
        guide, bare, queries = measure_pages(home, rounds)
    p95 = float(np.percentile(guide, 95))
    limit = float(np.percentile(bare, 95))
    return [
        Row(
            "guide page",
            f"p95 in ms of {len(guide)} pages, {organisations} organisations",
            p95,
            None,
            limit,
            None,
            "<= 10 ms",
            f"p50 {np.percentile(guide, 50):.1f} ms; {queries} queries; the limit is a page without a search",
        ),
        Row("idle worker", "MB, largest process", measure_worker_megabytes(), None, None, None, "<= 200 MB"),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=100_000)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    for row in run(**vars(parser.parse_args())):
        print(row)
