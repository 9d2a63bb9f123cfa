"""What a local government bought, as plain records. Amounts are whole cents; a credit note is negative."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from schakel.core.model import Kind

PUBLIC_BODIES = frozenset({Kind.LOCAL_GOVERNMENT_SERVICE, Kind.ENERGIEHUIS})
"""Kinds that stand in the register and are no enterprise: what they get is known, and not social spending."""


class Standing(StrEnum):
    """What is known of who got an amount. UNKNOWN never says that it was not a social enterprise."""

    SOCIAL = "social"  # in the register: by its number, or by its name once a person confirmed that
    OTHER = "other"  # in the register, and only as a public body, or nobody knows what it is
    NOT_FOUND = "not_found"  # a valid ondernemingsnummer that the register does not have, and no name like it
    NAME_ONLY = "name_only"  # no number; no name of the register is like it, or a person said it is another
    UNKNOWN = "unknown"  # neither number nor name, or a person still has to look


class Line(NamedTuple):
    """One row of a list of suppliers. `number`: a valid ondernemingsnummer; `code`: of an account, digits only.

    `text` says in words what was bought: of the account, or of the row.
    """

    row: int
    number: str | None
    name: str
    cents: int
    year: int
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation of the register: every name it has or had, and what kinds it is."""

    key: str
    name: str
    names: tuple[str, ...]
    number: str | None
    kinds: frozenset[str]

    @property
    def standing(self) -> Standing:
        """How what it gets is counted."""
        return Standing.SOCIAL if self.kinds - PUBLIC_BODIES else Standing.OTHER


@dataclass(frozen=True, slots=True, order=True)
class Bucket:
    """What amounts are added up by. `account`: the code, only when nothing tells the category ("")."""

    year: int
    category: str
    account: str


@dataclass(frozen=True, slots=True)
class Amount:
    """Rows and cents of one bucket that belong together. `organisation` "": nobody of the register."""

    bucket: Bucket
    standing: Standing
    organisation: str
    cents: int
    rows: int
