"""Pages behind a signed link in a letter, without signing in: answering, and saying what came of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from schakel.cooperation.needs.answers import TooLate, ask_question, give_answer, refuse_when_late
from schakel.cooperation.needs.draft import read_euro, read_number
from schakel.cooperation.needs.links import read_invitation, read_organisation, read_side
from schakel.cooperation.needs.outcomes import Told, likely_reason, tell_outcome
from schakel.cooperation.needs.read import get_consultation, get_invitation, list_open_invitations, list_questions
from schakel.core.errors import InvalidInput
from schakel.exports.calendar_file import write_deadline
from schakel.pages.errors import refuses_plainly
from schakel.pages.fresh import personal
from schakel.pages.presenters.need_links import present_answer, present_invitations, present_outcome
from schakel.pages.standing import standing
from schakel.register import read

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@personal
@refuses_plainly
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the need, POST answers it."""
    number = read_invitation(token)
    if request.method != "POST":
        return _answer_page(request, token, number)
    try:
        _take_answer(request, number)
    except InvalidInput as refusal:
        return _answer_page(request, token, number, str(refusal))
    return HttpResponseRedirect(reverse("answer", kwargs={"token": token}) + "?gezegd=1")


def _take_answer(request: HttpRequest, number: int) -> None:
    posted, now = request.POST, timezone.now()
    if posted.get("do") == "question":
        ask_question(number, text=posted.get("question", ""), now=now)
    else:
        give_answer(
            number, kind=posted.get("do", ""), reason=posted.get("reason", ""), text=posted.get("text", ""), now=now
        )


def _answer_page(request: HttpRequest, token: str, number: int, fault: str = "") -> HttpResponse:
    found = get_invitation(number)
    if found is None:
        raise InvalidInput(gettext("Deze uitnodiging bestaat niet meer."))
    need, invitation = found
    late, today = "", timezone.localdate()
    try:
        refuse_when_late(need.state, need.answer_by < today, need.withdrawn_because)
    except TooLate as refusal:
        late = str(refusal)
    page = present_answer(
        need, invitation, list_questions(need.key), region=standing(request), token=token, late=late,
        typed=request.POST.dict(), fault=fault, said="gezegd" in request.GET,
    )  # fmt: skip
    return render(request, "pages/answer.html", {"page": page}, status=400 if fault else 200)


@require_safe
@personal
@refuses_plainly
def invitations(request: HttpRequest, token: str) -> HttpResponse:
    """Everything an organisation can still answer, each behind its own link."""
    slug = read_organisation(token)
    found = list_open_invitations([slug], timezone.localdate())
    page = present_invitations(found, read.list_names([slug]).get(slug, slug), today=timezone.localdate())
    return render(request, "pages/invitations.html", {"page": page})


@require_safe
@personal
@refuses_plainly
def answer_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The last day to answer, for one's own calendar."""
    found = get_invitation(read_invitation(token))
    if found is None:
        raise InvalidInput(gettext("Deze uitnodiging bestaat niet meer."))
    need, _ = found
    body = write_deadline(
        uid=need.key, day=need.answer_by, title=f"Antwoorden aan {need.buyer_name}", text=need.text, made=timezone.now()
    )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="antwoorden.ics"'
    return response


@require_http_methods(_METHODS)
@personal
@refuses_plainly
def outcome(request: HttpRequest, token: str) -> HttpResponse:
    """What came of it: asked of both sides. GET shows, POST keeps."""
    key, side = read_side(token)
    if request.method != "POST":
        return _outcome_page(request, token, key, side, "")
    try:
        tell_outcome(key, side, _told(request), now=timezone.now())
    except InvalidInput as refusal:
        return _outcome_page(request, token, key, side, str(refusal))
    return HttpResponseRedirect(reverse("outcome", kwargs={"token": token}) + "?gezegd=1")


def _told(request: HttpRequest) -> Told:
    posted = request.POST
    return Told(
        result=posted.get("result", ""),
        awarded_to=tuple(slug[:120] for slug in posted.getlist("awarded_to"))[:50],
        reason=posted.get("reason", ""),
        euro=read_euro(posted.get("euro", "")),
        hours=read_number(posted.get("hours", "")),
        target_jobs=read_number(posted.get("target_jobs", "")),
        months=read_number(posted.get("months", "")),
    )


def _outcome_page(request: HttpRequest, token: str, key: str, side: str, fault: str) -> HttpResponse:
    found = get_consultation(key)
    if found is None:
        raise InvalidInput(gettext("Deze vraag bestaat niet meer."))
    names = read.list_names([one.organisation_key for one in found.invitations])
    page = present_outcome(
        found, side, names, likely=likely_reason(found), typed=request.POST, token=token, fault=fault,
        said="gezegd" in request.GET,
    )  # fmt: skip
    return render(request, "pages/outcome.html", {"page": page}, status=400 if fault else 200)
