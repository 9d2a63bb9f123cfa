"""The card of what we do not know yet, for who may answer it."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from schakel.analyses.read import blind_spots
from schakel.core.access.blindspots import State
from schakel.core.permissions import Action, Actor, BodyKind, Target, may
from schakel.pages.presenters.blocks import Link
from schakel.pages.presenters.work_card import WorkCard
from schakel.pages.standing import Standing
from schakel.wording.dates import number_words


def questions_card(actor: Actor, region: Standing, today: date) -> WorkCard | None:
    """How many services nobody can speak of in the municipalities of this person."""
    own = {code for code in region.by_nis if may(actor, Action.STATE_NEGATIVE, Target(BodyKind.MUNICIPALITY, code))}
    grid = blind_spots()
    if not own or grid is None:
        return None
    count = sum(cell.state is State.NO_DATA and cell.nis_code in own for cell in grid.services.values())
    text = ngettext(
        "Er is %(count)s open vraag over je gemeenten. Eén telefoontje kan ze oplossen.",
        "Er zijn %(count)s open vragen over je gemeenten. Eén telefoontje lost er een op.",
        count,
    )
    only = f"?municipality={next(iter(own))}" if len(own) == 1 else ""
    return WorkCard(
        title=gettext("Wat we nog niet weten"),
        text=text % {"count": number_words(count)},
        links=(
            Link(gettext("Beantwoord wat we niet weten"), reverse("blind_spot_questions") + only),
            Link(gettext("Blinde vlekken"), reverse("blind_spots")),
        ),
    )
