"""Counts what is searched for and where, without a trace of who, and without making a visitor wait for the database.

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
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from schakel.cooperation.write import Asked, count_searches
from schakel.search.result import SearchPage

MOST_PLACES = 3  # who chooses more municipalities is browsing, not asking for one of them

log = logging.getLogger(__name__)
_lock = threading.Lock()
_waiting: Counter[Asked] = Counter()
_writer: threading.Thread | None = None


def keys(found: SearchPage, day: date) -> list[Asked]:
    """What to count of one search: the services it asked for, each municipality chosen, and whether any was found.

    Only first pages of a search that asks for something count; a municipality read in the text counts as chosen.
    Nothing else is kept: no words, no person, no address, no time.
    """
    asked = found.effective
    if found.query.page != 1 or asked.is_empty:
        return []
    places = asked.municipality if 0 < len(asked.municipality) <= MOST_PLACES else ("",)
    return [(day, found.services, nis_code, found.count > 0) for nis_code in places]


def note(found: SearchPage) -> None:
    """Count one search of today; to be called by whoever shows its result."""
    counted = keys(found, timezone.localdate())
    if not counted:
        return
    with _lock:
        _waiting.update(counted)
    if settings.SEARCH_TALLY_SECONDS == 0:
        flush()
    else:
        _start()


def flush() -> None:
    """Write what waits. What cannot be written now waits for the next time, and the log says so."""
    with _lock:
        counted = dict(_waiting)
        _waiting.clear()
    if not counted:
        return
    try:
        count_searches(counted)
    except DatabaseError as refusal:
        log.warning("searches could not be counted yet: %s", refusal)
        with _lock:
            _waiting.update(counted)


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
        close_old_connections()  # opening one takes longer than a page, so it stays for as long as settings say
