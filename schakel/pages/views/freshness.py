"""For coordinators: which profiles get old, which left the guide, whom nobody can ask; and to ask now."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from schakel.accounts.models import User
from schakel.accounts.read import list_addressees
from schakel.core.errors import InvalidInput
from schakel.core.model import FINDABLE, LifeStatus
from schakel.core.permissions import Action, BodyKind, may
from schakel.pages.access import actor, requires
from schakel.pages.bodies import organisation_targets
from schakel.pages.presenters.profile.freshness import present_freshness
from schakel.pages.presenters.work_profile import looks_after
from schakel.pages.profile_edit import target_of
from schakel.register import read
from schakel.upkeep.asking import ask_by_hand, list_asked


@require_safe
@requires()
def freshness(request: HttpRequest) -> HttpResponse:
    """The profiles of who may look after them, the oldest first; 404 for who looks after none."""
    asks = actor(request)
    if not looks_after(asks):
        raise Http404
    kept = read.list_kept((*FINDABLE, LifeStatus.UNCONFIRMED))
    targets = organisation_targets([row.slug for row in kept])
    mine = [row for row in kept if row.slug in targets and may(asks, Action.MODERATE, targets[row.slug])]
    today = timezone.localdate()
    people = list_addressees(BodyKind.ORGANISATION, on=today)
    page = present_freshness(mine, list_asked([row.slug for row in mine]), people, read.upkeep_rules(), today)
    return render(request, "pages/freshness.html", {"page": page})


@require_POST
@requires(Action.MODERATE, target_of)
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask one organisation now, at the addresses of its editors or else the public one."""
    assert isinstance(request.user, User)  # noqa: S101 (only who signed in gets here)
    try:
        count = ask_by_hand(slug, by=request.user)
    except InvalidInput as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("Er vertrekt %(count)s brief.", "Er vertrekken %(count)s brieven.", count)
        messages.success(request, words % {"count": count})
    return HttpResponseRedirect(reverse("freshness") + f"#{slug}")
