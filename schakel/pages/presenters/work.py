"""My work: what somebody may do, and what waits for them. Each feature adds the maker of its card to `CARDS`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from schakel.core.permissions import Action, Actor, Target, may
from schakel.pages.bodies import body_names
from schakel.pages.presenters.blocks import Empty
from schakel.pages.presenters.work_card import CardMaker, WorkCard
from schakel.pages.presenters.work_management import management_card
from schakel.pages.presenters.work_needs import invitations_card, needs_card
from schakel.pages.presenters.work_people import people_card
from schakel.pages.presenters.work_profile import freshness_card, profile_card
from schakel.pages.presenters.work_questions import questions_card
from schakel.pages.presenters.work_review import review_card
from schakel.pages.presenters.work_spend import spend_card
from schakel.pages.standing import Standing
from schakel.wording import words

# In this order on the page; what waits comes first.
CARDS: tuple[CardMaker, ...] = (
    invitations_card,
    needs_card,
    profile_card,
    spend_card,
    freshness_card,
    management_card,
    review_card,
    questions_card,
    people_card,
)


@dataclass(frozen=True, slots=True)
class Acts:
    """One body that somebody acts for, in words, with what they may do there."""

    name: str
    kind: str
    role: str
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkPage:
    """Everything `pages/work.html` shows."""

    email: str
    cards: tuple[WorkCard, ...]
    acts: tuple[Acts, ...]
    empty: Empty | None


def present_work(actor: Actor, email: str, *, region: Standing, today: date) -> WorkPage:
    """The cards of the features, what waits first, and the bodies this person acts for."""
    made = [card for card in (make(actor, region, today) for make in CARDS) if card is not None]
    return WorkPage(
        email=email,
        cards=tuple(sorted(made, key=lambda card: not card.waiting)),
        acts=_acts(actor, region),
        empty=None if actor.memberships else _nobody(),
    )


def _acts(actor: Actor, region: Standing) -> tuple[Acts, ...]:
    bodies = {one: Target(one.kind, one.key) for one in actor.memberships}
    names = body_names(bodies.values(), region)
    found = [
        Acts(
            name=names[one.body],
            kind=words.word(words.BODY_KINDS, one.kind),
            role=words.word(words.ROLES, one.role),
            may=tuple(words.word(words.ACTIONS, action) for action in Action if may(actor, action, body)),
        )
        for one, body in bodies.items()
    ]
    return tuple(sorted(found, key=lambda acts: (acts.kind, acts.name)))


def _nobody() -> Empty:
    return Empty(
        gettext("Je werkt nog voor niemand."),
        gettext("Vraag de beheerder van je gemeente, organisatie of cluster om je een rol te geven."),
    )
