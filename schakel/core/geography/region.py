"""The region as `locate` and `resolve_area` need it: built once per load, then only read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from schakel.core.geography.distance import Degrees, distances_km
from schakel.core.identifiers import is_within
from schakel.core.model import Cluster, Delivered, Locality, Municipality, Point

MUNICIPALITY = "municipality"
MUNICIPALITY_AND_NEIGHBOURS = "municipality_and_neighbours"
REGION = "region"
AREA_RULES = (MUNICIPALITY, MUNICIPALITY_AND_NEIGHBOURS, REGION)


def fold_place(name: str) -> str:
    """A place name without case, accents, hyphens and double spaces, so that "Sint-Lievens  Esse" meets its twin."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))
    return " ".join(plain.casefold().replace("-", " ").split())


@dataclass(frozen=True, slots=True)
class RegionGeography:
    """Municipalities by NIS code, localities, clusters as they stand on one day, and the rules for assumed areas.

    `rules` maps each way of delivering to one of `AREA_RULES`.
    """

    municipalities: Mapping[str, Municipality]
    localities: tuple[Locality, ...]
    clusters: Mapping[str, tuple[str, frozenset[str]]]  # slug -> name, NIS codes of today's members
    rules: Mapping[Delivered, str]
    by_postal_code: Mapping[str, tuple[Locality, ...]] = field(repr=False)
    _codes: tuple[str, ...] = field(repr=False)
    _lats: Degrees = field(repr=False)
    _lons: Degrees = field(repr=False)

    def list_within(self, centre: Point, radius_km: float) -> frozenset[str]:
        """The municipalities that a circle reaches: those with the point of any locality within the radius.

        The edge itself is inside. A municipality of which no locality has a point counts by its own point; without
        any point it is never reached. A corner that the circle touches without a locality's point is left out.
        """
        near = distances_km(centre.lat, centre.lon, self._lats, self._lons) <= radius_km
        return frozenset(self._codes[place] for place in np.flatnonzero(near))


def build_geography(
    municipalities: Iterable[Municipality],
    localities: Iterable[Locality],
    clusters: Iterable[Cluster],
    *,
    rules: Mapping[Delivered, str],
    on: date,
) -> RegionGeography:
    """Put together what areas are resolved with; `on` is the day for which cluster membership counts.

    A membership whose start or end is not known, or only to the year, counts as long as it may hold on that day.
    """
    by_code = {municipality.nis_code: municipality for municipality in municipalities}
    known = tuple(localities)
    places = [(place.nis_code, place.point) for place in known if place.point is not None]
    covered = {nis_code for nis_code, _ in places}
    places += [(code, row.point) for code, row in by_code.items() if code not in covered and row.point is not None]
    by_postal_code: dict[str, list[Locality]] = {}
    for locality in known:
        by_postal_code.setdefault(locality.postal_code, []).append(locality)
    members = {
        cluster.slug: (
            cluster.name,
            frozenset(
                member.nis_code
                for member in cluster.members
                if member.nis_code in by_code and is_within(on, member.since, member.until)
            ),
        )
        for cluster in clusters
    }
    return RegionGeography(
        municipalities=by_code,
        localities=known,
        clusters=members,
        rules=dict(rules),
        by_postal_code={code: tuple(rows) for code, rows in by_postal_code.items()},
        _codes=tuple(nis_code for nis_code, _ in places),
        _lats=np.array([point.lat for _, point in places], dtype=np.float64),
        _lons=np.array([point.lon for _, point in places], dtype=np.float64),
    )
