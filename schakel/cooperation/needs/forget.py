"""Take people out of needs: when their account is erased, and when nobody needs to reach them any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext

from schakel.accounts.models import User
from schakel.cooperation.needs.models import Estimate, Invitation, Need, State
from schakel.core.errors import InvalidInput

KEEP_UNCONFIRMED = timedelta(days=14)
KEEP_ADDRESS = timedelta(days=365)  # after the last day to answer
FORGOTTEN = "gewist"  # whom an estimate names once that is forgotten


def refuse_open_needs(person: User) -> None:
    """Raises InvalidInput while somebody has an open need: nobody would read its answers."""
    count = Need.objects.filter(Q(owner=person) | Q(email__iexact=person.email), state=State.OPEN).count()
    if count:
        words = ngettext(
            "Er staat nog %(count)s vraag van jou open. Trek ze eerst in.",
            "Er staan nog %(count)s vragen van jou open. Trek ze eerst in.",
            count,
        )
        raise InvalidInput(words % {"count": count})


def forget_person(person: User) -> None:
    """Estimates no longer say in words who made them."""
    Estimate.objects.filter(author=person).update(author_words=FORGOTTEN)


def forget_needs(now: datetime) -> int:
    """Remove what nobody confirmed in two weeks, and the addresses of what is over for a year; how many rows."""
    count, _ = Need.objects.filter(state=State.UNCONFIRMED, created_at__lt=now - KEEP_UNCONFIRMED).delete()
    last = timezone.localdate(now) - KEEP_ADDRESS
    over = Need.objects.filter(answer_by__lt=last).exclude(state=State.OPEN)
    keys = list(over.exclude(email="").values_list("key", flat=True))
    count += Estimate.objects.filter(need_key__in=keys).update(author_words=FORGOTTEN)
    count += Invitation.objects.filter(need__in=over).exclude(email="").update(email="")
    return count + over.filter(key__in=keys).update(email="")
