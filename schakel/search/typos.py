"""Typos. One is a letter too many, too few, wrong, or two neighbours swapped (Damerau-Levenshtein distance one)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

SHORTEST_FORGIVEN = 5
SHORTEST_TWICE = 10  # letters from which two typos are forgiven, for words of the taxonomy


def _distance(left: str, right: str, most: int) -> int:
    """Damerau-Levenshtein distance, each letter in one edit at most; whatever is more than `most` is one more."""
    from rapidfuzz.distance import OSA  # only here: most searches have no typo

    return OSA.distance(left, right, score_cutoff=most)


def is_one_typo_away(left: str, right: str) -> bool:
    """Whether two different words are exactly one typo apart."""
    return _distance(left, right, 1) == 1


@lru_cache(maxsize=4)
def _long_words(known: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """The long words by their first letter."""
    found: dict[str, list[str]] = {}
    for word in sorted(known):
        if len(word) >= SHORTEST_TWICE:
            found.setdefault(word[0], []).append(word)
    return {letter: tuple(words) for letter, words in found.items()}


def two_typos_away(word: str, known: frozenset[str]) -> list[str]:
    """The known words two typos from a long word that begin with the same letter; none for a shorter word."""
    if len(word) < SHORTEST_TWICE:
        return []
    return [other for other in _long_words(known).get(word[0], ()) if _distance(word, other, 2) == 2]


def _shortened(word: str) -> set[str]:
    return {word} | {word[:cut] + word[cut + 1 :] for cut in range(len(word))}


def _hash(word: str) -> int:
    return zlib.crc32(word.encode())


class TypoTable:
    """Finds the known words one typo away, through the words that both give when one letter is left out.

    Two words one typo apart share such a shortened form, so a lookup costs as many binary searches as the word has
    letters, however many words are known. Hash collisions are sorted out by comparing the words themselves.
    """

    def __init__(self, hashes: NDArray[np.uint32], words: NDArray[np.uint32]) -> None:
        self.hashes = hashes
        self.words = words

    @classmethod
    def build(cls, words: Iterable[tuple[int, str]]) -> TypoTable:
        """From pairs of a word's number and the word. Words under four letters cannot be meant."""
        pairs = [
            (_hash(short), number)
            for number, word in words
            if len(word) >= SHORTEST_FORGIVEN - 1
            for short in _shortened(word)
        ]
        table = np.array(pairs, dtype=np.uint32).reshape(-1, 2)
        table = table[np.argsort(table[:, 0], kind="stable")]
        return cls(np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1]))

    def candidates(self, word: str) -> list[int]:
        """Numbers of the words that may be one typo away; to be checked with `is_one_typo_away`."""
        wanted = np.array(sorted(_hash(short) for short in _shortened(word)), dtype=np.uint32)
        first = np.searchsorted(self.hashes, wanted, side="left")
        last = np.searchsorted(self.hashes, wanted, side="right")
        found = {int(number) for start, end in zip(first, last, strict=True) for number in self.words[start:end]}
        return sorted(found)
