"""Open needs that their buyers made public: a list and an Atom feed, per service and municipality."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from schakel.cooperation.needs.public import PublicNeed, list_public_needs
from schakel.core.taxonomy import services
from schakel.exports.atom import write_feed
from schakel.pages.fresh import personal, site_address
from schakel.pages.presenters.public_needs import Wanted, present_public_needs
from schakel.pages.standing import Standing, standing


@require_safe
@personal
def public_needs(request: HttpRequest) -> HttpResponse:
    """What is asked now, by whom and until when."""
    region = standing(request)
    wanted = _wanted(request, region)
    page = present_public_needs(_found(wanted), wanted, region)
    return render(request, "pages/public_needs.html", {"page": page})


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
    service, place = request.GET.get("service", ""), request.GET.get("place", "")
    known = {one.code for one in services()}
    return Wanted(service if service in known else "", place if place in region.by_nis else "")
