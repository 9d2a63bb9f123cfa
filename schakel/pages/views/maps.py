"""Lines and points of maps, and what a page with a map may do more than others."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from schakel.core.model import Json, Municipality
from schakel.pages.errors import refuses_plainly
from schakel.pages.fresh import View, settled
from schakel.pages.presenters.guide import present_points
from schakel.pages.presenters.map import MOST_ORGANISATIONS, ground_layer, place_points
from schakel.pages.standing import standing
from schakel.register import read
from schakel.register.read import Place
from schakel.search.query import SearchQuery, parse_query
from schakel.search.result import SearchPage
from schakel.search.service import search

MAP_POLICY = {"worker-src": ["blob:"]}  # MapLibre draws in a worker that it makes of its own code

LOCATED = 60  # in one municipality


def with_map(view: View) -> View:
    """A page with a map: the policy for content allows the worker, there only.

    Outermost, so that "not modified" says so too: a browser takes over the policy that comes with it.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        response = view(request, **kwargs)
        vars(response)["_csp_update"] = MAP_POLICY  # where django-csp looks for it
        return response

    return wrapped


def everybodys_places(query: SearchQuery, found: SearchPage) -> tuple[Place, ...] | None:
    """Where everybody found can be visited, whatever the page; None when they are too many for one map."""
    if found.count > MOST_ORGANISATIONS:
        return None
    everybody = search(replace(query, page=1, size=MOST_ORGANISATIONS), facets=False)
    return read.list_places([hit.slug for hit in everybody.hits])


def located_in(place: Municipality) -> SearchPage:
    """Who is located in a municipality, by name."""
    return search(SearchQuery(seat=(place.nis_code,), size=LOCATED, sort="name"), facets=False)


def places_in(place: Municipality, located: SearchPage) -> list[Place]:
    """The establishments in a municipality of whoever is located there, as far as a point is known."""
    spots = read.list_places([hit.slug for hit in located.hits])
    return [spot for spot in spots if spot.nis_code == place.nis_code and spot.point is not None]


@settled
@refuses_plainly
def guide_points(request: HttpRequest) -> HttpResponse:
    """The points of the map of a search."""
    query = parse_query(request.GET)
    found = search(query)
    return _points(present_points(query, found, everybodys_places(query, found), standing(request)))


@settled
def municipality_points(request: HttpRequest, slug: str) -> HttpResponse:
    """The points of the map of a municipality."""
    place = read.get_municipality(slug)
    if place is None:
        raise Http404
    return _points(place_points(places_in(place, located_in(place)), standing(request)))


@settled
def organisation_points(request: HttpRequest, slug: str) -> HttpResponse:
    """The points of the map of an organisation; none when it stopped."""
    if not read.list_names([slug]):
        raise Http404
    return _points(place_points(read.list_places([slug]), standing(request)))


def _points(points: Json) -> HttpResponse:
    text = json.dumps(points, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type="application/geo+json")


@settled
def ground(request: HttpRequest) -> HttpResponse:
    """Municipal boundaries when they were loaded, else judicial cantons, as GeoJSON."""
    layer = ground_layer(standing(request))
    if layer is None:
        raise Http404
    return HttpResponse(layer.content, content_type="application/geo+json", headers={"X-Layer": layer.key})
