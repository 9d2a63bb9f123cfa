"""How many organisations each value of a facet would give: exact, whatever the number of documents.

What a single filter leaves is asked most (a municipality, a theme, a kind, each a link on many pages) and costs most,
since it leaves much. It is counted when the index is built: for every value of a facet a row of how many organisations
have it together with each other value, in one and the same offer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from schakel.search.groups import Groups
from schakel.search.packed import Sets, count_values
from schakel.search.query import FACETS, SearchQuery
from schakel.search.result import Counts
from schakel.search.selection import OF_ORGANISATION, Index, Selection


def _rows(index: Index, wanted: Iterable[int], groups: Groups) -> dict[int, Sets]:
    """Rows of the facets of each organisation's documents together.

    Of an organisation that is here with all its documents they are known; a place finds most of them so, words few.
    """
    partly = np.flatnonzero(groups.sizes != index.live_sizes.take(groups.organisations))
    if 2 * len(partly) > len(groups):
        return {row: groups.reduce(np.bitwise_or, index.row(row, groups.docs)) for row in wanted}
    docs, _ = groups.documents_of(partly)
    parts = index.groups(docs)
    found = {row: index.live_rows[row].take(groups.organisations) for row in wanted}
    for row, sets in found.items():
        sets[partly] = parts.reduce(np.bitwise_or, index.row(row, docs))
    return found


def _counts(index: Index, facets: Iterable[str], groups: Groups) -> dict[str, list[int]]:
    """Per facet and value the number of organisations that have it in one of these documents."""
    by_organisation = [facet for facet in facets if facet in OF_ORGANISATION]
    by_document = [facet for facet in facets if facet not in OF_ORGANISATION]
    packed, of_organisation = index.packed, index.packed_organisations
    wanted = {row for facet in by_document for row in packed.spans[facet].rows}
    rows = _rows(index, wanted, groups)
    wanted = {row for facet in by_organisation for row in of_organisation.spans[facet].rows}
    own = {row: of_organisation.rows[row].take(groups.organisations) for row in wanted}
    return count_values(packed, by_document, rows) | count_values(of_organisation, by_organisation, own)


def count_together(index: Index) -> NDArray[np.int32]:
    """How many organisations have each value of a facet, and how many have two of them, in one live document.

    The values of all FACETS stand one after the other: V columns; the first row is of everything, then one per value.
    """
    everyone = _counts(index, FACETS, index.live_groups)
    rows = [everyone]
    for facet in FACETS:
        for value, count in zip(index.codes.values[facet], everyone[facet], strict=True):
            docs = index.live_docs[index.holds(facet, (value,), index.live_docs)] if count else index.live_docs[:0]
            rows.append(_counts(index, FACETS, index.groups(docs)))
    return np.array([[count for facet in FACETS for count in row[facet]] for row in rows], dtype=np.int32)


def _row(index: Index, number: int) -> dict[str, list[int]]:
    """A row of what was counted when the index was built."""
    row = index.content.together[number].tolist()
    return {facet: row[start : start + len(index.codes.values[facet])] for facet, start in index.codes.starts.items()}


def _single_filter(index: Index, selection: Selection, query: SearchQuery) -> int | None:
    """The row of the one value that was chosen from everything; None when more, or less, was asked."""
    for facet, docs in selection.without.items():
        chosen = query.selected(facet)
        if docs is index.live_docs and len(chosen) == 1:
            return 1 + index.codes.starts[facet] + index.codes.places[facet][chosen[0]]
    return None


def _counts_of(index: Index, selection: Selection, groups: Groups, query: SearchQuery) -> dict[str, list[int]]:
    """What the selection gives, without what its own filters do to their own facets."""
    if selection.docs is index.live_docs:
        return _row(index, 0)
    row = _single_filter(index, selection, query)
    if row is not None:
        return _row(index, row)
    return _counts(index, [one for one in FACETS if one not in selection.without], groups)


def count_facets(index: Index, selection: Selection, groups: Groups, query: SearchQuery) -> Mapping[str, Counts]:
    """The values of every facet with their counts of organisations, most first.

    The counts of a facet do not look at its own chosen values, so they tell what adding or swapping a value gives.
    Values that would give nothing are left out, chosen ones stay, with 0 if need be.
    """
    counts = _counts_of(index, selection, groups, query)
    for facet, docs in selection.without.items():
        everyone = docs is index.live_docs
        counts[facet] = (_row(index, 0) if everyone else _counts(index, [facet], index.groups(docs)))[facet]
    found: dict[str, Counts] = {}
    for facet in FACETS:
        chosen = query.selected(facet)
        pairs = zip(counts[facet], index.codes.values[facet], strict=True)
        ordered = sorted([(-count, value) for count, value in pairs if count or value in chosen])
        found[facet] = {value: -count for count, value in ordered}
    return found
