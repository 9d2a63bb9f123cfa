"""Who acts for a body: look, invite, give another role, take a role away, withdraw an invitation."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from schakel.accounts.invitations import invite, send_again, withdraw
from schakel.accounts.read import count_colleagues, list_colleagues, list_pending
from schakel.accounts.roles import change_role, end_role
from schakel.core.errors import InvalidInput
from schakel.core.permissions import REGION, Action, Actor, BodyKind, Role, Target, may, read_body
from schakel.pages.access import actor, requires
from schakel.pages.bodies import body_names, find_body, organisation_targets, partner_targets
from schakel.pages.hands import hand_of, refused_is_missing
from schakel.pages.people_forms import InviteForm, RoleForm
from schakel.pages.presenters.people import (
    people_address,
    present_bodies,
    present_body,
    present_trail,
    role_lines,
    since_words,
)
from schakel.pages.standing import Standing, standing
from schakel.search.query import SearchQuery
from schakel.search.service import search
from schakel.wording import words

FOUND = 10
WIDE = (BodyKind.REGION, BodyKind.CLUSTER)  # whoever manages one of these, manages others too


def _body(request: HttpRequest, body: str, **_: object) -> Target | None:
    return find_body(body, standing(request))


@require_safe
@requires()
def people(request: HttpRequest) -> HttpResponse:
    """The bodies whose people one may see; `q` looks for an organisation where nobody works yet."""
    asks, region, today = actor(request), standing(request), timezone.localdate()
    counts = count_colleagues(on=today)
    asked = request.GET.get("q", "").strip()[:100]
    bodies = _seen(asks, region, counts, asked)
    if not bodies:
        raise Http404
    groups = present_bodies(bodies, body_names(bodies, region), counts, all_open=bool(asked))
    looks_wider = any(may(asks, Action.MANAGE_MEMBERS, body) for body in bodies if body.kind in WIDE)
    return render(request, "pages/people.html", {"groups": groups, "asked": asked, "searches": looks_wider})


def _seen(asks: Actor, region: Standing, counts: Mapping[str, int], asked: str) -> list[Target]:
    """Of the organisations only those with people, and what was searched."""
    with_people = [read_body(text) for text in counts]
    slugs = [body.key for body in with_people if body.kind == BodyKind.ORGANISATION]
    if asked:
        slugs += [hit.slug for hit in search(SearchQuery(q=asked, size=FOUND), facets=False).hits]
    bodies = [
        REGION,
        *(Target(BodyKind.CLUSTER, cluster.slug) for cluster in region.clusters),
        *(Target(BodyKind.MUNICIPALITY, nis_code) for nis_code in region.by_nis),
        *partner_targets(),
        *organisation_targets(slugs).values(),
    ]
    return [body for body in bodies if may(asks, Action.SEE_MEMBERS, body)]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.SEE_MEMBERS, _body)
def people_of(request: HttpRequest, body: str) -> HttpResponse:
    """The people of one body and the open invitations; POST invites somebody."""
    target, region = _found(request, body), standing(request)
    manages = may(actor(request), Action.MANAGE_MEMBERS, target)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not manages:
            raise Http404
        if form.is_valid() and _invite(request, form, target):
            return HttpResponseRedirect(people_address(target))
    pending = list_pending(target)
    names = body_names([target, *(one for row in pending for one in row.roles)], region)
    found = list_colleagues(target, on=timezone.localdate())
    page = present_body(target, found, pending, names=names, actor=actor(request), manages=manages, now=timezone.now())
    context = {"page": page, "form": form}
    return render(request, "pages/people_of.html", context, status=400 if request.method == "POST" else 200)


def _invite(request: HttpRequest, form: InviteForm, target: Target) -> bool:
    given = form.cleaned_data
    roles = {target: Role(given["role"])}
    try:
        with refused_is_missing():
            invite(
                given["email"],
                roles,
                names=body_names(roles, standing(request)),
                language=given["language"],
                hand=hand_of(request),
            )
    except InvalidInput as refusal:
        form.add_error("email", str(refusal))
        return False
    messages.success(request, gettext("Uitgenodigd. Er vertrekt een mail naar %(email)s.") % {"email": given["email"]})
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.SEE_MEMBERS, _body)
def role(request: HttpRequest, body: str, number: int) -> HttpResponse:
    """One role of one person: give another one or take it away. The page says what happens; the button does it."""
    target = _found(request, body)
    asks, manages = actor(request), may(actor(request), Action.MANAGE_MEMBERS, target)
    held = next((one for one in list_colleagues(target, on=timezone.localdate()) if one.number == number), None)
    if held is None or not (manages or held.person == asks.person):
        raise Http404
    form = RoleForm(request.POST if "change" in request.POST else None, initial={"role": held.role.value})
    fault = ""
    if request.method == "POST":
        try:
            with refused_is_missing():
                if "end" in request.POST:
                    end_role(number, target, hand=hand_of(request))
                    messages.success(request, gettext("De rol is afgenomen. Wie aangemeld was, is nu afgemeld."))
                    return HttpResponseRedirect(people_address(target) if manages else reverse("my_work"))
                if form.is_valid():
                    change_role(number, target, Role(form.cleaned_data["role"]), hand=hand_of(request))
                    messages.success(request, gettext("De rol is veranderd."))
                    return HttpResponseRedirect(people_address(target))
        except InvalidInput as refusal:
            fault = str(refusal)
    name = body_names([target], standing(request))[str(target)]
    context = {
        "crumbs": present_trail(target, name, held.email),
        "email": held.email,
        "name": name,
        "role": words.word(words.ROLES, held.role),
        "since": since_words(held.since),
        "mine": held.person == asks.person,
        "manages": manages,
        "form": form,
        "fault": fault,
        "hand_over": reverse("hand_over", args=[held.person]) if manages else "",
    }
    return render(request, "pages/people_role.html", context, status=400 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_MEMBERS, _body)
def pending(request: HttpRequest, body: str, number: int) -> HttpResponse:
    """One open invitation: send it again or withdraw it."""
    target = _found(request, body)
    row = next((one for one in list_pending(target) if one.number == number), None)
    if row is None:
        raise Http404
    names = body_names([target, *row.roles], standing(request))
    if request.method == "POST":
        try:
            with refused_is_missing():
                if "withdraw" in request.POST:
                    withdraw(number, target, hand=hand_of(request))
                    messages.success(request, gettext("Ingetrokken. De link in de mail werkt niet meer."))
                else:
                    send_again(number, target, names=names, hand=hand_of(request))
                    messages.success(request, gettext("Er vertrekt een nieuwe mail. De vorige link werkt niet meer."))
        except InvalidInput as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(people_address(target))
    context = {
        "crumbs": present_trail(target, names[str(target)], row.email),
        "email": row.email,
        "roles": role_lines(row.roles, names),
        "until": since_words(row.until.date()),
        "by": row.by,
        "leaver": row.leaver,
    }
    return render(request, "pages/people_invitation.html", context)


def _found(request: HttpRequest, body: str) -> Target:
    """What `requires` found already."""
    target = _body(request, body)
    if target is None:
        raise Http404
    return target
