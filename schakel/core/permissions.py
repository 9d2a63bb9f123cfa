"""Who may do what. Pure: the memberships and the clusters of one day are facts that are passed in.

A person acts for a *body* (the region, a cluster, a municipality, an organisation, a partner) in a *role*. What is
done is an *action*; what it is done to belongs to a body too: the *target*. One table, `RULES`, says per action which
role in which kind of body gives it, and how far that reaches. Whatever the table does not give is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from schakel.core.errors import InvalidInput


class BodyKind(StrEnum):
    """What somebody can act for. The key of each: see `Target`."""

    REGION = "region"
    CLUSTER = "cluster"
    MUNICIPALITY = "municipality"
    ORGANISATION = "organisation"
    PARTNER = "partner"


class Role(StrEnum):
    """How much somebody may do for a body; each role may do what the ones before it may."""

    READER = "reader"
    EDITOR = "editor"
    MANAGER = "manager"


class Reach(StrEnum):
    """How far a rule reaches from the body that somebody acts for."""

    OWN = "own"  # the body itself
    WITHIN = "within"  # also what lies in it: today's municipalities of a cluster, the organisations located there
    ALL = "all"  # everything in the region, wherever it lies


class Action(StrEnum):
    """Everything that can be refused, in the order of the table."""

    SEE_WORK = "see_work"
    EDIT_PROFILE = "edit_profile"
    CONFIRM_PROFILE = "confirm_profile"
    SEE_HISTORY = "see_history"
    MODERATE = "moderate"
    STATE_NEGATIVE = "state_negative"
    PLACE_NEED = "place_need"
    SEE_NEED = "see_need"
    ANSWER_NEED = "answer_need"
    SEE_SPEND = "see_spend"
    EDIT_SPEND = "edit_spend"
    SEE_MEMBERS = "see_members"
    MANAGE_MEMBERS = "manage_members"
    SEE_DRAFT = "see_draft"
    PUBLISH = "publish"
    MANAGE_REGISTER = "manage_register"
    SEE_MAIL = "see_mail"
    MANAGE_PEOPLE = "manage_people"


REGION_KEY = "region"  # one region per installation (ADR 0007)
RANK = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Target:
    """The body that something belongs to: a record, a need, a page.

    `key` is public: "region", the slug of a cluster, a NIS code, the slug of an organisation, the key of a partner.
    `places` are the NIS codes where an organisation or partner is located; empty when unknown, and then nothing
    lies around it.
    """

    kind: BodyKind
    key: str
    places: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


REGION = Target(BodyKind.REGION, REGION_KEY)


@dataclass(frozen=True, slots=True, order=True)
class Membership:
    """Somebody acts for this body in this role, today."""

    kind: BodyKind
    key: str
    role: Role

    @property
    def body(self) -> str:
        """The body as one text, "municipality:45041", as the log writes it."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody on one day: for which bodies they act, and which municipalities are in which cluster that day.

    `person` is the number of whoever signed in; `None` is a visitor, who may do nothing that has a rule.
    """

    memberships: frozenset[Membership] = frozenset()
    cluster_members: Mapping[str, frozenset[str]] = field(default_factory=dict)  # slug -> NIS codes
    person: int | None = None
    second_factor_missing: bool = False  # they have roles, and get nothing of them before a second factor is set up

    @property
    def signed_in(self) -> bool:
        return self.person is not None


ANONYMOUS = Actor()


@dataclass(frozen=True, slots=True)
class Rule:
    """Who acts for a body of this kind, in this role or a higher one, may do it as far as it reaches."""

    kind: BodyKind
    role: Role
    reach: Reach = Reach.OWN


_REGION_READS = Rule(BodyKind.REGION, Role.READER, Reach.ALL)
_REGION_EDITS = Rule(BodyKind.REGION, Role.EDITOR, Reach.ALL)
_REGION_MANAGES = Rule(BodyKind.REGION, Role.MANAGER, Reach.ALL)
_CLUSTER_READS = Rule(BodyKind.CLUSTER, Role.READER, Reach.WITHIN)
_CLUSTER_EDITS = Rule(BodyKind.CLUSTER, Role.EDITOR, Reach.WITHIN)
_CLUSTER_MANAGES = Rule(BodyKind.CLUSTER, Role.MANAGER, Reach.WITHIN)


def _own(role: Role, *kinds: BodyKind) -> tuple[Rule, ...]:
    return tuple(Rule(kind, role) for kind in kinds)


_OUTSIDE = (BodyKind.MUNICIPALITY, BodyKind.ORGANISATION, BodyKind.PARTNER)

RULES: Mapping[Action, tuple[Rule, ...]] = {
    Action.SEE_WORK: _own(Role.READER, *BodyKind),
    Action.EDIT_PROFILE: (_REGION_EDITS, _CLUSTER_EDITS, *_own(Role.EDITOR, BodyKind.ORGANISATION)),
    Action.CONFIRM_PROFILE: (_REGION_EDITS, _CLUSTER_EDITS, *_own(Role.EDITOR, BodyKind.ORGANISATION)),
    Action.SEE_HISTORY: (_REGION_READS, _CLUSTER_READS, *_own(Role.READER, *_OUTSIDE)),
    Action.MODERATE: (_REGION_EDITS, _CLUSTER_EDITS),
    Action.STATE_NEGATIVE: (_REGION_EDITS, _CLUSTER_EDITS, *_own(Role.EDITOR, BodyKind.MUNICIPALITY)),
    Action.PLACE_NEED: (_REGION_EDITS, _CLUSTER_EDITS, *_own(Role.EDITOR, *_OUTSIDE)),
    Action.SEE_NEED: (_REGION_READS, _CLUSTER_READS, *_own(Role.READER, *_OUTSIDE)),
    Action.ANSWER_NEED: _own(Role.EDITOR, BodyKind.ORGANISATION),
    Action.SEE_SPEND: _own(Role.READER, BodyKind.MUNICIPALITY),
    Action.EDIT_SPEND: _own(Role.EDITOR, BodyKind.MUNICIPALITY),
    Action.SEE_MEMBERS: (_REGION_READS, _CLUSTER_MANAGES, *_own(Role.READER, BodyKind.CLUSTER, *_OUTSIDE)),
    Action.MANAGE_MEMBERS: (_REGION_MANAGES, _CLUSTER_MANAGES, *_own(Role.MANAGER, *_OUTSIDE)),
    Action.SEE_DRAFT: (_REGION_READS, _CLUSTER_READS, *_own(Role.READER, BodyKind.MUNICIPALITY)),
    Action.PUBLISH: (_REGION_EDITS,),
    Action.MANAGE_REGISTER: (_REGION_EDITS,),
    Action.SEE_MAIL: (_REGION_MANAGES,),
    Action.MANAGE_PEOPLE: (_REGION_MANAGES,),
}


def may(actor: Actor, action: Action, target: Target) -> bool:
    """Whether `actor` may do `action` to what belongs to `target`."""
    return acting_for(actor, action, target) is not None


def acting_for(actor: Actor, action: Action, target: Target) -> Membership | None:
    """The membership that gives it, `None` when none does: on whose behalf it is done, for the log.

    Of several, the nearest: the body itself before what it lies in, the region last; then the highest role.
    """
    giving = [one for one in actor.memberships if _gives(actor, one, action, target)]
    return min(giving, key=lambda one: (_distance(one, target), -RANK[one.role], one.key), default=None)


def bodies_for(actor: Actor, action: Action) -> tuple[Target, ...]:
    """The own bodies to which `actor` may do `action`, by kind and key: what a form lets somebody choose from."""
    own = {Target(one.kind, one.key) for one in actor.memberships}
    order = list(BodyKind)
    return tuple(
        sorted((body for body in own if may(actor, action, body)), key=lambda body: (order.index(body.kind), body.key))
    )


def highest_role(actor: Actor, kind: BodyKind) -> Role | None:
    """The highest role in any body of this kind; `None` when `actor` acts for none."""
    roles = [one.role for one in actor.memberships if one.kind == kind]
    return max(roles, key=RANK.__getitem__, default=None)


def read_body(text: str) -> Target:
    """`Target` from "municipality:45041"; the opposite of `str(target)`. Raises InvalidInput."""
    kind, _, key = text.partition(":")
    if kind not in set(BodyKind) or not key:
        raise InvalidInput(f"{text[:80]!r} is geen instantie. Verwacht: soort:sleutel, zoals municipality:45041.")
    return Target(BodyKind(kind), key)


def _gives(actor: Actor, membership: Membership, action: Action, target: Target) -> bool:
    return any(
        rule.kind == membership.kind
        and RANK[membership.role] >= RANK[rule.role]
        and _reaches(actor, membership, rule.reach, target)
        for rule in RULES[action]
    )


def _reaches(actor: Actor, membership: Membership, reach: Reach, target: Target) -> bool:
    if reach == Reach.ALL or (membership.kind, membership.key) == (target.kind, target.key):
        return True
    return reach == Reach.WITHIN and not _inside(actor, membership).isdisjoint(_lies_in(target))


def _inside(actor: Actor, membership: Membership) -> frozenset[str]:
    """The municipalities that lie in a body."""
    if membership.kind == BodyKind.CLUSTER:
        return actor.cluster_members.get(membership.key, frozenset())
    return frozenset((membership.key,)) if membership.kind == BodyKind.MUNICIPALITY else frozenset()


def _lies_in(target: Target) -> frozenset[str]:
    """The municipalities that something lies in. A cluster and the region lie in none: nobody reaches up."""
    if target.kind == BodyKind.MUNICIPALITY:
        return frozenset((target.key,))
    return target.places if target.kind in (BodyKind.ORGANISATION, BodyKind.PARTNER) else frozenset()


def _distance(membership: Membership, target: Target) -> int:
    if (membership.kind, membership.key) == (target.kind, target.key):
        return 0
    return {BodyKind.MUNICIPALITY: 1, BodyKind.CLUSTER: 2, BodyKind.REGION: 3}.get(membership.kind, 4)
