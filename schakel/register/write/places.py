"""The region as areas and points need it, read once per write."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

from schakel.core.geography import AreaBase, RegionGeography, locate, resolve_area
from schakel.core.model import FINDABLE, Json, Point, PointPrecision, ServiceArea
from schakel.core.taxonomy import service
from schakel.register.models import Area
from schakel.register.read.geography import load_geography
from schakel.register.write.rows import Row


def load_places(today: date) -> Places:
    """The places of one write."""
    return Places(load_geography(today))


class Places:
    """Resolves points and areas, and keeps the rows of areas so that each set of municipalities exists once."""

    def __init__(self, geography: RegionGeography) -> None:
        self.geography = geography
        self._numbers: dict[frozenset[str], int] = {frozenset(row.nis_codes): row.pk for row in Area.objects.all()}

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

    def area(self, values: Mapping[str, Json], establishments: Sequence[Row], bound: Row | None) -> ServiceArea:
        """Where an offer with these resolved values reaches: from the establishment it names, else all live ones."""
        counting = [bound] if bound is not None else [row for row in establishments if row["status"] in FINDABLE]
        stated = values.get("area")
        return resolve_area(
            [str(token) for token in stated] if isinstance(stated, list) else None,
            delivered=service(str(values["service"])).delivered,
            bases=[AreaBase(point_of(row), row["nis_code"]) for row in counting],
            region=self.geography,
        )

    def area_numbers(self, areas: Sequence[ServiceArea]) -> list[int | None]:
        """The number of the row that holds each set, `None` for an empty set; sets that are new are written."""
        wanted = {area.nis_codes for area in areas if area.nis_codes}
        fresh = wanted - self._numbers.keys()
        Area.objects.bulk_create(Area(digest=_digest(codes), nis_codes=sorted(codes)) for codes in fresh)
        if fresh:
            rows = Area.objects.filter(digest__in=map(_digest, fresh))
            self._numbers.update((frozenset(row.nis_codes), row.pk) for row in rows)
        return [self._numbers[area.nis_codes] if area.nis_codes else None for area in areas]


def point_of(row: Row) -> Point | None:
    """The point an establishment's row holds."""
    return None if row["precision"] is None else Point(row["lat"], row["lon"], PointPrecision(row["precision"]))


def _digest(codes: frozenset[str]) -> str:
    return hashlib.sha256(" ".join(sorted(codes)).encode()).hexdigest()


def _number(value: Json) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) else None
