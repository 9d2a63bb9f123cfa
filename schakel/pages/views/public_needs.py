"""Open needs that their buyers made public: a list and an Atom feed, per service and municipality."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from schakel.cooperation.needs.alerts import CONFIRM, ask_for_alert, confirm_alert
from schakel.cooperation.needs.public import PublicNeed, list_public_needs
from schakel.core.errors import InvalidInput
from schakel.core.taxonomy import services
from schakel.exports.atom import write_feed
from schakel.mail import links
from schakel.pages.fresh import personal, site_address
from schakel.pages.presenters.public_needs import Wanted, present_public_needs
from schakel.pages.standing import Standing, standing


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def public_needs(request: HttpRequest) -> HttpResponse:
    """What is asked now, by whom and until when; a POST asks for mails about what comes."""
    region, fault = standing(request), ""
    wanted = _wanted(request, region)
    if request.method == "POST":
        try:
            _follow(request, wanted)
        except InvalidInput as refusal:
            fault = str(refusal)
        else:
            return HttpResponseRedirect(f"{reverse('public_needs')}?gevraagd=1#mail")
    page = present_public_needs(_found(wanted), wanted, region)
    context = {"page": page, "fault": fault, "asked": "gevraagd" in request.GET, "email": request.POST.get("email", "")}
    return render(request, "pages/public_needs.html", context, status=400 if fault else 200)


def _follow(request: HttpRequest, wanted: Wanted) -> None:
    email = request.POST.get("email", "")[:300]
    language = get_language() or "nl"
    ask_for_alert(email, wanted.service, wanted.place, language=language, now=timezone.localtime())


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def alert_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask to confirm, or do it: a program that opens every link of a letter confirms nothing."""
    try:
        links.read(CONFIRM, token)
        if request.method == "POST":
            confirm_alert(token, now=timezone.now())
    except (links.LinkInvalid, InvalidInput) as refusal:
        return render(request, "pages/alert_confirm.html", {"state": "fault", "fault": str(refusal)}, status=410)
    state = "done" if request.method == "POST" else "ask"
    response = render(request, "pages/alert_confirm.html", {"state": state, "fault": ""})
    response["Referrer-Policy"] = "strict-origin"
    return response


@require_safe
def public_needs_feed(request: HttpRequest) -> HttpResponse:
    """The same for a feed reader."""
    region = standing(request)
    wanted = _wanted(request, region)
    site = site_address(request)
    query = urlencode({name: value for name, value in (("service", wanted.service), ("place", wanted.place)) if value})
    after = f"?{query}" if query else ""
    content = write_feed(
        _found(wanted),
        title=gettext("Schakel: open vragen"),
        own=f"{site}{reverse('public_needs_feed')}{after}",
        page=f"{site}{reverse('public_needs')}",
        place_name=region.place_name,
        made=timezone.now(),
    )
    response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=600"
    return response


def _found(wanted: Wanted) -> tuple[PublicNeed, ...]:
    return list_public_needs(open_on=timezone.localdate(), service=wanted.service, nis_code=wanted.place)


def _wanted(request: HttpRequest, region: Standing) -> Wanted:
    """Read leniently: what does not exist is not asked."""
    asked = request.POST if request.method == "POST" else request.GET
    service, place = asked.get("service", ""), asked.get("place", "")
    known = {one.code for one in services()}
    return Wanted(service if service in known else "", place if place in region.by_nis else "")
