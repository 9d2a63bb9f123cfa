"""My list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from schakel.core.model import OrganisationCard
from schakel.pages.mylist import LONGEST
from schakel.pages.presenters.blocks import Empty, Link, Notice
from schakel.pages.presenters.hits import HitCard, present_cards
from schakel.pages.presenters.printing import PrintOffer, print_offer
from schakel.pages.standing import Standing


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything `pages/my_list.html` shows."""

    hits: tuple[HitCard, ...]
    print: PrintOffer
    empty: Empty


def present_list(cards: Sequence[OrganisationCard], *, region: Standing) -> ListPage:
    """The organisations on the list of this visitor."""
    return ListPage(
        hits=present_cards(cards, region=region, chosen={card.slug for card in cards}),
        print=print_offer("my_list_pdf", len(cards)),
        empty=Empty(
            gettext("Je lijst is nog leeg."),
            gettext("Klik in de gids op “Zet op mijn lijst” om iets te bewaren voor later."),
            (Link(gettext("Naar de gids"), reverse("guide")),),
        ),
    )


def list_notice(code: str) -> Notice | None:
    """What the page says after a wish could not be met."""
    if code == "vol":
        text = gettext("Er passen %(count)s organisaties op je lijst. Haal er eerst een af.") % {"count": LONGEST}
        return Notice("attention", gettext("Je lijst is vol"), text)
    return None
