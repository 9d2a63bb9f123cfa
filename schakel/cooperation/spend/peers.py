"""The averages that municipalities compare themselves with, renewed when enough of them changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils import timezone

from schakel.cooperation.spend.models import SpendAccount, SpendAmount, SpendList, SpendPeers
from schakel.core.spend import Amount, Bucket, Standing, as_parts, average, compute_shares, release

EVERYTHING = "*"  # the category of all categories together


def renew_peers(years: Iterable[int]) -> None:
    """Release what may be released of these years; what may not stays as it was. Call inside a transaction."""
    for year in sorted(set(years)):
        for category, now in _shares_of(year).items():
            SpendPeers.objects.get_or_create(year=year, category=category)
            row = SpendPeers.objects.select_for_update().get(year=year, category=category)
            before: Mapping[str, int] | None = row.shares if row.at else None
            after = release(before, now)
            if after is None or after is before:
                continue
            row.shares = dict(after)
            row.average, row.count, row.at = average(now), len(now), timezone.now()
            row.save()


def newest_lists(year: int) -> Mapping[str, int]:
    """NIS code -> the number of the newest closed list of a municipality with this year in it."""
    rows = SpendList.objects.filter(closed_at__isnull=False, amounts__year=year).order_by("id")
    return dict(rows.values_list("nis_code", "pk").distinct())


def _shares_of(year: int) -> Mapping[str, Mapping[str, int]]:
    """Category -> municipality -> its share of everything, in ten-thousandths; only where a share can be said.

    Every category that was released before is there, also when nobody takes part in it any more.
    """
    newest = newest_lists(year)
    named = {
        (nis_code, account): category
        for nis_code, account, category in SpendAccount.objects.values_list("nis_code", "account", "category")
    }
    amounts: dict[str, list[Amount]] = defaultdict(list)
    rows = SpendAmount.objects.filter(spend_list__in=newest.values(), year=year)
    for nis_code, category, account, standing, cents, count in rows.values_list(
        "spend_list__nis_code", "category", "account", "standing", "cents", "rows"
    ):
        known = category or named.get((nis_code, account), "")
        amounts[nis_code].append(Amount(Bucket(year, known, ""), Standing(standing), "", cents, count))
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for category in SpendPeers.objects.filter(year=year).values_list("category", flat=True):
        found[category] = {}
    for nis_code, own in amounts.items():
        for (_, of), share in compute_shares(own).items():
            if of != "" and share.at_least is not None:
                found[EVERYTHING if of is None else of][nis_code] = as_parts(share.at_least)
    return found
