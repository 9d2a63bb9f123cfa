"""Counts searches, so that the region sees what is asked for and where, without any trace of who asked."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from schakel.cooperation.write import count_search
from schakel.search.query import SearchQuery
from schakel.search.result import SearchPage

MOST_PLACES = 3  # who chooses more municipalities is browsing, not asking for one of them


def record(query: SearchQuery, page: SearchPage, *, day: date | None = None) -> None:
    """Counts one search, per service that was recognised or chosen and per municipality that was chosen.

    To be called by pages and API after a search, with what was asked and what came back; `day` is today in the
    region unless given. Only first pages of a search that asks for something count; a
    municipality read in the text counts as chosen. Nothing else is kept: no words, no person, no address, no time.
    """
    asked = page.effective
    if query.page != 1 or asked.is_empty:
        return
    when = day or timezone.localdate()
    places = asked.municipality if 0 < len(asked.municipality) <= MOST_PLACES else ("",)
    for nis_code in places:
        count_search(when, page.services, nis_code, page.count > 0)
