"""How many organisations each value of a facet would give: exact, whatever the number of documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from schakel.search.groups import Groups
from schakel.search.packed import count_values
from schakel.search.query import FACETS, SearchQuery
from schakel.search.result import Counts
from schakel.search.selection import OF_ORGANISATION, Docs, Index, Selection


def _counts(index: Index, facets: Iterable[str], groups: Groups) -> dict[str, list[int]]:
    """Per facet and value the number of organisations that have it in one of these documents."""
    by_organisation = [facet for facet in facets if facet in OF_ORGANISATION]
    by_document = [facet for facet in facets if facet not in OF_ORGANISATION]
    packed, of_organisation = index.packed, index.packed_organisations
    wanted = {row for facet in by_document for row in packed.spans[facet].rows}
    rows = {row: groups.reduce(np.bitwise_or, index.row(row, groups.docs)) for row in wanted}
    wanted = {row for facet in by_organisation for row in of_organisation.spans[facet].rows}
    own = {row: of_organisation.rows[row].take(groups.organisations) for row in wanted}
    return count_values(packed, by_document, rows) | count_values(of_organisation, by_organisation, own)


def _counts_of(index: Index, facets: list[str], docs: Docs, groups: Groups | None = None) -> dict[str, list[int]]:
    """The same, where the counts of everything are kept as long as the index lives."""
    if docs is not index.live_docs:
        return _counts(index, facets, groups or index.groups(docs))
    if not index.counts_of_everything:
        index.counts_of_everything = _counts(index, FACETS, index.live_groups)
    return {facet: index.counts_of_everything[facet] for facet in facets}


def count_facets(index: Index, selection: Selection, groups: Groups, query: SearchQuery) -> Mapping[str, Counts]:
    """The values of every facet with their counts of organisations, most first.

    The counts of a facet do not look at its own chosen values, so they tell what adding or swapping a value gives.
    Values that would give nothing are left out, chosen ones stay, with 0 if need be.
    """
    counts = _counts_of(index, [one for one in FACETS if one not in selection.without], selection.docs, groups)
    for facet, docs in selection.without.items():
        counts |= _counts_of(index, [facet], docs)
    found: dict[str, Counts] = {}
    for facet in FACETS:
        chosen = query.selected(facet)
        pairs = zip(counts[facet], index.codes.values[facet], strict=True)
        ordered = sorted([(-count, value) for count, value in pairs if count or value in chosen])
        found[facet] = {value: -count for count, value in ordered}
    return found
