"""How fresh profiles are, for who looks after them: what asks attention first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from schakel.accounts.read import Addressee
from schakel.core.model import LifeStatus
from schakel.core.upkeep import Freshness, Rules, State, assess, next_ask
from schakel.pages.presenters.blocks import Sign
from schakel.register.read import Kept
from schakel.upkeep.asking import Asked, rules_in_words
from schakel.wording.dates import date_words

_ORDER = (State.LEFT, State.OLD, State.AGEING, State.FRESH)
MOST = 300


@dataclass(frozen=True, slots=True)
class FreshnessLine:
    """One organisation. `can_ask`: a letter may leave now."""

    slug: str
    name: str
    href: str
    sign: Sign
    heard: str
    asked: str
    address: str
    can_ask: bool
    ask_href: str


@dataclass(frozen=True, slots=True)
class FreshnessPage:
    """Everything `pages/freshness.html` shows. `counts`: how many in each state, in words."""

    counts: tuple[tuple[Sign, int], ...]
    lines: tuple[FreshnessLine, ...]
    hidden: int
    rules: str


def present_freshness(
    kept: Sequence[Kept],
    asked: Mapping[str, Asked],
    people: Mapping[str, Sequence[Addressee]],
    rules: Rules,
    today: date,
) -> FreshnessPage:
    """Those that are not fresh, the most urgent first; the fresh ones are only counted."""
    found = [(row, _state(row, asked.get(row.slug, Asked()), rules, today)) for row in kept]
    states = [fresh.state for _, fresh in found]
    urgent = sorted(
        ((row, fresh) for row, fresh in found if fresh.state is not State.FRESH),
        key=lambda pair: (_ORDER.index(pair[1].state), -(pair[1].months if pair[1].months is not None else 10_000)),
    )
    lines = tuple(
        _line(row, fresh, asked.get(row.slug, Asked()), people.get(row.slug, ()), rules, today)
        for row, fresh in urgent[:MOST]
    )
    return FreshnessPage(
        counts=tuple((state_sign(state), states.count(state)) for state in _ORDER),
        lines=lines,
        hidden=len(urgent) - len(lines),
        rules=rules_in_words(rules),
    )


def state_sign(state: State) -> Sign:
    """A state with its sign, never colour alone."""
    return {
        State.LEFT: Sign("absent", gettext("uit de gids")),
        State.OLD: Sign("thin", gettext("oud")),
        State.AGEING: Sign("unknown", gettext("wordt oud")),
        State.FRESH: Sign("served", gettext("vers")),
    }[state]


def _state(row: Kept, asked: Asked, rules: Rules, today: date) -> Freshness:
    fresh = assess(row.newest_on, asked.delivered, rules, today)
    if row.status is LifeStatus.UNCONFIRMED:
        return Freshness(State.LEFT, fresh.heard_on, fresh.months, fresh.leaves_on)
    return fresh


def _line(
    row: Kept, fresh: Freshness, asked: Asked, people: Iterable[Addressee], rules: Rules, today: date
) -> FreshnessLine:
    last = max(asked.letters).isoformat() if asked.letters else ""
    told = gettext("gevraagd op %(date)s") % {"date": date_words(last)} if last else gettext("nog niet gevraagd")
    if fresh.leaves_on is not None and fresh.state is not State.LEFT:
        told += ", " + gettext("uit de gids op %(date)s") % {"date": date_words(fresh.leaves_on.isoformat())}
    elif last and not asked.delivered:
        told += ", " + gettext("maar geen brief kwam aan")
    has_people = bool(tuple(people))
    return FreshnessLine(
        slug=row.slug,
        name=row.name,
        href=reverse("organisation", kwargs={"slug": row.slug}),
        sign=state_sign(fresh.state),
        heard=date_words(row.newest_on),
        asked=told,
        address=gettext("wie een account heeft")
        if has_people
        else gettext("het adres in het register")
        if row.email
        else gettext("geen adres: bel"),
        can_ask=(has_people or bool(row.email)) and next_ask(None, asked.letters, rules, today) is not None,
        ask_href=reverse("freshness_ask", kwargs={"slug": row.slug}),
    )
