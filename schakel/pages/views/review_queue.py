"""The queue of who reviews: everything that waits and is theirs to decide; proposals and photos are decided here."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from schakel.accounts.models import User
from schakel.cooperation.read import list_reports, list_suggestions
from schakel.core.errors import InvalidInput
from schakel.core.permissions import REGION, Action, Target, may
from schakel.pages.access import actor, behalf, requires
from schakel.pages.bodies import municipality_target, organisation_targets
from schakel.pages.presenters.review_queue import present_queue
from schakel.pages.presenters.work_profile import looks_after
from schakel.pages.standing import standing
from schakel.register import read
from schakel.upkeep.photos import decide_photo, list_waiting_photos
from schakel.upkeep.review import decide_proposal


@require_http_methods(["GET", "HEAD", "POST"])
@requires()
def queue(request: HttpRequest) -> HttpResponse:
    """Everything that waits for who looks; POST decides about one proposal or photo."""
    asks, region = actor(request), standing(request)
    if not looks_after(asks):
        raise Http404
    reports, proposals, photos = list_reports(only_open=True), read.list_proposals(), list_waiting_photos()
    slugs = {row.organisation_key for row in reports} | {row.organisation for row in proposals}
    slugs |= {photo.organisation for photo in photos}
    targets = organisation_targets(sorted(slugs))

    def mine(slug: str) -> bool:
        """What is gone from the register is the region's."""
        return may(asks, Action.MODERATE, targets.get(slug, REGION))

    proposals = tuple(row for row in proposals if row.organisation in targets and mine(row.organisation))
    photos = tuple(photo for photo in photos if photo.organisation in targets and mine(photo.organisation))
    if request.method == "POST":
        whose = {f"voorstel-{row.number}": targets[row.organisation] for row in proposals}
        return _decide(request, whose | {f"foto-{photo.number}": targets[photo.organisation] for photo in photos})
    page = present_queue(
        [row for row in reports if mine(row.organisation_key)],
        [
            row
            for row in list_suggestions(only_open=True)
            if may(asks, Action.MODERATE, municipality_target(row.nis_code, region) or REGION)
        ],
        proposals,
        photos,
        names=read.list_names(sorted(slugs)),
        region=region,
        only=request.GET.get("soort", ""),
    )
    return render(request, "pages/review.html", {"page": page})


def _decide(request: HttpRequest, whose: Mapping[str, Target]) -> HttpResponse:
    """Accept or reject one; somebody who was first, or a reason that is missing, is said on the page that follows."""
    what, accept = request.POST.get("what", ""), "accept" in request.POST
    if what not in whose:
        messages.error(request, gettext("Hierover is al beslist."))
        return HttpResponseRedirect(reverse("review"))
    assert isinstance(request.user, User)  # noqa: S101 (only who signed in gets here)
    kind, _, number = what.partition("-")
    decide = decide_proposal if kind == "voorstel" else decide_photo
    try:
        body = behalf(request, Action.MODERATE, whose[what])
        decide(int(number), accept=accept, reason=request.POST.get("reason", ""), by=request.user, body=body)
    except InvalidInput as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, gettext("Aanvaard.") if accept else gettext("Geweigerd. Wie het voorstelde, leest waarom.")
        )
    return HttpResponseRedirect(reverse("review"))
