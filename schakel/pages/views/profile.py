"""An organisation keeps its own profile: one page with what to do, and a small form per part."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from schakel.audit.read import list_about
from schakel.core.errors import InvalidInput
from schakel.core.permissions import REGION, Action, BodyKind, may
from schakel.pages.access import actor, behalf, requires
from schakel.pages.presenters.profile.history import BESIDE, Reader, present_history
from schakel.pages.presenters.profile.overview import present_profile
from schakel.pages.presenters.profile.preview import present_preview
from schakel.pages.profile_edit import record_of, run, target_of, voice_of
from schakel.pages.profile_tasks import about_task, contact_task, hours_task, new_offer_task, offer_task, people_task
from schakel.pages.standing import standing
from schakel.register import read, write
from schakel.upkeep.asking import Asked, list_asked
from schakel.upkeep.photos import list_photos

MOST_BESIDE = 50
edits = requires(Action.EDIT_PROFILE, target_of)


@require_safe
@edits
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """How complete the profile is, what to do, and each part."""
    page = present_profile(
        record_of(slug),
        photos=list_photos(slug, only_shown=False),
        proposals=read.list_proposals(organisation=slug),
        spoken_on=read.last_spoken([slug]).get(slug),
        asked=list_asked([slug]).get(slug, Asked()),
        rules=read.upkeep_rules(),
        region=standing(request),
        today=timezone.localdate(),
    )
    return render(request, "pages/profile.html", {"page": page})


@edits
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Telephone, e-mail, website."""
    record = record_of(slug)
    return run(request, record, contact_task(record))


@edits
def about(request: HttpRequest, slug: str) -> HttpResponse:
    """What they do, in which languages."""
    record = record_of(slug)
    return run(request, record, about_task(record))


@edits
def new_offer(request: HttpRequest, slug: str) -> HttpResponse:
    """Something they do that is not in the guide yet."""
    record = record_of(slug)
    return run(request, record, new_offer_task(record, standing(request), timezone.localdate()))


@edits
def offer(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One thing they do: words, customers, area, capacity; or they no longer do it."""
    record = record_of(slug)
    return run(request, record, offer_task(request, record, key, standing(request), timezone.localdate()))


@edits
def hours(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """When one establishment is open."""
    record = record_of(slug)
    return run(request, record, hours_task(record, key))


@edits
def people(request: HttpRequest, slug: str, year: int | None = None) -> HttpResponse:
    """Who worked there in one year; without a year the last whole one."""
    record, today = record_of(slug), timezone.localdate()
    return run(request, record, people_task(record, year or today.year - 1, today))


@require_POST
@requires(Action.CONFIRM_PROFILE, target_of)
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything still holds."""
    write.confirm_profile(slug, voice=voice_of(request, slug), how=gettext("Bevestigd op de site."))
    messages.success(request, gettext("Dank je. Bezoekers zien vanaf nu dat dit vandaag bevestigd werd."))
    return HttpResponseRedirect(reverse("profile", kwargs={"slug": slug}))


@require_POST
@edits
def take_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A change that waits is no longer wanted."""
    try:
        write.take_back_proposal(number, organisation_key=slug, by=voice_of(request, slug).author)
    except InvalidInput as refusal:
        raise Http404 from refusal
    messages.success(request, gettext("Teruggenomen. Er verandert niets."))
    return HttpResponseRedirect(reverse("profile", kwargs={"slug": slug}))


@require_safe
@requires(Action.SEE_HISTORY, target_of)
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who changed what."""
    record = record_of(slug)
    page = present_history(
        read.list_edits(slug),
        list_about([slug], actions=BESIDE, most=MOST_BESIDE),
        record,
        standing(request),
        reader=Reader(
            as_editor=any(one.kind in (BodyKind.REGION, BodyKind.CLUSTER) for one in actor(request).memberships),
            may_undo=bool(behalf(request, Action.EDIT_PROFILE, target_of(request, slug))),
            everything=may(actor(request), Action.MANAGE_REGISTER, REGION),
        ),
        asked=request.GET,
    )
    return render(request, "pages/profile_history.html", {"page": page})


@require_POST
@edits
def undo(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take one edit back."""
    try:
        everything = may(actor(request), Action.MANAGE_REGISTER, REGION)
        write.undo_edit(number, organisation_key=slug, voice=voice_of(request, slug), everything=everything)
    except InvalidInput as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("Ongedaan gemaakt. Wat er vroeger stond, staat er weer."))
    return HttpResponseRedirect(reverse("profile_history", kwargs={"slug": slug}))


@require_safe
@edits
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """How visitors see it, with what still waits for review filled in."""
    context = present_preview(record_of(slug), read.list_proposals(organisation=slug), standing(request))
    return render(request, "pages/profile_preview.html", context)
