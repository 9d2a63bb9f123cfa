"""The register as the search index needs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

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

Row: TypeAlias = Mapping[str, Any]
CHUNK = 2000  # organisations per round of three queries


def iter_search_records() -> Iterator[SearchRecord]:
    """Every organisation, also those that are not findable, by chunks of three queries, in the order of its row.

    A write that commits half-way may show in part; compare `revision()` before and after.
    """
    areas = _Areas()
    last = 0
    while True:
        organisations = list(
            models.Organisation.objects.filter(pk__gt=last)
            .order_by("pk")
            .values(
                "id", "slug", "name", "legal_name", "previous_names", "merged_names", "description", "kinds", "status"
            )[:CHUNK]
        )
        if not organisations:
            return
        first, last = organisations[0]["id"], organisations[-1]["id"]
        places = _establishments(first, last)
        offers = _offers(first, last)
        for row in organisations:
            yield _record(row, places[row["id"]], offers[row["id"]], areas)


class _Areas:
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
    for row in rows.values("organisation_id", "key", "nis_code", "lat", "lon", "precision"):
        found[row["organisation_id"]].append(row)
    return found


def _offers(first: int, last: int) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    rows = models.Offer.objects.filter(organisation_id__gte=first, organisation_id__lte=last).order_by("id")
    for row in rows.values(
        "organisation_id",
        "key",
        "service",
        "words",
        "customers",
        "establishment_key",
        "area_id",
        "area_knowledge",
        "area_words",
        "status",
    ):
        found[row["organisation_id"]].append(row)
    return found


def _record(row: Row, establishments: list[Row], offers: list[Row], areas: _Areas) -> SearchRecord:
    points = {place["key"]: point for place in establishments if (point := _point(place)) is not None}
    other = [past["name"] for past in row["previous_names"]] + row["merged_names"]
    if row["legal_name"]:
        other.insert(0, row["legal_name"])
    return SearchRecord(
        slug=row["slug"],
        name=row["name"],
        other_names=tuple(dict.fromkeys(name for name in other if name != row["name"])),
        description=row["description"],
        kinds=tuple(row["kinds"]),
        status=LifeStatus(row["status"]),
        seats=tuple(sorted({place["nis_code"] for place in establishments if place["nis_code"]})),
        points=tuple(points.values()),
        offers=tuple(_offer(offer, points, areas) for offer in offers),
    )


def _offer(row: Row, points: Mapping[str, Point], areas: _Areas) -> SearchOffer:
    bound = row["establishment_key"]
    here = [points[bound]] if bound in points else [] if bound else list(points.values())
    return SearchOffer(
        key=row["key"],
        service=row["service"],
        words=row["words"],
        customers=tuple(row["customers"]),
        area=ServiceArea(AreaKnowledge(row["area_knowledge"]), areas.get(row["area_id"]), row["area_words"]),
        status=LifeStatus(row["status"]),
        points=tuple(here),
    )


def _point(row: Row) -> Point | None:
    if row["lat"] is None or row["lon"] is None:
        return None
    return Point(row["lat"], row["lon"], PointPrecision(row["precision"]))
