"""For coordinators: what organisations propose and the photos that wait, each with its difference; accept or reject."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from schakel.accounts.models import User
from schakel.core.errors import InvalidInput
from schakel.core.permissions import Action, Target, may
from schakel.pages.access import actor, behalf, requires
from schakel.pages.bodies import organisation_targets
from schakel.pages.presenters.profile.proposals import present_proposals
from schakel.pages.presenters.work_profile import looks_after
from schakel.pages.standing import standing
from schakel.register import read
from schakel.upkeep.photos import decide_photo, list_waiting_photos
from schakel.upkeep.review import decide_proposal


@requires()
def proposals(request: HttpRequest) -> HttpResponse:
    """Everything that waits and that this person may decide about; POST decides about one."""
    asks = actor(request)
    if not looks_after(asks):
        raise Http404
    found, waiting = read.list_proposals(), list_waiting_photos()
    targets = organisation_targets([*(row.organisation for row in found), *(photo.organisation for photo in waiting)])
    mine = {slug for slug, target in targets.items() if may(asks, Action.MODERATE, target)}
    if request.method == "POST":
        whose = {f"voorstel-{row.number}": targets[row.organisation] for row in found if row.organisation in mine}
        whose |= {f"foto-{one.number}": targets[one.organisation] for one in waiting if one.organisation in mine}
        return _decide(request, whose)
    page = present_proposals(
        [row for row in found if row.organisation in mine],
        [photo for photo in waiting if photo.organisation in mine],
        standing(request),
    )
    return render(request, "pages/proposals.html", {"page": page})


def _decide(request: HttpRequest, whose: Mapping[str, Target]) -> HttpResponse:
    """Accept or reject one; somebody who was first, or a reason that is missing, is said on the page that follows."""
    what, accept = request.POST.get("what", ""), "accept" in request.POST
    if what not in whose:
        messages.error(request, gettext("Hierover is al beslist."))
        return HttpResponseRedirect(reverse("proposals"))
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
    return HttpResponseRedirect(reverse("proposals"))
