"""Which documents the words of a search are in, and how well.

Per word the best place counts: the name of the organisation, the words of the offer, the taxonomy's words for its
service, other names, the description. A compound also matches where all its telling parts stand. All words must be
in the same document; a word that stands nowhere is set aside, and when no document has them all, those with most of
them count. Places far apart in weight never cross: one forgiven typo puts a document behind every exact one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from schakel.search.analysis import Forms, forms
from schakel.search.concepts import Link, known_words, link_services
from schakel.search.content import NO_SERVICE, Content, Where
from schakel.search.found import DocNumbers, Found, Listed, Scores, intersect, unite
from schakel.search.kept import Kept
from schakel.search.result import Reason
from schakel.search.typos import SHORTEST_FORGIVEN, TypoTable, is_one_typo_away, two_typos_away

_WEIGHTS = {Where.NAME: 3.0, Where.OTHER_NAME: 2.5, Where.OFFER: 2.8, Where.DESCRIPTION: 1.0}
_LINK_WEIGHTS = {Link.PART: 1.2, Link.SYNONYM: 2.2, Link.LABEL: 2.4}
_PART_FACTOR = 0.6
_PLAIN_FACTOR = 1.1
_TYPO_FACTOR = 0.04  # smaller than the weakest exact match over the strongest
_MOST_WORDS = 20
_MOST_KEPT = 64  # sets of services whose documents are remembered
_MOST_COUNTED = 5_000  # words whose documents were counted
_MOST_SAID = 500
_ANYWHERE = np.uint8(255)
_OF_OFFER = np.uint8(Where.OFFER | Where.PART_OF_OFFER)
_COMMON = 20_000  # postings
_MOST_COMMON = 32  # common words of which the documents are kept, a byte each
_RARE = 3  # a word in at most so many documents may itself be a typo


def _flag_weights() -> Scores:
    table = np.zeros(256, dtype=np.float32)
    for flags in range(1, 256):
        whole = [weight for where, weight in _WEIGHTS.items() if flags & where]
        part = [weight * _PART_FACTOR for where, weight in _WEIGHTS.items() if flags & (where << 4)]
        table[flags] = max(whole + part)
    return table


FLAG_WEIGHTS = _flag_weights()


@dataclass(frozen=True, slots=True)
class Source:
    """One way in which a word can match: a term with its postings, and the factor its weight is multiplied by."""

    term: str
    factor: float
    docs: DocNumbers
    flags: NDArray[np.uint8]


@dataclass
class WordMatch:
    """How one word of the search is looked up; `together` holds the parts of a compound, which all must match."""

    word: str
    sources: list[Source]
    services: dict[int, Link]
    together: list[WordMatch] = field(default_factory=list)
    corrections: list[WordMatch] = field(default_factory=list)

    @property
    def is_known(self) -> bool:
        """Whether any document can have the word, or all its parts."""
        return bool(self.sources or self.services) or self._has_parts

    @property
    def _has_parts(self) -> bool:
        return bool(self.together) and all(part.is_known for part in self.together)

    @property
    def is_typo(self) -> bool:
        """Whether the word is only known after correction."""
        return bool(self.corrections) and not self.is_known

    @property
    def firm_services(self) -> frozenset[int]:
        """The services that the word, or its correction, means as a whole synonym or label."""
        found = {service for service, link in self.services.items() if link > Link.PART}
        if self.is_typo:
            found.update(service for other in self.corrections for service in other.firm_services)
        return frozenset(found)

    def drop_weak_services(self) -> None:
        """Forget services of which the word is only a part of a phrase."""
        self.services = {service: link for service, link in self.services.items() if link > Link.PART}
        for other in (*self.together, *self.corrections):
            other.drop_weak_services()


@dataclass(frozen=True)
class TextMatch:
    """The documents that match, with their scores, and what became of each word."""

    docs: NDArray[np.intp]  # ascending
    scores: Scores  # of those documents
    live: NDArray[np.intp]  # those that can be hits: they come first
    live_scores: Scores  # of those, weighed by how certain each is
    words: list[WordMatch]
    ignored: list[str]
    services: tuple[int, ...]  # recognised by a whole label or synonym
    said: Kept[tuple[object, ...], list[Reason]] = field(default_factory=lambda: Kept(_MOST_SAID))  # see `why`


def _look_up(content: Content, word: str, stems: Sequence[str]) -> WordMatch:
    known = forms(word)
    match = WordMatch(word, _sources(content, known), link_services(known.stem, stems))
    for part in known.telling_parts:
        of_part = forms(part)
        match.together.append(WordMatch(part, _sources(content, of_part), link_services(of_part.stem, stems)))
    if len(match.together) == 1:  # one part of a compound says too little to follow a loose link
        match.together[0].drop_weak_services()
    return match


def _sources(content: Content, known: Forms) -> list[Source]:
    terms = {known.plain: _PLAIN_FACTOR, known.stem: 1.0}
    if known.stem == known.plain:
        terms = {known.plain: _PLAIN_FACTOR}
    sources = [Source(term, factor, *content.postings(term)) for term, factor in terms.items()]
    if len(sources) > 1 and len(sources[0].docs) == len(sources[1].docs):
        sources.pop()  # every document with the stem has this very word
    return [source for source in sources if len(source.docs)]


def _documents(match: WordMatch) -> int:
    """In how many documents the word or its stem stands, at least."""
    return max((len(source.docs) for source in match.sources), default=0)


def _corrections(content: Content, match: WordMatch, stems: Sequence[str]) -> list[WordMatch]:
    """The known words one typo away, for a word that is unknown or so rare that it may be a typo itself.

    A long word that nobody knows may be two typos away from a word of the taxonomy.
    """
    word = match.word
    if len(word) < SHORTEST_FORGIVEN or not word.isalpha() or match.services or _documents(match) > _RARE:
        return []
    table = TypoTable(content.typo_hashes, content.typo_words)
    near = [other for number in table.candidates(word) if is_one_typo_away(word, other := content.terms[number])]
    if not near and not match.is_known:
        near = two_typos_away(word, known_words())
    found = [_look_up(content, other, stems) for other in near]
    return [other for other in found if other.is_known]


class _SpokenFor:
    """Which documents are left out of account for the texts of their organisation.

    An organisation that offers the service a word means (also one of the past) speaks of that offer in its name and
    description; its other offers are not found by those, or who irons in Aalst and mows in Ronse would be found for
    ironing in Ronse.
    """

    def __init__(self, content: Content) -> None:
        self._content = content
        self._known: Kept[frozenset[int], NDArray[np.uint8]] = Kept(_MOST_KEPT)

    def flags_that_count(self, services: frozenset[int]) -> NDArray[np.uint8]:
        """Per document the places whose words count: only its own when its organisation offers a meant service."""
        return self._known.get(services, lambda: self._look(services))

    def _look(self, services: frozenset[int]) -> NDArray[np.uint8]:
        content = self._content
        meant = np.uint64(sum(1 << service for service in services))
        offers_it = (content.offered & meant) != 0
        other_service = np.ones(NO_SERVICE + 1, dtype=np.bool_)
        other_service[list(services)] = False
        spoken_for = offers_it.take(content.organisation) & other_service.take(content.service)
        return np.where(spoken_for, _OF_OFFER, _ANYWHERE)


class Matcher:
    """Looks words up in one index."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._spoken_for = _SpokenFor(content)
        self._common: Kept[str, NDArray[np.uint8]] = Kept(_MOST_COMMON)
        self._counts: Kept[tuple[tuple[str, ...], frozenset[int], frozenset[int]], int] = Kept(_MOST_COUNTED)

    def find(self, match: WordMatch, counting: NDArray[np.uint8] | None = None) -> Found:
        """The documents in which a word stands: in a text, as a word for their service, in parts, or corrected.

        `counting` says per document the places whose words count.
        """
        if counting is None:
            counting = self._counting(match)
        lists: list[Listed] = [
            (docs, FLAG_WEIGHTS.take(flags) * np.float32(factor))
            for docs, flags, factor in self._texts(match, counting)
        ]
        for service, link in match.services.items():
            lists.append((self.content.documents_of_service(service), np.float32(_LINK_WEIGHTS[link])))
        if match.together and all(part.is_known for part in match.together):
            together = self._find_together(match.together, counting)
            lists.append((together.docs, together.scores * np.float32(_PART_FACTOR)))
        for other in match.corrections:
            corrected = self.find(other, counting)
            lists.append((corrected.docs, corrected.scores * np.float32(_TYPO_FACTOR)))
        return unite(lists)

    def count(self, match: WordMatch, otherwise: Callable[[], int]) -> int:
        """In how many documents a simple word stands: kept, as every index keeps with a word how often it occurs.

        `otherwise` tells it when it is not kept, unless the word is so common that counting without scores saves time.
        """
        common = any(len(source.docs) > _COMMON for source in match.sources)
        key = tuple([source.term for source in match.sources]), frozenset(match.services), match.firm_services
        return self._counts.get(key, (lambda: self._count(match)) if common else otherwise)

    def _count(self, match: WordMatch) -> int:
        seen = np.zeros(len(self.content.organisation), dtype=np.bool_)
        for docs, _, _ in self._texts(match, self._counting(match)):
            seen[docs] = True
        for service in match.services:
            seen[self.content.documents_of_service(service)] = True
        return int(np.count_nonzero(seen))

    def among(
        self, match: WordMatch, found: Found, counting: NDArray[np.uint8] | None = None
    ) -> tuple[NDArray[np.intp], Scores]:
        """Where the documents of `found` stand in which a simple word stands, with the score of the word in each."""
        docs = found.docs.astype(np.intp)
        if counting is None:
            counting = self._counting(match)
        places_that_count = None if counting is None else counting.take(docs)
        weights = np.zeros(NO_SERVICE + 1, dtype=np.float32)
        for service, link in match.services.items():
            weights[service] = _LINK_WEIGHTS[link]
        scores = weights.take(self.content.service.take(docs))
        for source in match.sources:
            flags = self._spread(source).take(docs)
            if places_that_count is not None:
                flags &= places_that_count
            np.maximum(scores, FLAG_WEIGHTS.take(flags) * np.float32(source.factor), out=scores)
        places = scores.astype(np.bool_).nonzero()[0]
        return places, scores.take(places)

    def _spread(self, source: Source) -> NDArray[np.uint8]:
        """The flags of a term per document, 0 where it does not stand; of a common one they are kept."""

        def spread() -> NDArray[np.uint8]:
            found = np.zeros(len(self.content.organisation), dtype=np.uint8)
            found[source.docs] = source.flags
            return found

        return self._common.get(source.term, spread) if len(source.docs) > _COMMON else spread()

    @staticmethod
    def _texts(
        match: WordMatch, counting: NDArray[np.uint8] | None
    ) -> Iterator[tuple[DocNumbers, NDArray[np.uint8], float]]:
        """The postings that count, with the factor of their weight."""
        for source in match.sources:
            docs, flags = source.docs, source.flags
            if counting is not None:
                flags = flags & counting.take(docs)
                places = flags.astype(np.bool_).nonzero()[0]
                if len(places) < len(docs):
                    docs, flags = docs.take(places), flags.take(places)
            yield docs, flags, source.factor

    def _counting(self, match: WordMatch) -> NDArray[np.uint8] | None:
        services = match.firm_services
        return self._spoken_for.flags_that_count(services) if services else None

    def _find_together(self, parts: Sequence[WordMatch], counting: NDArray[np.uint8] | None) -> Found:
        """The documents with all parts of a compound. Of the commoner parts only documents with the rarer ones."""
        first, *others = sorted(parts, key=_documents)
        found = self.find(first, counting)
        for part in others:
            places, scores = self.among(part, found, counting)
            found = Found(found.docs.take(places), np.minimum(found.scores.take(places), scores))
        return found


def _rarity(found: int, of: int) -> np.float32:
    """From 0.4 for a word that stands everywhere to 1 for one that stands in a single document."""
    return np.float32(0.4 + 0.6 * (1 - math.log(max(found, 1)) / math.log(max(of, 2))))


def _read_words(content: Content, words: Sequence[str]) -> list[WordMatch]:
    stems = [forms(word).stem for word in words]
    matches = [_look_up(content, word, stems) for word in words]
    for match in matches:
        match.corrections = _corrections(content, match, stems)
    if frozenset.intersection(*(match.firm_services for match in matches)):
        for match in matches:  # together the words mean a service: loose links would only add noise
            match.drop_weak_services()
    return matches


def match_text(matcher: Matcher, words: Sequence[str], quality: Scores) -> TextMatch | None:
    """The documents that match the words (folded, without stop words); None when no word is known at all.

    `quality`: of each document that can be a hit what its score is multiplied by; those documents come first.
    """
    live = len(quality)
    distinct = list(dict.fromkeys(words))
    lookups = [_Lookup(matcher, match) for match in _read_words(matcher.content, distinct[:_MOST_WORDS])]
    ignored = distinct[_MOST_WORDS:] + [one.match.word for one in lookups if not one.count]
    lookups = [one for one in lookups if one.count]
    if not lookups:
        return None
    total = _with_all(lookups)
    if len(lookups) > 1 and not (len(total.docs) and total.docs[0] < live):
        used = _best_words(lookups, live, len(matcher.content.organisation))
        ignored += [one.match.word for one, use in zip(lookups, used, strict=True) if not use]
        lookups = [one for one, use in zip(lookups, used, strict=True) if use]
        total = _with_all(lookups)
    matches = [one.match for one in lookups]
    for match in matches:
        if match.corrections and not match.is_typo:  # known, but neighbours count too: those stay behind
            exact = matcher.find(replace(match, corrections=[]))
            total.scores[~np.isin(total.docs, exact.docs)] *= np.float32(_TYPO_FACTOR)
    services = sorted({service for match in matches for service in match.firm_services})
    docs = total.docs.astype(np.intp)
    hits = docs[: int(np.searchsorted(docs, live))]
    certain = total.scores[: len(hits)] * quality.take(hits)
    return TextMatch(docs, total.scores, hits, certain, matches, ignored, tuple(services))


class _Lookup:
    """One word of the search with the number of its documents; those are only found when needed."""

    def __init__(self, matcher: Matcher, match: WordMatch) -> None:
        self.match = match
        self._matcher = matcher
        self._is_simple = not (match.together or match.corrections)
        self.count = matcher.count(match, self._count) if self._is_simple else self._count()
        self._rarity = _rarity(self.count, len(matcher.content.organisation))

    def _count(self) -> int:
        return len(self._all.docs)

    @cached_property
    def _all(self) -> Found:
        return self._matcher.find(self.match)

    @property
    def found(self) -> Found:
        """All documents of the word."""
        return Found(self._all.docs, self._all.scores * self._rarity)

    def join(self, others: Found) -> Found:
        """Those of some other documents in which the word stands too, with the sum of the scores."""
        if not self._is_simple:
            return intersect(others, self.found, len(self._matcher.content.organisation))
        places, scores = self._matcher.among(self.match, others)
        return Found(others.docs.take(places), others.scores.take(places) + scores * self._rarity)


def _with_all(lookups: Sequence[_Lookup]) -> Found:
    """The documents that have every word, with the sum of the scores; begins with the rarest word."""
    first, *others = sorted(lookups, key=lambda one: one.count)
    total = first.found
    for one in others:
        total = one.join(total)
    return total


def _best_words(lookups: Sequence[_Lookup], live: int, every: int) -> list[bool]:
    """Which words to use when no live document has them all: the weightiest set that one document does have.

    Documents of the past only decide when no word stands in a live one.
    """
    # A word that names a service weighs most, then rarity decides.
    found = [one.found for one in lookups]
    importance = np.array([(10.0 if one.match.firm_services else 1.0) + 1 - one.count / every for one in lookups])
    docs = np.concatenate([one.docs for one in found])
    places = np.repeat(np.arange(len(found)), [len(one.docs) for one in found])
    if bool((alive := docs < live).any()):
        docs, places = docs[alive], places[alive]
    _, group = np.unique(docs, return_inverse=True)
    covered = np.bincount(group, weights=importance[places])
    pattern = np.bincount(group, weights=np.exp2(places)).astype(np.int64)
    sets, times = np.unique(pattern[covered >= covered.max() - 1e-3], return_counts=True)
    chosen = int(sets[np.argmax(times)])  # several sets weigh the same: the one in most documents
    return [bool(chosen >> place & 1) for place in range(len(found))]
