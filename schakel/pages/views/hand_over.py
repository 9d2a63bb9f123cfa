"""Somebody leaves, or a mailbox changes hands: all roles go to the successor, on one page."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from schakel.accounts import invitations
from schakel.accounts.models import User
from schakel.accounts.read import Colleague, list_colleagues, list_roles
from schakel.core.errors import InvalidInput
from schakel.core.permissions import Action, Target, may
from schakel.pages.access import actor, requires
from schakel.pages.bodies import body_names, find_body
from schakel.pages.hands import hand_of, refused_is_missing
from schakel.pages.people_forms import HandOverForm
from schakel.pages.presenters.blocks import crumbs
from schakel.pages.presenters.people import role_lines
from schakel.pages.standing import standing


@require_http_methods(["GET", "HEAD", "POST"])
@requires()
def hand_over(request: HttpRequest, person: int) -> HttpResponse:
    """The roles that go, those that stay, and who takes over; POST does it."""
    roles = list_roles(person, on=timezone.localdate())
    going = _going(request, roles)
    leaver = User.objects.filter(pk=person).first()
    if leaver is None or not going:
        raise Http404
    colleagues = _colleagues(request, person, going)
    form = HandOverForm(request.POST if request.method == "POST" else None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid() and _do(request, leaver, going, form):
        return HttpResponseRedirect(reverse("people"))
    names = body_names([one.body for one in roles], standing(request))
    keys = {str(body) for body in going}
    above = ((gettext("Mijn werk"), reverse("my_work")), (gettext("Mensen"), reverse("people")))
    context = {
        "crumbs": crumbs(*above, page=gettext("Overdragen")),
        "email": leaver.email,
        "mine": leaver.pk == actor(request).person,
        "going": role_lines([one for one in roles if str(one.body) in keys], names),
        "staying": role_lines([one for one in roles if str(one.body) not in keys], names),
        "form": form,
    }
    return render(request, "pages/hand_over.html", context, status=400 if request.method == "POST" else 200)


def _going(request: HttpRequest, roles: tuple[Colleague, ...]) -> list[Target]:
    """The bodies of these roles in which whoever looks may give roles."""
    region = standing(request)
    bodies = [find_body(str(one.body), region) for one in roles]
    return [body for body in bodies if body is not None and may(actor(request), Action.MANAGE_MEMBERS, body)]


def _colleagues(request: HttpRequest, leaver: int, bodies: list[Target]) -> dict[int, str]:
    """Who has an account and may take over at once: who acts for one of these bodies, and whoever looks."""
    assert isinstance(request.user, User)  # noqa: S101 (only who signed in gets here)
    found = {request.user.pk: gettext("%(email)s (jij)") % {"email": request.user.email}}
    for body in bodies:
        rows = list_colleagues(body, on=timezone.localdate())
        found |= {one.person: one.email for one in rows if one.active and one.person not in found}
    return {person: words for person, words in found.items() if person != leaver}


def _do(request: HttpRequest, leaver: User, bodies: list[Target], form: HandOverForm) -> bool:
    given = form.cleaned_data
    chosen = User.objects.filter(pk=given["successor"]).first() if given["successor"] else None
    try:
        with refused_is_missing():
            invitations.hand_over(
                leaver,
                bodies,
                to=chosen or given["email"],
                at_once=given["at_once"],
                names=body_names(bodies, standing(request)),
                language=given["language"],
                hand=hand_of(request),
            )
    except InvalidInput as refusal:
        form.add_error(None, str(refusal))
        return False
    if chosen:
        said = gettext("Overgedragen. Jullie krijgen allebei een mail.")
    elif given["at_once"]:
        said = gettext("De rollen zijn afgenomen. De opvolger krijgt een mail met een link.")
    else:
        said = gettext("De opvolger krijgt een mail met een link. Tot die aanvaardt, verandert er niets.")
    messages.success(request, said)
    return True
