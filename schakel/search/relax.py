"""Which conditions to let go, and in which order, when nothing is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from schakel.search.content import RegionWords
from schakel.search.query import SearchQuery

_OTHERS = ("delivered", "customer", "kind", "cluster", "seat", "theme", "service")


def relaxations(query: SearchQuery, region: RegionWords) -> Iterator[tuple[str, SearchQuery]]:
    """Ever looser searches with the conditions let go (several joined by "+").

    In order: the radius; the municipality widened to its neighbours, then dropped in favour of the distance to it;
    one other condition at a time; place and one other; everything.
    """
    if query.radius_km is not None:
        query = replace(query, radius_km=None)
        yield "radius", query
        prefix = "radius+"
    else:
        prefix = ""
    placeless = query
    if query.municipality:
        places = {one.nis_code: one for one in region.municipalities}
        around = {code for nis in query.municipality for code in places[nis].neighbours if code in places}
        if around:
            wider = tuple(dict.fromkeys((*query.municipality, *sorted(around))))
            yield prefix + "municipality_neighbours", replace(query, municipality=wider)
        point = places[query.municipality[0]].point
        near = query.near or (None if point is None else (point.lat, point.lon))
        placeless = replace(query, municipality=(), near=near)
        yield prefix + "municipality", placeless
    chosen = [facet for facet in _OTHERS if query.selected(facet)]
    for facet in chosen:
        yield prefix + facet, query.without([facet])
    if query.municipality:
        for facet in chosen:
            yield f"{prefix}municipality+{facet}", placeless.without([facet])
    if chosen:
        dropped = "+".join(chosen)
        place = "municipality+" if query.municipality else ""
        yield prefix + place + dropped, placeless.without(chosen)
