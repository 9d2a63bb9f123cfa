"""Dutch compounds taken apart: fietsherstelling -> fiets + herstelling, poetsdienst -> poets + dienst.

A word is split where the left part is a known word, with or without a linking -s-, -e-, -en- or -n-, and the right
part is known or can be split in turn; fewest parts first, then the longest left part. Known words are those of the
taxonomy and the curated roots of `words.toml`, in any form with the same stem. Besides, a common head (-dienst)
is always split off, whatever stands before it. Nothing is guessed beyond that: a wrong part finds wrong offers.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from schakel.core import taxonomy
from schakel.search.stem import stem
from schakel.search.wordlists import GENERIC_HEADS, NEVER_A_PART, ROOTS, STOP_WORDS

SHORTEST_SPLIT = 7
SHORTEST_PART = 3
SHORTEST_BEFORE_HEAD = 4


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@cache
def _known() -> frozenset[str]:
    """Known words and their stems; of the taxonomy only words of at least four letters."""
    texts = [text for service in taxonomy.services() for text in (service.labels["nl"], *service.synonyms)]
    words = {word for text in texts for word in re.findall(r"[a-z]{4,}", _fold(text))}
    words = (words - STOP_WORDS) | {_fold(root) for root in ROOTS} | GENERIC_HEADS
    return frozenset(words | {key for word in words if len(key := stem(word)) > SHORTEST_PART} - NEVER_A_PART)


def is_generic(part: str) -> bool:
    """Whether a part says little by itself (-dienst, -winkel, -hulp)."""
    return part in GENERIC_HEADS


def _is_known(part: str) -> bool:
    return len(part) >= SHORTEST_PART and (part in _known() or (len(part) > SHORTEST_PART and stem(part) in _known()))


def _left_part(left: str) -> str | None:
    """The left part without its linking letters, when it is a known word."""
    for link in ("", "s", "en", "n", "e"):
        bare = left.removesuffix(link) if link else left
        if (bare != left or not link) and len(bare) >= SHORTEST_PART and bare in _known():
            return bare
    return left if _is_known(left) else None


@lru_cache(maxsize=100_000)
def _split(word: str) -> tuple[str, ...]:
    best: tuple[str, ...] = ()
    for cut in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        left = _left_part(word[:cut])
        if left is None:
            continue
        right = word[cut:]
        rest = (right,) if _is_known(right) else _split(right) if len(right) >= SHORTEST_SPLIT - 1 else ()
        if rest and (not best or len(rest) + 1 < len(best)):
            best = (left, *rest)
    return best


def split_compound(word: str) -> tuple[str, ...]:
    """The parts of a folded compound word, in order; empty when it is not (known to be) a compound."""
    if len(word) < SHORTEST_SPLIT or not word.isalpha():
        return ()
    parts = _split(word)
    if parts:
        return parts
    for head in sorted(GENERIC_HEADS, key=len, reverse=True):
        left = word.removesuffix(head)
        if left != word and len(left) >= SHORTEST_BEFORE_HEAD:
            return (left, head)
    return ()
