"""Home, the guide, themes, comparing and my list."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from schakel.core import taxonomy
from schakel.core.errors import CoreError
from schakel.pages import mylist
from schakel.pages.errors import refuses_plainly
from schakel.pages.fresh import personal, settled
from schakel.pages.presenters.compare import MOST, present_compare
from schakel.pages.presenters.guide import LIST, MAP, VIEWS, present_guide
from schakel.pages.presenters.home import present_home
from schakel.pages.presenters.mine import list_notice, present_list
from schakel.pages.presenters.social import present_social, social_of
from schakel.pages.presenters.theme import present_theme
from schakel.pages.standing import standing
from schakel.pages.views.maps import everybodys_places, with_map
from schakel.register import read
from schakel.search import tally
from schakel.search.query import SearchQuery, parse_query
from schakel.search.service import search

THEME_HITS = 12


@settled
def home(request: HttpRequest) -> HttpResponse:
    """The question, the themes, the goals, the figures."""
    found = search(SearchQuery(size=1))
    region = standing(request)
    counts = region.keep("counts", read.region_counts)
    page = present_home(counts, found.facets, region)
    title = gettext("Wie kan dit doen in jouw buurt?")
    social = present_social(title, page.lead, reverse("home"), reverse("card_home"))
    return render(request, "pages/home.html", {"page": page, "social": social})


@require_safe
@personal
@refuses_plainly
def guide(request: HttpRequest) -> HttpResponseBase:
    """The guide as list, table or map."""
    view = request.GET.get("view", LIST)
    if view == MAP:
        return _guide_map(request)
    return _guide(request, view if view in VIEWS else LIST)


def _guide(request: HttpRequest, view: str) -> HttpResponse:
    """Whole or (for htmx) only its results."""
    query = parse_query(request.GET)
    found = search(query)
    tally.note(found)
    region, chosen = standing(request), mylist.slugs(request)
    cards = region.cards([hit.slug for hit in (*found.hits, *found.alternatives, *found.history)])
    places = everybodys_places(query, found) if view == MAP else None
    page = present_guide(query, found, cards, region=region, view=view, chosen=chosen, places=places)
    fragment = _wants_fragment(request)
    template = "pages/_guide_results.html" if fragment else "pages/guide.html"
    response = render(request, template, {"page": page, "fragment": fragment})
    response.headers["HX-Push-Url"] = page.here
    patch_vary_headers(response, ["HX-Request"])
    return response


_guide_map = with_map(partial(_guide, view=MAP))


def _wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for the results only; going back in the history asks for the whole page."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request


@settled
def theme(request: HttpRequest, code: str) -> HttpResponse:
    """One theme with its services."""
    try:
        known = taxonomy.theme(code)
    except CoreError as unknown:
        raise Http404(str(unknown)) from unknown
    found = search(SearchQuery(theme=(code,), size=THEME_HITS))
    region = standing(request)
    cards = region.cards([hit.slug for hit in found.hits])
    page = present_theme(known, found, cards, region=region)
    social = social_of("theme", code, page.label, page.lead)
    return render(request, "pages/theme.html", {"page": page, "social": social})


@settled
def compare(request: HttpRequest) -> HttpResponse:
    """Up to four organisations side by side; the address says which."""
    asked = list(dict.fromkeys(slug for slug in request.GET.getlist("o") if slug))
    page = present_compare(read.list_cards(asked[:MOST]), len(asked), region=standing(request))
    return render(request, "pages/compare.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def my_list(request: HttpRequest) -> HttpResponse:
    """The list of this browser; a POST changes it and goes back to where it came from."""
    if request.method == "POST":
        return _change_list(request)
    chosen = mylist.slugs(request)
    page = present_list(read.list_cards(chosen), region=standing(request))
    said = list_notice(request.GET.get("gezegd", ""))
    return render(request, "pages/my_list.html", {"page": page, "said": said})


def _change_list(request: HttpRequest) -> HttpResponse:
    wish = {"add": request.POST.get("add", ""), "remove": request.POST.get("remove", "")}
    done = mylist.change(request, **wish, clear="clear" in request.POST)
    back = request.POST.get("next", "")
    if not done:
        return HttpResponseRedirect(reverse("my_list") + "?gezegd=vol")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/"):
        return HttpResponseRedirect(back)
    return HttpResponseRedirect(reverse("my_list"))
