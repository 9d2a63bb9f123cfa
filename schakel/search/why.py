"""Why each hit of a page was found: worked out for the hits of one page only, and only when it is read.

What is needed of the index is read once for all documents of the page; per hit only short Python lists remain.
"""

from __future__ import annotations

import math
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schakel.core import taxonomy
from schakel.core.model import AreaKnowledge, LifeStatus
from schakel.search.concepts import Link
from schakel.search.content import KNOWLEDGE, NO_SERVICE, PRECISIONS, STATUSES, Where
from schakel.search.distance import kilometres
from schakel.search.groups import Groups
from schakel.search.matching import FLAG_WEIGHTS, TextMatch, WordMatch
from schakel.search.query import SearchQuery
from schakel.search.result import Reason
from schakel.search.selection import Docs, Index

_PLACES = {
    Where.NAME: "word_in_name",
    Where.OFFER: "word_in_offer",
    Where.OTHER_NAME: "word_in_other_name",
    Where.DESCRIPTION: "word_in_description",
}


def _place_of(flags: int) -> str:
    """The best place that the flags of a posting name; "" for none."""
    present = [where for where in _PLACES if flags & (where | where << 4)]
    if not present:
        return ""
    return _PLACES[max(present, key=lambda where: FLAG_WEIGHTS[flags & (where | where << 4)])]


_PLACE_OF_FLAGS = tuple(_place_of(flags) for flags in range(256))
_WEIGHTS = FLAG_WEIGHTS.astype(np.float64)
_WITH_YEAR = (LifeStatus.UNCERTAIN, LifeStatus.CLOSED)
_NOT_KNOWN = Reason("distance_unknown")
_PRECISIONS = tuple(precision.value for precision in PRECISIONS)
_SERVICES = tuple(service.code for service in taxonomy.services())
_SERVICE_BITS = np.zeros(NO_SERVICE + 1, dtype=np.uint64)
_SERVICE_BITS[: len(_SERVICES)] = np.uint64(1) << np.arange(len(_SERVICES), dtype=np.uint64)
_NOBODY = 255  # larger than any place in KNOWLEDGE
_UNKNOWN = KNOWLEDGE.index(AreaKnowledge.UNKNOWN)
_LIVE = STATUSES.index(LifeStatus.LIVE)
_AREAS = {
    number: [] if knowledge is AreaKnowledge.STATED else [Reason(f"area_{knowledge.value}")]
    for number, knowledge in enumerate(KNOWLEDGE)
} | {_NOBODY: []}


class PageFacts:
    """What the index says of the documents of some hits, read from it when first asked, for all of them at once."""

    def __init__(self, index: Index, groups: Groups, places: Docs, text: TextMatch | None, query: SearchQuery) -> None:
        """`places`: of the hits among the groups. Keeps nothing large: the hits of a page are kept, and this with them.

        Nor does it keep the index, which keeps the hits: in a ring of references an old one would stay in memory.
        """
        self.content, self.codes, self.distancer = index.content, index.codes, index.distancer
        self.query = query
        self.words = text.words if text else []
        self._said = text.said if text else None
        self.organisations: list[int] = groups.organisations.take(places).tolist()
        each = [groups.documents_of(place) for place in places.tolist()]
        self.docs = np.array([doc for documents in each for doc in documents])  # of each hit, one after the other
        ends = list(accumulate(map(len, each)))
        self._spans = list(map(range, [0, *ends[:-1]], ends))  # where those of each hit stand in the lists below
        self._starts = [span.start for span in self._spans]
        self._texts: dict[int, list[tuple[float, int]]] = {}
        self._simple = not any(match.together or match.corrections for match in self.words)

    @cached_property
    def service(self) -> list[int]:
        found: list[int] = self.content.service.take(self.docs).tolist()
        return found

    @cached_property
    def status_year(self) -> list[int]:
        """Since when, or of when the last evidence is; 0 when that is not known."""
        found: list[int] = self.content.status_year.take(self.docs).tolist()
        return found

    @cached_property
    def _served(self) -> list[int]:
        """Per hit the municipalities that its documents serve, as bits."""
        words = [self._joined(row.take(self.docs)) for row in self.content.served]
        return [sum(word << (64 * number) for number, word in enumerate(bits)) for bits in zip(*words, strict=True)]

    @cached_property
    def _services(self) -> list[int]:
        """Per hit the services of its documents, as bits."""
        return self._joined(_SERVICE_BITS.take(self.content.service.take(self.docs)))

    def _joined(self, bits: NDArray[np.uint64]) -> list[int]:
        """Per hit the bits of its documents together."""
        found: list[int] = np.bitwise_or.reduceat(bits, self._starts).tolist()
        return found

    @cached_property
    def _nearest(self) -> list[list[Reason]]:
        """Per hit how far its nearest document is from the place that was asked, or that this is not known."""
        near = self.query.near
        if near is None:
            return [[]] * len(self.organisations)
        chords, points = self.distancer.nearest(self.docs, near)
        far, precision = kilometres(chords).tolist(), self.distancer.precision.take(points).tolist()
        closest = [span[0] if len(span) == 1 else min(span, key=far.__getitem__) for span in self._spans]
        return [
            [Reason("distance", {"km": round(far[place], 1), "precision": _PRECISIONS[precision[place]]})]
            if math.isfinite(far[place])
            else [_NOT_KNOWN]
            for place in closest
        ]

    @cached_property
    def _areas(self) -> list[list[Reason]]:
        """Per hit which chosen municipalities its offers serve and how that is known; or that it is not known."""
        content = self.content
        knowledge = content.knowledge.take(self.docs)
        if not self.query.municipality:
            of_offers = np.where(content.service.take(self.docs) < len(_SERVICES), knowledge, _NOBODY)
            return [_AREAS[firmest] for firmest in self._least(of_offers)]
        unknown = np.logical_or.reduceat(knowledge == _UNKNOWN, self._starts).tolist()
        found: list[list[Reason]] = [[] for _ in self.organisations]
        for nis_code in self.query.municipality:
            bit = self.codes.places["municipality"][nis_code]
            name = content.region.municipalities[bit].name
            reasons = [Reason(f"serves_{one.value}", {"municipality": name, "nis_code": nis_code}) for one in KNOWLEDGE]
            serves = content.served[bit // 64].take(self.docs) >> np.uint64(bit % 64) & np.uint64(1)
            # knowledge is ordered from stated to unknown: the firmest counts
            for number, firmest in enumerate(self._least(np.where(serves, knowledge, _NOBODY))):
                if firmest != _NOBODY:
                    found[number].append(reasons[firmest])
                elif unknown[number]:
                    found[number].append(reasons[_UNKNOWN])
        return found

    @cached_property
    def _seats(self) -> list[list[Reason]]:
        """Per hit which of the chosen municipalities it is located in."""
        content, asked = self.content, dict.fromkeys((*self.query.seat, *self.query.municipality))
        found: list[list[Reason]] = [[] for _ in self.organisations]
        for nis_code in asked:
            bit = self.codes.places["seat"][nis_code]
            reason = Reason(
                "located_in", {"municipality": content.region.municipalities[bit].name, "nis_code": nis_code}
            )
            here = content.seats[bit // 64].take(self.organisations) >> np.uint64(bit % 64) & np.uint64(1)
            for number in np.flatnonzero(here).tolist():
                found[number].append(reason)
        return found

    @cached_property
    def _status(self) -> list[list[Reason]]:
        """Per hit that it is not certain to exist, or does not; with the year where a source gives it."""
        status = self.content.status.take(self.docs)
        return [
            [] if best == _LIVE else [self._doubt(best, self._spans[number], status)]
            for number, best in enumerate(self._least(status))
        ]

    def _doubt(self, best: int, span: range, status: NDArray[np.uint8]) -> Reason:
        code = STATUSES[best]
        year = max(self.status_year[place] for place in span if status[place] == best)
        if year and code in _WITH_YEAR:
            return Reason(f"status_{code.value}_since", {"year": str(year)})
        return Reason(f"status_{code.value}")

    def _least(self, values: NDArray[Any]) -> list[int]:
        """Per hit the smallest value of its documents."""
        found: list[int] = np.minimum.reduceat(values, self._starts).tolist()
        return found

    def texts(self, match: WordMatch) -> list[tuple[float, int]]:
        """Per document the weight and the flags of the best place of a word in the texts; (0, 0) for none."""
        known = self._texts.get(id(match))
        if known is not None:
            return known
        docs = self.docs.astype(np.uint32)
        best, flags = np.zeros(len(docs)), np.zeros(len(docs), dtype=np.uint8)
        for source in match.sources:
            at = source.docs.searchsorted(docs)
            at[at == len(source.docs)] = 0
            here = np.where(source.docs.take(at) == docs, source.flags.take(at), 0)
            weights = _WEIGHTS.take(here) * source.factor
            better = (weights > best) | ((weights == best) & (here > flags))
            best, flags = np.where(better, weights, best), np.where(better, here, flags)
        found = self._texts[id(match)] = list(zip(best.tolist(), flags.tolist(), strict=True))
        return found

    def reasons(self, number: int) -> tuple[Reason, ...]:
        """Everything that made one organisation a hit, most telling first."""
        return self._reasons[number]

    @cached_property
    def _reasons(self) -> list[tuple[Reason, ...]]:
        return [
            (*self._of_words(span), *areas, *seats, *nearest, *status)
            for span, areas, seats, nearest, status in zip(
                self._spans, self._areas, self._seats, self._nearest, self._status, strict=True
            )
        ]

    def _of_words(self, span: range) -> list[Reason]:
        """The reasons of the words: kept, since many hits have the same words in the same places."""
        if self._said is None:
            return []
        if not self._simple:
            return _words(self, span)
        return self._said.get(tuple(self._standing[span.start : span.stop]), lambda: _words(self, span))

    @cached_property
    def _standing(self) -> list[tuple[object, ...]]:
        """Per document its service and where each word stands in it: all that decides on the reasons of the words."""
        return list(zip(self.service, *map(self.texts, self.words), strict=True))

    def services(self, number: int) -> tuple[str, ...]:
        """The services of the documents of a hit in the order of the taxonomy."""
        return self.codes.values_of("service", self._services[number])

    def municipalities(self, number: int) -> tuple[str, ...]:
        """The NIS codes that the documents of a hit serve."""
        return self.codes.values_of("municipality", self._served[number])


def _word(facts: PageFacts, match: WordMatch, span: range) -> list[Reason]:
    """Where one word of the search stands in these documents: in a text, or in the words for their service."""
    texts, services = facts.texts(match), facts.service
    weight, flags = max([texts[place] for place in span])
    present = {services[place] for place in span}
    links = [(link, -service) for service in present if (link := match.services.get(service)) is not None]
    if weight and not (any(link > Link.PART for link, _ in links) and _PLACE_OF_FLAGS[flags] == "word_in_description"):
        return [Reason(_PLACE_OF_FLAGS[flags], {"word": match.word})]
    if links:
        return [Reason("word_means_service", {"word": match.word, "service": _SERVICES[-max(links)[1]]})]
    parts = [_word(facts, part, span) for part in match.together]
    if parts and all(parts):
        return [reason for reasons in parts for reason in reasons]
    for other in match.corrections:
        if _word(facts, other, span):
            return [Reason("typo", {"word": match.word, "corrected": other.word})]
    return []


def _words(facts: PageFacts, span: range) -> list[Reason]:
    """The reasons of all words; words that mean the same service together make one ("hagen scheren")."""
    found: list[Reason] = []
    for reason in (reason for match in facts.words for reason in _word(facts, match, span)):
        last = found[-1] if found else None
        if last and last.code == reason.code and last.values.get("service") == reason.values.get("service", ""):
            found[-1] = Reason(reason.code, {**last.values, "word": f"{last.values['word']} {reason.values['word']}"})
        elif reason not in found:
            found.append(reason)
    return found
