"""No body loses its last manager: whoever takes a role away or closes an account does it inside `managers_stay`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from schakel.accounts import models
from schakel.accounts.links import PLACEHOLDER_EMAIL
from schakel.accounts.read import open_on
from schakel.core.errors import InvalidInput
from schakel.core.permissions import BodyKind, Role, Target


class LastManager(InvalidInput):
    """Nobody would be left who may manage `bodies` ("municipality:45041")."""

    def __init__(self, bodies: Iterable[str]) -> None:
        super().__init__(gettext("Dan blijft er geen beheerder over. Maak eerst iemand anders beheerder."))
        self.bodies = tuple(sorted(bodies))


@contextmanager
def managers_stay(bodies: Iterable[Target], *, on: date) -> Iterator[None]:
    """One transaction, after which each of the bodies that has a manager `on` this day still has one.

    Two who do this at once for one body wait for each other: the second sees what the first left. Raises LastManager,
    and then nothing has changed.
    """
    asked = list(bodies)
    with transaction.atomic():
        _lock(asked)
        before = _managed(asked, on)
        yield
        gone = before - _managed(asked, on)
        if gone:
            raise LastManager(gone)


def check_replaceable(person: models.User, *, on: date) -> None:
    """Raises LastManager when a body has no other manager: before an account is closed or erased.

    Inside a transaction: until it ends nobody else takes the role of another manager away.
    """
    rows = open_on(on).filter(user=person, role=Role.MANAGER).values_list("kind", "key")
    bodies = [Target(BodyKind(kind), key) for kind, key in rows]
    _lock(bodies)
    gone = {str(body) for body in bodies} - _managed(bodies, on, without=person)
    if gone and person.is_active:
        raise LastManager(gone)


def _lock(bodies: list[Target]) -> None:
    """Always in the same order, so that two never wait for each other."""
    list(_of(bodies).select_for_update().order_by("pk").values_list("pk"))


def _managed(bodies: list[Target], on: date, *, without: models.User | None = None) -> set[str]:
    rows = (open_on(on) & _of(bodies)).filter(user__is_active=True).exclude(user=without)
    rows = rows.exclude(user__email=PLACEHOLDER_EMAIL)  # nobody yet
    return {f"{kind}:{key}" for kind, key in rows.values_list("kind", "key")}


def _of(bodies: list[Target]) -> QuerySet[models.Membership]:
    if not bodies:
        return models.Membership.objects.none()
    wanted = Q()
    for body in bodies:
        wanted |= Q(kind=body.kind, key=body.key)
    return models.Membership.objects.filter(wanted, role=Role.MANAGER, ended_at=None)
