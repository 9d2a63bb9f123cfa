"""The guide page at 100,000 organisations, and the memory of an idle web worker with the real region.

    python -m bench.site [--organisations 100000] [--data FOLDER] [--rounds 3]

The page is made by the whole application (middleware, search, database, template) in one process, without the network.
Time on the clock counts; the time of the processor beside it tells what a busy machine adds. A worker remembers what it
searched last, so there are three rows: questions that somebody asked before, as with every page, order, view and file;
questions of which only the words and the place came before, as with every other filter; and with nothing remembered at
all. A last row is compressed too, as browsers ask for it, where no web server before the application does that.
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
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of each page: on the clock, and of the processor for this thread."""

    wall: list[float]
    cpu: list[float]


@dataclass(frozen=True, slots=True)
class Pages:
    """The times of every kind of page, and the queries that a guide page makes."""

    guide: Times
    filtered: Times
    anew: Times
    compressed: Times
    bare: Times
    queries: int


Get = Callable[..., tuple[float, float]]


def start(data: Path) -> Get:
    """The application on the register in `data`, ready to be asked: milliseconds on the clock and of the processor.

    They count from what the web server hands over to the last byte.
    """
    os.environ.update(SCHAKEL_DATA=str(data), DJANGO_SETTINGS_MODULE="schakel.config.settings")
    os.environ["SCHAKEL_LOG_LEVEL"] = "WARNING"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.test import RequestFactory

    from schakel.operations.collector import calm_collector
    from schakel.search import index

    if not Path(settings.STATIC_ROOT).exists():  # pages name style sheets by what is in them
        call_command("collectstatic", interactive=False, verbosity=0)
    index.ensure_fresh()
    application, factory = get_wsgi_application(), RequestFactory(SERVER_NAME="localhost")

    def get(path: str, **headers: str) -> tuple[float, float]:
        environ = factory.get(path, headers=headers).environ
        statuses: list[str] = []
        wall, cpu = time.perf_counter(), time.thread_time()
        answer = application(environ, lambda status, *_: statuses.append(status))  # type: ignore[arg-type]  # no writer
        for _ in answer:
            pass
        answer.close()
        taken = (time.perf_counter() - wall) * 1000, (time.thread_time() - cpu) * 1000
        assert statuses == ["200 OK"], (path, statuses)
        return taken

    calm_collector()  # as every web worker does
    return get


def measure_pages(data: Path, rounds: int) -> Pages:
    """The guide pages, the same with less remembered, the same compressed, and the bare pages."""
    get = start(data)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from schakel.search import index

    addresses = ["/gids?" + urlencode({"q": text, **choice}) for text in QUERIES for choice in FILTERS]

    def times(paths: Sequence[str], *, before: Callable[[], object] = lambda: None, **headers: str) -> Times:
        taken = []
        for path in paths:
            before()  # not timed
            taken.append(get(path, **headers))
        return Times(*map(list, zip(*taken, strict=True)))

    times(addresses)
    with CaptureQueriesContext(connection) as queries:
        get(addresses[0])
    asked = len(queries)  # counted now: the next request empties the list
    return Pages(
        compressed=times(addresses * rounds, accept_encoding="gzip"),
        guide=times(addresses * rounds),
        filtered=times(addresses * rounds, before=index.current_index().forget_questions),
        anew=times(addresses * rounds, before=index.current_index().forget),
        bare=times(["/toegankelijkheid"] * 50),
        queries=asked,
    )


def _p95(taken: list[float]) -> float:
    return float(np.percentile(taken, 95))


def _spread(taken: Times) -> str:
    return (
        f"p50 {np.percentile(taken.wall, 50):.1f} ms; processor p50 {np.percentile(taken.cpu, 50):.1f} ms, "
        f"p95 {_p95(taken.cpu):.1f} ms, least {min(taken.cpu):.1f} ms"
    )


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
        pages = measure_pages(home, rounds)
    limit = _p95(pages.bare.wall)
    note = (
        f"{pages.queries} queries; load of the machine {os.getloadavg()[0]:.1f}; the limit is a page without a search"
    )
    what = f"p95 in ms of {len(pages.guide.wall)} pages, {organisations} organisations"
    kinds = [
        ("guide page", pages.guide, "<= 10 ms"),
        ("guide page, only words and place remembered", pages.filtered, ""),
        ("guide page, nothing remembered", pages.anew, ""),
        ("guide page, compressed", pages.compressed, ""),
    ]
    return [
        *[
            Row(name, what, _p95(times.wall), None, limit, None, target, f"{_spread(times)}; {note}")
            for name, times, target in kinds
        ],
        Row("idle worker", "MB, largest process", measure_worker_megabytes(), None, None, None, "<= 200 MB"),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=100_000)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    for row in run(**vars(parser.parse_args())):
        print(row)
