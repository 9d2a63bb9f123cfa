"""Typos. One is a letter too many, too few, wrong, or two neighbours swapped (Damerau-Levenshtein distance one)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

SHORTEST_FORGIVEN = 5
SHORTEST_TWICE = 10  # letters from which two typos are forgiven, for words of the taxonomy


def is_one_typo_away(left: str, right: str) -> bool:
    """Whether two different words are exactly one typo apart."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    rest_left, rest_right = left[start:], right[start:]
    if len(left) == len(right):
        swapped = rest_left[1:2] + rest_left[:1] + rest_left[2:]
        return rest_left[1:] == rest_right[1:] or swapped == rest_right
    return rest_left[1:] == rest_right or rest_left == rest_right[1:]


def _distance(left: str, right: str) -> int:
    """Damerau-Levenshtein distance (neighbours swapped count as one), each letter in one edit at most.

    Exact up to two; more is told as at least three, so only places at most two apart are looked at.
    """
    far = 3
    before: list[int] = []
    above = [column if column < far else far for column in range(len(right) + 1)]
    for row, letter in enumerate(left, 1):
        current = [far] * (len(right) + 1)
        current[0] = min(row, far)
        for column in range(max(1, row - 2), min(len(right), row + 2) + 1):
            other = right[column - 1]
            cost = min(above[column] + 1, current[column - 1] + 1, above[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current[column] = cost
        before, above = above, current
    return above[-1]


@lru_cache(maxsize=4)
def _long_words(known: frozenset[str]) -> Mapping[str, tuple[tuple[str, frozenset[str]], ...]]:
    """The long words with their letters, by first letter."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for word in sorted(known):
        if len(word) >= SHORTEST_TWICE:
            found.setdefault(word[0], []).append((word, frozenset(word)))
    return {letter: tuple(words) for letter, words in found.items()}


def two_typos_away(word: str, known: frozenset[str]) -> list[str]:
    """The known words two typos from a long word that begin with the same letter; none for a shorter word."""
    if len(word) < SHORTEST_TWICE:
        return []
    length, letters = len(word), frozenset(word)
    return [
        other
        for other, its_letters in _long_words(known).get(word[0], ())
        if -2 <= len(other) - length <= 2 and len(letters ^ its_letters) <= 4 and _distance(word, other) == 2
    ]


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
