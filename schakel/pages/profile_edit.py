"""What the addresses of an own profile share: find the thing, read the form, let the register decide, say what became.

A page has one `Task`: which thing it edits and what it asks. `run` shows it, or saves what was sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from schakel.accounts.models import User
from schakel.core.errors import InvalidInput
from schakel.core.model import (
    EntityKind,
    EstablishmentRecord,
    Fact,
    Json,
    OfferRecord,
    OrganisationRecord,
    SubRecord,
)
from schakel.core.permissions import Action, BodyKind, Target, acting_for
from schakel.pages.access import actor
from schakel.pages.bodies import organisation_target
from schakel.pages.presenters.blocks import crumbs
from schakel.pages.presenters.profile.form import (
    ProfileForm,
    filled_form,
    overtaken,
    read_token,
    refused,
    saved_words,
    sent_form,
)
from schakel.pages.presenters.profile.inputs import Input
from schakel.pages.standing import standing
from schakel.register import read, write
from schakel.register.write import StaleEdit, Voice

# Adds what is no plain question (a week, an area): to the form, from what was sent, with the values it gives.
Extend = Callable[[HttpRequest, ProfileForm, dict[str, Json]], ProfileForm]


@dataclass(frozen=True, slots=True)
class Task:
    """One form. `facts`: what is known of the thing, empty for something new. `always`: values that come along."""

    entity: EntityKind
    key: str
    title: str
    lead: str
    inputs: tuple[Input, ...]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    always: Mapping[str, Json] = field(default_factory=dict)
    extend: Extend | None = None
    template: str = "pages/profile_form.html"
    stop: str = ""  # the label of the button that ends it


def target_of(request: HttpRequest, slug: str, **_: Any) -> Target | None:
    """The organisation of the address, for the permission."""
    return organisation_target(slug)


def record_of(slug: str) -> OrganisationRecord:
    """The organisation of the address; 404 when it left the register."""
    record = read.get_organisation(slug)
    if record is None:
        raise Http404
    return record


def voice_of(request: HttpRequest, slug: str) -> Voice:
    """Somebody who acts for the organisation speaks for it; a coordinator speaks as an editor."""
    target = organisation_target(slug)
    found = acting_for(actor(request), Action.EDIT_PROFILE, target) if target else None
    author = request.user if isinstance(request.user, User) else None
    return Voice(author, found.body if found else "", found is None or found.kind != BodyKind.ORGANISATION)


def run(request: HttpRequest, record: OrganisationRecord, task: Task) -> HttpResponse:
    """Show the form, or save what was sent and go back to the profile."""
    region = standing(request)
    if request.method != "POST":
        waiting = {
            change.field: change.after
            for proposal in read.list_proposals(organisation=record.slug)
            if proposal.key == task.key
            for change in proposal.changes
        }
        form = filled_form(task.entity, task.inputs, task.facts, waiting, region)
        return _show(request, record, task, task.extend(request, form, {}) if task.extend else form)
    form, values = sent_form(task.entity, task.inputs, request.POST)
    if task.extend:
        form = task.extend(request, form, values)
    if "look" in request.POST or not form.ok:
        return _show(request, record, task, form)
    return _save(request, record, task, form, {**values, **task.always})


def _save(
    request: HttpRequest, record: OrganisationRecord, task: Task, form: ProfileForm, values: dict[str, Json]
) -> HttpResponse:
    try:
        spoken = write.state_profile(
            task.entity,
            task.key,
            values,
            organisation_key=record.slug,
            voice=voice_of(request, record.slug),
            based_on=read_token(form.based_on),
        )
    except StaleEdit as refusal:
        facts = _facts_now(record.slug, task)
        return _show(
            request, record, task, overtaken(form, task.entity, refusal, values, facts, standing(request)), 409
        )
    except InvalidInput as refusal:
        return _show(request, record, task, refused(form, refusal))
    messages.success(request, saved_words(shown=bool(spoken.shown), waiting=bool(spoken.waiting)))
    return HttpResponseRedirect(reverse("profile", kwargs={"slug": record.slug}))


def _show(
    request: HttpRequest, record: OrganisationRecord, task: Task, form: ProfileForm, status: int = 200
) -> HttpResponse:
    around = {
        "task": task,
        "form": form,
        "name": record.name,
        "back": reverse("profile", kwargs={"slug": record.slug}),
        "crumbs": crumbs((record.name, reverse("profile", kwargs={"slug": record.slug})), page=task.title),
    }
    bad = form.fault or form.faults
    return render(request, task.template, around, status=400 if bad and request.method == "POST" else status)


def _facts_now(slug: str, task: Task) -> Mapping[str, Fact]:
    record = record_of(slug)
    if task.entity is EntityKind.ORGANISATION:
        return record.facts
    things: tuple[OfferRecord | EstablishmentRecord | SubRecord, ...]
    things = (*record.offers, *record.establishments, *record.employment)
    return next((thing.facts for thing in things if thing.key == task.key), {})
