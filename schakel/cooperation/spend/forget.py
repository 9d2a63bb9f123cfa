"""How long lists of suppliers are kept: names a month, sums five years."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from schakel.cooperation.spend.models import SpendList
from schakel.cooperation.spend.write import Hand, close_list, remove_list
from schakel.core.errors import InvalidInput

KEEP_NAMES = timedelta(days=30)  # of suppliers that nobody looked at
KEEP_SUMS = timedelta(days=5 * 365)
NOBODY = Hand(by=None, body="")


def forget_spend(now: datetime) -> int:
    """Close what waits for a month (what nobody decided stays unknown) and remove what is five years old; how many."""
    waiting = SpendList.objects.filter(closed_at__isnull=True, at__lt=now - KEEP_NAMES)
    old = SpendList.objects.filter(at__lt=now - KEEP_SUMS)
    count = 0
    for forget, rows in ((close_list, waiting), (remove_list, old)):
        for nis_code, number in list(rows.values_list("nis_code", "pk")):
            try:
                with transaction.atomic():
                    forget(nis_code, number, NOBODY)
            except InvalidInput:
                continue  # somebody was first
            count += 1
    return count
