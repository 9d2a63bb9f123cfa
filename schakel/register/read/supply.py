"""What is on offer today, as the analyses need it."""

from __future__ import annotations

from collections import defaultdict

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


def list_supply() -> tuple[SupplyOffer, ...]:
    """Every findable offer (live or uncertain), by its key; three queries.

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
    offers = models.Offer.objects.filter(status__in=FINDABLE).select_related("organisation", "area").order_by("key")
    found = [_offer(row, points[row.organisation_id], staff.get(row.organisation_id)) for row in offers]
    return tuple(sorted(found, key=lambda offer: offer.key))


def _offer(row: models.Offer, points: dict[str, Point], fte: float | None) -> SupplyOffer:
    bound = row.establishment_key
    here = tuple(points.values()) if not bound else (points[bound],) if bound in points else ()
    codes = frozenset(row.area.nis_codes) if row.area is not None else frozenset()
    return SupplyOffer(
        key=row.key,
        organisation=row.organisation.slug,
        name=row.organisation.name,
        service=row.service,
        customers=tuple(row.customers),
        area=ServiceArea(AreaKnowledge(row.area_knowledge), codes, row.area_words),
        status=LifeStatus(row.status),
        points=here,
        dated=row.newest_on,
        verified=row.verified,
        fte=fte,
    )
