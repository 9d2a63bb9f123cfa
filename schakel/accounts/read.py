"""Read who somebody is: for which bodies they act on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from schakel.accounts import models
from schakel.core.permissions import ANONYMOUS, REGION_KEY, Actor, BodyKind, Membership, Role


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
    rows = _open(on).filter(user_id=user.pk).values_list("kind", "key", "role")
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
    rows = _open(on).filter(kind=kind, role__in=[Role.EDITOR, Role.MANAGER], user__is_active=True)
    if key is not None:
        rows = rows.filter(key=key)
    found: dict[str, tuple[Addressee, ...]] = {}
    for body, email, language in rows.order_by("user__email").values_list("key", "user__email", "user__language"):
        found[body] = (*found.get(body, ()), Addressee(email, language))
    return found


def has_second_factor(user: models.User) -> bool:
    """Whether an app with codes or a passkey is set up. Recovery codes alone are none."""
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


def _open(on: date) -> QuerySet[models.Membership]:
    return models.Membership.objects.filter(Q(until=None) | Q(until__gte=on), since__lte=on, ended_at=None)
