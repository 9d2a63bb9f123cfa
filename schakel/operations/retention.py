"""How long is kept what is about people: one daily job over everything that has a term of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from allauth.account.models import EmailConfirmation
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.utils import timezone

from schakel.accounts.erase import erase_person
from schakel.accounts.invitations import forget_invitations
from schakel.accounts.models import Membership, User
from schakel.cooperation.needs.forget import forget_needs
from schakel.cooperation.spend.forget import forget_spend
from schakel.cooperation.visitors import forget_visitors
from schakel.core.errors import InvalidInput
from schakel.mail import outbox

KEEP_MANAGEMENT_LOG = timedelta(days=365)  # of Django; our own log has everything that counts
KEEP_CONFIRMATIONS = timedelta(days=3)
KEEP_ACCOUNT = timedelta(days=730)  # after the last time somebody signed in, without a role


def forget_all(now: datetime) -> str:
    """Do it; says how much of what went. Safe to run at any moment and as often as one likes."""
    counts = {
        "mails": outbox.forget(now),
        "berichten van bezoekers": forget_visitors(now),
        "gegevens van vragen": forget_needs(now),
        "uitgavenlijsten": forget_spend(now),
        "uitnodigingen": forget_invitations(now),
        "sessies": Session.objects.filter(expire_date__lt=now).delete()[0],
        "bevestigingen": EmailConfirmation.objects.filter(created__lt=now - KEEP_CONFIRMATIONS).delete()[0],
        "regels van het beheer": LogEntry.objects.filter(action_time__lt=now - KEEP_MANAGEMENT_LOG).delete()[0],
        "accounts": sum(_erased(person) for person in unused_accounts(now)),
    }
    gone = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return f"gewist: {gone}" if gone else "niets"


def unused_accounts(now: datetime) -> Iterator[User]:
    """Whoever has no role today or later, may not manage, and did not sign in for two years."""
    with_role = Membership.objects.filter(ended_at=None).exclude(until__lt=timezone.localdate(now))
    rows = User.objects.filter(last_login__lt=now - KEEP_ACCOUNT, is_staff=False, is_superuser=False)
    yield from rows.exclude(pk__in=with_role.values("user"))


def _erased(person: User) -> bool:
    try:
        erase_person(person, by=None)
    except InvalidInput:
        return False  # something must be arranged by a person first
    return True
