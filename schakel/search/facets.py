"""How many organisations each value of a facet would give: exact, whatever the number of documents.

What a single filter leaves (a municipality, a theme, a kind) takes long to count, since it leaves much. That is done
when the index is built: for every value of a facet a row of how many organisations have it together with each other
value, in one and the same offer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from schakel.search.groups import Grain, Groups
from schakel.search.packed import count_values
from schakel.search.query import FACETS, SearchQuery
from schakel.search.result import Counts
from schakel.search.selection import OF_ORGANISATION, Index, Selection


def _counts(index: Index, facets: Iterable[str], grain: Grain, groups: Groups) -> dict[str, list[int]]:
    """Per facet and value the number of organisations that have it in one of these units."""
    by_organisation = [facet for facet in facets if facet in OF_ORGANISATION]
    by_document = [facet for facet in facets if facet not in OF_ORGANISATION]
    packed, of_organisation = index.packed, index.packed_organisations
    wanted = {row for facet in by_document for row in packed.spans[facet].rows}
    rows = {row: groups.reduce(np.bitwise_or, grain.row(row, groups.units)) for row in wanted}
    wanted = {row for facet in by_organisation for row in of_organisation.spans[facet].rows}
    own = {row: of_organisation.rows[row].take(groups.organisations) for row in wanted}
    return count_values(packed, by_document, rows) | count_values(of_organisation, by_organisation, own)


def count_together(index: Index) -> NDArray[np.int32]:
    """How many organisations have each value of a facet, and how many have two of them, in one live document.

    The values of all FACETS stand one after the other: V columns; the first row is of everything, then one per value.
    """
    grain = index.documents
    everyone = _counts(index, FACETS, grain, grain.groups(grain.every))
    rows = [everyone]
    for facet in FACETS:
        for value, count in zip(index.codes.values[facet], everyone[facet], strict=True):
            docs = grain.every[index.holds(facet, (value,), grain.every)] if count else grain.every[:0]
            rows.append(_counts(index, FACETS, grain, grain.groups(docs)))
    return np.array([[count for facet in FACETS for count in row[facet]] for row in rows], dtype=np.int32)


def _row(index: Index, number: int) -> dict[str, list[int]]:
    """A row of what was counted when the index was built."""
    row = index.content.together[number].tolist()
    return {facet: row[start : start + len(index.codes.values[facet])] for facet, start in index.codes.starts.items()}


def _known_row(index: Index, selection: Selection, query: SearchQuery) -> int | None:
    """The row of what is selected: everything, or what one chosen value leaves of it; None for anything else."""
    if selection.units is selection.grain.every:
        return 0
    for facet, units in selection.without.items():
        chosen = query.selected(facet)
        if units is selection.grain.every and len(chosen) == 1:
            return 1 + index.codes.starts[facet] + index.codes.places[facet][chosen[0]]
    return None


def count_facets(index: Index, selection: Selection, groups: Groups, query: SearchQuery) -> Mapping[str, Counts]:
    """The values of every facet with their counts of organisations, most first.

    The counts of a facet do not look at its own chosen values, so they tell what adding or swapping a value gives.
    Values that would give nothing are left out, chosen ones stay, with 0 if need be.
    """
    grain, known = selection.grain, _known_row(index, selection, query)
    others = [facet for facet in FACETS if facet not in selection.without]
    counts = _counts(index, others, grain, groups) if known is None else _row(index, known)
    for facet, units in selection.without.items():
        alone = _row(index, 0) if units is grain.every else _counts(index, [facet], grain, grain.groups(units))
        counts[facet] = alone[facet]
    found: dict[str, Counts] = {}
    for facet in FACETS:
        chosen = query.selected(facet)
        pairs = zip(counts[facet], index.codes.values[facet], strict=True)
        ordered = sorted([(-count, value) for count, value in pairs if count or value in chosen])
        found[facet] = {value: -count for count, value in ordered}
    return found
