"""Read what a municipality spends: lists, sums, what waits for a person, and what peers do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from schakel.cooperation.spend.models import SpendAccount, SpendAmount, SpendList, SpendPair, SpendPeers
from schakel.cooperation.spend.peers import EVERYTHING
from schakel.cooperation.spend.write import buckets_of, settled
from schakel.core.model import Json
from schakel.core.spend import Amount, Bucket, Standing
from schakel.register import read


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list in a list of lists. `waiting`: suppliers that nobody decided yet."""

    number: int
    at: datetime
    rows: int
    years: tuple[int, ...]
    closed_at: datetime | None
    waiting: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A supplier to look at. `proposals`: key, name in the register, likeness of 100; `decision` None: open."""

    number: int
    name: str
    ondernemingsnummer: str
    cents: int
    rows: int
    proposals: tuple[tuple[str, str, int], ...]
    decision: str | None


@dataclass(frozen=True, slots=True)
class SpendRecord:
    """One list with all its sums; what waits is in `amounts` as it stands now. `counts`: see `write._counts`."""

    number: int
    nis_code: str
    at: datetime
    closed_at: datetime | None
    rows: int
    counts: Mapping[str, Json]
    amounts: tuple[Amount, ...]
    candidates: tuple[Candidate, ...]
    accounts: Mapping[str, str]  # account -> category, as the municipality said


@dataclass(frozen=True, slots=True)
class Pair:
    """A supplier that is known from before: its name then, and which organisation it is."""

    number: int
    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class PeerAverage:
    """A released average, in ten-thousandths, over so many municipalities."""

    average: int
    count: int
    at: datetime


def list_lists(nis_code: str) -> tuple[ListLine, ...]:
    """The lists of a municipality, newest first. Three queries."""
    rows = SpendList.objects.filter(nis_code=nis_code).prefetch_related("candidates")
    years: dict[int, set[int]] = defaultdict(set)
    for number, year in SpendAmount.objects.filter(spend_list__in=rows).values_list("spend_list", "year").distinct():
        years[number].add(year)
    return tuple(
        ListLine(
            number=row.pk,
            at=row.at,
            rows=row.rows,
            years=tuple(
                sorted(years[row.pk] | {bucket.year for one in row.candidates.all() for bucket, *_ in buckets_of(one)})
            ),
            closed_at=row.closed_at,
            waiting=sum(one.decision is None for one in row.candidates.all()),
        )
        for row in rows
    )


def get_list(nis_code: str, number: int) -> SpendRecord | None:
    """One list of this municipality; None when there is none."""
    row = SpendList.objects.filter(nis_code=nis_code, pk=number).prefetch_related("amounts", "candidates").first()
    if row is None:
        return None
    accounts = dict(SpendAccount.objects.filter(nis_code=nis_code).values_list("account", "category"))

    def bucket(year: int, category: str, account: str) -> Bucket:
        return Bucket(year, category or accounts.get(account, ""), account)

    amounts = [
        Amount(
            bucket(one.year, one.category, one.account),
            Standing(one.standing),
            one.organisation_key,
            one.cents,
            one.rows,
        )
        for one in row.amounts.all()
    ]
    candidates = list(row.candidates.all())
    standings = {party.key: party.standing for party in read.list_parties()} if candidates else {}
    for one in candidates:
        standing, key = settled(one, standings)
        amounts += [
            Amount(bucket(at.year, at.category, at.account), standing, key, cents, rows)
            for at, cents, rows in buckets_of(one)
        ]
    return SpendRecord(
        number=row.pk,
        nis_code=nis_code,
        at=row.at,
        closed_at=row.closed_at,
        rows=row.rows,
        counts=row.counts,
        amounts=tuple(amounts),
        candidates=tuple(
            Candidate(
                number=one.pk,
                name=one.name,
                ondernemingsnummer=one.number,
                cents=one.cents,
                rows=sum(rows for *_, rows in buckets_of(one)),
                proposals=tuple((key, name, likeness) for key, name, likeness in one.proposals),
                decision=one.decision,
            )
            for one in candidates
        ),
        accounts=accounts,
    )


def list_pairs(nis_code: str) -> tuple[Pair, ...]:
    """Suppliers that were confirmed before, by name."""
    rows = SpendPair.objects.filter(nis_code=nis_code).exclude(organisation_key="")
    return tuple(Pair(row.pk, row.name, row.organisation_key) for row in rows)


def list_peers(years: Sequence[int]) -> Mapping[tuple[int, str | None], PeerAverage]:
    """(year, category) -> the released average; None: everything together. What may not be shown is absent."""
    rows = SpendPeers.objects.filter(year__in=years, at__isnull=False)
    return {
        (row.year, None if row.category == EVERYTHING else row.category): PeerAverage(row.average, row.count, row.at)
        for row in rows
        if row.average is not None and row.at is not None
    }


def waiting_of(nis_codes: Sequence[str]) -> int:
    """How many lists of these municipalities wait for a person."""
    return SpendList.objects.filter(nis_code__in=nis_codes, closed_at__isnull=True).count()
