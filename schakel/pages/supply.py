"""How many organisations work in each municipality: counted once per state of the index."""

from __future__ import annotations

from collections.abc import Mapping

from schakel.pages.standing import Standing
from schakel.search.index import current_index
from schakel.search.query import SearchQuery
from schakel.search.service import search


def organisations_by_municipality(region: Standing) -> Mapping[str, int]:
    """NIS code -> how many organisations work there, stated or assumed; kept as long as the index is the same."""

    def counted() -> Mapping[str, int]:
        return search(SearchQuery(size=1)).facets.get("municipality", {})

    return region.keep(("by municipality", current_index().content.revision), counted)
