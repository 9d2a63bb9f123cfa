"""The guide on paper: of a search, of a municipality, of a theme and of my list."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from schakel.accounts.visitors import RateLimit, client_of
from schakel.core import taxonomy
from schakel.core.errors import CoreError
from schakel.documents import EmptySelection, Selection, TooMany
from schakel.documents.kept import Busy, Wanted, find_guide, make_guide
from schakel.pages import mylist
from schakel.pages.errors import refuses_plainly
from schakel.pages.fresh import personal, settled, site_address
from schakel.pages.presenters.open_data import selection_words
from schakel.pages.presenters.printing import LARGE, PRINT, present_unprinted
from schakel.pages.standing import standing
from schakel.register import read
from schakel.search.query import parse_query
from schakel.search.service import search_slugs
from schakel.typesetting import NotSet

TEN_MINUTES = 600.0
SECONDS = 3  # after which the page of a guide that is on its way asks again
limit = RateLimit(20, seconds=TEN_MINUTES)
_log = logging.getLogger("schakel.pages")


@settled
@refuses_plainly
def guide_pdf(request: HttpRequest) -> HttpResponse:
    """Who a search finds, with all they do; the whole guide when nothing is asked."""
    query = parse_query(request.GET)
    if query.is_empty:
        return _printed(request, Selection(), "")
    asked = selection_words(query, standing(request))
    return _printed(request, Selection(slugs=search_slugs(query), asked=asked), "zoekopdracht")


@settled
def municipality_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Who works in a municipality or is located there."""
    place = read.get_municipality(slug)
    if place is None:
        raise Http404
    return _printed(request, Selection(municipality=place.nis_code), place.slug)


@settled
def theme_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Who does something of a theme."""
    try:
        taxonomy.theme(code)
    except CoreError as unknown:
        raise Http404(str(unknown)) from unknown
    return _printed(request, Selection(theme=code), code)


@require_safe
@personal
def my_list_pdf(request: HttpRequest) -> HttpResponse:
    """Who is on the list of this browser."""
    return _printed(request, Selection(slugs=mylist.slugs(request)), "mijn-lijst")


def _printed(request: HttpRequest, selection: Selection, part: str) -> HttpResponse:
    """The PDF, or a page that says why there is none."""
    region = standing(request)
    if region.region is None:
        raise Http404
    if selection.slugs == ():
        return _unprinted(request, "nobody", 404)
    wanted = Wanted(
        selection,
        language=get_language() or "nl",
        large=request.GET.get(PRINT) == LARGE,
        on=timezone.localdate(),
        base_url=site_address(request),
        revision=region.revision,
    )
    answer = b"" if request.method == "HEAD" else find_guide(wanted) or _made(request, wanted)
    if isinstance(answer, HttpResponse):
        return answer
    name = "-".join(word for word in ("gids", region.region.slug, part, wanted.on.isoformat()) if word)
    response = HttpResponse(answer, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _made(request: HttpRequest, wanted: Wanted) -> bytes | HttpResponse:
    wait = limit.wait_seconds(client_of(request))
    if wait:
        return _unprinted(request, "often", 429, {"Retry-After": str(wait)})
    try:
        return make_guide(wanted)
    except EmptySelection:
        return _unprinted(request, "nobody", 404)
    except TooMany:
        return _unprinted(request, "many", 400)
    except Busy:
        return _unprinted(request, "busy", 503, {"Retry-After": str(SECONDS), "Refresh": str(SECONDS)})
    except (NotSet, OSError):  # a data folder that is full, or that cannot be written
        _log.exception("a guide was not made: %s", wanted.selection.asked or wanted.name)
        return _unprinted(request, "failed", 503)


def _unprinted(request: HttpRequest, why: str, status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    response = render(request, "pages/guide_pdf.html", {"page": present_unprinted(why)}, status=status)
    for name, value in {"Cache-Control": "no-store", **(headers or {})}.items():
        response[name] = value
    return response
