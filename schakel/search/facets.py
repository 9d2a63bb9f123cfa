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
from schakel.search.selection import Docs, Index, Runs, Selection

_OF_ORGANISATION = ("kind", "seat")
_BITS_OF_BYTE = np.array([[value >> bit & 1 for bit in range(8)] for value in range(256)], dtype=np.int64)


def count_bits(sets: NDArray[np.uint64], bits: int = 64) -> list[int]:
    """Per bit, of the lowest `bits`, the number of sets that have it."""
    as_bytes = np.ascontiguousarray(sets, dtype="<u8").view(np.uint8).reshape(-1, 8)
    counts = [np.bincount(as_bytes[:, byte], minlength=256) @ _BITS_OF_BYTE for byte in range(-(-bits // 8))]
    return [int(count) for count in np.concatenate(counts)[:bits]]


def _counts(index: Index, facet: str, docs: Docs, runs: Runs) -> list[int]:
    """Per value of a facet the number of organisations that have it in one of these documents."""
    if docs is index.live_docs and facet in index.counts_of_everything:
        return index.counts_of_everything[facet]
    starts, organisations = runs
    size = len(index.codes.values[facet])
    if not len(docs) or not size:
        return [0] * size
    if facet in _OF_ORGANISATION:
        rows = index.organisation_bits(facet, organisations)
    else:
        rows = [np.bitwise_or.reduceat(row, starts) for row in index.bit_rows(facet, docs)]
    counts = [count for place, row in enumerate(rows) for count in count_bits(row, min(64, size - 64 * place))]
    if docs is index.live_docs:
        index.counts_of_everything[facet] = counts
    return counts


def count_facets(index: Index, selection: Selection, query: SearchQuery) -> Mapping[str, tuple[FacetValue, ...]]:
    """The values of every facet with their counts of organisations, most first.

    The counts of a facet do not look at its own chosen values, so they tell what adding or swapping a value gives.
    Values that would give nothing are left out, chosen ones stay, with 0 if need be. The counts of everything are
    kept as long as the index lives, which is as long as the register does not change.
    """
    found: dict[str, tuple[FacetValue, ...]] = {}
    shared = index.runs(selection.docs)
    for facet in FACETS:
        chosen = query.selected(facet)
        docs = selection.without.get(facet, selection.docs)
        runs = shared if docs is selection.docs else index.runs(docs)
        counts = _counts(index, facet, docs, runs)
        values = [
            FacetValue(value, count)
            for value, count in zip(index.codes.values[facet], counts, strict=True)
            if count or value in chosen
        ]
        found[facet] = tuple(sorted(values, key=lambda one: (-one.count, one.value)))
    return found
