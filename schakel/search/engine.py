"""One search over one index: words and conditions in, a page of organisations with reasons out. No database."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schakel.search.distance import kilometres
from schakel.search.facets import count_facets
from schakel.search.found import Scores
from schakel.search.interpret import Reading, interpret
from schakel.search.matching import TextMatch, match_text
from schakel.search.query import SearchQuery
from schakel.search.relax import relaxations
from schakel.search.result import Counts, Hit, Reason, SearchPage, no_history
from schakel.search.selection import Chosen, Docs, Flags, Index, Selection, select
from schakel.search.why import PageFacts

MOST_ALTERNATIVES = 5
MOST_HISTORY = 5
_HALF_DISTANCE_KM = 5.0


def _group(selection: Selection, scores: Scores | None) -> Chosen:
    """What is selected by organisation: the best score and the smallest distance count.

    `scores`: of all that was checked; None without words.
    """
    groups, chords = selection.grain.groups(selection.units), selection.chords
    if scores is not None and selection.places is not None:
        scores = scores.take(selection.places)
    best: NDArray[np.floating[Any]] | None = None if scores is None else groups.reduce(np.maximum, scores)
    if chords is not None:
        chords = groups.reduce(np.minimum, chords)
        if best is not None:  # with words, nearer counts up to twice as much
            best = best * (1 + 1 / (1 + kilometres(chords).astype(np.float64) / _HALF_DISTANCE_KM))
    return Chosen(groups, best, chords)


def _order(found: Chosen, sort: str, first: int, last: int) -> list[int]:
    """The places of the hits from `first` to `last` in the wanted order; equal ones by name.

    Only the top is sorted: a partial selection finds it among any number of organisations.
    """
    count = len(found.groups)
    last = min(last, count)
    if first >= last:
        return []
    key = found.chords if sort == "distance" else None if found.scores is None else -found.scores
    if sort == "name" or key is None:
        return list(range(first, last))
    if last == count:
        return [int(place) for place in np.argsort(key, kind="stable")[first:last]]
    limit = np.partition(key, last - 1)[last - 1]
    before = np.flatnonzero(key < limit)
    before = before[np.argsort(key[before], kind="stable")]
    equal = np.flatnonzero(key == limit)[: last - len(before)]
    return [*before.tolist(), *equal.tolist()][first:last]


def _hits(
    index: Index, found: Chosen, places: Sequence[int], text: TextMatch | None, query: SearchQuery
) -> tuple[Hit, ...]:
    if not places:
        return ()
    slugs, at = index.content.slugs, np.array(places, dtype=np.intp)
    facts = PageFacts(index, found.groups, at, text, query)
    scores = [0.0] * len(places) if found.scores is None else found.scores.take(at).tolist()
    far = [math.inf] * len(places) if found.chords is None else kilometres(found.chords.take(at)).tolist()
    return tuple(
        [
            Hit(
                slug=slugs[organisation],
                score=round(score, 4),
                distance_km=round(distance, 2) if math.isfinite(distance) else None,
                number=number,
                telling=facts,
            )
            for number, (organisation, score, distance) in enumerate(zip(facts.organisations, scores, far, strict=True))
        ]
    )


def _sort_of(query: SearchQuery, text: TextMatch | None) -> str:
    if query.sort == "distance" and query.near is None:
        return "relevance" if text else "name"
    return query.sort or ("relevance" if text else "distance" if query.near is not None else "name")


def _nearest(
    index: Index, query: SearchQuery, live: Docs, text: TextMatch | None
) -> tuple[tuple[Hit, ...], tuple[str, ...]]:
    """The nearest alternatives, and which conditions were let go for them."""
    for dropped, looser in relaxations(query, index.content.region):
        chosen = select(index, live, looser, with_facets=False)
        if len(chosen.units):
            found = _group(chosen, None if text is None else text.scores[: len(live)])
            order = _order(found, "distance" if looser.near is not None else "relevance", 0, MOST_ALTERNATIVES)
            shown = replace(looser, municipality=query.municipality)
            return _hits(index, found, order, text, shown), tuple(dropped.split("+"))
    return (), ()


def _history(index: Index, query: SearchQuery, words: tuple[str, ...], text: TextMatch) -> tuple[Hit, ...]:
    """What once was, or is only announced, and matches the words: there, by its area, its seat or its own words."""
    if len(text.live) == len(text.docs):
        return ()
    return index.past.get((words, query.conditions), lambda: _past(index, query, text))


def _past(index: Index, query: SearchQuery, text: TextMatch) -> tuple[Hit, ...]:
    checked = replace(query, municipality=(), seat=(), near=None, radius_km=None)
    past, scores = text.docs[len(text.live) :], text.scores[len(text.live) :]
    if query.municipality:
        there = np.flatnonzero(_is_there(index, query.municipality, past))
        past, scores = past.take(there), scores.take(there)
    found = _group(select(index, past, checked, with_facets=False), scores)
    return _hits(index, found, _order(found, "relevance", 0, MOST_HISTORY), text, checked)


def _is_there(index: Index, nis_codes: Sequence[str], docs: Docs) -> Flags:
    """Whether each document was of one of these municipalities: it served it, was located there, or names it."""
    there = index.holds("municipality", nis_codes, docs) | index.holds("seat", nis_codes, docs)
    for nis_code in nis_codes:
        words = index.place_words[index.codes.places["municipality"][nis_code]]
        there |= np.logical_and.reduce([index.content.stands_in(word, docs) for word in words])
    return there


def _suggestion(reading: Reading, text: TextMatch | None) -> str | None:
    """The text with its typos corrected, when there are any: also that of a place."""
    if text is None:
        return None
    corrected = {match.word: match.corrections[0].word for match in text.words if match.is_typo}
    if not corrected:
        return None
    return " ".join(corrected.get(word, word) for word in reading.all_words)


class _Work:
    """One search under way: each step is taken when it is needed, unless what it gives was kept."""

    def __init__(self, index: Index, reading: Reading, *, facets: bool) -> None:
        self.index = index
        self.asked = reading.query
        self.words = tuple(reading.words)
        self._with_facets = facets
        self._question = self.words, self.asked.conditions

    @cached_property
    def text(self) -> TextMatch | None:
        """What the words match; None without words, or when not one is known."""
        if not self.words:
            return None
        return self.index.texts.get(self.words, lambda: match_text(self.index.matcher, self.words, self.index.quality))

    @cached_property
    def docs(self) -> Docs:
        """The documents to choose from. When not one word is known nothing is found, not everything."""
        if self.text is not None:
            return self.text.live
        return self.index.live_docs[:0] if self.words else self.index.live_docs

    @property
    def ignored(self) -> list[Reason]:
        """The words that were left out."""
        words = dict.fromkeys(self.words) if self.text is None else self.text.ignored
        return [Reason("ignored_word", {"word": word}) for word in words]

    @cached_property
    def _selection(self) -> Selection:
        return select(self.index, self.docs, self.asked, with_facets=self._with_facets)

    @cached_property
    def found(self) -> Chosen:
        """Whom the search finds."""
        return self.index.selections.get(self._question, self._group)

    def _group(self) -> Chosen:
        return _group(self._selection, None if self.text is None else self.text.live_scores)

    def hits(self, sort: str, first: int, last: int) -> tuple[Hit, ...]:
        """Those from `first` to `last` in this order."""

        def make() -> tuple[Hit, ...]:
            found = self.found
            return _hits(self.index, found, _order(found, sort, first, last), self.text, self.asked)

        return self.index.hits.get((self._question, sort, first, last), make)

    @property
    def facets(self) -> Mapping[str, Counts]:
        """How many each filter would leave; nothing when that was not asked."""
        if not self._with_facets:
            return {}
        return self.index.facets.get(self._question, self._count)

    def _count(self) -> Mapping[str, Counts]:
        return count_facets(self.index, self._selection, self.found.groups, self.asked)


def run_search(index: Index, query: SearchQuery, *, facets: bool = True) -> SearchPage:
    """Searches one index. Pure: the same index and query give the same page.

    `facets=False` leaves the facets out (they cost most of the time of a broad search). A page past the end has no
    hits but keeps its count. Raises InvalidInput when a chosen municipality, seat or cluster is not in the region.
    """
    reading = interpret(query, index.gazetteer)
    asked = reading.query
    work = _Work(index, reading, facets=facets)
    text, found = work.text, work.found
    first = (query.page - 1) * query.size
    hits = work.hits(_sort_of(asked, text), first, first + query.size)
    alternatives: tuple[Hit, ...] = ()
    relaxed: tuple[str, ...] = ()
    if not len(found.groups) and len(work.docs):
        alternatives, relaxed = _nearest(index, asked, work.docs, text)
    recognised = [index.codes.values["service"][one] for one in (text.services if text else ())]
    return SearchPage(
        query=query,
        effective=asked,
        count=len(found.groups),
        page=query.page,
        size=query.size,
        hits=hits,
        facets=work.facets,
        ignored=(*reading.ignored, *work.ignored),
        interpreted=reading.interpreted,
        services=tuple(dict.fromkeys([*asked.service, *recognised])),
        alternatives=alternatives,
        relaxed=relaxed,
        suggestion=_suggestion(reading, text),
        revision=index.content.revision,
        look_back=no_history if text is None or query.page != 1 else partial(_history, index, asked, work.words, text),
    )


def find_slugs(index: Index, query: SearchQuery) -> tuple[str, ...]:
    """The slugs of every hit of a search, whatever its page, in the order in which the pages show them.

    Raises InvalidInput when a chosen municipality, seat or cluster is not in the region.
    """
    reading = interpret(query, index.gazetteer)
    work = _Work(index, reading, facets=False)
    found = work.found
    order = _order(found, _sort_of(reading.query, work.text), 0, len(found.groups))
    return tuple([index.content.slugs[number] for number in found.groups.organisations.take(order).tolist()])
