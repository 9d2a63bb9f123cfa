"""Give somebody a role, change it, take it away. Whoever does it must be allowed to at that very moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from schakel.accounts.guard import managers_stay
from schakel.accounts.models import Membership, User
from schakel.accounts.read import actor_of, open_on
from schakel.audit import log
from schakel.core.errors import CoreError, InvalidInput
from schakel.core.permissions import RANK, Action, BodyKind, Role, Target, acting_for

EDITORS = "Redactie"  # the group with which Django's own pages know the editors of the region


class NotAllowed(CoreError):
    """Whoever does this may not, or not any more."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who changes something about people, on a day, with which municipalities are in which cluster that day."""

    person: User
    on: date
    cluster_members: Mapping[str, frozenset[str]]

    def check(self, *bodies: Target) -> None:
        """Raises NotAllowed when one of them is not theirs, as their roles are now."""
        if not all(self.behalf(body) for body in bodies):
            raise NotAllowed

    def behalf(self, body: Target) -> str:
        """On behalf of which body they do it, as the log writes it; "" when they may not."""
        person = User.objects.filter(pk=self.person.pk).first()
        if person is None:
            return ""
        asks = actor_of(person, on=self.on, cluster_members=self.cluster_members)
        found = acting_for(asks, Action.MANAGE_MEMBERS, body)
        return "" if found is None else found.body


def change_role(number: int, body: Target, role: Role, *, hand: Hand) -> None:
    """Somebody gets another role in this body: the old one ends now, with every session, and another begins.

    Raises NotAllowed, LastManager, and InvalidInput when the role ended meanwhile or is this one already.
    """
    with managers_stay([body], on=hand.on):
        hand.check(body)
        behalf = hand.behalf(body)
        held = _held(number, body, hand.on)
        if held.role == role:
            raise InvalidInput(gettext("Deze persoon heeft die rol al."))
        end(held, by=hand.person, behalf=behalf)
        give(held.user, body, role, on=hand.on, by=hand.person, behalf=behalf)


def end_role(number: int, body: Target, *, hand: Hand) -> None:
    """Take a role away, or lay down one's own. It ends now, with every session.

    Raises NotAllowed, LastManager, and InvalidInput when the role ended meanwhile.
    """
    with managers_stay([body], on=hand.on):
        held = _held(number, body, hand.on)
        if held.user_id != hand.person.pk:
            hand.check(body)
        end(held, by=hand.person, behalf=hand.behalf(body))


def give(user: User, body: Target, role: Role, *, on: date, by: User, behalf: str = "") -> None:
    """`user` acts for `body` in `role` from `on`; who has a higher role there keeps it. Inside a transaction.

    `behalf`: for which body whoever does it acts, for the log.
    """
    held = Membership.objects.filter(user=user, kind=body.kind, key=body.key, ended_at=None).first()
    if held is not None:
        if RANK[Role(held.role)] >= RANK[role] and open_on(on).filter(pk=held.pk).exists():
            return
        end(held, by=by, behalf=behalf)
    Membership.objects.create(user=user, kind=body.kind, key=body.key, role=role, since=on)
    _mirror(user, body, on)
    log.record("role-give", str(body), actor=by, body=behalf, details={"person": user.pk, "role": role.value})


def end(held: Membership, *, by: User, behalf: str = "") -> None:
    """This role ends now, and with it every session of who had it. Inside `managers_stay`."""
    held.ended_at = timezone.now()
    held.save(update_fields=["ended_at"])
    User.objects.filter(pk=held.user_id).update(session_round=F("session_round") + 1)
    body = Target(BodyKind(held.kind), held.key)
    _mirror(held.user, body, timezone.localdate())
    log.record("role-end", str(body), actor=by, body=behalf, details={"person": held.user_id, "role": held.role})


def _held(number: int, body: Target, on: date) -> Membership:
    """The open role with this number. Raises InvalidInput when there is none in this body."""
    found = open_on(on).filter(pk=number, kind=body.kind, key=body.key).select_related("user").first()
    if found is None:
        raise InvalidInput(gettext("Deze rol is intussen al afgenomen of veranderd."))
    return found


def _mirror(user: User, body: Target, on: date) -> None:
    """Who edits or manages the region may open Django's own pages; these look at flags on the account."""
    if body.kind != BodyKind.REGION:
        return
    held = set(open_on(on).filter(user=user, kind=BodyKind.REGION).values_list("role", flat=True))
    edits, manages = not held.isdisjoint({Role.EDITOR, Role.MANAGER}), Role.MANAGER in held
    User.objects.filter(pk=user.pk).update(is_staff=edits, is_superuser=manages)
    group = Group.objects.filter(name=EDITORS).first()
    if group is not None:
        (user.groups.add if edits else user.groups.remove)(group)
