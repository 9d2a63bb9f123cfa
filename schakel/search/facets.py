"""How many organisations each value of a facet would give: exact, whatever the number of documents.

Documents are ordered by organisation, so the values of one organisation are the bits of its run of documents taken
together; the bits are then counted byte by byte with a table.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from schakel.search.query import FACETS, SearchQuery
from schakel.search.result import FacetValue
from schakel.search.selection import Docs, Index, Selection

_OF_ORGANISATION = ("kind", "seat")
_BITS_OF_BYTE = np.array([[value >> bit & 1 for bit in range(8)] for value in range(256)], dtype=np.int64)


def run_starts(organisations: NDArray[np.int32]) -> NDArray[np.int64]:
    """Where each organisation begins in an ascending list of organisations."""
    if not len(organisations):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.concatenate(([True], organisations[1:] != organisations[:-1])))


def count_bits(sets: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Per bit the number of sets that have it (64 numbers)."""
    as_bytes = np.ascontiguousarray(sets).view(np.uint8).reshape(-1, 8)
    counts = [np.bincount(as_bytes[:, byte], minlength=256) @ _BITS_OF_BYTE for byte in range(8)]
    return np.concatenate(counts)


def _counts(
    index: Index, facet: str, docs: Docs, starts: NDArray[np.int64], organisations: NDArray[np.int32]
) -> list[int]:
    if not len(docs):
        return [0] * len(index.codes.values[facet])
    if facet in _OF_ORGANISATION:
        rows = index.organisation_bits(facet, organisations)
    else:
        rows = [np.bitwise_or.reduceat(row, starts) for row in index.bit_rows(facet, docs)]
    return [int(count) for row in rows for count in count_bits(row)][: len(index.codes.values[facet])]


def count_facets(index: Index, selection: Selection, query: SearchQuery) -> Mapping[str, tuple[FacetValue, ...]]:
    """The values of every facet with their counts of organisations, most first.

    The counts of a facet do not look at its own chosen values, so they tell what adding or swapping a value gives.
    Values that would give nothing are left out, chosen ones stay, with 0 if need be.
    """
    found: dict[str, tuple[FacetValue, ...]] = {}
    prepared: dict[int, tuple[NDArray[np.int64], NDArray[np.int32]]] = {}
    for facet in FACETS:
        docs = selection.without.get(facet, selection.docs)
        if id(docs) not in prepared:
            organisations = index.content.organisation[docs]
            starts = run_starts(organisations)
            prepared[id(docs)] = starts, organisations[starts]
        chosen = query.selected(facet)
        counts = _counts(index, facet, docs, *prepared[id(docs)])
        values = [
            FacetValue(value, count)
            for value, count in zip(index.codes.values[facet], counts, strict=True)
            if count or value in chosen
        ]
        found[facet] = tuple(sorted(values, key=lambda one: (-one.count, one.value)))
    return found
