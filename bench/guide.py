"""The printable guide: about 200 pages from an invented register, and one municipality of the real region, cold.

    python -m bench.guide [--organisations 320] [--data FOLDER]

Each is the first guide of a fresh process: reading the register, drawing, setting and tagging; without the start of
Python and Django. The peak memory is that of the whole process. The limit is the same process before its guide.
WeasyPrint, the usual way from a web framework to PDF, is the peer: it gets the same entries and QR codes as plain HTML
and sets a tagged PDF, without map, lists, contents and page numbers. It needs Pango from the system; where that is
missing, the rows say so.
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
from base64 import b64encode
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from bench import Row
from bench.site import prepare

ON = date(2026, 11, 23)
SITE = "https://voorbeeld.example"
PLACE = "41024"  # Haaltert


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(data: Path, municipality: str | None, *, peer: bool = False) -> dict[str, Any]:
    """Seconds, pages and memory of one guide, ours or the peer's; to be called once in a fresh process."""
    os.environ.update(SCHAKEL_DATA=str(data), DJANGO_SETTINGS_MODULE="schakel.config.settings")
    os.environ["SCHAKEL_LOG_LEVEL"] = "WARNING"
    import django

    django.setup()
    start = _peak_mb()
    began, used = time.perf_counter(), time.process_time()
    guide = _by_weasyprint(municipality) if peer else _ours(municipality)
    seconds, processor = time.perf_counter() - began, time.process_time() - used
    memory = _peak_mb()
    import io

    from pypdf import PdfReader

    pages = len(PdfReader(io.BytesIO(guide)).pages)
    return {"seconds": seconds, "processor": processor, "memory": memory, "start": start, "pages": pages}


def _ours(municipality: str | None) -> bytes:
    from schakel.documents import Selection, build_guide

    return build_guide(Selection(municipality=municipality), language="nl", large=False, on=ON, base_url=SITE)


def _by_weasyprint(municipality: str | None) -> bytes:
    """The same entries, with what ours hands to Typst as its data."""
    from unittest.mock import patch

    import weasyprint

    with patch("schakel.documents.guide.set_pdf") as handed:
        _ours(municipality)
    chapters = handed.call_args.args[1]["chapters"]
    body = "".join(
        f"<h1>{escape(chapter['title'])}</h1>" + "".join(map(_entry, chapter["entries"])) for chapter in chapters
    )
    page = f'<!doctype html><html lang="nl"><head><title>Gids</title></head><body>{body}</body></html>'
    made: bytes = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    return made


def _entry(entry: dict[str, Any]) -> str:
    """One organisation with everything that ours prints of it."""
    offers = "".join(
        f"<li><strong>{escape(offer['service'])}</strong>: {escape(offer['words'])}. {escape(offer['customers'])}. "
        f"{escape(offer['age'])} {escape(offer['uncertain'])}</li>"
        for offer in entry["offers"]
    )
    lines = [
        *(f"{reach['services']}: {reach['where']}" for reach in entry["reaches"]),
        entry["elsewhere"],
        *(f"{place['text']} {place['age']}" for place in entry["addresses"]),
        *(f"{way['label']}: {way['text']} {way['age']}" for way in entry["contact"]),
        f"{entry['source']['date']} {entry['source']['unverified']} {entry['page']}",
    ]
    code = b64encode(entry["qr"].encode()).decode()
    return (
        f"<h2>{escape(entry['name'])}</h2><p>{escape(entry['kinds'])}</p><p>{escape(entry['uncertain'])}</p>"
        f'<img alt="QR-code" src="data:image/svg+xml;base64,{code}" width="98">'
        f"<p>{escape(entry['description'])} {escape(entry['description_age'])}</p><ul>{offers}</ul>"
        + "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    )


def _fresh(data: Path, municipality: str | None, *more: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.guide", "--measure", str(data), "--municipality", municipality or "", *more]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def _has_pango() -> bool:
    try:
        import weasyprint  # noqa: F401 (only whether it can be loaded: Pango may be missing)
    except (ImportError, OSError):
        return False
    return True


def run(organisations: int = 320, data: Path | None = None) -> list[Row]:
    """The rows of this bench."""
    with tempfile.TemporaryDirectory() as folder:
        home, real = data or Path(folder) / "invented", Path(folder) / "region"
        prepare(home, organisations)
        subprocess.run([sys.executable, "-m", "schakel", "--data", str(real), "up", "--prepare-only"],
                       check=True, capture_output=True)  # fmt: skip
        big, small = _fresh(home, None), _fresh(real, PLACE)
        peers = [_fresh(home, None, "--peer"), _fresh(real, PLACE, "--peer")] if _has_pango() else [{}, {}]
    what = f"{big['pages']} pages, {organisations} organisations"
    place = f"one municipality, {small['pages']} pages, first of a process, in s"
    rows = [
        (f"{what}, in s", "seconds", big, peers[0], None, "<= 3 s for 200 pages"),
        (f"{what}: peak memory in MB", "memory", big, peers[0], big["start"], "<= 600 MB"),
        (place, "seconds", small, peers[1], None, "<= 1 s"),
    ]
    return [_row(*row) for row in rows]


def _row(what: str, key: str, ours: dict[str, Any], peer: dict[str, Any], limit: float | None, target: str) -> Row:
    note = f"{ours['processor']:.2f} s of processor; "
    note += f"peer {peer['processor']:.2f} s, {peer['pages']} pages" if peer else "peer not run: Pango is not here"
    ratio = peer[key] / ours[key] if peer else None
    return Row("guide", what, ours[key], peer.get(key), limit, ratio, target, note)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=320)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--municipality", default="", help=argparse.SUPPRESS)
    parser.add_argument("--peer", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure is not None:
        print(json.dumps(measure(asked.measure, asked.municipality or None, peer=asked.peer)))
        return
    for row in run(asked.organisations, asked.data):
        print(row)


if __name__ == "__main__":
    main()
