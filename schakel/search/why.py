"""Why each hit of a page was found: worked out for the hits of one page only, and only when it is read.

What is needed of the index is read once for all documents of the page; per hit only short Python lists remain.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

import numpy as np

from schakel.core import taxonomy
from schakel.core.model import LifeStatus
from schakel.search.concepts import Link
from schakel.search.content import KNOWLEDGE, PRECISIONS, STATUSES, Where
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


class PageFacts:
    """What the index says of the documents of some hits, read from it when first asked, for all of them at once."""

    def __init__(
        self, index: Index, groups: Groups, places: Sequence[int], text: TextMatch | None, query: SearchQuery
    ) -> None:
        self.index = index
        self.query = query
        self.text = text
        self.words = text.words if text else []
        self._groups = groups
        self._places = places
        self._texts: dict[int, list[tuple[float, int]]] = {}
        self._simple = not any(match.together or match.corrections for match in self.words)

    @cached_property
    def _runs(self) -> tuple[Docs, list[range]]:
        """The documents of these hits one after the other, and where those of each hit stand among them."""
        runs = [self._groups.docs[self._groups.span(place)] for place in self._places]
        ends = accumulate(map(len, runs))
        return np.concatenate(runs), [range(end - len(run), end) for run, end in zip(runs, ends, strict=True)]

    @property
    def docs(self) -> Docs:
        return self._runs[0]

    def span(self, number: int) -> range:
        """Where the documents of one hit stand in the lists below."""
        return self._runs[1][number]

    @cached_property
    def organisations(self) -> list[int]:
        """The organisation of each hit."""
        found: list[int] = self._groups.organisations.take(self._places).tolist()
        return found

    @cached_property
    def service(self) -> list[int]:
        found: list[int] = self.index.content.service.take(self.docs).tolist()
        return found

    @cached_property
    def knowledge(self) -> list[int]:
        found: list[int] = self.index.content.knowledge.take(self.docs).tolist()
        return found

    @cached_property
    def status(self) -> list[int]:
        found: list[int] = self.index.content.status.take(self.docs).tolist()
        return found

    @cached_property
    def status_year(self) -> list[int]:
        """Since when, or of when the last evidence is; 0 when that is not known."""
        found: list[int] = self.index.content.status_year.take(self.docs).tolist()
        return found

    @cached_property
    def served(self) -> list[int]:
        """The municipalities as bits."""
        first, *more = (row.take(self.docs).tolist() for row in self.index.content.served)
        served: list[int] = first
        for number, row in enumerate(more, start=1):
            served = [have | bits << (64 * number) for have, bits in zip(served, row, strict=True)]
        return served

    @cached_property
    def distances(self) -> list[float]:
        """Kilometres to the place that was asked."""
        near = self.query.near
        return [] if near is None else kilometres(self.index.distancer.measure(self.docs, near).chords()).tolist()

    @cached_property
    def nearest(self) -> list[Reason]:
        """Per hit how far its nearest document is from the place that was asked, or that this is not known."""
        near = self.query.near
        if near is None:
            return []
        far = self.distances
        closest = [span[0] if len(span) == 1 else min(span, key=far.__getitem__) for span in self._runs[1]]
        points = self.index.distancer.nearest_points(self.docs.take(closest), near)
        precision = self.index.content.point_precision
        return [
            _NOT_KNOWN
            if point is None
            else Reason("distance", {"km": round(far[place], 1), "precision": _PRECISIONS[precision[point]]})
            for place, point in zip(closest, points, strict=True)
        ]

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
        span = self.span(number)
        found = [
            *self._of_words(span),
            *_served(self, span),
            *_seats(self, self.organisations[number]),
        ]
        if self.query.near is not None:
            found.append(self.nearest[number])
        return (*found, *_status(self, span))

    def _of_words(self, span: range) -> list[Reason]:
        """The reasons of the words: kept, since many hits have the same words in the same places."""
        if self.text is None:
            return []
        if not self._simple:
            return _words(self, span)
        return self.text.said.get(tuple(self._standing[span.start : span.stop]), lambda: _words(self, span))

    @cached_property
    def _standing(self) -> list[tuple[object, ...]]:
        """Per document its service and where each word stands in it: all that decides on the reasons of the words."""
        return list(zip(self.service, *map(self.texts, self.words), strict=True))

    def services(self, number: int) -> tuple[str, ...]:
        """The services of the documents of a hit in the order of the taxonomy."""
        services = sorted({self.service[place] for place in self.span(number)})
        return tuple([_SERVICES[service] for service in services if service < len(_SERVICES)])

    def municipalities(self, number: int) -> tuple[str, ...]:
        """The NIS codes that the documents of a hit serve."""
        served = 0
        for place in self.span(number):
            served |= self.served[place]
        return self.index.codes.municipalities_of(served)


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


def _served(facts: PageFacts, span: range) -> list[Reason]:
    """Which chosen municipalities the offers serve, and how that is known; or that it is not known."""
    municipalities = facts.index.content.region.municipalities
    found = []
    for nis_code in facts.query.municipality:
        bit = facts.index.codes.places["municipality"][nis_code]
        name = municipalities[bit].name
        reached = [facts.knowledge[place] for place in span if facts.served[place] >> bit & 1]
        if reached:  # knowledge is ordered from stated to unknown: the firmest counts
            code = f"serves_{KNOWLEDGE[min(reached)].value}"
            found.append(Reason(code, {"municipality": name, "nis_code": nis_code}))
        elif any(KNOWLEDGE[facts.knowledge[place]] == "unknown" for place in span):
            found.append(Reason("serves_unknown", {"municipality": name, "nis_code": nis_code}))
    offers = [facts.knowledge[place] for place in span if facts.service[place] < len(_SERVICES)]
    if not facts.query.municipality and offers and (knowledge := KNOWLEDGE[min(offers)]) != "stated":
        found.append(Reason(f"area_{knowledge.value}"))
    return found


def _seats(facts: PageFacts, organisation: int) -> list[Reason]:
    content = facts.index.content
    found = []
    for nis_code in dict.fromkeys((*facts.query.seat, *facts.query.municipality)):
        bit = facts.index.codes.places["seat"][nis_code]
        if int(content.seats[bit // 64][organisation]) >> (bit % 64) & 1:
            name = content.region.municipalities[bit].name
            found.append(Reason("located_in", {"municipality": name, "nis_code": nis_code}))
    return found


def _status(facts: PageFacts, span: range) -> list[Reason]:
    """That something is not certain to exist, or does not; with the year where a source gives it."""
    best = min([facts.status[place] for place in span])
    status = STATUSES[best]
    if status is LifeStatus.LIVE:
        return []
    year = max(facts.status_year[place] for place in span if facts.status[place] == best)
    if year and status in _WITH_YEAR:
        return [Reason(f"status_{status.value}_since", {"year": str(year)})]
    return [Reason(f"status_{status.value}")]
