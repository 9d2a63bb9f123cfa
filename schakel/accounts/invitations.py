"""Ask somebody by letter to act for a body, and hand roles over. Nobody gets an account in another way.

The link in the letter shows that whoever opens it reads mail at that address. For who has no account yet it opens
one; for who has one it adds the roles and signs nobody in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext

from schakel.accounts import letters
from schakel.accounts.guard import managers_stay
from schakel.accounts.models import Invitation, InvitedRole, Membership, User
from schakel.accounts.read import open_on
from schakel.accounts.roles import Hand, end, give
from schakel.audit import log
from schakel.core.errors import InvalidInput
from schakel.core.model import Json
from schakel.core.permissions import BodyKind, Role, Target
from schakel.mail import links
from schakel.mail.outbox import checked_address

PURPOSE = "invitation"
DAYS = 14
MOST_OPEN = 50  # per body: whoever sends more is not inviting colleagues
KEEP = timedelta(days=30)  # how long the address is kept of an invitation that is over

Names = Mapping[str, str]  # str(body) -> its name, for the letter


def invite(email: str, roles: Mapping[Target, Role], *, names: Names, language: str, hand: Hand) -> Invitation:
    """Invite `email` for these roles; the letter waits in the outbox.

    Raises NotAllowed, and InvalidInput for what is no address, who has such a role or is invited already, and when
    too many invitations of one body are open.
    """
    with transaction.atomic():
        hand.check(*roles)
        return _write(email, roles, names=names, language=language, hand=hand)


def send_again(number: int, body: Target, *, names: Names, hand: Hand) -> None:
    """A new letter with a new link, good for as long as the first one was; the link before it stops."""
    with transaction.atomic():
        row = _open_for(number, body, hand)
        row.until = timezone.now() + timedelta(days=DAYS)
        row.save(update_fields=["until"])
        _send(row, names)
        _log("invitation-again", body, row, hand)


def withdraw(number: int, body: Target, *, hand: Hand) -> None:
    """The link stops working at once; a letter that did not leave yet stays."""
    with transaction.atomic():
        row = _open_for(number, body, hand)
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        letters.hold_invitation(row)
        _log("invitation-withdraw", body, row, hand)


def find(token: str, *, for_update: bool = False) -> Invitation:
    """The invitation behind a link. Raises LinkInvalid (used, withdrawn, replaced, altered) or LinkExpired."""
    told = links.read(PURPOSE, token)
    rows = Invitation.objects.select_for_update(of=("self",)) if for_update else Invitation.objects.all()
    row = rows.filter(pk=int(str(told["invitation"]))).select_related("by", "leaver").first()
    if row is None or row.withdrawn_at is not None or not row.email:  # no address: erased
        raise links.LinkInvalid(gettext("Deze uitnodiging is ingetrokken."))
    if row.accepted_at is not None:
        raise links.LinkInvalid(gettext("Deze uitnodiging is al gebruikt. Meld je aan met je account."))
    if row.number != told["number"]:
        raise links.LinkInvalid(gettext("We stuurden je intussen een nieuwe mail. Gebruik de link daarin."))
    return row


def account_of(invitation: Invitation) -> User | None:
    """Whoever has an account with the address that was invited."""
    return User.objects.filter(email=invitation.email).first()


def accept(token: str, *, password: str | None, language: str, on: date) -> tuple[User, bool]:
    """Take the roles; returns whose they are, and whether the account is new.

    A new account gets `password`, or none: then a passkey or the sign-in service opens it. In the same transaction
    whoever hands over loses these roles. Raises as `find`, and InvalidInput for an account that was closed.
    """
    roles = {Target(BodyKind(row.kind), row.key): Role(row.role) for row in find(token).roles.all()}
    with managers_stay(roles, on=on):
        row = find(token, for_update=True)
        fresh = {"password": make_password(password), "language": language}
        user, new = User.objects.get_or_create(email=row.email, defaults=fresh)
        if not user.is_active:
            raise InvalidInput(gettext("Je account staat uit. Vraag het na bij wie je uitnodigde."))
        for body, role in roles.items():
            give(user, body, role, on=on, by=user)
        if row.leaver is not None and row.leaver.pk != user.pk:
            for held in _held(row.leaver, roles, on):
                end(held, by=user)
            letters.send_handed_over(row.leaver, user.email, key=f"accepted:{row.pk}")
        row.accepted_at = timezone.now()
        row.save(update_fields=["accepted_at"])
        log.record("invitation-accept", f"invitation:{row.pk}", actor=user)
    return user, new


def hand_over(
    leaver: User,
    bodies: Sequence[Target],
    *,
    to: User | str,
    at_once: bool,
    names: Names,
    language: str,
    hand: Hand,
) -> None:
    """Every role that `leaver` has in these bodies goes to `to`: somebody with an account, or an address.

    With an account it happens now. An address is invited, and the leaver keeps the roles until that is accepted, or
    with `at_once` loses them now. All of it in one transaction; both get a letter. Raises NotAllowed, LastManager and
    InvalidInput.
    """
    with managers_stay(bodies, on=hand.on):
        hand.check(*bodies)
        behalf = hand.behalf(bodies[0]) if bodies else ""
        held = _held(leaver, bodies, hand.on)
        roles = {Target(BodyKind(row.kind), row.key): Role(row.role) for row in held}
        if not roles:
            raise InvalidInput(gettext("Deze persoon heeft hier geen rol meer."))
        if isinstance(to, User):
            successor = User.objects.filter(pk=to.pk, is_active=True).first()
            if successor is None or successor.pk == leaver.pk:
                raise InvalidInput(gettext("Kies iemand anders om het over te nemen."))
            for body, role in roles.items():
                give(successor, body, role, on=hand.on, by=hand.person, behalf=behalf)
            letters.send_taken_over(successor, roles, names, key=str(held[0].pk))
        else:
            if to.strip().lower() == leaver.email:
                raise InvalidInput(gettext("Kies iemand anders om het over te nemen."))
            _write(to, roles, names=names, language=language, hand=hand, leaver=leaver)
        bodies_given: Json = [str(body) for body in roles]
        log.record("hand-over", f"user:{leaver.pk}", actor=hand.person, body=behalf, details={"bodies": bodies_given})
        if at_once or isinstance(to, User):
            for row in held:
                end(row, by=hand.person, behalf=behalf)
            whom = to.email if isinstance(to, User) else to.strip()
            letters.send_handed_over(leaver, whom, key=f"given:{held[0].pk}")


def forget_invitations(now: datetime) -> int:
    """Erase invitations that were used, withdrawn or too old 30 days ago; returns how many."""
    over = Q(accepted_at__lt=now - KEEP) | Q(withdrawn_at__lt=now - KEEP) | Q(until__lt=now - KEEP)
    return Invitation.objects.filter(over).delete()[1].get("accounts.Invitation", 0)


def _write(
    email: str, roles: Mapping[Target, Role], *, names: Names, language: str, hand: Hand, leaver: User | None = None
) -> Invitation:
    address = checked_address(email).lower()
    for body in roles:
        waiting = InvitedRole.objects.filter(
            kind=body.kind, key=body.key, invitation__accepted_at=None, invitation__withdrawn_at=None
        )
        if open_on(hand.on).filter(user__email=address, kind=body.kind, key=body.key).exists() and leaver is None:
            raise InvalidInput(gettext("Deze persoon heeft hier al een rol. Je kan ze hieronder veranderen."))
        if waiting.filter(invitation__email=address).exists():
            raise InvalidInput(gettext("Deze persoon is al uitgenodigd. Stuur die uitnodiging opnieuw of trek ze in."))
        if waiting.count() >= MOST_OPEN:
            raise InvalidInput(gettext("Er staan al heel veel uitnodigingen open. Trek er eerst enkele in."))
    now = timezone.now()
    row = Invitation.objects.create(
        email=address,
        language=language,
        by=hand.person,
        leaver=leaver,
        created_at=now,
        until=now + timedelta(days=DAYS),
    )
    InvitedRole.objects.bulk_create(
        InvitedRole(invitation=row, kind=body.kind, key=body.key, role=role) for body, role in roles.items()
    )
    _send(row, names)
    for body in roles:
        _log("invitation", body, row, hand)
    return row


def _log(action: str, body: Target, row: Invitation, hand: Hand) -> None:
    log.record(action, str(body), actor=hand.person, body=hand.behalf(body), details={"invitation": row.pk})


def _send(row: Invitation, names: Names) -> None:
    Invitation.objects.filter(pk=row.pk).update(number=F("number") + 1)
    row.refresh_from_db(fields=["number"])
    token = links.sign(PURPOSE, {"invitation": row.pk, "number": row.number}, days=DAYS)
    letters.send_invitation(row, token, names)


def _open_for(number: int, body: Target, hand: Hand) -> Invitation:
    """The open invitation, to change it: for who manages a body in it."""
    row = (
        Invitation.objects.select_for_update(of=("self",))
        .filter(pk=number, accepted_at=None, withdrawn_at=None, roles__kind=body.kind, roles__key=body.key)
        .first()
    )
    if row is None:
        raise InvalidInput(gettext("Deze uitnodiging is intussen aanvaard of ingetrokken."))
    hand.check(body)
    return row


def _held(person: User, bodies: Mapping[Target, Role] | Sequence[Target], on: date) -> list[Membership]:
    wanted = {(body.kind.value, body.key) for body in bodies}
    return [
        row
        for row in open_on(on).filter(user=person).select_related("user").order_by("pk")
        if (row.kind, row.key) in wanted
    ]
