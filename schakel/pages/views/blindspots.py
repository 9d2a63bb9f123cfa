"""Blind spots: the grid, a service, a municipality, one cell, the questions and the method."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from schakel.analyses.read import BlindSpots, RunInfo, blind_spots, compare_runs, get_run, list_runs
from schakel.analyses.stored import GridCell
from schakel.analyses.thin_power import thin_power
from schakel.core import taxonomy
from schakel.core.access.blindspots.reaching import is_since, months_before
from schakel.core.errors import InvalidInput
from schakel.core.model import Municipality
from schakel.pages.access import actor, sign_in_address
from schakel.pages.answering import answerable, save_answer
from schakel.pages.errors import refuses_plainly
from schakel.pages.fresh import personal, settled_by_run
from schakel.pages.presenters.blindspots.cell import REGION, present_cell
from schakel.pages.presenters.blindspots.chosen import read_chosen
from schakel.pages.presenters.blindspots.grid import present_grid
from schakel.pages.presenters.blindspots.method import present_method
from schakel.pages.presenters.blindspots.place import present_place
from schakel.pages.presenters.blindspots.questions import (
    NONE,
    QuestionsPage,
    open_cells,
    places_to_note,
    present_questions,
    read_answer,
    read_numbers,
)
from schakel.pages.presenters.blindspots.service import present_service
from schakel.pages.standing import standing
from schakel.register import read


def shown_grid() -> BlindSpots:
    """The grid that is shown; a page that is not there before the first analysis."""
    grid = blind_spots()
    if grid is None:
        raise Http404
    return grid


def place_of(slug: str) -> Municipality:
    """The municipality with this slug; not found for another."""
    place = read.get_municipality(slug)
    if place is None or place.slug != slug:
        raise Http404
    return place


@settled_by_run
@refuses_plainly
def grid(request: HttpRequest) -> HttpResponse:
    """All services and municipalities."""
    found = blind_spots()
    if found is None:
        return render(request, "pages/blind_spots_none.html", status=404)
    region = standing(request)
    chosen = read_chosen(request.GET, region)
    earlier = _earlier(request, found)
    changes = found.changes if earlier is None else compare_runs(earlier.id, found.run.id)
    today = timezone.localdate()
    page = present_grid(found, chosen, changes, earlier=earlier, region=region, today=today)
    return render(request, "pages/blind_spots.html", {"page": page})


def _earlier(request: HttpRequest, found: BlindSpots) -> RunInfo | None:
    """The run to compare with, when one was asked for with `since`."""
    if "since" not in request.GET:
        return None
    earlier = get_run(_whole(request.GET["since"], 0))
    if earlier is None or earlier.kind != found.run.kind:
        raise InvalidInput(gettext("Deze analyse bestaat niet (meer). Kies er een uit de lijst bij de methode."))
    return earlier


@settled_by_run
def service(request: HttpRequest, code: str) -> HttpResponse:
    """One service in every municipality."""
    known = {one.code: one for one in taxonomy.services()}
    if code not in known:
        raise Http404
    others = [one.code for one in known.values() if one.theme == known[code].theme]
    page = present_service(code, shown_grid(), standing(request), others)
    return render(request, "pages/blind_spots_service.html", {"page": page})


@settled_by_run
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """What is missing in one municipality."""
    return render(request, "pages/blind_spots_place.html", {"page": present_place(place_of(slug), shown_grid())})


@settled_by_run
def cell(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """One answer with its evidence."""
    shown = shown_grid()
    where = None if slug == REGION else place_of(slug)
    found = shown.services.get((code, where.nis_code if where else None))
    if found is None:
        raise Http404
    return render(request, "pages/blind_spot.html", {"page": present_cell(found, where, shown, standing(request))})


@settled_by_run
def method(request: HttpRequest) -> HttpResponse:
    """How all this is worked out."""
    page = present_method(shown_grid(), thin_power(), list_runs(), standing(request))
    return render(request, "pages/blind_spot_method.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@personal
@refuses_plainly
def questions(request: HttpRequest) -> HttpResponse:
    """What we do not know yet, and answering it."""
    if request.method == "POST":
        return _answer(request)
    return render(request, "pages/blind_spot_questions.html", {"page": _questions(request)})


def _answer(request: HttpRequest) -> HttpResponse:
    if not actor(request).signed_in:
        return HttpResponseRedirect(sign_in_address(request))
    if not answerable(request, standing(request)):
        raise Http404
    answer = read_answer(request.POST, standing(request))
    places = (
        places_to_note(answer, _open(request, service=answer.service), standing(request)) if answer.kind == NONE else ()
    )
    query = save_answer(request, answer, places)
    return HttpResponseRedirect(f"{reverse('blind_spot_questions')}?{query}#inhoud")


def _questions(request: HttpRequest) -> QuestionsPage:
    region, shown = standing(request), shown_grid()
    nis_code = request.GET.get("municipality", "")
    if nis_code and nis_code != REGION and nis_code not in region.by_nis:
        raise Http404
    service = request.GET.get("service", "")
    if service and service not in {one.code for one in taxonomy.services()}:
        raise Http404
    made = request.GET.get("genoteerd", "")
    return present_questions(
        _open(request, nis_code=nis_code, service=service),
        shown,
        region,
        may=answerable(request, region),
        nis_code=nis_code,
        service=service,
        page=_whole(request.GET.get("page", ""), 1),
        made=(made, nis_code) if read_numbers(made) and nis_code else None,
        told="tip" in request.GET,
    )


def _open(request: HttpRequest, *, nis_code: str = "", service: str = "") -> list[GridCell]:
    """The open questions; a search that is too old to count answers nothing."""
    since = months_before(timezone.localdate(), read.blind_spot_rules().search_months)
    searches = read.list_negative_statements()
    answered = {(said.service, said.nis_code) for said in searches if is_since(said.searched_on, since)}
    return open_cells(shown_grid(), answered, standing(request), nis_code=nis_code, service=service)


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise
