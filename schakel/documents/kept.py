"""Guides that visitors ask for: made once a day for each state of the register, kept in the data folder, one at a time.

Nobody can exhaust the server with them: a guide has bounds of its own, one is made at a time on this machine, of each
web process one thread at most makes or waits, and old ones make room.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from django.conf import settings

import schakel
from schakel.documents.guide import Bounds, build_guide
from schakel.documents.place import BESIDE, write_guide
from schakel.documents.selection import Selection

BOUNDS = Bounds(organisations=400, seconds=45)  # some 250 pages
PATIENCE = 5.0  # seconds that somebody waits while another guide is being made
MOST_FILES = 300
MOST_BYTES = 300 * 1024**2
_AGAIN = 0.1  # seconds between two looks at the lock
_LEFT_BEHIND = 3600.0  # seconds after which a half-written file is nobody's any more
_log = logging.getLogger("schakel.documents")
_turn = Lock()


class Busy(Exception):
    """Other guides are being made: ask again in a moment."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A guide as somebody asks for it; `revision`: the state of the register."""

    selection: Selection
    language: str
    large: bool
    on: date
    base_url: str
    revision: int

    @property
    def name(self) -> str:
        """The name of its file: the day, and a mark of all that changes what stands in it."""
        return f"{self.on.isoformat()}-{hashlib.sha256(repr((schakel.__version__, self)).encode()).hexdigest()}.pdf"


def folder() -> Path:
    """Where they lie."""
    return Path(settings.DATA_FOLDER) / "guides"


def find_guide(wanted: Wanted) -> bytes | None:
    """The guide when it was made before."""
    try:
        found = (folder() / wanted.name).read_bytes()
    except OSError:  # not there, or not to be read
        return None
    return found if found.startswith(b"%PDF") and found.rstrip().endswith(b"%%EOF") else None


def make_guide(wanted: Wanted) -> bytes:
    """The guide, made now unless somebody else did meanwhile. A disk that refuses does not stop whoever asked.

    Raises Busy, and what `build_guide` raises within BOUNDS.
    """
    with _one_at_a_time():
        found = find_guide(wanted)
        if found is not None:
            return found
        made = build_guide(
            wanted.selection,
            language=wanted.language,
            large=wanted.large,
            on=wanted.on,
            base_url=wanted.base_url,
            bounds=BOUNDS,
        )
        try:
            write_guide(folder() / wanted.name, made)
            sweep(wanted.on)
        except OSError:
            _log.exception("a guide could not be kept")
        return made


def sweep(today: date) -> int:
    """Remove guides of other days, and the oldest beyond MOST_FILES and MOST_BYTES; returns how many."""
    kept, size, removed = 0, 0, 0
    for moment, length, file in sorted(_files(), reverse=True):
        half = file.name.startswith(BESIDE)
        kept, size = kept + 1, size + length
        stays = time.time() - moment < _LEFT_BEHIND if half else file.name.startswith(today.isoformat())
        if not stays or kept > MOST_FILES or size > MOST_BYTES:
            file.unlink(missing_ok=True)
            removed += 1
    return removed


def _files() -> Iterator[tuple[float, int, Path]]:
    """When each file was written, and how long it is."""
    for file in folder().glob("*.pdf") if folder().is_dir() else ():
        with suppress(FileNotFoundError):  # somebody else swept it
            about = file.stat()
            yield about.st_mtime, about.st_size, file


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """The turn of this process, then that of the machine; the kernel gives the latter back when its holder dies."""
    if not _turn.acquire(blocking=False):
        raise Busy
    try:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder() / ".making").open("a") as stream:
            _lock(stream.fileno())
            yield
    finally:
        _turn.release()


def _lock(handle: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise Busy from None
        time.sleep(_AGAIN)
