"""Where to open one more: a question, a proposal at once, a proof after."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from schakel.analyses.read import blind_spots
from schakel.analyses.siting.answer import Case, propose
from schakel.analyses.siting.proof import ask_proof, progress_of, read_proof
from schakel.analyses.siting.question import Question, read_question
from schakel.core.errors import InvalidInput
from schakel.pages.errors import refuses_plainly
from schakel.pages.fresh import personal
from schakel.pages.presenters.siting import ProofPanel, parameters, present_proof, present_siting
from schakel.pages.presenters.siting_effects import present_effects
from schakel.pages.siting import case_of
from schakel.pages.standing import standing
from schakel.pages.stops import minutes_to_stop


@require_safe
@personal
@refuses_plainly
def siting(request: HttpRequest) -> HttpResponse:
    """The form, and what follows once something was asked; for htmx only what the ticked sites bring."""
    region = standing(request)
    question = read_question(_said(request.GET)) if request.GET.get("service") else None
    case = None if question is None else case_of(region, question, timezone.localdate())
    own = [] if case is None else _own(case, request.GET.getlist("own"))
    shown, proof = ((), None) if question is None else _shown(case, question)
    grid = blind_spots()
    walks = None if case is None else minutes_to_stop(region, case.ground)
    if case is not None and request.headers.get("HX-Target") == "gevolgen":
        effects = present_effects(case, shown, own, region, grid=grid, walks=walks)
        response = render(request, "pages/_siting_tick.html", {"effects": effects})
        response.headers["HX-Replace-Url"] = request.get_full_path()
    else:
        page = present_siting(question, case, shown, own, proof, region=region, grid=grid, walks=walks)
        response = render(request, "pages/siting.html", {"page": page})
    patch_vary_headers(response, ["HX-Target"])
    return response


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


def _shown(case: Case | None, question: Question) -> tuple[Sequence[int], ProofPanel]:
    """The candidates to show with what is proven: the stored answer when there is one, else a proposal at once."""
    proof = None if case is None else read_proof(case.fingerprint)
    if case is None or proof is None:
        return (() if case is None else propose(case)), present_proof(question, progress_of(question))
    return _columns(case, proof.sites), present_proof(question, proof)


def _columns(case: Case, keys: Sequence[str]) -> list[int]:
    places = {candidate.key: number for number, candidate in enumerate(case.ground.candidates)}
    return [places[key] for key in keys if key in places]


def _own(case: Case, keys: Sequence[str]) -> list[int]:
    """What the visitor chose; an empty choice does not count. Raises InvalidInput for a place that is not there."""
    asked = list(dict.fromkeys(key for key in keys if key))
    found = _columns(case, asked)
    if len(found) < len(asked):
        raise InvalidInput("Een van de plaatsen die je koos, kennen we niet. Kies ze opnieuw uit de lijst.")
    return found
