"""Sets of documents with a score each, as ascending arrays, and how two of them become one.

To unite them, document and score of all lists lie side by side as one number of 64 bits, and those are sorted. The sort
(timsort) finds the ascending runs and merges them, which is some five times faster than looking every document of one
list up in the other. A score above zero sorts by its bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Scores: TypeAlias = NDArray[np.float32]
DocNumbers: TypeAlias = NDArray[np.uint32]
Listed: TypeAlias = tuple[DocNumbers, Scores | np.float32]

_SCORE, _DOC = 0, 1  # halves of a number, the low one first


class Found(NamedTuple):
    """Documents in which something stands, ascending, with their scores, all above zero."""

    docs: DocNumbers
    scores: Scores


NOTHING = Found(np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.float32))


def _side_by_side(lists: Sequence[Listed]) -> NDArray[Any]:
    """All pairs, two columns, sorted by document and then by score."""
    pairs = np.empty((sum(len(docs) for docs, _ in lists), 2), dtype="<u4")
    start = 0
    for docs, scores in lists:
        end = start + len(docs)
        pairs[start:end, _DOC] = docs
        pairs[start:end, _SCORE] = scores.view(np.uint32)
        start = end
    pairs.reshape(-1).view("<u8").sort(kind="stable")
    return pairs


def _of_pairs(pairs: NDArray[Any], places: NDArray[np.intp]) -> Found:
    taken = pairs.reshape(-1).view("<u8").take(places).view("<u4")
    return Found(taken[_DOC::2].astype(np.uint32), taken[_SCORE::2].astype(np.uint32).view(np.float32))


def unite(lists: Sequence[Listed]) -> Found:
    """All documents of some ascending lists, each with its highest score."""
    if not lists:
        return NOTHING
    if len(lists) == 1:
        docs, scores = lists[0]
        return Found(docs, scores if isinstance(scores, np.ndarray) else np.full(len(docs), scores))
    pairs = _side_by_side(lists)
    docs = pairs[:, _DOC]
    last = np.ones(len(docs), dtype=np.bool_)
    np.not_equal(docs[1:], docs[:-1], out=last[:-1])
    return _of_pairs(pairs, np.flatnonzero(last))


def intersect(one: Found, other: Found, documents: int) -> Found:
    """The documents of both, of so many in all, with the sum of their scores.

    One lays its scores down and the other looks whether its documents have any: less than sorting both.
    """
    room = np.zeros(documents, dtype=np.float32)
    room[one.docs] = one.scores
    scores = room.take(other.docs)
    places = scores.astype(np.bool_).nonzero()[0]
    return Found(other.docs.take(places), scores.take(places) + other.scores.take(places))
