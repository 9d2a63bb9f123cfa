"""The ground under every question about sites: where people live, where one could open, what is open today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from schakel.analyses.siting.question import list_visited
from schakel.core.geography.travel import Places
from schakel.core.identifiers import is_within
from schakel.core.model import LifeStatus, Locality, Origin, Point
from schakel.register import read
from schakel.register.read import OriginSet

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A locality in which one could open."""

    key: str
    name: str
    nis_code: str
    point: Point


@dataclass(frozen=True)
class Ground:
    """Origins with known population, candidates, and today's sites.

    Columns of a table of minutes: first the candidates, then the points of today's offers, in the order of `sites`.
    `existing`: per service the columns of its live offers; `doubtful`: per service how many offers may still exist and
    do not count. `nobody_known`: municipalities whose population is not known, left out.
    `clusters`: candidates by name.
    """

    origins: tuple[Origin, ...]
    people: Numbers
    candidates: tuple[Candidate, ...]
    sites: Places
    existing: Mapping[str, tuple[int, ...]]
    names: Mapping[int, str]
    doubtful: Mapping[str, int]
    nobody_known: frozenset[str]
    clusters: Mapping[str, tuple[int, ...]]
    source: OriginSet
    revision: int

    @property
    def places(self) -> Places:
        """Where the origins lie."""
        return Places.of(origin.point for origin in self.origins)

    def point_of(self, column: int) -> Point:
        """Where the site of this column lies."""
        return Point(float(self.sites.lats[column]), float(self.sites.lons[column]))


def candidate_key(locality: Locality) -> str:
    """What a locality is called in addresses and stored answers; names alone occur twice."""
    return f"{locality.nis_code}:{locality.postal_code}:{locality.name}"


def read_ground(on: date) -> Ground:
    """The ground as the register has it today, in some ten queries."""
    revision, found = read.revision(), read.list_origins()
    known = tuple(origin for origin in found.origins if origin.population is not None)
    candidates = _candidates()
    points = [candidate.point for candidate in candidates]
    existing: dict[str, list[int]] = {service.code: [] for service in list_visited()}
    doubtful = dict.fromkeys(existing, 0)
    names: dict[int, str] = {}
    for offer in read.list_supply():
        if offer.service not in existing:
            continue
        if offer.status is not LifeStatus.LIVE:
            doubtful[offer.service] += 1
            continue
        for point in offer.points:
            names[len(points)] = offer.name
            existing[offer.service].append(len(points))
            points.append(point)
    return Ground(
        origins=known,
        people=np.array([origin.population for origin in known], dtype=np.float64),
        candidates=candidates,
        sites=Places.of(points),
        existing={code: tuple(columns) for code, columns in existing.items()},
        names=names,
        doubtful=doubtful,
        nobody_known=frozenset(origin.nis_code for origin in found.origins if origin.population is None),
        clusters=_clusters(candidates, on),
        source=found,
        revision=revision,
    )


def _candidates() -> tuple[Candidate, ...]:
    """Every locality with a known point; a municipality without any by its own point."""
    found = [
        Candidate(candidate_key(row), row.name, row.nis_code, row.point)
        for row in read.list_localities()
        if row.point is not None
    ]
    covered = {row.nis_code for row in found}
    found += [
        Candidate(row.nis_code, row.name, row.nis_code, row.point)
        for row in read.list_municipalities()
        if row.nis_code not in covered and row.point is not None
    ]
    return tuple(found)


def _clusters(candidates: Sequence[Candidate], on: date) -> Mapping[str, tuple[int, ...]]:
    found = {}
    for cluster in read.list_clusters():
        members = {m.nis_code for m in cluster.members if is_within(on, m.since, m.until)}
        columns = tuple(number for number, row in enumerate(candidates) if row.nis_code in members)
        if columns:
            found[cluster.name] = columns
    return found
