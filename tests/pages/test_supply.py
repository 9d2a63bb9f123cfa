"""Who works in a municipality: the pass over the index says what a search for each service says."""

from __future__ import annotations

import pytest

from schakel.core import taxonomy
from schakel.core.errors import InvalidInput
from schakel.register import read
from schakel.search.query import SearchQuery
from schakel.search.servers import Server
from schakel.search.service import search, servers_by_service

pytestmark = pytest.mark.usefixtures("klein")


def by_searching(nis_code: str, most: int) -> dict[str, list[Server]]:
    found = {}
    for service in taxonomy.services():
        hits = search(SearchQuery(municipality=(nis_code,), service=(service.code,), size=most), facets=False).hits
        servers = [Server(hit.slug, any(reason.code == "serves_stated" for reason in hit.why)) for hit in hits]
        if servers:
            found[service.code] = servers
    return found


@pytest.mark.parametrize("most", [1, 24])
def test_servers_are_those_of_a_search_for_each_service(most: int) -> None:
    for place in read.list_municipalities():
        found = {code: list(servers) for code, servers in servers_by_service(place.nis_code, most).items()}
        assert found == by_searching(place.nis_code, most)
        assert list(found) == [service.code for service in taxonomy.services() if service.code in found]


def test_municipality_elsewhere_is_refused() -> None:
    with pytest.raises(InvalidInput):
        servers_by_service("11001", 5)
