"""The card of what a municipality spends."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from schakel.cooperation.spend.read import waiting_of
from schakel.core.permissions import Action, Actor, bodies_for
from schakel.pages.presenters.blocks import Link
from schakel.pages.presenters.work_card import WorkCard
from schakel.pages.standing import Standing


def spend_card(actor: Actor, region: Standing, today: date) -> WorkCard | None:
    """For who works for a municipality; lists with names to look at wait."""
    places = [region.by_nis[body.key] for body in bodies_for(actor, Action.SEE_SPEND) if body.key in region.by_nis]
    if not places:
        return None
    return WorkCard(
        gettext("Wat jullie sociaal inkopen"),
        gettext("Laad een lijst van leveranciers op, en zie welk deel naar sociale ondernemingen gaat."),
        tuple(Link(place.name, reverse("spend", kwargs={"slug": place.slug})) for place in places),
        waiting_of([place.nis_code for place in places]) or None,
    )
