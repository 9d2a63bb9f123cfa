"""One load at a time: everybody else waits for a while, then is told so."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from schakel.core.errors import CoreError

LOCK_FILE = "load.lock"
_ADVISORY_KEY = 0x5C4A6B31  # any number that nothing else in this database uses
_POLL_SECONDS = 0.1


class LoadBusy(CoreError):
    """Another load is under way and did not finish in the time we were willing to wait."""

    def __init__(self) -> None:
        super().__init__(
            "Er loopt al een lading van een regiopakket. Wacht tot die klaar is en probeer dan opnieuw; "
            "er is niets gewijzigd."
        )


@contextmanager
def hold_load_lock(*, wait_seconds: float, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the one lock for loading; `on_wait` is called once if it is taken. Raises LoadBusy after `wait_seconds`.

    On PostgreSQL an advisory lock, so that it holds between machines; on SQLite a lock on a file in the data folder.
    Both end by themselves when the process dies, however it dies. The transaction of the load would keep two loads
    apart as well; this lock is there so that waiting is said instead of looking like a hang or a database error.
    """
    if connection.vendor == "postgresql":
        with _held_in_database(wait_seconds, on_wait):
            yield
    else:
        with _held_on_file(Path(settings.DATA_FOLDER) / LOCK_FILE, wait_seconds, on_wait):
            yield


@contextmanager
def _held_in_database(wait_seconds: float, on_wait: Callable[[], None] | None) -> Iterator[None]:
    def take() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ADVISORY_KEY])
            row = cursor.fetchone()
            return bool(row and row[0])

    _wait_for(take, wait_seconds, on_wait)
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:  # a lost session lost its lock too
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY_KEY])


@contextmanager
def _held_on_file(path: Path, wait_seconds: float, on_wait: Callable[[], None] | None) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:

        def take() -> bool:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        _wait_for(take, wait_seconds, on_wait)
        yield  # closing the file lets go; the empty file stays, since removing it would split the lock in two


def _wait_for(take: Callable[[], bool], wait_seconds: float, on_wait: Callable[[], None] | None) -> None:
    deadline = time.monotonic() + wait_seconds
    if take():
        return
    if on_wait is not None:
        on_wait()
    while not take():
        if time.monotonic() >= deadline:
            raise LoadBusy
        time.sleep(_POLL_SECONDS)
