"""Every organisation as CSV, at 100,000 of them: seconds, and memory that does not grow.

    python -m bench.exports [--organisations 100000] [--data FOLDER]

Ours reads the whole register with the source of every field, makes each cell safe and writes UTF-8. The peers do less:
a plain `csv.writer` over Django's rows, and pandas, both over the table of organisations alone, without sources,
addresses, services or safety. The limit is writing the same bytes to a file. FOLDER keeps the invented register
for a second run. Everything is measured in a process of its own, each file twice, the faster counts; seconds are of the
processor.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import Row
from bench.site import prepare

BASE = "https://voorbeeld.example"


def _seconds(task: Callable[[], object], rounds: int = 2) -> float:
    """Of the processor: other work on the machine stretches the clock."""
    found = []
    for _ in range(rounds):
        start = time.process_time()
        task()
        found.append(time.process_time() - start)
    return min(found)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _drain(pieces: Iterator[bytes]) -> int:
    return sum(map(len, pieces))


def measure(data: Path) -> dict[str, Any]:
    """All numbers for the register in `data`; to be called once in a fresh process."""
    os.environ.update(SCHAKEL_DATA=str(data), DJANGO_SETTINGS_MODULE="schakel.config.settings")
    os.environ["SCHAKEL_LOG_LEVEL"] = "WARNING"
    import django

    django.setup()
    from schakel import exports
    from schakel.operations.collector import calm_collector

    calm_collector()  # as every web worker does
    about = exports.describe_export(BASE, now=datetime.now(UTC))
    start = _peak_mb()
    found: dict[str, Any] = {"organisations": _count(), "seconds": {}}
    for table in exports.Table:

        def write(table: Any = table) -> int:
            return _drain(exports.export_csv(table, exports.iter_rows(table, about)))

        found["seconds"][table.value] = _seconds(write)
    found["memory"], found["start"] = _peak_mb(), start
    with tempfile.TemporaryFile() as out:
        rows = exports.iter_rows(exports.Table.ORGANISATIONS, about)
        content = b"".join(exports.export_csv(exports.Table.ORGANISATIONS, rows))
        found["limit"], found["bytes"] = _seconds(lambda: (out.seek(0), out.write(content), out.flush())), len(content)
    found["rows"] = _seconds(_plain_rows, 1)
    found["pandas"] = _seconds(_with_pandas, 1)
    return found


def _count() -> int:
    from schakel.register.models import Organisation

    return Organisation.objects.count()


def _plain_rows() -> None:
    from schakel.register.models import Organisation

    out = io.StringIO()
    writer = csv.writer(out)
    names = [field.attname for field in Organisation._meta.concrete_fields]
    for row in Organisation.objects.order_by("pk").iterator():
        writer.writerow([getattr(row, name) for name in names])


def _with_pandas() -> None:
    import pandas
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM register_organisation ORDER BY id")
        frame = pandas.DataFrame(cursor.fetchall(), columns=[column[0] for column in cursor.description])
    frame.to_csv(io.StringIO(), index=False)


def run(organisations: int = 100_000, data: Path | None = None) -> list[Row]:
    """The rows of this bench."""
    with tempfile.TemporaryDirectory() as folder:
        home = data or Path(folder) / "data"
        prepare(home, organisations)
        command = [sys.executable, "-m", "bench.exports", "--measure", str(home)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    size = f"{found['organisations']} organisations, {found['bytes'] / 1e6:.0f} MB"
    ours, peer = found["seconds"]["organisations"], found["rows"]
    return [
        Row("exports", f"organisations.csv in s, {size}", ours, peer, found["limit"], peer / ours, "<= 10 s",
            "peer: csv.writer over Django rows of one table, without sources, addresses, services or safety"),
        Row("exports", "the same beside pandas", ours, found["pandas"], found["limit"], found["pandas"] / ours, "",
            "pandas holds the whole table in memory; again one table only"),
        *(Row("exports", f"{table}.csv in s", seconds, None, None, None, "<= 10 s")
          for table, seconds in found["seconds"].items() if table != "organisations"),
        Row("exports", "peak memory in MB", found["memory"], None, found["start"], None, "does not grow",
            "limit: the process before the first record"),
    ]  # fmt: skip


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=100_000)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure is not None:
        print(json.dumps(measure(asked.measure)))
        return
    for row in run(asked.organisations, asked.data):
        print(row)


if __name__ == "__main__":
    main()
