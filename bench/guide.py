"""The printable guide: about 200 pages from an invented register, and one municipality of the real region, cold.

    python -m bench.guide [--organisations 240] [--data FOLDER]

Each is the first guide of a fresh process: reading the register, drawing, setting and tagging; without the start of
Python and Django. The peak memory is that of the whole process. The limit is the same process before its guide.
WeasyPrint, the usual way from a web framework to PDF, is the natural peer; it needs Pango from the system, which is not
everywhere: it is not run here.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from bench import Row
from bench.site import prepare

ON = date(2026, 11, 23)
SITE = "https://voorbeeld.example"
PLACE = "41024"  # Haaltert


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(data: Path, municipality: str | None) -> dict[str, Any]:
    """Seconds, pages and memory of one guide; to be called once in a fresh process."""
    os.environ.update(SCHAKEL_DATA=str(data), DJANGO_SETTINGS_MODULE="schakel.config.settings")
    os.environ["SCHAKEL_LOG_LEVEL"] = "WARNING"
    import django

    django.setup()
    start = _peak_mb()
    began, used = time.perf_counter(), time.process_time()
    from schakel.documents import Selection, build_guide

    guide = build_guide(Selection(municipality=municipality), language="nl", large=False, on=ON, base_url=SITE)
    seconds, processor = time.perf_counter() - began, time.process_time() - used
    memory = _peak_mb()
    import io

    from pypdf import PdfReader

    pages = len(PdfReader(io.BytesIO(guide)).pages)
    return {"seconds": seconds, "processor": processor, "memory": memory, "start": start, "pages": pages}


def _fresh(data: Path, municipality: str | None) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.guide", "--measure", str(data), "--municipality", municipality or ""]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def run(organisations: int = 240, data: Path | None = None) -> list[Row]:
    """The rows of this bench."""
    with tempfile.TemporaryDirectory() as folder:
        home, real = data or Path(folder) / "invented", Path(folder) / "region"
        prepare(home, organisations)
        subprocess.run([sys.executable, "-m", "schakel", "--data", str(real), "up", "--prepare-only"],
                       check=True, capture_output=True)  # fmt: skip
        big, small = _fresh(home, None), _fresh(real, PLACE)
    what = f"{big['pages']} pages, {organisations} organisations"
    peer = "peer WeasyPrint not run"
    return [
        Row("guide", f"{what}, in s", big["seconds"], None, None, None, "<= 3 s for 200 pages",
            f"{big['processor']:.2f} s of processor; {peer}"),
        Row("guide", f"{what}: peak memory in MB", big["memory"], None, big["start"], None, "<= 600 MB", peer),
        Row("guide", f"one municipality, {small['pages']} pages, first of a process, in s", small["seconds"], None,
            None, None, "<= 1 s", f"{small['processor']:.2f} s of processor; {peer}"),
    ]  # fmt: skip


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=240)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--municipality", default="", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure is not None:
        print(json.dumps(measure(asked.measure, asked.municipality or None)))
        return
    for row in run(asked.organisations, asked.data):
        print(row)


if __name__ == "__main__":
    main()
