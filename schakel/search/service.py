"""Search the register: what pages and the API call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schakel.search.engine import find_slugs, run_search
from schakel.search.index import current_index
from schakel.search.query import SearchQuery
from schakel.search.result import SearchPage
from schakel.search.servers import Server, list_servers


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


def servers_by_service(nis_code: str, most: int) -> Mapping[str, Sequence[Server]]:
    """Per service, in the order of the taxonomy, the first `most` organisations by name that serve a municipality.

    Raises InvalidInput for a municipality that is not in the region.
    """
    return list_servers(current_index(), nis_code, most)
