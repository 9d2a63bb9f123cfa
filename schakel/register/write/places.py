"""The region as areas and points need it, read once per write."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

from schakel.core.errors import CoreError
from schakel.core.geography import AreaBase, RegionGeography, build_geography, locate, resolve_area
from schakel.core.model import FINDABLE, Delivered, Json, Point, PointPrecision, ServiceArea
from schakel.core.taxonomy import service
from schakel.register.models import Area, Establishment, Region
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


def load_places(today: date) -> Places:
    """The places of one write."""
    return Places(load_geography(today))


class Places:
    """Resolves points and areas, and keeps the rows of areas so that each set of municipalities exists once."""

    def __init__(self, geography: RegionGeography) -> None:
        self.geography = geography
        self._rows: dict[str, Area] = {row.digest: row for row in Area.objects.all()}
        self._fresh: list[Area] = []

    def locate(self, values: Mapping[str, Json]) -> Point | None:
        """The point of an establishment with these resolved values."""
        return locate(
            self.geography,
            lat=_number(values.get("lat")),
            lon=_number(values.get("lon")),
            postal_code=_text(values.get("postal_code")),
            locality=_text(values.get("locality")),
            nis_code=_text(values.get("nis_code")),
        )

    def area(
        self, values: Mapping[str, Json], establishments: Sequence[Establishment], bound: Establishment | None
    ) -> ServiceArea:
        """Where an offer with these resolved values reaches: from the establishment it names, else all live ones."""
        counting = [bound] if bound is not None else [row for row in establishments if row.status in FINDABLE]
        stated = values.get("area")
        return resolve_area(
            [str(token) for token in stated] if isinstance(stated, list) else None,
            delivered=service(str(values["service"])).delivered,
            bases=[AreaBase(point_of(row), row.nis_code) for row in counting],
            region=self.geography,
        )

    def area_row(self, area: ServiceArea) -> Area | None:
        """The row that holds this set, `None` for the empty set. New rows get a number in `save_areas`."""
        if not area.nis_codes:
            return None
        codes = sorted(area.nis_codes)
        digest = hashlib.sha256(" ".join(codes).encode()).hexdigest()
        if digest not in self._rows:
            self._rows[digest] = Area(digest=digest, nis_codes=codes)
            self._fresh.append(self._rows[digest])
        return self._rows[digest]

    def save_areas(self) -> None:
        """Write the sets that did not exist yet."""
        if self._fresh:
            Area.objects.bulk_create(self._fresh)
            self._fresh = []


def point_of(row: Establishment) -> Point | None:
    """The point an establishment's row holds."""
    if row.lat is None or row.lon is None or row.precision is None:
        return None
    return Point(row.lat, row.lon, PointPrecision(row.precision))


def _number(value: Json) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) else None
