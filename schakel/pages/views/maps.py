"""Lines and points of maps, and what a page with a map may do more than others."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from schakel.pages.fresh import View, settled
from schakel.pages.presenters.map import MOST_ORGANISATIONS, ground_layer
from schakel.pages.standing import standing
from schakel.register import read
from schakel.register.read import Place
from schakel.search.query import SearchQuery
from schakel.search.result import SearchPage
from schakel.search.service import search

MAP_POLICY = {"worker-src": ["blob:"]}  # MapLibre draws in a worker that it makes of its own code


def with_map(view: View) -> View:
    """A page with a map: the policy for content allows the worker, there only."""

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


@settled
def ground(request: HttpRequest) -> HttpResponse:
    """Municipal boundaries when they were loaded, else judicial cantons, as GeoJSON."""
    layer = ground_layer(standing(request))
    if layer is None:
        raise Http404
    return HttpResponse(layer.content, content_type="application/geo+json", headers={"X-Layer": layer.key})
