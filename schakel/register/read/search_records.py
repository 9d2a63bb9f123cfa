"""The register as the search index needs it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from django.db.models import TextField
from django.db.models.functions import Cast

from schakel.core.model import (
    FINDABLE,
    AreaKnowledge,
    LifeStatus,
    Point,
    PointPrecision,
    SearchOffer,
    SearchRecord,
    ServiceArea,
)
from schakel.register import models

Row: TypeAlias = Sequence[Any]
CHUNK = 2000  # organisations per round of three queries

# Lists are asked for as text, so that each different one is turned into Python once.
_ORGANISATION = (
    "id",
    "slug",
    "name",
    "legal_name",
    Cast("previous_names", TextField()),
    Cast("merged_names", TextField()),
    "description",
    Cast("kinds", TextField()),
    "status",
    "status_date",
)
_OFFER = (
    "organisation_id",
    "key",
    "service",
    "words",
    Cast("customers", TextField()),
    "establishment_key",
    "area_id",
    "area_knowledge",
    "area_words",
    "status",
    "status_date",
)


def iter_search_records() -> Iterator[SearchRecord]:
    """Every organisation, also those that are not findable, by chunks of three queries, in the order of its row.

    A write that commits half-way may show in part; compare `revision()` before and after.
    """
    areas = Areas()
    last = 0
    while True:
        organisations = list(
            models.Organisation.objects.filter(pk__gt=last).order_by("pk").values_list(*_ORGANISATION)[:CHUNK]
        )
        if not organisations:
            return
        first, last = organisations[0][0], organisations[-1][0]
        places = _establishments(first, last)
        offers = _offers(first, last)
        for number, *row in organisations:
            yield _record(row, places.get(number, ()), offers.get(number, ()), areas)


class Areas:
    """Sets of municipalities by row, read when first met: many offers share one."""

    def __init__(self) -> None:
        self._sets: dict[int, frozenset[str]] = {}

    def get(self, number: int | None) -> frozenset[str]:
        if number is None:
            return frozenset()
        if number not in self._sets:
            rows = models.Area.objects.filter(pk__gt=max(self._sets, default=0)).values_list("id", "nis_codes")
            self._sets.update((key, frozenset(codes)) for key, codes in rows)
        return self._sets.get(number, frozenset())  # gone by a write that is busy: see `iter_search_records`


def _establishments(first: int, last: int) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    rows = models.Establishment.objects.filter(
        organisation_id__gte=first, organisation_id__lte=last, status__in=FINDABLE
    ).order_by("id")
    for owner, *row in rows.values_list("organisation_id", "key", "nis_code", "lat", "lon", "precision"):
        found[owner].append(row)
    return found


def _offers(first: int, last: int) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    rows = models.Offer.objects.filter(organisation_id__gte=first, organisation_id__lte=last).order_by("id")
    for owner, *row in rows.values_list(*_OFFER):
        found[owner].append(row)
    return found


def _record(row: Row, establishments: Sequence[Row], offers: Sequence[Row], areas: Areas) -> SearchRecord:
    slug, name, legal_name, previous_names, merged_names, description, kinds, status, status_date = row
    points = {
        key: Point(lat, lon, PointPrecision(precision))
        for key, _, lat, lon, precision in establishments
        if lat is not None and lon is not None
    }
    other = [*(past["name"] for past in _list(previous_names)), *_list(merged_names)]
    if legal_name:
        other.insert(0, legal_name)
    return SearchRecord(
        slug=slug,
        name=name,
        other_names=tuple(dict.fromkeys(past for past in other if past != name)),
        description=description,
        kinds=tuple(_list(kinds)),
        status=LifeStatus(status),
        seats=tuple(sorted({nis_code for _, nis_code, *_ in establishments if nis_code})),
        points=tuple(points.values()),
        offers=tuple(_offer(offer, points, areas) for offer in offers),
        status_date=status_date,
    )


def _offer(row: Row, points: Mapping[str, Point], areas: Areas) -> SearchOffer:
    key, service, words, customers, bound, area, knowledge, area_words, status, status_date = row
    here = [points[bound]] if bound in points else [] if bound else list(points.values())
    return SearchOffer(
        key=key,
        service=service,
        words=words,
        customers=tuple(_list(customers)),
        area=ServiceArea(AreaKnowledge(knowledge), areas.get(area), area_words),
        status=LifeStatus(status),
        points=tuple(here),
        status_date=status_date,
    )


@lru_cache(maxsize=4096)
def _list(text: str) -> list[Any]:
    """The same few lists return in nearly every row; nobody changes the one that is handed out here."""
    found: list[Any] = json.loads(text)
    return found
