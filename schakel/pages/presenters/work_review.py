"""The card of what waits for review."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from schakel.core.permissions import Actor
from schakel.pages.presenters.blocks import Link
from schakel.pages.presenters.work_card import WorkCard
from schakel.pages.presenters.work_profile import looks_after
from schakel.pages.standing import Standing


def review_card(actor: Actor, region: Standing, today: date) -> WorkCard | None:
    """For who decides about them. How many wait differs per person, so the page itself says it."""
    if not looks_after(actor):
        return None
    return WorkCard(
        title=gettext("Meldingen en voorstellen"),
        text=gettext("Kijk na wat bezoekers en organisaties lieten weten: wat niet klopt, wat nieuw is, en foto’s."),
        links=(Link(gettext("Naar wat wacht op nazicht"), reverse("review")),),
        waiting=0,
    )
