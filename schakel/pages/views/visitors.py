"""What visitors leave: a place to try out work, an initiative for the guide, and the confirmation of either."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from schakel.accounts.visitors import client_of
from schakel.cooperation import visitors
from schakel.core.errors import InvalidInput
from schakel.mail.links import LinkInvalid
from schakel.pages.fresh import personal
from schakel.pages.presenters.visitors import VisitorPage, suggestion_page, taster_page
from schakel.pages.standing import standing
from schakel.pages.visitor_forms import SuggestionForm, TasterForm, limit


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def taster(request: HttpRequest) -> HttpResponse:
    """A company offers a place to try out work, or has work to give out."""
    return _form(request, TasterForm, taster_page(), "taster")


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def suggestion(request: HttpRequest) -> HttpResponse:
    """Somebody knows an initiative that the guide does not."""
    return _form(request, SuggestionForm, suggestion_page(), "suggestion")


def _form(
    request: HttpRequest, made: type[TasterForm] | type[SuggestionForm], page: VisitorPage, name: str
) -> HttpResponse:
    region = standing(request)
    form = made(request.POST if request.method == "POST" else None, region=region)
    status = 200
    if request.method == "POST":
        status = _receive(request, form)
        if status == 302:
            return HttpResponseRedirect(f"{reverse(name)}?verstuurd=1#inhoud")
    context = {"page": page, "form": form, "sent": "verstuurd" in request.GET}
    return render(request, "pages/visitor_form.html", context, status=status)


def _receive(request: HttpRequest, form: TasterForm | SuggestionForm) -> int:
    """302 when it is kept (or when a machine sent it: it learns nothing), else the status of the page that says why."""
    if form.is_machine:
        return 302
    if not form.is_valid():
        return 400
    if limit.wait_seconds(client_of(request)):
        form.add_error(None, gettext("Je verstuurde net al veel berichten. Probeer het over een uur opnieuw."))
        return 429
    try:
        visitors.leave(form.made(), email=form.cleaned_data["email"], language=get_language() or "nl")
    except InvalidInput as refusal:
        form.add_error("email", str(refusal))
        return 400
    return 302


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask to confirm, or do it: a program that opens every link of a letter confirms nothing."""
    try:
        kind, row = visitors.find(token)
        state = "ask" if row.confirmed_at is None else "before"
        if request.method == "POST":
            state = "done" if visitors.confirm(token) else "before"
    except LinkInvalid as refusal:
        context = {"state": "fault", "fault": str(refusal), "kind": "", "name": ""}
        return render(request, "pages/visitor_confirm.html", context, status=410)
    context = {"state": state, "fault": "", "kind": kind, "name": str(row)}
    response = render(request, "pages/visitor_confirm.html", context)
    response["Referrer-Policy"] = "strict-origin"
    return response
