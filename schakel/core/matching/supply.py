"""Matching: what is asked and what is offered, as plain records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntFlag

from schakel.core.model import Customer, Json, LifeStatus, Point, ServiceArea


class Condition(IntFlag):
    """The hard conditions. All of them have to hold within one offer; none of them is weighed against another."""

    SERVICE = 1
    LIVE = 2
    CUSTOMER = 4
    AREA = 8
    DATE = 16
    CAPACITY = 32
    RECOGNITION = 64


@dataclass(frozen=True, slots=True)
class Recognition:
    """A recognition that is not known to have ended. `establishment` None: of the whole organisation.

    `since` and `until` are partial ISO dates; None: not known, and then it may hold.
    """

    law: str
    establishment: str | None
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class SupplyOffer:
    """One offer as matching needs it. `capacity` None: nobody says how much; `free_from`: partial date or None."""

    key: str
    service: str
    words: str
    customers: tuple[str, ...]
    area: ServiceArea
    status: LifeStatus
    establishment: str | None = None
    points: tuple[Point, ...] = ()
    capacity: float | None = None
    unit: str = ""
    free_from: str | None = None


@dataclass(frozen=True, slots=True)
class Supplier:
    """One organisation with its offers. `newest_on`: the youngest date any source gives."""

    slug: str
    name: str
    description: str
    newest_on: str | None
    offers: tuple[SupplyOffer, ...]
    recognitions: tuple[Recognition, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality where the work is, with the point to measure from (None: not known)."""

    nis_code: str
    point: Point | None


@dataclass(frozen=True, slots=True)
class Need:
    """What is asked.

    `services`: code and weight (above 0, at most 1), most fitting first. `all_services`: every one of them is
    needed; otherwise one of them is enough. `stems`: the telling words of the text. `amount` is how much is asked, in
    `unit`; without a unit it is compared with whatever unit an offer gives. `reserved`: only for those recognised in
    the sense of article 15. `turn`: whether those who were chosen recently come later (never for public contracts).
    """

    services: tuple[tuple[str, float], ...]
    places: tuple[Place, ...]
    customer: Customer
    all_services: bool = False
    stems: tuple[str, ...] = ()
    amount: float | None = None
    unit: str = ""
    needed_from: date | None = None
    reserved: bool = False
    turn: bool = False

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """What has to be covered: one group per service when all are needed, else one group of alternatives."""
        codes = tuple(code for code, _ in self.services)
        return tuple((code,) for code in codes) if self.all_services else ((codes,) if codes else ())


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, or why not: a code with its values. The words for people are made elsewhere."""

    code: str
    values: tuple[tuple[str, Json], ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """An organisation that can do it. `score` from 0 to 1; `parts`: each part of the score, from 0 to 1, by name."""

    slug: str
    offer: str
    service: str
    score: float
    parts: tuple[tuple[str, float], ...]
    covers_all: bool
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An organisation that does this work and would match if what is missing were different."""

    slug: str
    offer: str
    service: str
    missing: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """What one member of a consortium does: a service in these municipalities."""

    slug: str
    service: str
    nis_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consortium:
    """Organisations that together cover everything. `smallest`: proven that no smaller set does."""

    members: tuple[str, ...]
    roles: tuple[Role, ...]
    smallest: bool


@dataclass(frozen=True, slots=True)
class Matching:
    """The answer to one need. `refused` counts, per condition, the organisations whose nearest offer breaks it."""

    matches: tuple[Match, ...]
    found: int
    near_misses: tuple[NearMiss, ...]
    refused: tuple[tuple[Condition, int], ...]
    consortia: tuple[Consortium, ...]
