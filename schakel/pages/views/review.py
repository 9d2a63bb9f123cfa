"""A report or a suggestion of a visitor: a person looks and decides. `review_queue` shows what waits."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from schakel.cooperation import moderation
from schakel.cooperation.read import Report, Suggestion, get_report, get_suggestion
from schakel.core.errors import InvalidInput
from schakel.core.permissions import REGION, Action, Target, may
from schakel.pages.access import actor, behalf, requires
from schakel.pages.bodies import municipality_target, organisation_target
from schakel.pages.presenters.review import present_report, present_suggestion
from schakel.pages.review_forms import DraftForm, RejectForm, ReportForm
from schakel.pages.standing import Standing, standing
from schakel.register import read
from schakel.search.query import SearchQuery
from schakel.search.service import search

ALIKE = 3


def _region_of(nis_code: str, region: Standing) -> Target:
    """Whose it is: the municipality, or the region for what lies outside every one of them."""
    return municipality_target(nis_code, region) or REGION


def _suggestion_target(request: HttpRequest, number: int) -> Target | None:
    found = get_suggestion(number)
    return None if found is None else _region_of(found.nis_code, standing(request))


def _report_target(request: HttpRequest, number: int) -> Target | None:
    found = get_report(number)
    return None if found is None else organisation_target(found.organisation_key) or REGION


def _is_mine(request: HttpRequest, target: Target | None) -> bool:
    return may(actor(request), Action.MODERATE, target or REGION)


def _behalf(request: HttpRequest, target: Target) -> str:
    return behalf(request, Action.MODERATE, target)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MODERATE, _suggestion_target)
def suggestion(request: HttpRequest, number: int) -> HttpResponse:
    """One suggestion: put it in the register, or say why not."""
    found = get_suggestion(number)
    if found is None:
        raise Http404
    rejecting = "reject" in request.POST
    draft = _draft_form(request, found, None if rejecting else request.POST or None)
    reject = RejectForm(request.POST if rejecting else None)
    sent = reject if rejecting else draft
    if request.method == "POST" and sent.is_valid():
        try:
            return _decide(request, found, draft, reject, rejecting)
        except InvalidInput as refusal:
            sent.add_error(None, str(refusal))
    page = present_suggestion(found, _alike(found.name), standing(request))
    context = {"page": page, "draft": draft, "reject": reject}
    return render(request, "pages/review_suggestion.html", context, status=400 if request.method == "POST" else 200)


def _draft_form(request: HttpRequest, found: Suggestion, posted: Any) -> DraftForm:
    start = {
        "name": found.name,
        "nis_code": found.nis_code,
        "description": found.text,
        "website": found.website,
        "phone": found.phone,
        "answer": gettext("Bedankt voor je voorstel. We namen het op in de gids."),
    }
    return DraftForm(posted, region=standing(request), text=found.text, initial=start)


def _decide(
    request: HttpRequest, found: Suggestion, draft: DraftForm, reject: RejectForm, rejecting: bool
) -> HttpResponse:
    author: Any = request.user
    if rejecting:
        body = _behalf(request, _region_of(found.nis_code, standing(request)))
        moderation.reject_suggestion(found.id, reason=reject.cleaned_data["reason"], author=author, body=body)
        messages.success(request, gettext("Niet opgenomen. Wie het voorstelde, krijgt je reden."))
        return HttpResponseRedirect(reverse("review"))
    target = _region_of(draft.cleaned_data["nis_code"], standing(request))
    if not _is_mine(request, target):
        raise InvalidInput(gettext("Die gemeente is niet van jou. Laat het aan wie daar coördineert."))
    answer, body = draft.cleaned_data["answer"], _behalf(request, target)
    slug = moderation.accept_suggestion(found.id, draft.draft(), answer=answer, author=author, body=body)
    return HttpResponseRedirect(reverse("organisation", kwargs={"slug": slug}))


def _alike(name: str) -> list[tuple[str, str]]:
    """Organisations that the guide finds for this name."""
    hits = search(SearchQuery(q=name, size=ALIKE), facets=False).hits
    names = read.list_names([hit.slug for hit in hits])
    return [(hit.slug, names[hit.slug]) for hit in hits if hit.slug in names]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MODERATE, _report_target)
def report(request: HttpRequest, number: int) -> HttpResponse:
    """One report: what the register says, what it should say, and what is done with it."""
    found = get_report(number)
    if found is None:
        raise Http404
    edits = may(actor(request), Action.MANAGE_REGISTER, REGION)
    page = present_report(found, read.get_organisation(found.organisation_key), edits=edits)
    form = ReportForm(
        request.POST or None,
        can_state=page.can_state,
        wants_answer=found.wants_answer,
        initial={"value": found.proposed or page.before},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _handle(request, found, form, page.before)
        except InvalidInput as refusal:
            form.add_error(None, str(refusal))
    status = 400 if request.method == "POST" else 200
    return render(request, "pages/review_report.html", {"page": page, "form": form}, status=status)


def _handle(request: HttpRequest, found: Report, form: ReportForm, before: str) -> HttpResponse:
    author: Any = request.user
    given = form.cleaned_data
    value = given.get("value")
    moderation.decide_report(
        found.id,
        value=None if value is None or value == before else value,
        outcome=given["outcome"],
        answer=given.get("answer", ""),
        author=author,
        body=_behalf(request, organisation_target(found.organisation_key) or REGION),
    )
    messages.success(request, gettext("Afgehandeld."))
    return HttpResponseRedirect(reverse("review"))
