"""Take in a list of suppliers, keep its sums, and what people say of it. The file itself is never kept."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from schakel.accounts.models import User
from schakel.audit import log
from schakel.cooperation.spend.models import SpendAccount, SpendAmount, SpendCandidate, SpendList, SpendPair
from schakel.cooperation.spend.peers import renew_peers
from schakel.core.errors import InvalidInput
from schakel.core.model import Fault, Json
from schakel.core.spend import Amount, Bucket, Pending, Recognition, Said, Supplier, list_categories, recognise
from schakel.core.spend.model import Party, Standing
from schakel.register import read
from schakel.sources.supplier_list import SupplierList, parse_supplier_list

MOST_CANDIDATES = 300  # suppliers that a person looks at; the smallest of more stay unknown
MOST_ACCOUNTS = 300  # accounts without a category that are kept apart; the smallest of more come together


class ListRefused(InvalidInput):
    """Rows of the list cannot be read: `faults` says which, and how to mend them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(gettext("Niet elke rij van de lijst is te lezen. Er is niets bewaard."))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who does it, on behalf of which body ("municipality:45041")."""

    by: User | None
    body: str


@dataclass(frozen=True, slots=True)
class Added:
    """The number of a list, and whether it was here before."""

    number: int
    known: bool


def add_list(nis_code: str, data: bytes, *, year: int, leave_out: bool, hand: Hand) -> Added:
    """Read a list and keep its sums; the same file read the same way twice is the same list.

    Raises InvalidInput for what is no list, ListRefused for rows that cannot be read. Nothing is kept then.
    """
    fingerprint = hashlib.sha256(f"{year} {leave_out}\n".encode() + data).hexdigest()
    known = _known(nis_code, fingerprint)
    if known is not None:
        return known
    found = parse_supplier_list(gettext("je lijst"), data, year=year, leave_out=leave_out)
    if found.faults:
        raise ListRefused(found.faults)
    register = read.list_parties()
    result = _within_bounds(recognise(found.lines, register, _said_before(nis_code)))
    try:
        with transaction.atomic():
            row = SpendList.objects.create(
                nis_code=nis_code,
                at=timezone.now(),
                by=hand.by,
                fingerprint=fingerprint,
                rows=len(found.lines),
                counts=_counts(found, register),
            )
            SpendAmount.objects.bulk_create([_amount_row(row, amount) for amount in result.amounts], 1000)
            SpendCandidate.objects.bulk_create([_candidate_row(row, one) for one in result.pending], 1000)
            log.record("spend-add", f"spend:{row.pk}", actor=hand.by, body=hand.body, details={"rows": row.rows})
            if not result.pending:
                _close(row)
    except IntegrityError:  # the same file, sent twice at the same moment
        known = _known(nis_code, fingerprint)
        if known is None:
            raise
        return known
    return Added(row.pk, known=False)


def decide(nis_code: str, number: int, decisions: Mapping[int, str | None]) -> None:
    """Say of suppliers (by the number of the candidate) who they are: a key, "" for none of these, None: not yet.

    Raises InvalidInput for a list that is closed or gone, and for an organisation that was not proposed.
    """
    with transaction.atomic():
        row = _open(nis_code, number)
        for candidate in row.candidates.filter(pk__in=decisions):
            said = decisions[candidate.pk]
            if said and said not in [key for key, *_ in candidate.proposals]:
                raise InvalidInput(gettext("Kies een van de voorgestelde organisaties, of 'geen van deze'."))
            candidate.decision = said
            candidate.save(update_fields=["decision"])


def close_list(nis_code: str, number: int, hand: Hand) -> None:
    """Nobody has to look any more: names go, sums stay, and what was said is remembered. Once; raises InvalidInput."""
    with transaction.atomic():
        row = _open(nis_code, number)
        _close(row)
        log.record("spend-close", f"spend:{row.pk}", actor=hand.by, body=hand.body)


def remove_list(nis_code: str, number: int, hand: Hand) -> None:
    """Take a list away with everything of it; what was said of suppliers stays. Raises InvalidInput when it is gone."""
    with transaction.atomic():
        row = _locked(nis_code, number)
        years = set(row.amounts.values_list("year", flat=True))
        row.delete()
        renew_peers(years)
        log.record("spend-remove", f"spend:{number}", actor=hand.by, body=hand.body)


def name_accounts(nis_code: str, said: Mapping[str, str], hand: Hand) -> None:
    """Say what accounts are for ("": nobody knows). All or none: raises InvalidInput for an unknown category."""
    if not set(said.values()) <= {"", *(one.code for one in list_categories())}:
        raise InvalidInput(gettext("Kies een categorie uit de lijst."))
    with transaction.atomic():
        for account, category in said.items():
            if category:
                SpendAccount.objects.update_or_create(
                    nis_code=nis_code, account=account, defaults={"category": category}
                )
        unknown = [account for account, category in said.items() if not category]
        SpendAccount.objects.filter(nis_code=nis_code, account__in=unknown).delete()
        log.record("spend-account", nis_code, actor=hand.by, body=hand.body, details={"accounts": len(said)})
        lists = SpendList.objects.filter(nis_code=nis_code, closed_at__isnull=False)
        renew_peers(set(SpendAmount.objects.filter(spend_list__in=lists).values_list("year", flat=True)))


def forget_pair(nis_code: str, number: int, hand: Hand) -> None:
    """Ask again about a supplier at the next list; nothing happens when it was forgotten before."""
    with transaction.atomic():
        pair = SpendPair.objects.select_for_update().filter(nis_code=nis_code, pk=number).first()
        if pair is not None:
            pair.delete()
            log.record("spend-forget", pair.organisation_key or nis_code, actor=hand.by, body=hand.body)


def mark_of(nis_code: str, supplier: Supplier) -> str:
    """What is kept of a supplier to know it again: with the key of this installation, for this municipality only."""
    return salted_hmac("schakel.cooperation.spend", f"{nis_code}:{supplier.mark}", algorithm="sha256").hexdigest()


def _known(nis_code: str, fingerprint: str) -> Added | None:
    number = SpendList.objects.filter(nis_code=nis_code, fingerprint=fingerprint).values_list("pk", flat=True).first()
    return None if number is None else Added(number, known=True)


def _said_before(nis_code: str) -> Callable[[Supplier], Said]:
    rows = SpendPair.objects.filter(nis_code=nis_code)
    pairs = {row.mark: Said(row.organisation_key, frozenset(row.refused)) for row in rows}
    return (lambda supplier: pairs.get(mark_of(nis_code, supplier), Said())) if pairs else lambda supplier: Said()


def _locked(nis_code: str, number: int) -> SpendList:
    row = SpendList.objects.select_for_update().filter(nis_code=nis_code, pk=number).first()
    if row is None:
        raise InvalidInput(gettext("Deze lijst bestaat niet meer."))
    return row


def _open(nis_code: str, number: int) -> SpendList:
    row = _locked(nis_code, number)
    if row.closed_at is not None:
        raise InvalidInput(gettext("Deze lijst is al nagekeken. Laad ze opnieuw op als er iets niet klopt."))
    return row


def _close(row: SpendList) -> None:
    """Names become sums. What nobody decided stays unknown."""
    standings = {party.key: party.standing for party in read.list_parties()}
    sums: dict[tuple[Bucket, Standing, str], list[int]] = defaultdict(lambda: [0, 0])
    for candidate in row.candidates.all():
        standing, key = settled(candidate, standings)
        for bucket, cents, rows in buckets_of(candidate):
            cell = sums[bucket, standing, key]
            cell[0] += cents
            cell[1] += rows
        if candidate.decision is not None:
            _remember(row.nis_code, candidate)
    SpendAmount.objects.bulk_create(
        [_amount_row(row, Amount(*what, cents, rows)) for what, (cents, rows) in sums.items()], 1000
    )
    row.candidates.all().delete()
    row.closed_at = timezone.now()
    row.save(update_fields=["closed_at"])
    renew_peers(set(row.amounts.values_list("year", flat=True)))


def settled(candidate: SpendCandidate, standings: Mapping[str, Standing]) -> tuple[Standing, str]:
    """What is known of a candidate by what was said of it so far. `standings`: of the organisations of today."""
    if candidate.decision is None or (candidate.decision and candidate.decision not in standings):
        return Standing.UNKNOWN, ""
    if candidate.decision:
        return standings[candidate.decision], candidate.decision
    return Standing.NOT_FOUND if candidate.number else Standing.NAME_ONLY, ""


def buckets_of(candidate: SpendCandidate) -> Iterable[tuple[Bucket, int, int]]:
    """What a candidate got."""
    for year, category, account, cents, rows in candidate.amounts:
        yield Bucket(year, category, account), cents, rows


def _remember(nis_code: str, candidate: SpendCandidate) -> None:
    """A later word replaces an earlier one; refusals add up."""
    pair = SpendPair.objects.filter(nis_code=nis_code, mark=candidate.mark).first()
    pair = pair or SpendPair(nis_code=nis_code, mark=candidate.mark)
    others = {key for key, *_ in candidate.proposals if key != candidate.decision}
    pair.organisation_key, pair.at = candidate.decision or "", timezone.now()
    pair.refused = [] if candidate.decision else sorted({*pair.refused, *others})
    pair.name = candidate.name if candidate.decision else ""
    pair.save()


def _within_bounds(found: Recognition) -> Recognition:
    """At most so many suppliers to look at and accounts to name, those of most money; of the rest no cent is lost."""
    pending = sorted(found.pending, key=lambda one: (-_cents(one), one.supplier.mark))
    spared = [
        Amount(bucket, Standing.UNKNOWN, "", cents, rows)
        for one in pending[MOST_CANDIDATES:]
        for bucket, cents, rows in one.amounts
    ]
    weights: Counter[str] = Counter()
    for amount in (*found.amounts, *spared):
        weights[amount.bucket.account] += abs(amount.cents)
    for one in pending[:MOST_CANDIDATES]:
        for bucket, cents, _ in one.amounts:
            weights[bucket.account] += abs(cents)
    kept = {account for account, _ in sorted(weights.items(), key=lambda one: (-one[1], one[0]))[:MOST_ACCOUNTS]}

    def fit(bucket: Bucket) -> Bucket:
        return bucket if bucket.account in kept else replace(bucket, account="")

    amounts = tuple(replace(amount, bucket=fit(amount.bucket)) for amount in (*found.amounts, *spared))
    return Recognition(
        amounts,
        tuple(
            replace(one, amounts=tuple((fit(bucket), cents, rows) for bucket, cents, rows in one.amounts))
            for one in pending[:MOST_CANDIDATES]
        ),
    )


def _cents(one: Pending) -> int:
    return sum(cents for _, cents, _ in one.amounts)


def _counts(found: SupplierList, register: Sequence[Party]) -> dict[str, Json]:
    return {
        "ignored": {one.why.value: [one.rows, one.cents] for one in found.ignored},
        "numbers": {state.value: rows for state, rows in found.numbers.items()},
        "said": {field.value: head for field, head in found.said.items()},
        "head_row": found.head_row,
        "without_year": found.without_year,
        "cents": found.cents,
        "register": [len(register), sum(party.number is not None for party in register)],
    }


def _amount_row(row: SpendList, amount: Amount) -> SpendAmount:
    bucket = amount.bucket
    return SpendAmount(
        spend_list=row,
        year=bucket.year,
        category=bucket.category,
        account=bucket.account,
        standing=amount.standing.value,
        organisation_key=amount.organisation,
        cents=amount.cents,
        rows=amount.rows,
    )


def _candidate_row(row: SpendList, one: Pending) -> SpendCandidate:
    return SpendCandidate(
        spend_list=row,
        mark=mark_of(row.nis_code, one.supplier),
        name=one.name,
        number=one.supplier.number,
        proposals=[[found.key, found.name, round(found.likeness)] for found in one.proposals],
        amounts=[[bucket.year, bucket.category, bucket.account, cents, rows] for bucket, cents, rows in one.amounts],
        cents=_cents(one),
    )
