"""A PDF set in a process of its own: stopped when it takes too long or too much, and its memory is given back.

For what a visitor can ask for. The process starts with an empty interpreter, since forking one that serves pages on
several threads is not safe.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from datetime import date

from schakel.core.model import Json
from schakel.typesetting.setting import set_pdf

THREADS = 2  # of Typst: the pages of the site keep the rest of the machine
MOST_MEMORY = 2 * 1024**3  # bytes of address space; a guide of 200 pages takes a sixth of it
_WORDS = 500  # of what a process that failed says, the last characters


class NotSet(Exception):
    """The PDF was not made: it took too long or too much, or our template has a fault. The message says which."""


def set_pdf_apart(source: bytes, data: dict[str, Json], *, on: date, seconds: int) -> bytes:
    """What `set_pdf` gives, within `seconds` on the clock. Raises NotSet."""
    asked = json.dumps({"source": source.decode(), "data": data, "on": on.isoformat(), "seconds": seconds})
    command = [sys.executable, "-m", "schakel.typesetting"]
    around = {**os.environ, "RAYON_NUM_THREADS": str(THREADS)}
    try:
        done = subprocess.run(
            command, input=asked.encode(), capture_output=True, timeout=seconds, env=around, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise NotSet(f"stopped after {seconds} s") from late
    if done.returncode:
        raise NotSet(f"status {done.returncode}: {done.stderr.decode(errors='replace')[-_WORDS:].strip()}")
    return done.stdout


def serve_one() -> None:
    """The other side: read one request, write its PDF. Bounds itself, so that it ends even when nobody waits for it."""
    asked = json.load(sys.stdin.buffer)
    processor = asked["seconds"] * THREADS
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    sys.stdout.buffer.write(set_pdf(asked["source"].encode(), asked["data"], on=date.fromisoformat(asked["on"])))
