"""Ask who can do something, and post it as a need."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from schakel.accounts.models import User
from schakel.cooperation.matching import current_supply, find_by_name, place_of
from schakel.cooperation.needs.draft import Faults, read_draft
from schakel.cooperation.needs.waves import recent_turns
from schakel.cooperation.needs.write import post_need
from schakel.core.matching import Matching, NearMiss, Need, build_need, match, why_not
from schakel.core.model import Customer
from schakel.core.procurement import Advice, advise
from schakel.pages import need_access
from schakel.pages.fresh import personal
from schakel.pages.presenters.need_form import NeedForm, present_need_form, present_why_not
from schakel.pages.presenters.need_matches import slugs_in
from schakel.pages.presenters.need_question import DRAFT_KEY, Question, read_question
from schakel.pages.standing import standing
from schakel.register import read

_KEPT = ("buyer_name", "email", "spot", "needed_until", "answer_by", "basis", "public")
_LONGEST = 300


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def need_form(request: HttpRequest) -> HttpResponse:
    """Who can do this? Whole, or (for htmx) only the answer; a POST keeps the need, or without scripts only looks."""
    if request.method == "POST":
        return _look(request) if request.POST.get("do") == "look" else _post(request)
    asked = request.GET
    if not asked and isinstance(request.session.get(DRAFT_KEY), str):
        asked = type(request.GET)(request.session[DRAFT_KEY])
    question = read_question(asked, current_supply(), timezone.localdate())
    if request.GET.get("text", "").strip():
        request.session[DRAFT_KEY] = request.GET.urlencode()[:8000]
    if "leeg" in request.GET:
        request.session.pop(DRAFT_KEY, None)
    page = _page(request, question, typed={}, faults={}, form_key=secrets.token_urlsafe(24))
    fragment = bool(request.htmx)  # type: ignore[attr-defined]
    response = render(request, "pages/_need_answer.html" if fragment else "pages/need_form.html", {"page": page})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _look(request: HttpRequest) -> HttpResponse:
    """The page again with the answer and with all that was typed, whatever is missing still; nothing is kept."""
    question = read_question(request.POST, current_supply(), timezone.localdate())
    page = _page(request, question, typed=_typed(request), faults={}, form_key=_form_key(request))
    return render(request, "pages/need_form.html", {"page": page})


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in request.POST}


def _form_key(request: HttpRequest) -> str:
    return request.POST.get("form_key", "")[:40] or secrets.token_urlsafe(24)


def _post(request: HttpRequest) -> HttpResponse:
    supply, today = current_supply(), timezone.localdate()
    posted, form_key = _typed(request), _form_key(request)
    question = read_question(request.POST, supply, today)
    if question.chosen:
        posted["chosen"] = "1"
    try:
        draft = read_draft(posted, question.services, question.places, today)
        if question.faults:  # more services than one need can have: never only the first of them without a word
            raise Faults(question.faults)
    except Faults as faults:
        page = _page(request, question, typed=posted, faults=faults.by_field, form_key=form_key)
        return render(request, "pages/need_form.html", {"page": page}, status=400)
    user = request.user if isinstance(request.user, User) else None
    body = need_access.body_for(request, draft.customer)
    now = timezone.now()
    done = post_need(draft, form_key=form_key, user=user, body=body, language=get_language() or "nl", now=now)
    request.session.pop(DRAFT_KEY, None)
    if not done.waits:
        need_access.remember(request, done.key)
        return HttpResponseRedirect(reverse("need", kwargs={"key": done.key}))
    return HttpResponseRedirect(reverse("need_sent"))


def _page(
    request: HttpRequest, question: Question, *, typed: Mapping[str, str], faults: Mapping[str, str], form_key: str
) -> NeedForm:
    need, region = _asked(question), standing(request)
    found = _match(need) if need else None
    who = " ".join((request.GET.get("who") or request.POST.get("who", "")).split())[:120]
    return present_need_form(
        question,
        found,
        read.list_names(slugs_in(found)) if found else {},
        _advice(question),
        present_why_not(who, _why_not(need, who) if need and who else (), region),
        region=region,
        kept={name: typed.get(name, "")[:_LONGEST] for name in _KEPT},
        faults=faults,
        form_key=form_key,
        today=timezone.localdate(),
    )


def _asked(question: Question) -> Need | None:
    """The question as matching takes it; None while it cannot be matched yet."""
    if not (question.text and question.places and question.services):
        return None
    supply = current_supply()
    return build_need(
        question.text,
        places=[place_of(supply, code) for code in question.places],
        customer=question.customer,
        services=question.services if question.chosen else (),
        amount=question.amount,
        unit=question.unit,
        needed_from=question.needed_from,
        reserved=question.reserved,
        public=question.customer is Customer.LOCAL_GOVERNMENT,
    )


def _match(need: Need) -> Matching:
    today = timezone.localdate()
    return match(current_supply().prepared, need, on=today, turns=recent_turns(today) if need.turn else {})


def _why_not(need: Need, typed: str) -> list[tuple[str, str, NearMiss | None]]:
    """What keeps the organisations of this name from matching: slug, name, what is missing."""
    supply, today = current_supply(), timezone.localdate()
    found = find_by_name(supply, typed)
    return [(one.slug, one.name, why_not(supply.prepared, need, one.slug, on=today)) for one in found]


def _advice(question: Question) -> Advice | None:
    if question.customer is not Customer.LOCAL_GOVERNMENT or not question.text:
        return None
    return advise(question.customer.value, question.contract, question.estimate, timezone.localdate())


@personal
def need_sent(request: HttpRequest) -> HttpResponse:
    """The need waits until the address is confirmed."""
    return render(request, "pages/need_sent.html")
