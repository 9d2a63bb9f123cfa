"""The register as matching needs it: who offers what, where, for whom, how much, recognised by which law."""

from __future__ import annotations

from collections import defaultdict

from schakel.core.matching import Recognition, Supplier, SupplyOffer
from schakel.core.model import FINDABLE, AreaKnowledge, LifeStatus, Point, PointPrecision, ServiceArea
from schakel.register import models

_ENDED = (LifeStatus.CLOSED, LifeStatus.HISTORICAL)


def list_suppliers() -> tuple[Supplier, ...]:
    """Every organisation, also those without an offer of today, by slug; in five queries, whatever their number."""
    points: dict[int, dict[str, Point]] = defaultdict(dict)
    rows = models.Establishment.objects.filter(status__in=FINDABLE).order_by("id")
    for owner, key, lat, lon, precision in rows.values_list("organisation_id", "key", "lat", "lon", "precision"):
        if lat is not None and lon is not None and precision is not None:
            points[owner][key] = Point(lat, lon, PointPrecision(precision))
    recognitions: dict[int, list[Recognition]] = defaultdict(list)
    lawful = models.Recognition.objects.exclude(status__in=_ENDED).order_by("key")
    spans = lawful.values_list("organisation_id", "law", "establishment_key", "valid_from", "valid_until")
    for owner, law, establishment, since, until in spans:
        recognitions[owner].append(Recognition(law, establishment, since, until))
    offers = _offers(points)
    organisations = models.Organisation.objects.order_by("slug")
    return tuple(
        Supplier(slug, name, description, newest, tuple(offers[number]), tuple(recognitions[number]))
        for number, slug, name, description, newest in organisations.values_list(
            "id", "slug", "name", "description", "newest_on"
        )
    )


def _offers(points: dict[int, dict[str, Point]]) -> dict[int, list[SupplyOffer]]:
    areas = {number: frozenset(codes) for number, codes in models.Area.objects.values_list("id", "nis_codes")}
    found: dict[int, list[SupplyOffer]] = defaultdict(list)
    for row in models.Offer.objects.order_by("key").iterator(chunk_size=2000):
        own = points[row.organisation_id]
        here = [own[row.establishment_key]] if row.establishment_key in own else []
        codes = areas.get(row.area_id, frozenset()) if row.area_id else frozenset()
        found[row.organisation_id].append(
            SupplyOffer(
                key=row.key,
                service=row.service,
                words=row.words,
                customers=tuple(row.customers),
                area=ServiceArea(AreaKnowledge(row.area_knowledge), codes, row.area_words),
                status=LifeStatus(row.status),
                establishment=row.establishment_key,
                points=tuple(here if row.establishment_key else own.values()),
                capacity=row.capacity_amount,
                unit=row.capacity_unit or "",
                free_from=row.capacity_from,
            )
        )
    return found
