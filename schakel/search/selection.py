"""The conditions of a search besides its words, checked per document, and the organisations that remain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any, TypeAlias

import numpy as np
from django.utils.translation import gettext
from numpy.typing import NDArray

from schakel.core import taxonomy
from schakel.core.errors import InvalidInput
from schakel.core.model import AreaKnowledge, LifeStatus
from schakel.search.analysis import split_words
from schakel.search.content import (
    CUSTOMERS,
    DELIVERED,
    KINDS,
    KNOWLEDGE,
    NO_SERVICE,
    STATUSES,
    Content,
    is_findable,
)
from schakel.search.distance import Chords, Distancer, chord_of
from schakel.search.groups import Grain, Groups, Units
from schakel.search.kept import Kept
from schakel.search.matching import Matcher, TextMatch
from schakel.search.packed import Packed, Sets
from schakel.search.places import Gazetteer
from schakel.search.query import FACETS, SearchQuery
from schakel.search.result import Counts, Hit

OF_ORGANISATION = ("kind", "seat")
_STATUS_QUALITY = {LifeStatus.UNCERTAIN: 0.8}
_MOST_SETS = 10_000
_MOST_DOCUMENTS = 2_000_000  # in each of two kinds of things kept: some 40 MB
_SMALLEST = 1_000  # documents that a thing without any counts for
_MOST_FACETS = 512
_MOST_HITS = 5_000
_MOST_FLAGS = 48  # values of facets: a byte for each document, 14 MB at 100,000 organisations
_AREA_QUALITY = {AreaKnowledge.STATED: 1.0, AreaKnowledge.ASSUMED: 0.95, AreaKnowledge.UNKNOWN: 0.9}

Docs = NDArray[np.intp]
Flags = NDArray[np.bool_]
Question: TypeAlias = tuple[tuple[str, ...], tuple[object, ...]]
"""The words of a search with its `conditions`: what decides whom it finds, whatever the page and the order."""

Page: TypeAlias = tuple[Question, str, int, int]
"""A part of what a question finds: its order, its first hit and the one after its last."""


class Codes:
    """The values of every facet and the place that stands for each."""

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
        sizes = [len(self.values[facet]) for facet in FACETS]
        self.starts = dict(zip(FACETS, accumulate([0, *sizes]), strict=False))  # with all values one after the other
        self._sets: Kept[tuple[str, int], tuple[str, ...]] = Kept(_MOST_SETS)

    def places_of(self, facet: str, values: Sequence[str]) -> list[int]:
        """The places of chosen values; raises InvalidInput for one the region does not have."""
        known = self.places[facet]
        for value in values:
            if value not in known:
                said = gettext("%(value)s hoort niet bij deze regio (in '%(facet)s'). Kies een waarde uit de lijst.")
                raise InvalidInput(said % {"value": repr(value), "facet": facet})
        return [known[value] for value in values]

    def values_of(self, facet: str, bits: int) -> tuple[str, ...]:
        """The values that are set; the same sets return, so what was read is kept."""
        values = self.values[facet]
        return self._sets.get(
            (facet, bits), lambda: tuple(value for place, value in enumerate(values) if bits >> place & 1)
        )


def _pack(content: Content, codes: Codes) -> tuple[Packed, Packed]:
    """The facets of the documents and those of the organisations."""
    services = taxonomy.services()
    themes = [codes.places["theme"][service.theme] for service in services]
    delivered = [DELIVERED.index(service.delivered) for service in services]

    def by_service(places: Sequence[int]) -> list[Sets]:
        table = np.zeros(NO_SERVICE + 1, dtype=np.uint64)
        table[: len(places)] = np.uint64(1) << np.array(places, dtype=np.uint64)
        return [table[content.service]]

    sets = {
        "theme": by_service(themes),
        "service": by_service(range(len(services))),
        "delivered": by_service(delivered),
        "customer": [content.customers.astype(np.uint64)],
        "municipality": list(content.served),
        "cluster": [content.clusters],
        "kind": [content.kinds.astype(np.uint64)],
        "seat": list(content.seats),
    }
    of_document = [
        (name, len(codes.values[name]), words) for name, words in sets.items() if name not in OF_ORGANISATION
    ]
    of_organisation = [(name, len(codes.values[name]), sets[name]) for name in OF_ORGANISATION]
    return Packed(of_document, len(content.organisation)), Packed(of_organisation, len(content.slugs))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The organisations of a selection, in the order of their names."""

    groups: Groups
    scores: NDArray[np.floating[Any]] | None  # None: without words nothing scores
    chords: Chords | None


def _size(kept: TextMatch | Chosen | None) -> int:
    """The documents of what is kept."""
    docs = () if kept is None else kept.docs if isinstance(kept, TextMatch) else kept.groups.units
    return _SMALLEST + len(docs)


def _with_one(kept: Sequence[Hit]) -> int:
    """The hits that are kept: none counts too, or there could be any number of those."""
    return 1 + len(kept)


@dataclass
class Index:
    """An index ready to be searched: its arrays, what follows from them, and what was searched last.

    What was searched comes back: with every filter the same words and place; with every page, order, view and file the
    same question altogether.
    """

    content: Content
    texts: Kept[tuple[str, ...], TextMatch | None] = field(default_factory=lambda: Kept(_MOST_DOCUMENTS, _size))
    selections: Kept[Question, Chosen] = field(default_factory=lambda: Kept(_MOST_DOCUMENTS, _size))
    facets: Kept[Question, Mapping[str, Counts]] = field(default_factory=lambda: Kept(_MOST_FACETS))
    hits: Kept[Page, tuple[Hit, ...]] = field(default_factory=lambda: Kept(_MOST_HITS, _with_one))
    past: Kept[Question, tuple[Hit, ...]] = field(default_factory=lambda: Kept(_MOST_HITS, _with_one))
    _flags: Kept[tuple[str, int], Flags] = field(default_factory=lambda: Kept(_MOST_FLAGS))

    def forget_questions(self) -> None:
        """Forget whom questions found, but not what their words match and how far their place is: for measuring."""
        self.selections.clear()
        self.facets.clear()
        self.hits.clear()
        self.past.clear()

    def forget(self) -> None:
        """Forget all that was searched, so that the next to ask waits as the first one did: for measuring."""
        self.forget_questions()
        self.texts.clear()
        self.distancer.forget()

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
    def distancer(self) -> Distancer:
        """Knows how far documents are."""
        return Distancer(self.content)

    @cached_property
    def place_words(self) -> tuple[tuple[str, ...], ...]:
        """The words of the name of each municipality."""
        return tuple(tuple(split_words(one.name)) for one in self.content.region.municipalities)

    @cached_property
    def live(self) -> int:
        """How many documents can be hits; they come first."""
        return int(np.count_nonzero(is_findable(self.content.status)))

    @cached_property
    def quality(self) -> NDArray[np.float32]:
        """What the score of a live document is multiplied by: the certain comes before the doubtful."""
        status = np.array([_STATUS_QUALITY.get(status, 1.0) for status in STATUSES], dtype=np.float32)
        knowledge = np.array([_AREA_QUALITY[knowledge] for knowledge in KNOWLEDGE], dtype=np.float32)
        content, live = self.content, self.live
        factors: NDArray[np.float32] = status[content.status[:live]] * knowledge[content.knowledge[:live]]
        return factors

    @property
    def live_docs(self) -> Docs:
        """All documents that can be hits."""
        return self.documents.every

    @cached_property
    def documents(self) -> Grain:
        """The documents, to choose from."""
        return Grain(self.live, self.content.organisation, self.packed.rows)

    @cached_property
    def spots(self) -> Grain:
        """The spots, to choose from where nothing but the place is asked: half as many as documents."""
        starts = self.distancer.spot_starts
        live = int(np.searchsorted(starts, self.live))
        rows = np.bitwise_or.reduceat(self.packed.rows, starts[:-1], axis=1)
        return Grain(live, self.content.organisation.take(starts[:-1]), rows, starts)

    @cached_property
    def _packed(self) -> tuple[Packed, Packed]:
        return _pack(self.content, self.codes)

    @property
    def packed(self) -> Packed:
        """The facets of the documents."""
        return self._packed[0]

    @property
    def packed_organisations(self) -> Packed:
        """The facets of the organisations: kind and seat."""
        return self._packed[1]

    def holds(self, facet: str, values: Sequence[str], docs: Docs) -> Flags:
        """Whether each document has one of the chosen values of a facet; no values: none does.

        One value, as nearly everybody chooses, is looked up for all documents at once and kept, as an index keeps which
        documents have a word.
        """
        places = self.codes.places_of(facet, values)
        if len(places) != 1:
            return self._look(facet, places, docs)
        flags = self._flags.get(
            (facet, places[0]), lambda: self._look(facet, places, np.arange(len(self.content.organisation)))
        )
        return flags[: self.live] if docs is self.live_docs else flags.take(docs)

    def _look(self, facet: str, places: Sequence[int], docs: Docs) -> Flags:
        if facet in OF_ORGANISATION:
            packed, organisations = self.packed_organisations, self.content.organisation.take(docs)
            rows = {row: packed.rows[row].take(organisations) for row in packed.spans[facet].rows}
        else:
            packed = self.packed
            rows = {}
        found: Flags | None = None
        for row, mask in packed.masks(facet, places).items():
            here = ((rows[row] if rows else self.documents.row(row, docs)) & mask) != 0
            found = here if found is None else found | here
        return np.zeros(len(docs), dtype=np.bool_) if found is None else found


@dataclass(frozen=True, slots=True)
class Selection:
    """Units that meet all conditions, and per facet with chosen values those that meet all others."""

    grain: Grain
    units: Units
    places: Units | None  # where each of `units` stood in those that were checked; None: all did
    chords: Chords | None  # how far each of `units` is, when a place was asked
    without: Mapping[str, Units]


def select(index: Index, docs: Docs, query: SearchQuery, *, with_facets: bool) -> Selection:
    """Keeps the documents (live, and matching the words) for which every condition of the query holds."""
    holds = {facet: index.holds(facet, chosen, docs) for facet in FACETS if (chosen := query.selected(facet))}
    if query.near is not None and not holds and docs is index.live_docs:
        return _around(index, query.near, query.radius_km)
    far = None if query.near is None else index.distancer.measure(docs, query.near)
    inside = None if far is None or query.radius_km is None else far.within(chord_of(query.radius_km))
    if not holds and inside is None:
        return Selection(index.documents, docs, None, None if far is None else far.chords(), {})
    without: dict[str, Docs] = {}
    for facet in holds if with_facets else ():
        others = [flags for other, flags in holds.items() if other != facet] + ([] if inside is None else [inside])
        without[facet] = docs if not others else docs.take(np.flatnonzero(_all(others)))
    places = np.flatnonzero(_all([*holds.values(), *([] if inside is None else [inside])]))
    kept = places if docs is index.live_docs else docs.take(places)  # of all documents each stands at its own number
    return Selection(index.documents, kept, places, None if far is None else far.chords(places), without)


def _around(index: Index, near: tuple[float, float], radius_km: float | None) -> Selection:
    """Everybody around a place: by whole spots, since all documents of one are as far."""
    every = index.spots.every
    chords = index.distancer.spots(near)[: len(every)]
    if radius_km is None:
        return Selection(index.spots, every, None, chords, {})
    spots = np.flatnonzero(chords <= chord_of(radius_km))
    return Selection(index.spots, spots, spots, chords.take(spots), {})


def _all(flags: Sequence[Flags]) -> Flags:
    found = flags[0]
    for other in flags[1:]:
        found = found & other
    return found
