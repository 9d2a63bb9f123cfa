"""The cards of needs: the own ones, and what organisations one acts for were asked."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from schakel.cooperation.needs.links import invitations_path
from schakel.cooperation.needs.read import OwnNeed, list_open_invitations, list_own_needs
from schakel.core.permissions import Action, Actor, BodyKind, bodies_for
from schakel.pages.presenters.blocks import Link
from schakel.pages.presenters.work_card import WorkCard
from schakel.pages.standing import Standing
from schakel.register import read
from schakel.wording import words
from schakel.wording.needs import STATES

LONGEST = 70


def needs_card(actor: Actor, region: Standing, today: date) -> WorkCard | None:
    """What somebody asked, for themselves or for a body they may post for; questions and outcomes to tell wait."""
    bodies = [str(body) for body in bodies_for(actor, Action.PLACE_NEED)]
    if actor.person is None:
        return None
    own = list_own_needs(actor.person, bodies)
    if not own and not bodies:
        return None
    links = tuple(Link(_line(one), reverse("need", kwargs={"key": one.key})) for one in own)
    text = gettext("Wat je vroeg, en wat ze antwoorden.") if own else gettext("Je vroeg nog niets.")
    waiting = sum(one.questions + (one.state == "closed" and not one.told) for one in own)
    ask = Link(gettext("Stel een vraag"), reverse("need_form"))
    return WorkCard(gettext("Vragen die je stelde"), text, (*links, ask), waiting or None)


def _line(one: OwnNeed) -> str:
    text = one.text if len(one.text) <= LONGEST else one.text[: LONGEST - 1] + "…"
    said = ngettext("%(answered)s van %(asked)s antwoordde", "%(answered)s van %(asked)s antwoordden", one.answered)
    return f"{text} ({words.word(STATES, one.state)}; {said % {'answered': one.answered, 'asked': one.asked}})"


def invitations_card(actor: Actor, region: Standing, today: date) -> WorkCard | None:
    """What the organisations somebody answers for were asked and can still answer."""
    mine = [body.key for body in bodies_for(actor, Action.EDIT_PROFILE) if body.kind == BodyKind.ORGANISATION]
    found = list_open_invitations(mine, today) if mine else ()
    if not found:
        return None
    names = read.list_names(mine)
    asked = dict.fromkeys(one.organisation_key for _, one in found)
    links = tuple(Link(names.get(slug, slug), invitations_path(slug)) for slug in asked)
    waiting = sum(one.answer is None for _, one in found)
    return WorkCard(
        gettext("Vragen aan jullie"), gettext("Gemeenten en bedrijven vragen wat jullie doen."), links, waiting or None
    )
