"""Which documents the words of a search are in, and how well.

Per word the best place counts: the name of the organisation, the words of the offer, the taxonomy's words for its
service, other names, the description. A compound also matches where all its telling parts stand. All words must be
in the same document; a word that stands nowhere is set aside, and when no document has them all, those with most of
them count. Places far apart in weight never cross: one forgiven typo puts a document behind every exact one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from schakel.search.analysis import Forms, forms
from schakel.search.concepts import Link, known_words, link_services
from schakel.search.content import Content, Where
from schakel.search.typos import SHORTEST_FORGIVEN, TypoTable, is_one_typo_away, two_typos_away

Scores = NDArray[np.float32]

_WEIGHTS = {Where.NAME: 3.0, Where.OTHER_NAME: 2.5, Where.OFFER: 2.8, Where.DESCRIPTION: 1.0}
_LINK_WEIGHTS = {Link.PART: 1.2, Link.SYNONYM: 2.2, Link.LABEL: 2.4}
_PART_FACTOR = 0.6
_PLAIN_FACTOR = 1.1
_TYPO_FACTOR = 0.04  # smaller than the weakest exact match over the strongest
_MOST_WORDS = 20
_OF_OFFER = np.uint8(Where.OFFER | Where.PART_OF_OFFER)
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
    """One way in which a word can match: a term in the texts, with the factor its weight is multiplied by."""

    term: str
    factor: float


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

    docs: NDArray[np.int64]  # ascending
    scores: Scores  # of those documents
    words: list[WordMatch]
    ignored: list[str]
    services: tuple[int, ...]  # recognised by a whole label or synonym


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
    sources = [Source(known.plain, _PLAIN_FACTOR)]
    if known.stem != known.plain:
        sources.append(Source(known.stem, 1.0))
    return [source for source in sources if len(content.postings(source.term)[0])]


def _documents(content: Content, match: WordMatch) -> int:
    return max((len(content.postings(source.term)[0]) for source in match.sources), default=0)


def _corrections(content: Content, match: WordMatch, stems: Sequence[str]) -> list[WordMatch]:
    """The known words one typo away, for a word that is unknown or so rare that it may be a typo itself.

    A long word that nobody knows may be two typos away from a word of the taxonomy.
    """
    word = match.word
    if len(word) < SHORTEST_FORGIVEN or not word.isalpha() or match.services or _documents(content, match) > _RARE:
        return []
    table = TypoTable(content.typo_hashes, content.typo_words)
    near = [other for number in table.candidates(word) if is_one_typo_away(word, other := content.terms[number])]
    if not near and not match.is_known:
        near = two_typos_away(word, known_words())
    found = [_look_up(content, other, stems) for other in near]
    return [other for other in found if other.is_known]


def _raise(scores: Scores, docs: NDArray[np.uint32], values: Scores | np.float32) -> None:
    """Keep the higher of the present score and the new one."""
    scores[docs] = np.maximum(scores[docs], values)


def _score(content: Content, match: WordMatch, scores: Scores, spoken_for: NDArray[np.bool_] | None) -> None:
    """Raise the scores of the documents in which a word stands.

    `spoken_for` marks documents of organisations that offer the service the word means, but not in this document:
    there the texts of the organisation speak of that other offer, and only the words of the offer itself count.
    """
    for source in match.sources:
        docs, flags = content.postings(source.term)
        if spoken_for is not None:
            flags = np.where(spoken_for[docs], flags & _OF_OFFER, flags)
        _raise(scores, docs, FLAG_WEIGHTS[flags] * np.float32(source.factor))
    for service, link in match.services.items():
        _raise(scores, content.documents_of_service(service), np.float32(_LINK_WEIGHTS[link]))
    if match.together and all(part.is_known for part in match.together):
        together = _part_scores(content, match.together[0], spoken_for)
        for part in match.together[1:]:
            np.minimum(together, _part_scores(content, part, spoken_for), out=together)
        np.maximum(scores, together * np.float32(_PART_FACTOR), out=scores)
    for other in match.corrections:
        corrected = _part_scores(content, other, spoken_for)
        np.maximum(scores, corrected * np.float32(_TYPO_FACTOR), out=scores)


def _spoken_for(content: Content, match: WordMatch) -> NDArray[np.bool_] | None:
    """Documents of another service, of organisations that have an offer (also a past one) of a service meant."""
    services = match.firm_services
    if not services:
        return None
    offers_it = np.zeros(len(content.doc_start) - 1, dtype=np.bool_)
    for service in services:
        offers_it[content.organisation[content.documents_of_service(service)]] = True
    meant = np.zeros(256, dtype=np.bool_)
    meant[list(services)] = True
    flags: NDArray[np.bool_] = offers_it[content.organisation] & ~meant[content.service]
    return flags


def _part_scores(content: Content, match: WordMatch, spoken_for: NDArray[np.bool_] | None) -> Scores:
    scores: Scores = np.zeros(len(content.organisation), dtype=np.float32)
    _score(content, match, scores, spoken_for)
    return scores


def _rarity(found: int, of: int) -> np.float32:
    """From 0.4 for a word that stands everywhere to 1 for one that stands in a single document."""
    return np.float32(0.4 + 0.6 * (1 - np.log(max(found, 1)) / np.log(max(of, 2))))


def match_text(content: Content, words: Sequence[str], live: NDArray[np.bool_]) -> TextMatch | None:
    """The documents that match the words (folded, without stop words); None when no word is known at all."""
    stems = [forms(word).stem for word in words]
    distinct = list(dict.fromkeys(words))
    looked_up = [_look_up(content, word, stems) for word in distinct[:_MOST_WORDS]]
    for match in looked_up:
        match.corrections = _corrections(content, match, stems)
    if frozenset.intersection(*(match.firm_services for match in looked_up)):
        for match in looked_up:  # together the words mean a service: loose links would only add noise
            match.drop_weak_services()
    ignored, matches, arrays = distinct[_MOST_WORDS:], [], []
    for match in looked_up:
        scores = _part_scores(content, match, _spoken_for(content, match))
        found = int(np.count_nonzero(scores))
        if not found:
            ignored.append(match.word)
            continue
        scores *= _rarity(found, len(scores))
        matches.append(match)
        arrays.append(scores)
    if not matches:
        return None
    docs, used = _best_documents(arrays, matches, live)
    ignored += [match.word for match, use in zip(matches, used, strict=True) if not use]
    total: Scores = np.sum([array[docs] for array in arrays], axis=0, dtype=np.float32)
    for match in matches:
        if match.corrections and not match.is_typo:  # known, but neighbours count too: those stay behind
            exact = _part_scores(content, replace(match, corrections=[]), _spoken_for(content, match))
            total[exact[docs] == 0] *= np.float32(_TYPO_FACTOR)
    kept = [match for match, use in zip(matches, used, strict=True) if use]
    services = sorted({service for match in kept for service in match.firm_services})
    return TextMatch(docs, total, kept, ignored, tuple(services))


def _best_documents(
    arrays: list[Scores], matches: list[WordMatch], live: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], list[bool]]:
    """Documents with all words; when no live one has them, those with the weightiest set of words."""
    everywhere = arrays[0] > 0
    for array in arrays[1:]:
        everywhere &= array > 0
    docs = np.flatnonzero(everywhere)
    if len(arrays) == 1 or bool(np.any(live[docs])):
        return docs, [True] * len(arrays)
    # A word that names a service weighs most, then rarity decides.
    importance = [
        (10.0 if match.firm_services else 1.0) + 1 - np.count_nonzero(array) / len(array)
        for match, array in zip(matches, arrays, strict=True)
    ]
    pattern = np.zeros(len(arrays[0]), dtype=np.int64)
    covered = np.zeros(len(arrays[0]), dtype=np.float32)
    for place, (weight, array) in enumerate(zip(importance, arrays, strict=True)):
        present = array > 0
        covered += present * np.float32(weight)
        pattern += present.astype(np.int64) << place
    reach = covered[live] if bool(live.any()) else covered
    best = pattern[(covered >= reach.max() - 1e-3) & (live | ~live.any())]
    found, times = np.unique(best, return_counts=True)
    chosen = int(found[np.argmax(times)])  # several sets of words weigh the same: the one in most documents
    return np.flatnonzero(pattern == chosen), [bool(chosen >> place & 1) for place in range(len(arrays))]
