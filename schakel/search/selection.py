"""The conditions of a search besides its words, checked per document, and the organisations that remain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from schakel.core import taxonomy
from schakel.core.errors import InvalidInput
from schakel.core.model import FINDABLE, AreaKnowledge, LifeStatus
from schakel.search.analysis import split_words
from schakel.search.content import (
    CUSTOMERS,
    DELIVERED,
    EARTH_RADIUS_KM,
    KINDS,
    KNOWLEDGE,
    NO_SERVICE,
    STATUSES,
    Content,
    bits,
    unit_vector,
)
from schakel.search.matching import Matcher
from schakel.search.places import Gazetteer
from schakel.search.query import FACETS, SearchQuery

_STATUS_QUALITY = {LifeStatus.UNCERTAIN: 0.8}
_AREA_QUALITY = {AreaKnowledge.STATED: 1.0, AreaKnowledge.ASSUMED: 0.95, AreaKnowledge.UNKNOWN: 0.9}

Docs = NDArray[np.int64]
Flags = NDArray[np.bool_]
Distances = NDArray[np.float32]
Runs = tuple[NDArray[np.int64], NDArray[np.int32]]  # where each organisation begins, and which it is


def run_starts(organisations: NDArray[np.int32]) -> NDArray[np.int64]:
    """Where each organisation begins in an ascending list of organisations."""
    if not len(organisations):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.concatenate(([True], organisations[1:] != organisations[:-1])))


class Codes:
    """The values of every facet and the bit or table place that stands for each."""

    def __init__(self, content: Content) -> None:
        services = taxonomy.services()
        nis_codes = tuple(one.nis_code for one in content.region.municipalities)
        self.values: dict[str, tuple[str, ...]] = {
            "theme": tuple(theme.code for theme in taxonomy.themes()),
            "service": tuple(service.code for service in services),
            "customer": tuple(customer.value for customer in CUSTOMERS),
            "kind": tuple(kind.value for kind in KINDS),
            "municipality": nis_codes,
            "seat": nis_codes,
            "cluster": tuple(slug for slug, _ in content.region.clusters),
            "delivered": tuple(delivered.value for delivered in DELIVERED),
        }
        self.places = {facet: {value: place for place, value in enumerate(self.values[facet])} for facet in FACETS}
        self.of_service = {
            "theme": self._of_services([self.places["theme"][service.theme] for service in services]),
            "service": self._of_services(list(range(len(services)))),
            "delivered": self._of_services([DELIVERED.index(service.delivered) for service in services]),
        }

    @staticmethod
    def _of_services(places: Sequence[int]) -> NDArray[np.uint64]:
        """Per service (and none) the bit of a facet that follows from it."""
        table = np.zeros(NO_SERVICE + 1, dtype=np.uint64)
        table[: len(places)] = np.uint64(1) << np.array(places, dtype=np.uint64)
        return table

    def wanted(self, facet: str, values: Sequence[str]) -> list[np.uint64]:
        """The chosen values as bits, in words of 64; raises InvalidInput for one the region does not have."""
        for value in values:
            if value not in self.places[facet]:
                raise InvalidInput(f"{value!r} hoort niet bij deze regio (in {facet!r}). Kies een waarde uit de lijst.")
        number = bits(values, self.places[facet])
        rows = max(1, -(-len(self.values[facet]) // 64))
        return [np.uint64((number >> (64 * row)) & ((1 << 64) - 1)) for row in range(rows)]


@dataclass
class Index:
    """An index ready to be searched: its arrays and what follows from them."""

    content: Content
    counts_of_everything: dict[str, list[int]] = field(default_factory=dict)
    _live_rows: dict[str, list[NDArray[np.uint64]]] = field(default_factory=dict)

    @cached_property
    def codes(self) -> Codes:
        return Codes(self.content)

    @cached_property
    def matcher(self) -> Matcher:
        """Looks words up."""
        return Matcher(self.content)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The places that a text can name."""
        return Gazetteer(self.content.region.municipalities, self.content.region.localities)

    @cached_property
    def place_words(self) -> tuple[tuple[str, ...], ...]:
        """The words of the name of each municipality."""
        return tuple(tuple(split_words(one.name)) for one in self.content.region.municipalities)

    @cached_property
    def live(self) -> Flags:
        """Documents that can be hits."""
        findable = np.array([status in FINDABLE for status in STATUSES])
        flags: Flags = findable[self.content.status]
        return flags

    @cached_property
    def quality(self) -> NDArray[np.float32]:
        """What a document's score is multiplied by: certain things come before doubtful ones that match as well."""
        status = np.array([_STATUS_QUALITY.get(status, 1.0) for status in STATUSES], dtype=np.float32)
        knowledge = np.array([_AREA_QUALITY[knowledge] for knowledge in KNOWLEDGE], dtype=np.float32)
        factors: NDArray[np.float32] = status[self.content.status] * knowledge[self.content.knowledge]
        return factors

    @cached_property
    def live_docs(self) -> Docs:
        return np.flatnonzero(self.live)

    def bit_rows(self, facet: str, docs: Docs) -> list[NDArray[np.uint64]]:
        """For these documents the values of a facet as bits, in words of 64; those of all live ones are kept."""
        if docs is not self.live_docs:
            return self._bit_rows(facet, docs)
        if facet not in self._live_rows:
            self._live_rows[facet] = self._bit_rows(facet, docs)
        return self._live_rows[facet]

    def _bit_rows(self, facet: str, docs: Docs) -> list[NDArray[np.uint64]]:
        content = self.content
        if facet in self.codes.of_service:
            return [self.codes.of_service[facet][content.service[docs]]]
        if facet == "customer":
            return [content.customers[docs].astype(np.uint64)]
        if facet == "municipality":
            return [row[docs] for row in content.served]
        if facet == "cluster":
            return [content.clusters[docs]]
        return self.organisation_bits(facet, content.organisation[docs])

    def organisation_bits(self, facet: str, organisations: NDArray[np.int32]) -> list[NDArray[np.uint64]]:
        """The same for the two facets that belong to the organisation: its kind and its seat."""
        if facet == "kind":
            return [self.content.kinds[organisations].astype(np.uint64)]
        return [row[organisations] for row in self.content.seats]

    @cached_property
    def live_runs(self) -> Runs:
        """Where each organisation begins in `live_docs`, and which it is."""
        organisations = self.content.organisation[self.live_docs]
        starts = run_starts(organisations)
        return starts, organisations[starts]

    def runs(self, docs: Docs) -> Runs:
        """Where each organisation begins in these documents, and which it is."""
        if docs is self.live_docs:
            return self.live_runs
        organisations = self.content.organisation[docs]
        starts = run_starts(organisations)
        return starts, organisations[starts]

    def holds(self, facet: str, values: Sequence[str], docs: Docs) -> Flags:
        """Whether each document has one of the chosen values of a facet."""
        wanted = self.codes.wanted(facet, values)
        rows = self.bit_rows(facet, docs)
        found: Flags = np.zeros(len(docs), dtype=np.bool_)
        for row, bit in zip(rows, wanted, strict=True):
            if bit:
                found |= (row & bit) != 0
        return found

    def distances(self, docs: Docs, near: tuple[float, float]) -> tuple[Distances, NDArray[np.int64]]:
        """Kilometres as the crow flies to the nearest point of each document, and which point that is.

        Infinite, and point -1, for a document without a point. Good to a few metres.
        """
        content = self.content
        start = content.point_start[docs].astype(np.int64)
        count = content.point_start[docs + 1] - start
        has_point = np.flatnonzero(count)
        kilometres: Distances = np.full(len(docs), np.inf, dtype=np.float32)
        point = np.full(len(docs), -1, dtype=np.int64)
        if not len(has_point):
            return kilometres, point
        start, count = start[has_point], count[has_point]
        first = np.cumsum(count) - count
        flat = np.arange(int(count.sum())) + np.repeat(start - first, count)
        x, y, z = (content.points[axis][flat] - np.float32(part) for axis, part in enumerate(unit_vector(*near)))
        chord = x * x + y * y + z * z
        nearest = np.minimum.reduceat(chord, first)
        kilometres[has_point] = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(np.sqrt(nearest) / 2, 1))
        if len(docs) <= 1000:  # which point is nearest is only told for the hits of a page
            at = np.flatnonzero(chord == np.repeat(nearest, count))
            point[has_point] = flat[at[np.searchsorted(at, first)]]
        return kilometres, point


@dataclass(frozen=True)
class Selection:
    """Documents that meet all conditions, and per facet with chosen values those that meet all others."""

    docs: Docs
    places: NDArray[np.int64]  # where each of `docs` stood in the documents that were checked
    distances: Distances | None
    without: Mapping[str, Docs]


def select(index: Index, docs: Docs, query: SearchQuery, *, with_facets: bool) -> Selection:
    """Keeps the documents (live, and matching the words) for which every condition of the query holds."""
    holds = {facet: index.holds(facet, query.selected(facet), docs) for facet in FACETS if query.selected(facet)}
    distances = None
    inside: Flags = np.ones(len(docs), dtype=np.bool_)
    if query.near is not None:
        distances, _ = index.distances(docs, query.near)
        if query.radius_km is not None:
            inside = distances <= query.radius_km
    kept = inside.copy()
    for flags in holds.values():
        kept &= flags
    without: dict[str, Docs] = {}
    for facet in holds if with_facets else ():
        others = inside.copy()
        for other, flags in holds.items():
            if other != facet:
                others &= flags
        without[facet] = docs if bool(others.all()) else docs[others]
    if not holds and query.radius_km is None:
        return Selection(docs, np.arange(len(docs)), distances, without)
    places = np.flatnonzero(kept)
    return Selection(docs[places], places, None if distances is None else distances[places], without)
