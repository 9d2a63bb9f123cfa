"""Read who somebody is: for which bodies they act on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from schakel.accounts import models
from schakel.core.permissions import ANONYMOUS, RANK, REGION_KEY, Actor, BodyKind, Membership, Role, Target


def actor_of(
    user: AbstractBaseUser | AnonymousUser, *, on: date, cluster_members: Mapping[str, frozenset[str]]
) -> Actor:
    """Who `user` is on a day; ANONYMOUS for a visitor and for somebody who is not active. One query.

    `cluster_members` says which municipalities are in which cluster that day (`register.read.cluster_members`).
    A superuser is a manager of the region, other staff an editor, whatever their memberships say. Who acts for a body
    of `SECOND_FACTOR_FOR` has no membership at all before they set up a second factor: one query more.
    """
    if not isinstance(user, models.User) or not user.is_active:
        return ANONYMOUS
    rows = open_on(on).filter(user_id=user.pk).values_list("kind", "key", "role")
    found = {Membership(BodyKind(kind), key, Role(role)) for kind, key, role in rows}
    if user.is_superuser:
        found.add(Membership(BodyKind.REGION, REGION_KEY, Role.MANAGER))
    elif user.is_staff:
        found.add(Membership(BodyKind.REGION, REGION_KEY, Role.EDITOR))
    if any(one.kind in settings.SECOND_FACTOR_FOR for one in found) and not has_second_factor(user):
        return Actor(frozenset(), cluster_members, person=user.pk, second_factor_missing=True)
    return Actor(frozenset(found), cluster_members, person=user.pk)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Where a letter goes, and in which language."""

    email: str
    language: str


def list_addressees(kind: BodyKind, *, on: date, key: str | None = None) -> dict[str, tuple[Addressee, ...]]:
    """Who may change things for each body of this kind on a day: editors and managers, by the key of the body."""
    rows = open_on(on).filter(kind=kind, role__in=[Role.EDITOR, Role.MANAGER], user__is_active=True)
    if key is not None:
        rows = rows.filter(key=key)
    found: dict[str, tuple[Addressee, ...]] = {}
    for body, email, language in rows.order_by("user__email").values_list("key", "user__email", "user__language"):
        found[body] = (*found.get(body, ()), Addressee(email, language))
    return found


def has_second_factor(user: models.User) -> bool:
    """Whether an app with codes or a passkey is set up. Recovery codes alone are none."""
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


def open_on(on: date) -> QuerySet[models.Membership]:
    """The roles that count on a day."""
    return models.Membership.objects.filter(Q(until=None) | Q(until__gte=on), since__lte=on, ended_at=None)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who acts for a body today; `number` names the role, `person` the person."""

    number: int
    person: int
    email: str
    body: Target
    role: Role
    since: date
    active: bool


@dataclass(frozen=True, slots=True)
class Pending:
    """An invitation that nobody accepted or withdrew; `leaver` is who hands over, "" for nobody."""

    number: int
    email: str
    roles: Mapping[Target, Role]
    by: str
    leaver: str
    until: datetime


def list_colleagues(body: Target, *, on: date) -> tuple[Colleague, ...]:
    """Who acts for one body, managers first."""
    return tuple(_colleague(row) for row in _with_user(open_on(on).filter(kind=body.kind, key=body.key)))


def list_roles(person: int, *, on: date) -> tuple[Colleague, ...]:
    """Every role of one person."""
    return tuple(_colleague(row) for row in _with_user(open_on(on).filter(user_id=person)))


def count_colleagues(*, on: date) -> Mapping[str, int]:
    """How many people act for each body that has any: "municipality:45041" -> 2."""
    rows = open_on(on).filter(user__is_active=True).values_list("kind", "key").annotate(Count("pk"))
    return {f"{kind}:{key}": count for kind, key, count in rows}


def list_pending(body: Target) -> tuple[Pending, ...]:
    """The open invitations for one body, the newest first; also those whose link got too old."""
    rows = models.Invitation.objects.filter(
        accepted_at=None, withdrawn_at=None, roles__kind=body.kind, roles__key=body.key
    ).exclude(email="")
    return tuple(pending_of(row) for row in rows.select_related("by", "leaver").order_by("-pk"))


def pending_of(row: models.Invitation) -> Pending:
    """An invitation as a page shows it."""
    return Pending(
        number=row.pk,
        email=row.email,
        roles={Target(BodyKind(one.kind), one.key): Role(one.role) for one in row.roles.order_by("pk")},
        by=row.by.email if row.by else "",
        leaver=row.leaver.email if row.leaver else "",
        until=row.until,
    )


def _with_user(rows: QuerySet[models.Membership]) -> list[models.Membership]:
    found = rows.select_related("user").order_by("user__email", "kind", "key")
    return sorted(found, key=lambda row: -RANK[Role(row.role)])


def _colleague(row: models.Membership) -> Colleague:
    body = Target(BodyKind(row.kind), row.key)
    return Colleague(row.pk, row.user_id, row.user.email, body, Role(row.role), row.since, row.user.is_active)
