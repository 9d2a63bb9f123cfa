"""What is on offer today, as the analyses need it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from schakel.core.model import (
    FINDABLE,
    AreaKnowledge,
    LifeStatus,
    Point,
    PointPrecision,
    ServiceArea,
    SupplyOffer,
)
from schakel.register import models

_COLUMNS = (
    *("key", "organisation_id", "organisation__slug", "organisation__name", "service", "customers", "area_id"),
    *("area_knowledge", "area_words", "status", "newest_on", "verified", "establishment_key"),
)


def list_supply() -> tuple[SupplyOffer, ...]:
    """Every findable offer (live or uncertain), by its key; four queries.

    FTE is that of the newest year in which the source gives an exact figure; a minimum ("more than 50") is not one.
    """
    staff: dict[int, float] = {}
    figures = models.Employment.objects.filter(fte__isnull=False, is_minimum=False).order_by("year", "id")
    for owner, fte in figures.values_list("organisation_id", "fte"):
        staff[owner] = float(fte or 0.0)
    points: dict[int, dict[str, Point]] = defaultdict(dict)
    places = models.Establishment.objects.filter(status__in=FINDABLE).order_by("key")
    for owner, key, lat, lon, precision in places.values_list("organisation_id", "key", "lat", "lon", "precision"):
        if lat is not None and lon is not None and precision is not None:
            points[owner][key] = Point(lat, lon, PointPrecision(precision))
    areas = {key: frozenset(codes) for key, codes in models.Area.objects.values_list("pk", "nis_codes")}
    # rows as they are: a large register has some 300,000, and objects of the database layer take three times as long
    offers = models.Offer.objects.filter(status__in=FINDABLE).values_list(*_COLUMNS, named=True)
    found = [
        _offer(row, areas.get(row.area_id, frozenset()), points[row.organisation_id], staff.get(row.organisation_id))
        for row in offers.iterator(chunk_size=5000)
    ]
    return tuple(sorted(found, key=lambda offer: offer.key))


def _offer(row: Any, codes: frozenset[str], points: dict[str, Point], fte: float | None) -> SupplyOffer:
    bound = row.establishment_key
    here = tuple(points.values()) if not bound else (points[bound],) if bound in points else ()
    return SupplyOffer(
        key=row.key,
        organisation=row.organisation__slug,
        name=row.organisation__name,
        service=row.service,
        customers=tuple(row.customers),
        area=ServiceArea(AreaKnowledge(row.area_knowledge), codes, row.area_words),
        status=LifeStatus(row.status),
        points=here,
        dated=row.newest_on,
        verified=row.verified,
        fte=fte,
    )
