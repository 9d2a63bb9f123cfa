"""Counts what is searched for, without a trace of who, and without making a visitor wait for the database.

A search must not wait for a load that holds the database for a while. So counts are kept in memory and written by a
thread of this process every few seconds. A crash loses at most those seconds of counts. With
`SEARCH_TALLY_SECONDS = 0` (the tests) they are written at once.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from datetime import date

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from schakel.cooperation.write import count_search
from schakel.search.result import SearchPage

log = logging.getLogger(__name__)
Key = tuple[date, tuple[str, ...], str, bool]

_lock = threading.Lock()
_waiting: Counter[Key] = Counter()
_writer: threading.Thread | None = None


def note(found: SearchPage) -> None:
    """Count one search: the services it asked for, the municipality when exactly one was chosen, whether any was found.

    Only the first page counts, and a visit without a question does not.
    """
    if found.query.page != 1 or found.query.is_empty:
        return
    chosen = found.effective.municipality
    key = (timezone.localdate(), tuple(found.services), chosen[0] if len(chosen) == 1 else "", found.count > 0)
    with _lock:
        _waiting[key] += 1
    if settings.SEARCH_TALLY_SECONDS == 0:
        flush()
    else:
        _start()


def flush() -> None:
    """Write what waits. What cannot be written now waits for the next time, and the log says so."""
    with _lock:
        counted = dict(_waiting)
        _waiting.clear()
    for key, times in counted.items():
        try:
            count_search(*key, times)
        except DatabaseError as refusal:
            log.warning("searches could not be counted yet: %s", refusal)
            with _lock:
                _waiting[key] += times
            return


def _start() -> None:
    global _writer
    with _lock:
        if _writer is None or not _writer.is_alive():
            _writer = threading.Thread(target=_write_now_and_then, name="search-tally", daemon=True)
            _writer.start()


def _write_now_and_then() -> None:
    while True:
        time.sleep(settings.SEARCH_TALLY_SECONDS)
        flush()
        connection.close()
