"""The card of what waits for review."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from schakel.core.permissions import Action, Actor, bodies_for
from schakel.pages.presenters.blocks import Link
from schakel.pages.presenters.work_card import WorkCard
from schakel.pages.standing import Standing


def review_card(actor: Actor, region: Standing, today: date) -> WorkCard | None:
    """For who decides about reports and suggestions. How many wait differs per person, so the page itself says it."""
    if not bodies_for(actor, Action.MODERATE):
        return None
    return WorkCard(
        title=gettext("Meldingen en voorstellen"),
        text=gettext("Kijk na wat bezoekers lieten weten: wat niet klopt, en wie nog niet in de gids staat."),
        links=(Link(gettext("Naar wat wacht op nazicht"), reverse("review")),),
        waiting=0,
    )
