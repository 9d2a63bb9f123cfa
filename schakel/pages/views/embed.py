"""The widget on other people's websites: its frame, colours and script, and the page where one makes its line."""

from __future__ import annotations

from functools import wraps
from importlib.resources import files
from typing import Any

from csp.constants import SELF
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from schakel.core.errors import InvalidInput
from schakel.pages import mylist
from schakel.pages.errors import refuses_plainly
from schakel.pages.fresh import View, personal, public
from schakel.pages.presenters.embed import present_compose, present_frame
from schakel.pages.presenters.hits import HitCard, present_cards, present_hits
from schakel.pages.standing import Standing, standing
from schakel.pages.widget import MOST_CHOSEN, Widget, as_typed, read_palette, read_widget
from schakel.search.query import SearchQuery
from schakel.search.service import search

MOST_SHOWN = 12


def open_to_frames(view: View) -> View:
    """Any website may show this answer in a frame; nothing else of this site may be shown so.

    Outermost, so that "not modified" says so too: a browser takes over the policy that comes with it.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        response = view(request, **kwargs)
        # where django-csp and Django's own clickjacking middleware look
        vars(response).update(_csp_replace={"frame-ancestors": ["*"]}, xframe_options_exempt=True)
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return wrapped


@open_to_frames
@public
def frame(request: HttpRequest) -> HttpResponse:
    """The widget; what cannot be shown is said in it, with status 400."""
    region, language = standing(request), get_language() or settings.LANGUAGE_CODE
    try:
        widget = _some(read_widget(request.GET, region))
    except InvalidInput as refusal:
        page = present_frame(Widget(), (), 0, language=language, region=region, refused=str(refusal))
        return render(request, "pages/embed_frame.html", {"page": page}, status=400)
    hits, count = _organisations(widget, region)
    page = present_frame(widget, hits, count, language=language, region=region)
    return render(request, "pages/embed_frame.html", {"page": page})


def _some(widget: Widget) -> Widget:
    if widget.is_empty:
        raise InvalidInput(gettext("Kies een gemeente, een thema of een eigen lijst."))
    return widget


def _organisations(widget: Widget, region: Standing) -> tuple[tuple[HitCard, ...], int]:
    """Those of the own list that exist, or the first of who works there and does that; and how many there are."""
    if widget.chosen:
        hits = present_cards(region.cards(widget.chosen), region=region)
        return hits, len(hits)
    places, themes = (tuple(filter(None, [value])) for value in (widget.municipality, widget.theme))
    found = search(SearchQuery(municipality=places, theme=themes, size=MOST_SHOWN), facets=False)
    cards = region.cards([hit.slug for hit in found.hits])
    return present_hits(found.hits, cards, region=region), found.count


@public
@refuses_plainly
def style(request: HttpRequest) -> HttpResponse:
    """The colours of a widget: the policy for content allows no style inside a page."""
    colours = read_palette(request.GET)
    text = f":root {{ --paper: #{colours.paper}; --ink: #{colours.ink}; --main: #{colours.main}; }}\n"
    return HttpResponse(text, content_type="text/css")


@public
def script(request: HttpRequest) -> HttpResponse:
    """What turns the link of a widget into a frame, at an address that stays the same from version to version."""
    text = files("schakel.pages").joinpath("static", "schakel", "embed.js").read_text(encoding="utf-8")
    response = HttpResponse(text, content_type="text/javascript")
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
@personal
def compose(request: HttpRequest) -> HttpResponse:
    """Choose, see, copy. Without a question: the empty form."""
    region, listed = standing(request), mylist.slugs(request)
    wish = request.GET.copy()
    languages = [code for code, _ in settings.LANGUAGES]
    language = wish.get("language") if wish.get("language") in languages else get_language()
    widget, fault = _wish(wish, listed, region)
    page = present_compose(
        widget, language=language or settings.LANGUAGE_CODE, listed=len(listed), region=region, fault=fault,
        asked=bool(request.GET),
    )  # fmt: skip
    response = render(request, "pages/embed.html", {"page": page}, status=400 if fault else 200)
    vars(response)["_csp_update"] = {"frame-src": [SELF]}  # the preview
    return response


def _wish(wish: QueryDict, listed: tuple[str, ...], region: Standing) -> tuple[Widget, str]:
    """What the form asks for, and why it cannot be."""
    if not wish:
        return Widget(), ""
    if wish.get("list"):
        wish.setlist("o", list(listed[:MOST_CHOSEN]))
        wish["municipality"] = wish["theme"] = ""
    try:
        return _some(read_widget(wish, region)), ""
    except InvalidInput as refusal:
        return as_typed(wish, region), str(refusal)
