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
_MOST_IN_BYTE = 3 * 5 * 17
_STEPS = (  # how wide a field is, how many of them fit in one twice as wide, and which are the even ones
    (np.uint64(1), 3, np.uint64(0x5555555555555555)),
    (np.uint64(2), 5, np.uint64(0x3333333333333333)),
    (np.uint64(4), 17, np.uint64(0x0F0F0F0F0F0F0F0F)),
)


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

    Counts stand side by side in one number: of three sets in every two bits, of five of those in every four, of
    seventeen of those in every byte. Each step takes the even and the odd fields apart, so that a sum has room.
    """
    fields = np.zeros((1, -(-len(sets) // _MOST_IN_BYTE) * _MOST_IN_BYTE), dtype="<u8")
    fields[0, : len(sets)] = sets
    for width, together, even in _STEPS:
        apart = np.empty((2 * len(fields), fields.shape[1]), dtype="<u8")
        low, high = apart[: len(fields)], apart[len(fields) :]
        np.bitwise_and(fields, even, out=low)
        np.right_shift(fields, width, out=high)
        np.bitwise_and(high, even, out=high)
        fields = apart.reshape(len(apart), together, -1).sum(axis=1)
    in_bytes = fields.view(np.uint8).reshape(8, -1, _BYTES)  # bit of the byte, numbers, byte
    found: NDArray[np.int64] = in_bytes.sum(axis=1, dtype=np.int64).T.ravel()
    return found


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
