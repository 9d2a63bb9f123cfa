"""One need, for whoever posted it: see, invite, answer questions, withdraw."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schakel.cooperation.needs.links import CONFIRM, DESK, outcome_path, read_key
from schakel.cooperation.needs.read import Consultation, NeedRecord, consult, get_consultation
from schakel.cooperation.needs.waves import invite_directly, match_open, run_waves
from schakel.cooperation.needs.write import (
    answer_question,
    confirm_need,
    mark_unaware,
    pause_waves,
    start_waves,
    withdraw_need,
)
from schakel.core.errors import InvalidInput
from schakel.core.matching import Matching
from schakel.core.taxonomy import services
from schakel.documents.consultation import build_consultation
from schakel.pages import need_access
from schakel.pages.errors import refuses_plainly
from schakel.pages.fresh import personal
from schakel.pages.presenters.need_desk import present_desk
from schakel.pages.presenters.need_matches import slugs_in
from schakel.pages.standing import standing
from schakel.register import read


@require_safe
@personal
def need(request: HttpRequest, key: str) -> HttpResponse:
    """Everything about one need."""
    return _desk(request, need_access.mine_or_404(request, key), "")


def _desk(request: HttpRequest, mine: NeedRecord, fault: str) -> HttpResponse:
    key, today = mine.key, timezone.localdate()
    all_of_it, found = consult(mine), match_open(key, today)
    names = _names(all_of_it, found)
    closed = all_of_it.need.state == "closed"
    href = outcome_path(key, "") if closed else ""
    page = present_desk(all_of_it, found, names, region=standing(request), today=today, outcome_href=href)
    return render(request, "pages/need.html", {"page": page, "fault": fault}, status=400 if fault else 200)


def _names(all_of_it: Consultation, found: Matching | None) -> Mapping[str, str]:
    """The names of everybody on the page."""
    slugs = [one.organisation_key for one in all_of_it.invitations]
    slugs += [one.organisation_key for one in all_of_it.skipped]
    slugs += [one.organisation_key for one in all_of_it.outcomes if one.organisation_key]
    return read.list_names([*slugs, *(slugs_in(found) if found else ())])


@require_safe
@personal
def need_record(request: HttpRequest, key: str) -> HttpResponse:
    """The record of the consultation, for the contract file; only for who may see the need."""
    mine = need_access.mine_or_404(request, key)
    all_of_it, found, today = consult(mine), match_open(key, timezone.localdate()), timezone.localdate()
    content = build_consultation(
        all_of_it, found, names=_names(all_of_it, found), language=get_language() or "nl", on=today
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="raadpleging-{mine.key}.pdf"'
    return response


@require_POST
@personal
def need_do(request: HttpRequest, key: str) -> HttpResponse:
    """One thing done to a need; what cannot be done is said on its own page."""
    mine = need_access.mine_or_404(request, key)
    act = _ACTIONS.get(request.POST.get("do", ""))
    try:
        if act is None:
            raise InvalidInput(gettext("Kies wat je wilt doen."))
        act(request, mine)
    except InvalidInput as refusal:
        return _desk(request, mine, str(refusal))
    return HttpResponseRedirect(reverse("need", kwargs={"key": key}))


def _wave(request: HttpRequest, mine: NeedRecord) -> None:
    now = timezone.now()
    start_waves(mine.key, now=now)
    run_waves(now, only=mine.key)


def _invite(request: HttpRequest, mine: NeedRecord) -> None:
    invite_directly(mine.key, request.POST.get("slug", "")[:120], now=timezone.now())


def _unaware(request: HttpRequest, mine: NeedRecord) -> None:
    service = request.POST.get("service", "")
    slug = request.POST.get("slug", "")[:120]
    known = {one.code for one in services()}
    if service not in known or not read.list_names([slug]):
        raise InvalidInput(gettext("Deze organisatie staat niet bij de organisaties die passen."))
    mark_unaware(mine.key, slug, service, now=timezone.now())


def _answer(request: HttpRequest, mine: NeedRecord) -> None:
    number = request.POST.get("question", "")
    if not number.isdecimal() or len(number) > 12:
        raise InvalidInput(gettext("Deze vraag bestaat niet."))
    answer_question(mine.key, int(number), request.POST.get("answer", ""), now=timezone.now())


_ACTIONS: dict[str, Callable[[HttpRequest, NeedRecord], None]] = {
    "wave": _wave,
    "pause": lambda request, mine: pause_waves(mine.key),
    "invite": _invite,
    "unaware": _unaware,
    "answer": _answer,
    "withdraw": lambda request, mine: withdraw_need(
        mine.key, because=request.POST.get("because", "")[:400], now=timezone.now()
    ),
}


@require_safe
@personal
@refuses_plainly
def need_open(request: HttpRequest, token: str) -> HttpResponse:
    """The link from the letter: this browser may manage the need from now on."""
    key = read_key(DESK, token)
    need_access.remember(request, key)
    return HttpResponseRedirect(reverse("need", kwargs={"key": key}))


@require_http_methods(["GET", "HEAD", "POST"])
@personal
@refuses_plainly
def need_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, POST confirms: a mail program that opens links changes nothing."""
    key = read_key(CONFIRM, token)
    if request.method != "POST":
        all_of_it = get_consultation(key)
        if all_of_it is None:
            raise InvalidInput(gettext("Deze vraag bestaat niet meer."))
        return render(request, "pages/need_confirm.html", {"text": all_of_it.need.text})
    confirm_need(key, now=timezone.now())
    need_access.remember(request, key)
    return HttpResponseRedirect(reverse("need", kwargs={"key": key}))
