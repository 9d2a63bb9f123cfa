"""The card of the people of the own bodies."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from schakel.core.permissions import Action, Actor, BodyKind, bodies_for
from schakel.pages.bodies import body_names
from schakel.pages.presenters.blocks import Link
from schakel.pages.presenters.people import people_address
from schakel.pages.presenters.work_card import WorkCard
from schakel.pages.standing import Standing


def people_card(actor: Actor, region: Standing, today: date) -> WorkCard | None:
    """Who acts for the bodies of this person; for who may give roles also where to hand over their own."""
    seen = bodies_for(actor, Action.SEE_MEMBERS)
    if not seen:
        return None
    names = body_names(seen, region)
    links = [Link(names[str(body)], people_address(body)) for body in seen]
    if any(body.kind in (BodyKind.REGION, BodyKind.CLUSTER) for body in bodies_for(actor, Action.MANAGE_MEMBERS)):
        links.append(Link(gettext("Alle instanties"), reverse("people")))
    if bodies_for(actor, Action.MANAGE_MEMBERS) and actor.person is not None:
        links.append(Link(gettext("Draag je werk over"), reverse("hand_over", args=[actor.person])))
    return WorkCard(gettext("Mensen"), gettext("Wie werkt er voor jullie, in welke rol?"), tuple(links))
