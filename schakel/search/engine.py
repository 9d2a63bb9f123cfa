"""One search over one index: words and conditions in, a page of organisations with reasons out. No database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from schakel.search.facets import count_facets
from schakel.search.interpret import Reading, interpret
from schakel.search.matching import TextMatch, match_text
from schakel.search.query import SearchQuery
from schakel.search.relax import relaxations
from schakel.search.result import Hit, Reason, SearchPage
from schakel.search.selection import Distances, Docs, Index, select
from schakel.search.why import PageFacts, collect_reasons, values_of

MOST_ALTERNATIVES = 5
MOST_HISTORY = 5
_HALF_DISTANCE_KM = 5.0


@dataclass(frozen=True)
class _Found:
    """The organisations of a selection, in the order of their names, each with its run of documents."""

    docs: Docs
    starts: NDArray[np.int64]
    organisations: NDArray[np.int32]
    scores: NDArray[np.float64]
    distances: Distances | None

    def docs_of(self, place: int) -> Docs:
        end = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.docs)
        return self.docs[self.starts[place] : end]


def _group(index: Index, docs: Docs, scores: NDArray[np.float32] | None, distances: Distances | None) -> _Found:
    """Documents grouped by organisation: the best score and the smallest distance count."""
    starts, organisations = index.runs(docs)
    best = np.zeros(len(starts))
    if scores is not None and len(starts):
        best = np.maximum.reduceat(scores, starts).astype(np.float64)
    nearest = None
    if distances is not None:
        nearest = np.minimum.reduceat(distances, starts) if len(starts) else distances
        if scores is not None:  # with words, nearer counts up to twice as much
            best *= 1 + 1 / (1 + nearest.astype(np.float64) / _HALF_DISTANCE_KM)
    return _Found(docs, starts, organisations, best, nearest)


def _order(found: _Found, sort: str, first: int, last: int) -> NDArray[np.int64]:
    """The places of the hits from `first` to `last` in the wanted order; equal ones by name.

    Only the top is sorted: a partial selection finds it among any number of organisations.
    """
    count = len(found.organisations)
    if sort == "name" or (sort == "distance" and found.distances is None):
        return np.arange(count)[first:last]
    key: NDArray[np.float64] = -found.scores
    if sort == "distance" and found.distances is not None:
        key = found.distances.astype(np.float64)
    last = min(last, count)
    if first >= last:
        return np.zeros(0, dtype=np.int64)
    if last < count:
        limit = np.partition(key, last - 1)[last - 1]
        places = np.flatnonzero(key <= limit)
    else:
        places = np.arange(count)
    return places[np.argsort(key[places], kind="stable")][first:last]


def _hits(
    index: Index, found: _Found, places: Sequence[int] | NDArray[np.int64], text: TextMatch | None, query: SearchQuery
) -> tuple[Hit, ...]:
    runs = [found.docs_of(int(place)) for place in places]
    if not runs:
        return ()
    facts = PageFacts(index, np.concatenate(runs), text, query)
    hits, first = [], 0
    for place, run in zip(places, runs, strict=True):
        span = range(first, first + len(run))
        first += len(run)
        organisation = int(found.organisations[place])
        distance = None if found.distances is None else float(found.distances[place])
        services, municipalities = values_of(facts, span)
        hits.append(
            Hit(
                slug=index.content.slugs[organisation],
                score=round(float(found.scores[place]), 4),
                distance_km=None if distance is None or not np.isfinite(distance) else round(distance, 2),
                why=collect_reasons(facts, organisation, span),
                services=services,
                municipalities=municipalities,
            )
        )
    return tuple(hits)


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
        if len(chosen.docs):
            scores = None if text is None else text.scores[_places_in(text, chosen.docs)]
            found = _group(index, chosen.docs, scores, chosen.distances)
            order = _order(found, "distance" if looser.near is not None else "relevance", 0, MOST_ALTERNATIVES)
            shown = replace(looser, municipality=query.municipality)
            return _hits(index, found, order, text, shown), tuple(dropped.split("+"))
    return (), ()


def _places_in(text: TextMatch, docs: Docs) -> NDArray[np.int64]:
    return np.searchsorted(text.docs, docs)


def _history(index: Index, query: SearchQuery, text: TextMatch) -> tuple[Hit, ...]:
    """What once was, or is only announced, and matches the words: there, by its area, its seat or its own words."""
    past = text.docs[~index.live[text.docs]]
    checked = replace(query, municipality=(), seat=(), near=None, radius_km=None)
    docs = select(index, past, checked, with_facets=False).docs
    if query.municipality:
        there = index.holds("municipality", query.municipality, docs) | index.holds("seat", query.municipality, docs)
        for nis_code in query.municipality:
            words = index.place_words[index.codes.places["municipality"][nis_code]]
            there |= np.logical_and.reduce([index.content.stands_in(word, docs) for word in words])
        docs = docs[there]
    found = _group(index, docs, text.scores[_places_in(text, docs)], None)
    return _hits(index, found, _order(found, "relevance", 0, MOST_HISTORY), text, checked)


def _suggestion(reading: Reading, text: TextMatch | None) -> str | None:
    """The text with its typos corrected, when there are any: also that of a place."""
    if text is None:
        return None
    corrected = {match.word: match.corrections[0].word for match in text.words if match.is_typo}
    if not corrected:
        return None
    return " ".join(corrected.get(word, word) for word in reading.all_words)


def run_search(index: Index, query: SearchQuery, *, facets: bool = True) -> SearchPage:
    """Searches one index. Pure: the same index and query give the same page.

    `facets=False` leaves the facets out (they cost most of the time of a broad search). A page past the end has no
    hits but keeps its count. Raises InvalidInput when a chosen municipality, seat or cluster is not in the region.
    """
    reading = interpret(query, index.gazetteer)
    asked = reading.query
    text = match_text(index.matcher, reading.words, index.live) if reading.words else None
    ignored = list(reading.ignored)
    if text is not None:
        ignored += [Reason("ignored_word", {"word": word}) for word in text.ignored]
        keep = index.live[text.docs]
        live = text.docs[keep]
        scores = text.scores[keep] * index.quality[live]
    elif reading.words:  # not one word is known: nothing is found, not everything
        ignored += [Reason("ignored_word", {"word": word}) for word in dict.fromkeys(reading.words)]
        live, scores = index.live_docs[:0], None
    else:
        live, scores = index.live_docs, None
    chosen = select(index, live, asked, with_facets=facets)
    found = _group(index, chosen.docs, None if scores is None else scores[chosen.places], chosen.distances)
    first = (query.page - 1) * query.size
    hits = _hits(index, found, _order(found, _sort_of(asked, text), first, first + query.size), text, asked)
    alternatives: tuple[Hit, ...] = ()
    relaxed: tuple[str, ...] = ()
    if not len(found.organisations) and len(live):
        alternatives, relaxed = _nearest(index, asked, live, text)
    services = dict.fromkeys(
        [*asked.service, *(index.codes.values["service"][one] for one in (text.services if text else ()))]
    )
    return SearchPage(
        query=query,
        effective=asked,
        count=len(found.organisations),
        page=query.page,
        size=query.size,
        hits=hits,
        facets=count_facets(index, chosen, asked) if facets else {},
        ignored=tuple(ignored),
        interpreted=reading.interpreted,
        services=tuple(services),
        alternatives=alternatives,
        relaxed=relaxed,
        suggestion=_suggestion(reading, text),
        history=_history(index, asked, text) if text is not None and query.page == 1 else (),
        revision=index.content.revision,
    )
