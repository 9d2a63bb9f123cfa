"""Who acts for whom, in words: the bodies of somebody, the people of a body, an invitation, a hand-over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from schakel.accounts.read import Colleague, Pending
from schakel.core.permissions import Actor, BodyKind, Role, Target
from schakel.pages.presenters.blocks import Link, crumbs
from schakel.wording import words
from schakel.wording.dates import date_words


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One body with how many act for it."""

    link: Link
    count: str


@dataclass(frozen=True, slots=True)
class BodyGroup:
    """The bodies of one kind: those with people, and those where nobody works yet. `open`: show these at once."""

    title: str
    lines: tuple[BodyLine, ...]
    empty: tuple[Link, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody with their role; an empty address: not yours to change."""

    email: str
    role: str
    since: str
    note: str
    change: str
    hand_over: str


@dataclass(frozen=True, slots=True)
class InvitedLine:
    """An invitation that is open."""

    email: str
    roles: str
    detail: str
    too_old: bool
    href: str


@dataclass(frozen=True, slots=True)
class BodyPage:
    """Everything `pages/people_of.html` shows beside its form."""

    crumbs: tuple[Link, ...]
    name: str
    kind: str
    people: tuple[PersonLine, ...]
    pending: tuple[InvitedLine, ...]
    managed: bool  # somebody may give roles here
    manages: bool  # whoever looks may


def present_bodies(
    bodies: Iterable[Target], names: Mapping[str, str], counts: Mapping[str, int], *, all_open: bool
) -> tuple[BodyGroup, ...]:
    """The bodies that somebody may look into, by kind and name."""
    lines: dict[BodyKind, list[BodyLine]] = {}
    empty: dict[BodyKind, list[Link]] = {}
    for body in sorted(set(bodies), key=lambda one: names[str(one)].casefold()):
        link, count = Link(names[str(body)], people_address(body)), counts.get(str(body), 0)
        if count:
            said = ngettext("%(count)s persoon", "%(count)s mensen", count) % {"count": count}
            lines.setdefault(body.kind, []).append(BodyLine(link, said))
        else:
            empty.setdefault(body.kind, []).append(link)
    return tuple(
        BodyGroup(words.word(words.BODY_KINDS, kind), tuple(lines.get(kind, ())), tuple(empty.get(kind, ())), all_open)
        for kind in BodyKind
        if kind in lines or kind in empty
    )


def present_body(
    body: Target,
    people: Sequence[Colleague],
    pending: Sequence[Pending],
    *,
    names: Mapping[str, str],
    actor: Actor,
    manages: bool,
    now: datetime,
) -> BodyPage:
    """Who acts for `body` and who is invited; `manages`: whoever looks may change it."""
    name = names[str(body)]
    return BodyPage(
        crumbs=crumbs(*_above(), page=name),
        name=name,
        kind=words.word(words.BODY_KINDS, body.kind),
        people=tuple(_person(one, actor, manages) for one in people),
        pending=tuple(_invited(one, body, names, now) for one in pending) if manages else (),
        managed=any(one.role == Role.MANAGER and one.active for one in people),
        manages=manages,
    )


def present_trail(body: Target, name: str, page: str) -> tuple[Link, ...]:
    """The way back from a page below that of a body."""
    return crumbs(*_above(), (name, people_address(body)), page=page)


def role_lines(roles: Mapping[Target, Role] | Iterable[Colleague], names: Mapping[str, str]) -> tuple[str, ...]:
    """ "Gemeente Ronse: beheerder", one per role."""
    pairs = roles.items() if isinstance(roles, Mapping) else [(one.body, one.role) for one in roles]
    return tuple(f"{names[str(body)]}: {words.word(words.ROLES, role)}" for body, role in pairs)


def since_words(day: date) -> str:
    """A day in words."""
    return date_words(day.isoformat())


def people_address(body: Target) -> str:
    """The page with the people of a body."""
    return reverse("people_of", args=[str(body)])


def _above() -> tuple[tuple[str, str], ...]:
    return ((gettext("Mijn werk"), reverse("my_work")), (gettext("Mensen"), reverse("people")))


def _person(one: Colleague, actor: Actor, manages: bool) -> PersonLine:
    mine = one.person == actor.person
    notes = [gettext("dat ben jij")] if mine else []
    notes += [] if one.active else [gettext("account staat uit")]
    return PersonLine(
        email=one.email,
        role=words.word(words.ROLES, one.role),
        since=since_words(one.since),
        note=", ".join(notes),
        change=reverse("people_role", args=[str(one.body), one.number]) if manages or mine else "",
        hand_over=reverse("hand_over", args=[one.person]) if manages else "",
    )


def _invited(one: Pending, body: Target, names: Mapping[str, str], now: datetime) -> InvitedLine:
    too_old = one.until < now
    until = since_words(one.until.date())
    said = gettext("link te oud sinds %(date)s") if too_old else gettext("link werkt tot en met %(date)s")
    detail = [said % {"date": until}]
    detail += [gettext("uitgenodigd door %(who)s") % {"who": one.by}] if one.by else []
    detail += [gettext("volgt %(who)s op") % {"who": one.leaver}] if one.leaver else []
    return InvitedLine(
        email=one.email,
        roles="; ".join(role_lines(one.roles, names)),
        detail=", ".join(detail),
        too_old=too_old,
        href=reverse("people_invitation", args=[str(body), one.number]),
    )
