"""Which services a word means: the labels and synonyms of the taxonomy, turned around.

A word of the search is linked to a service when it stands in one of its labels or synonyms. The link is strong when
the search holds the whole phrase ("hagen scheren", "strijk"), weak when it holds only some of its words ("hagen").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from schakel.core import taxonomy
from schakel.search.analysis import forms, is_stop_word, split_words


class Link(IntEnum):
    """How firmly a word points at a service; higher is firmer."""

    PART = 1  # a word of a longer phrase
    SYNONYM = 2  # a whole synonym
    LABEL = 3  # a whole Dutch label, or the label's first words before the brackets


@dataclass(frozen=True, slots=True)
class _Phrase:
    service: int
    stems: frozenset[str]
    link: Link


def _content_stems(text: str) -> frozenset[str]:
    words = split_words(text)
    return frozenset(forms(word).stem for word in words if not is_stop_word(word)) or frozenset(
        forms(word).stem for word in words
    )


@cache
def _phrases() -> tuple[_Phrase, ...]:
    found = []
    for number, service in enumerate(taxonomy.services()):
        label = service.labels["nl"]
        found.append(_Phrase(number, _content_stems(label), Link.LABEL))
        found.append(_Phrase(number, _content_stems(label.partition("(")[0]), Link.LABEL))
        for text in (*service.synonyms, service.labels["en"], service.labels["fr"], *service.cpv):
            found.append(_Phrase(number, _content_stems(text), Link.SYNONYM))
    return tuple(found)


@cache
def _phrases_by_stem() -> Mapping[str, tuple[_Phrase, ...]]:
    index: dict[str, list[_Phrase]] = {}
    for phrase in _phrases():
        for key in phrase.stems:
            index.setdefault(key, []).append(phrase)
    return {key: tuple(phrases) for key, phrases in index.items()}


@cache
def _services_by_part() -> Mapping[str, frozenset[int]]:
    """Stems of the parts of compounds in labels and synonyms -> services."""
    index: dict[str, set[int]] = {}
    for number, service in enumerate(taxonomy.services()):
        for text in (service.labels["nl"], *service.synonyms):
            for word in split_words(text):
                for part in forms(word).parts:
                    index.setdefault(part, set()).add(number)
    return {key: frozenset(numbers) for key, numbers in index.items()}


@cache
def known_words() -> frozenset[str]:
    """Every folded word of the taxonomy's Dutch labels and synonyms: a word to correct a typo to."""
    texts = [text for service in taxonomy.services() for text in (service.labels["nl"], *service.synonyms)]
    return frozenset(word for text in texts for word in split_words(text) if not is_stop_word(word))


def link_services(key: str, query_stems: Iterable[str]) -> dict[int, Link]:
    """Services that a stem points at, by their place in `taxonomy.services()`, with the firmest link.

    `query_stems` are all stems of the search, so that a whole phrase can be recognised. The part of a compound
    ("strijk" in "strijkwinkel") makes a weak link.
    """
    return dict(_links(key, frozenset(query_stems) | {key}))


@lru_cache(maxsize=4096)
def _links(key: str, present: frozenset[str]) -> Mapping[int, Link]:
    links: dict[int, Link] = dict.fromkeys(_services_by_part().get(key, ()), Link.PART)
    for phrase in _phrases_by_stem().get(key, ()):
        link = phrase.link if phrase.stems <= present else Link.PART
        links[phrase.service] = max(link, links.get(phrase.service, Link.PART))
    return links
