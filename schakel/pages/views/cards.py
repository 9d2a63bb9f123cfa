"""Pictures beside shared addresses. The same for everybody: kept by whoever asks, drawn once per process."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from schakel.core import taxonomy
from schakel.core.errors import CoreError
from schakel.documents.card import Card, draw_card
from schakel.pages.fresh import public
from schakel.pages.presenters.hits import present_cards
from schakel.pages.presenters.social import home_card, municipality_card, organisation_card, theme_card
from schakel.pages.standing import standing
from schakel.register import read


@public
def home(request: HttpRequest) -> HttpResponse:
    """Of the start page."""
    return _picture(home_card(standing(request)))


@public
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Of an organisation."""
    region = standing(request)
    shown = present_cards(region.cards([slug]), region=region)
    if not shown:
        raise Http404
    return _picture(organisation_card(shown[0], region))


@public
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """Of a municipality."""
    place = read.get_municipality(slug)
    if place is None:
        raise Http404
    return _picture(municipality_card(place, standing(request)))


@public
def theme(request: HttpRequest, code: str) -> HttpResponse:
    """Of a theme."""
    try:
        known = taxonomy.theme(code)
    except CoreError as unknown:
        raise Http404(str(unknown)) from unknown
    return _picture(theme_card(known, standing(request)))


def _picture(card: Card) -> HttpResponse:
    response = HttpResponse(draw_card(card), content_type="image/png")
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
