"""The region as areas and points need it, and what a stated area comes to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from schakel.core.errors import CoreError, InvalidInput
from schakel.core.geography import AreaBase, RegionGeography, build_geography, resolve_area
from schakel.core.model import FINDABLE, AreaKnowledge, Delivered, LifeStatus, Point, PointPrecision, ServiceArea
from schakel.core.taxonomy import service
from schakel.register.models import Establishment, Region
from schakel.register.read.region import list_clusters, list_localities, list_municipalities


class NoRegion(CoreError):
    """The register does not know its region yet; a pack has to be loaded first."""


def load_geography(today: date) -> RegionGeography:
    """The region with the clusters as they stand on `today`. Raises `NoRegion` before a pack was loaded."""
    region = Region.objects.filter(id=1).first()
    if region is None:
        raise NoRegion("Er is nog geen regio geladen. Laad eerst een regiopakket met `schakel region load MAP`.")
    rules = {Delivered(way): rule for way, rule in region.settings["assumed_area"].items()}
    return build_geography(list_municipalities(), list_localities(), list_clusters(), rules=rules, on=today)


def resolve_stated(slug: str, tokens: Sequence[str], service_code: str, establishment: str | None) -> ServiceArea:
    """What a stated area would come to for an offer of this organisation, without stating it.

    Without tokens the region's assumption for the service; UNKNOWN for a service or a token that does not exist.
    """
    places = Establishment.objects.filter(organisation__slug=slug, status__in=[*FINDABLE, LifeStatus.UNCONFIRMED])
    bases = [
        AreaBase(
            None if row.lat is None or row.lon is None else Point(row.lat, row.lon, PointPrecision.ADDRESS),
            row.nis_code,
        )
        for row in (places.filter(key=establishment) if establishment else places)
    ]
    try:
        delivered = service(service_code).delivered if service_code else Delivered.ON_SITE
        region = load_geography(timezone.localdate())
        return resolve_area(tokens or None, delivered=delivered, bases=bases, region=region)
    except InvalidInput:
        return ServiceArea(AreaKnowledge.UNKNOWN)
