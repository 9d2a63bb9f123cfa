"""The register for programs: the page that explains it, the files, the catalogue and the map of this site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import wraps
from itertools import chain
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from schakel import exports
from schakel.pages.errors import refuses_plainly
from schakel.pages.fresh import content_mark, settled, site_address
from schakel.pages.presenters.open_data import catalogue_of, file_name, present_open_data, selection_words
from schakel.pages.standing import standing
from schakel.register import read
from schakel.search.query import SearchQuery, parse_query
from schakel.search.service import search_slugs

Answer = Callable[..., HttpResponseBase]


class RegisterChanged(Exception):
    """The register changed while a file was on its way: what was sent is a mixture, so it is not finished."""


def _etag(request: HttpRequest, **_: Any) -> str:
    """Weak: the moment at which a file was made stands in it, and does not count."""
    return f'W/"{content_mark(request, site_address(request))}"'


def _changed(request: HttpRequest, **_: Any) -> datetime | None:
    """When the register changed; not for a search, whose index may follow a second later."""
    return None if request.GET else standing(request).keep("changed at", read.changed_at)


def open_to_all(view: Answer) -> Answer:
    """A file that programs of other sites may read too, kept as long as one asks again whether it changed."""

    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        response = view(request, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    kept = cache_control(public=True, max_age=0, must_revalidate=True)(wrapped)
    return require_safe(condition(etag_func=_etag, last_modified_func=_changed)(kept))


@settled
def open_data(request: HttpRequest) -> HttpResponse:
    """What can be fetched, under which terms, and what stands in it."""
    page = present_open_data(standing(request), site_address(request))
    return render(request, "pages/open_data.html", {"page": page})


@open_to_all
@refuses_plainly
def download(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file, of everything or of a search, sent while it is being made."""
    file = exports.find_download(name)
    if file is None or standing(request).region is None:
        raise Http404
    query, now, region = parse_query(request.GET), timezone.now(), standing(request)
    pieces: Iterator[bytes] = iter(())
    if request.method != "HEAD":
        pieces = _pieces(file, query, site_address(request), now, selection_words(query, region))
    response = StreamingHttpResponse(pieces, content_type=_type_of(file))
    response["Content-Disposition"] = f'attachment; filename="{file_name(file, query, region, now)}"'
    return response


def _type_of(file: exports.Download) -> str:
    return f"{file.media_type}; charset=utf-8" if file.media_type == "text/csv" else file.media_type


def _pieces(file: exports.Download, query: SearchQuery, site: str, now: datetime, selection: str) -> Iterator[bytes]:
    """The file, its first piece already made: what cannot be written is refused before anything is sent."""
    about = exports.describe_export(site, now=now, selection=selection)
    slugs = search_slugs(query) if selection else None
    pieces = _of_one_register(file.write(slugs, about), about.revision)
    return chain([next(pieces)], pieces)


def _of_one_register(pieces: Iterator[bytes], revision: int) -> Iterator[bytes]:
    """The same pieces; the transfer breaks off when the register changed meanwhile, so that nobody keeps a mixture."""
    yield from pieces
    if read.revision() != revision:
        raise RegisterChanged


@open_to_all
def catalogue(request: HttpRequest) -> HttpResponse:
    """The catalogue that data portals read (DCAT-AP)."""
    region = standing(request)
    if region.region is None:
        raise Http404
    return HttpResponse(catalogue_of(region, site_address(request)), content_type="application/ld+json")


@open_to_all
def sitemap(request: HttpRequest) -> HttpResponse:
    """Which files hold the addresses of this site."""
    return HttpResponse(exports.sitemap_index_xml(site_address(request)), content_type="application/xml")


@open_to_all
def sitemap_part(request: HttpRequest, part: int) -> HttpResponseBase:
    """One file of addresses."""
    if not 1 <= part <= exports.count_parts():
        raise Http404
    return StreamingHttpResponse(exports.sitemap_part_xml(site_address(request), part), content_type="application/xml")
