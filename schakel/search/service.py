"""Search the register: what pages and the API call."""

from __future__ import annotations

from schakel.search.engine import find_slugs, run_search
from schakel.search.index import current_index
from schakel.search.query import SearchQuery
from schakel.search.result import SearchPage


def search(query: SearchQuery, *, facets: bool = True) -> SearchPage:
    """One page of organisations for a query, with facets and reasons. No database query once the index is there.

    Raises InvalidInput when a chosen municipality, seat or cluster is not in the region.
    """
    return run_search(current_index(), query, facets=facets)


def search_slugs(query: SearchQuery) -> tuple[str, ...]:
    """The slugs of every hit of a query, on whatever page, in the order of the pages. No database query either.

    Raises InvalidInput when a chosen municipality, seat or cluster is not in the region.
    """
    return find_slugs(current_index(), query)
