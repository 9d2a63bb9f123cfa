"""Why each hit of a page was found: collected for a few organisations only, after they have been chosen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from schakel.core import taxonomy
from schakel.core.model import LifeStatus
from schakel.search.concepts import Link
from schakel.search.content import KNOWLEDGE, NO_SERVICE, PRECISIONS, STATUSES, Where
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
    """The best place that the flags of a posting name."""
    best = max(
        (where for where in _PLACES if flags & where or flags & (where << 4)),
        key=lambda where: FLAG_WEIGHTS[flags & (where | where << 4)],
    )
    return _PLACES[best]


def _texts(index: Index, match: WordMatch, docs: Docs) -> tuple[float, str] | None:
    """The best place of a word in the texts of these documents, with its weight."""
    best: tuple[float, str] | None = None
    for source in match.sources:
        postings, flags = index.content.postings(source.term)
        at = np.searchsorted(postings, docs)
        present = (at < len(postings)) & (postings[np.minimum(at, len(postings) - 1)] == docs)
        for flag in np.unique(flags[at[present]]):
            weight = float(FLAG_WEIGHTS[flag]) * source.factor
            if best is None or weight > best[0]:
                best = weight, _place_of(int(flag))
    return best


def _word(index: Index, match: WordMatch, docs: Docs) -> list[Reason]:
    """Where one word of the search stands in these documents: in a text, or in the words for their service."""
    text = _texts(index, match, docs)
    present = {int(number) for number in np.unique(index.content.service[docs])}
    links = {service: link for service, link in match.services.items() if service in present}
    if text and not (text[1] == "word_in_description" and any(link > Link.PART for link in links.values())):
        return [Reason(text[1], {"word": match.word})]
    if links:
        service = taxonomy.services()[max(links, key=lambda number: (links[number], -number))].code
        return [Reason("word_means_service", {"word": match.word, "service": service})]
    parts = [_word(index, part, docs) for part in match.together]
    if parts and all(parts):
        return [reason for reasons in parts for reason in reasons]
    for other in match.corrections:
        if _word(index, other, docs):
            return [Reason("typo", {"word": match.word, "corrected": other.word})]
    return []


def _words(index: Index, words: Sequence[WordMatch], docs: Docs) -> list[Reason]:
    """The reasons of all words; words that mean the same service together make one ("hagen scheren")."""
    found: list[Reason] = []
    for reason in (reason for match in words for reason in _word(index, match, docs)):
        last = found[-1] if found else None
        if last and last.code == reason.code and last.values.get("service") == reason.values.get("service", ""):
            found[-1] = Reason(reason.code, {**last.values, "word": f"{last.values['word']} {reason.values['word']}"})
        elif reason not in found:
            found.append(reason)
    return found


def _served(index: Index, docs: Docs, query: SearchQuery) -> list[Reason]:
    """Which chosen municipalities the offers serve, and how that is known; or that it is not known."""
    content = index.content
    found = []
    for nis_code in query.municipality:
        bit = index.codes.places["municipality"][nis_code]
        reached = (content.served[bit // 64][docs] >> np.uint64(bit % 64)) & np.uint64(1) != 0
        name = content.region.municipalities[bit].name
        if not reached.any():
            if any(KNOWLEDGE[number] == "unknown" for number in content.knowledge[docs]):
                found.append(Reason("serves_unknown", {"municipality": name}))
            continue
        # Knowledge is ordered from stated to unknown: the firmest counts.
        knowledge = KNOWLEDGE[int(content.knowledge[docs][reached].min())]
        found.append(Reason(f"serves_{knowledge.value}", {"municipality": name, "nis_code": nis_code}))
    if not query.municipality and (content.service[docs] != NO_SERVICE).any():
        knowledge = KNOWLEDGE[int(content.knowledge[docs].min())]
        if knowledge != "stated":
            found.append(Reason(f"area_{knowledge.value}"))
    return found


def _seats(index: Index, organisation: int, query: SearchQuery) -> list[Reason]:
    content = index.content
    found = []
    for nis_code in dict.fromkeys((*query.seat, *query.municipality)):
        bit = index.codes.places["seat"][nis_code]
        if int(content.seats[bit // 64][organisation]) >> (bit % 64) & 1:
            found.append(Reason("located_in", {"municipality": content.region.municipalities[bit].name}))
    return found


def _distance(index: Index, docs: Docs, query: SearchQuery) -> list[Reason]:
    if query.near is None:
        return []
    kilometres, points = index.distances(docs, query.near)
    nearest = int(np.argmin(kilometres))
    if points[nearest] < 0:
        return [Reason("distance_unknown")]
    precision = PRECISIONS[int(index.content.point_precision[points[nearest]])].value
    return [Reason("distance", {"km": round(float(kilometres[nearest]), 1), "precision": precision})]


def collect_reasons(
    index: Index, organisation: int, docs: Docs, text: TextMatch | None, query: SearchQuery
) -> tuple[Reason, ...]:
    """Everything that made these documents of one organisation a hit, most telling first."""
    words: Sequence[WordMatch] = text.words if text else ()
    found = _words(index, words, docs)
    found += _served(index, docs, query) + _seats(index, organisation, query) + _distance(index, docs, query)
    status = STATUSES[int(index.content.status[docs].min())]
    if status is not LifeStatus.LIVE:
        found.append(Reason(f"status_{status.value}"))
    return tuple(found)
