"""The values of all facets as bits, packed for taking and counting many at once.

Six facets belong to a document, two to its organisation. Each set of facets is packed into rows of 64 bits per document
(or organisation), every facet from a whole byte on: with the ten themes, forty-eight services, and a few dozen
municipalities and clusters that is two rows, so one or two numbers per document say everything a filter or a facet
has to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Sets = NDArray[np.uint64]

_BYTES = 8  # of a row
_MOST_IN_BYTE = 255
_LOWEST_OF_BYTES = np.uint64(0x0101010101010101)


class Span(NamedTuple):
    """Which bytes of the rows hold a facet."""

    first: int
    size: int
    values: int

    @property
    def rows(self) -> range:
        """The rows that these bytes are in."""
        return range(self.first // _BYTES, (self.first + self.size - 1) // _BYTES + 1)


class Packed:
    """Rows of bits of several facets, for all documents or for all organisations."""

    def __init__(self, facets: Sequence[tuple[str, int, Sequence[Sets]]], length: int) -> None:
        """`facets`: name, number of values, and the sets in words of 64 values, each of that length."""
        self.spans: dict[str, Span] = {}
        first = 0
        for name, values, _ in facets:
            self.spans[name] = Span(first, max(1, -(-values // 8)), values)
            first += self.spans[name].size
        self.rows = np.zeros((max(1, -(-first // _BYTES)), length), dtype="<u8")
        target = self.rows.view(np.uint8).reshape(len(self.rows), length, _BYTES)
        for name, _, words in facets:
            span = self.spans[name]
            for byte in range(span.size):
                source = (words[byte // _BYTES] >> np.uint64(8 * (byte % _BYTES))) & np.uint64(255)
                place = span.first + byte
                target[place // _BYTES, :, place % _BYTES] = source

    def masks(self, facet: str, places: Iterable[int]) -> dict[int, np.uint64]:
        """The chosen values of a facet as one number per row, only of the rows that have any."""
        found: dict[int, int] = {}
        for place in places:
            bit = 8 * self.spans[facet].first + place
            found[bit // 64] = found.get(bit // 64, 0) | 1 << (bit % 64)
        return {row: np.uint64(mask) for row, mask in found.items()}


def count_bits(sets: Sets) -> NDArray[np.int64]:
    """How many of the sets have each of the 64 bits.

    Eight bits at a time, one of each byte, so that a number holds eight counts side by side; a byte can hold 255.
    """
    padded = np.zeros(-(-len(sets) // _MOST_IN_BYTE) * _MOST_IN_BYTE, dtype="<u8")
    padded[: len(sets)] = sets
    one, found = np.empty_like(padded), np.empty((_BYTES, 8), dtype=np.int64)
    for bit in range(8):
        np.right_shift(padded, np.uint64(bit), out=one)
        np.bitwise_and(one, _LOWEST_OF_BYTES, out=one)
        in_bytes = one.reshape(-1, _MOST_IN_BYTE).sum(axis=1).view(np.uint8)
        found[:, bit] = in_bytes.reshape(-1, _BYTES).sum(axis=0, dtype=np.int64)
    return found.ravel()


def count_values(packed: Packed, facets: Iterable[str], rows: Mapping[int, Sets]) -> dict[str, list[int]]:
    """Per facet and value the number of sets that have it; `rows` are the rows of the sets to be counted."""
    counts = {row: count_bits(sets) for row, sets in rows.items()}
    found = {}
    for facet in facets:
        span = packed.spans[facet]
        of_rows = np.concatenate([counts[row] for row in span.rows])
        first = 8 * (span.first % _BYTES)
        found[facet] = of_rows[first : first + span.values].tolist()
    return found
