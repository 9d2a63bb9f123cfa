"""Who got what: suppliers of a list matched with the register, by ondernemingsnummer and then by name.

A name alone never counts: it is proposed, and a person says yes or no. What a person said before about the same
supplier is passed in as `said` and holds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from schakel.core.linkage.names import Proposal, comparable, propose
from schakel.core.spend.categories import category_of
from schakel.core.spend.model import Amount, Bucket, Line, Party, Standing

Sums = dict[Bucket, list[int]]  # bucket -> cents, rows


@dataclass(frozen=True, slots=True)
class Supplier:
    """One supplier of a list: a number, or (without) a name as `comparable` makes it; never both empty."""

    number: str
    words: str

    @property
    def mark(self) -> str:
        """What tells it from others."""
        return self.number or self.words


class Said(NamedTuple):
    """What a person said of a supplier: which organisation it is ("": nobody said), and which ones it is not."""

    key: str = ""
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pending:
    """A supplier that a person has to look at: as the list writes it, who it may be, and what it got."""

    supplier: Supplier
    name: str
    proposals: tuple[Proposal, ...]
    amounts: tuple[tuple[Bucket, int, int], ...]  # bucket, cents, rows


@dataclass(frozen=True, slots=True)
class Recognition:
    """Every line once: in `amounts`, or in what waits for a person."""

    amounts: tuple[Amount, ...]
    pending: tuple[Pending, ...]


def recognise(lines: Iterable[Line], register: Sequence[Party], said: Callable[[Supplier], Said]) -> Recognition:
    """Match every line. An organisation that a person refused for a supplier is not proposed for it again.

    A number that two organisations have belongs to the first by key. Of a supplier under several names the one of
    most rows is shown.
    """
    sums, nobody, names = _by_supplier(lines)
    by_key = {party.key: party for party in register}
    by_number = {party.number: party.key for party in sorted(register, key=lambda one: one.key, reverse=True)}
    settled: dict[Supplier, tuple[Standing, str]] = {}
    for supplier in sums:
        key = (by_number.get(supplier.number) if supplier.number else None) or said(supplier).key
        if key in by_key:
            settled[supplier] = (by_key[key].standing, key)
    left = [supplier for supplier in sums if supplier not in settled]
    asked = [supplier for supplier in left if supplier in names]
    likely = propose([names[one] for one in asked], {party.key: party.names for party in register})
    proposals = {
        supplier: tuple(one for one in found if one.key not in said(supplier).refused)
        for supplier, found in zip(asked, likely, strict=True)
    }
    all_numbered = all(party.number for party in register)
    pending = []
    for supplier in left:
        found = proposals.get(supplier)
        if found:
            waiting = tuple((bucket, cents, rows) for bucket, (cents, rows) in sorted(sums[supplier].items()))
            pending.append(Pending(supplier, names[supplier], found, waiting))
        elif supplier in names or all_numbered:
            settled[supplier] = (unmatched(supplier), "")
        else:  # a number alone: it may be of an organisation whose number the register does not know
            settled[supplier] = (Standing.UNKNOWN, "")
    return Recognition(_added_up(sums, nobody, settled), tuple(pending))


def unmatched(supplier: Supplier) -> Standing:
    """What is known of a supplier that is nobody of the register."""
    return Standing.NOT_FOUND if supplier.number else Standing.NAME_ONLY


def _by_supplier(lines: Iterable[Line]) -> tuple[dict[Supplier, Sums], Sums, dict[Supplier, str]]:
    """What each supplier got, what went to nobody that is named, and what each supplier is called."""
    sums: dict[Supplier, Sums] = defaultdict(_no_sums)
    nobody = _no_sums()
    called: dict[Supplier, Counter[str]] = defaultdict(Counter)
    # The same names and words come back; what they are is forgotten with the list.
    words_of, category = lru_cache(maxsize=None)(comparable), lru_cache(maxsize=None)(category_of)
    for line in lines:
        words = "" if line.number else words_of(line.name)
        supplier = Supplier(line.number or "", words) if line.number or words else None
        bought = category(line.text)
        bucket = Bucket(line.year, bought, "" if bought else line.code)
        cell = (nobody if supplier is None else sums[supplier])[bucket]
        cell[0] += line.cents
        cell[1] += 1
        if supplier is not None and line.name:
            called[supplier][line.name] += 1
    return sums, nobody, {supplier: max(sorted(seen), key=seen.__getitem__) for supplier, seen in called.items()}


def _no_sums() -> Sums:
    return defaultdict(lambda: [0, 0])


def _added_up(
    sums: Mapping[Supplier, Sums], nobody: Sums, settled: Mapping[Supplier, tuple[Standing, str]]
) -> tuple[Amount, ...]:
    total: dict[tuple[Bucket, Standing, str], list[int]] = defaultdict(lambda: [0, 0])
    parts = [(nobody, (Standing.UNKNOWN, "")), *((sums[supplier], who) for supplier, who in settled.items())]
    for own, (standing, key) in parts:
        for bucket, (cents, rows) in own.items():
            cell = total[bucket, standing, key]
            cell[0] += cents
            cell[1] += rows
    return tuple(Amount(*what, cents, rows) for what, (cents, rows) in sorted(total.items()))
