"""Where to open one more: a question, a proposal at once, a proof after."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from schakel.analyses.read import blind_spots
from schakel.analyses.siting.answer import Case
from schakel.analyses.siting.proof import Proof, ask_proof, progress_of, read_proof
from schakel.analyses.siting.question import Question, read_question
from schakel.core.errors import InvalidInput
from schakel.pages.errors import refuses_plainly
from schakel.pages.fresh import personal
from schakel.pages.presenters.siting import parameters, present_proof, present_siting
from schakel.pages.presenters.siting_effects import present_figures, present_per_place
from schakel.pages.siting import case_of
from schakel.pages.standing import Standing, standing
from schakel.pages.stops import minutes_to_stop
from schakel.pages.views.maps import with_map


@with_map
@require_safe
@personal
@refuses_plainly
def siting(request: HttpRequest) -> HttpResponse:
    """The form, and what follows once something was asked; for htmx only the part that a tick changes."""
    region = standing(request)
    question = read_question(_said(request.GET)) if request.GET.get("service") else None
    case = None if question is None else case_of(region, question, timezone.localdate())
    own = [] if case is None else _own(case, request.GET.getlist("own"))
    proof = None if case is None else read_proof(case.fingerprint)
    shown = () if case is None else _shown(case, proof)
    response = None if case is None else _part(request, case, shown, own, region)
    if response is None:
        panel = None if question is None else present_proof(question, proof or progress_of(question))
        grid = blind_spots()
        walks = None if case is None else minutes_to_stop(region, case.ground)
        page = present_siting(question, case, shown, own, panel, region=region, grid=grid, walks=walks)
        response = render(request, "pages/siting.html", {"page": page})
    patch_vary_headers(response, ["HX-Target"])
    return response


def _part(
    request: HttpRequest, case: Case, shown: Sequence[int], own: Sequence[int], region: Standing
) -> HttpResponse | None:
    """What a tick changes: the figures at once, and when they stand the rest; None when the whole page is asked."""
    target = request.headers.get("HX-Target")
    if target == "vergeleken":
        figures = present_figures(case, shown, own, walks=minutes_to_stop(region, case.ground))
        response = render(request, "pages/_siting_tick.html", {"figures": figures})
        response.headers["HX-Trigger-After-Settle"] = "vergeleken"
        return response
    if target == "per-plaats":
        per_place = present_per_place(case, shown, own, region, grid=blind_spots())
        response = render(request, "pages/_siting_places.html", {"per_place": per_place})
        response.headers["HX-Replace-Url"] = request.get_full_path()  # here: it takes a browser as long as the figures
        return response
    return None


@require_POST
@personal
@refuses_plainly
def siting_proof(request: HttpRequest) -> HttpResponse:
    """Ask for the proof, and go back to the page that tells how far it is."""
    question = read_question(_said(request.POST))
    ask_proof(question)
    return HttpResponseRedirect(f"{reverse('siting')}?{_query(question).urlencode()}#bewijs")


def _query(question: Question) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(parameters(question))
    return query


def _said(data: QueryDict) -> dict[str, str]:
    return {name: data.get(name, "") for name in ("service", "number", "mode", "minutes", "goal", "each_cluster")}


def _shown(case: Case, proof: Proof | None) -> Sequence[int]:
    """The candidates to show: those of the stored answer when there is one, else a proposal at once."""
    return case.proposal if proof is None else _columns(case, proof.sites)


def _columns(case: Case, keys: Sequence[str]) -> list[int]:
    places = {candidate.key: number for number, candidate in enumerate(case.ground.candidates)}
    return [places[key] for key in keys if key in places]


def _own(case: Case, keys: Sequence[str]) -> list[int]:
    """What the visitor chose; an empty choice does not count. Raises InvalidInput for a place that is not there."""
    asked = list(dict.fromkeys(key for key in keys if key))
    found = _columns(case, asked)
    if len(found) < len(asked):
        raise InvalidInput(gettext("Een van de plaatsen die je koos, kennen we niet. Kies ze opnieuw uit de lijst."))
    return found
