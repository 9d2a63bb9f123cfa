"""What the readers of the register hand out, beside the records of `core.model`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from schakel.core.model import FactSource, LifeStatus, Origin, Point, SourceRank

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list. `number` starts at 1 and is never past the last page; `total` counts all items."""

    items: tuple[T, ...]
    number: int
    size: int
    total: int


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of the region; `title` and `text` map a language (nl, en, fr) to words."""

    key: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    source_url: str


@dataclass(frozen=True, slots=True)
class RegionInfo:
    """The region this register serves. `synthetic`: every fact in it is invented, and pages must say so."""

    slug: str
    name: Mapping[str, str]
    description: Mapping[str, str]
    goals: tuple[Goal, ...]
    synthetic: bool
    compiled_on: str
    licence: str


@dataclass(frozen=True, slots=True)
class RegionCounts:
    """The register in numbers.

    `live_offers` counts offers of today (`live`), `municipalities_served` those a stated live offer reaches.
    `known_fte` adds, over live organisations with a live establishment in the region, the newest year in which the
    source gives an FTE figure (of an enterprise from elsewhere nobody says how much of its staff works here);
    `None` when nobody's is known. `fte_years` is the first and last of those years. A minimum ("more than 50") is
    not added up and counts as unknown.
    """

    live_organisations: int
    uncertain_organisations: int
    live_offers: int
    municipalities: int
    municipalities_served: int
    known_fte: float | None
    fte_years: tuple[int, int] | None
    fte_known: int
    fte_unknown: int
    newest_on: str | None
    run_id: int | None
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Task:
    """A published example of work that a local government lets a social enterprise do; not a contract."""

    key: str
    nis_code: str
    title: str
    services: tuple[str, ...]
    organisation: str | None  # slug
    provider_name: str  # as the source says, when it is no organisation of the register
    year: int | None
    status: LifeStatus
    source: FactSource


@dataclass(frozen=True, slots=True)
class Initiative:
    key: str
    title: str
    summary: str
    organisation: str | None  # slug
    nis_code: str | None
    place: str
    year: int | None
    goal: str
    status: LifeStatus
    source: FactSource


@dataclass(frozen=True, slots=True)
class Partner:
    key: str
    name: str
    kind: str
    nis_code: str | None
    place: str
    website: str
    source: FactSource


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure about a municipality; `year` is `None` when the source does not say."""

    nis_code: str
    indicator: str
    year: int | None
    value: float
    unit: str
    source: FactSource


@dataclass(frozen=True, slots=True)
class NegativeStatement:
    """Somebody searched for a service in a municipality and found none."""

    nis_code: str
    service: str
    searched_by: str
    method: str
    searched_on: str
    source: FactSource


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A source with the number of statements of it that count today, and its last load."""

    key: str
    title: str
    rank: SourceRank
    url: str
    licence: str
    synthetic: bool
    withdrawn_at: datetime | None
    statements: int
    last_run: int | None


@dataclass(frozen=True, slots=True)
class RunInfo:
    """One recorded load. `fingerprint` is the SHA-256 of the input; `counts` what it held and what it changed."""

    id: int
    source: str
    source_title: str
    started_at: datetime
    finished_at: datetime
    fingerprint: str
    counts: Mapping[str, int]
    version: str


@dataclass(frozen=True, slots=True)
class Place:
    """An establishment that exists today, as a map needs it; `street` and `town` are empty when not known."""

    organisation: str
    organisation_name: str
    key: str
    name: str
    street: str
    town: str
    nis_code: str | None
    point: Point | None


@dataclass(frozen=True, slots=True)
class MapLayer:
    """Lines behind the maps as GeoJSON text in WGS84, with who drew them and the load they came in."""

    key: str
    content: str
    source_title: str
    source_url: str
    licence: str
    run: int
    loaded_at: datetime


@dataclass(frozen=True, slots=True)
class OriginSet:
    """The points from which people set out; `level`: "locality", or "loaded" for sectors or neighbourhoods from a file.

    `counted`: people were counted per point; False: the population of each municipality was shared out by area, to be
    labelled so. `years`: the first and last year of the figures; None when no population is known. `source`: where the
    population comes from; None without any municipality.
    """

    origins: tuple[Origin, ...]
    level: str
    counted: bool
    years: tuple[int, int] | None
    source: FactSource | None
