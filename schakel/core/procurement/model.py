"""The words and records of the procurement adviser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Buyer(StrEnum):
    """Who buys. The first two are public buyers."""

    LOCAL_GOVERNMENT = "local_government"
    CENTRAL_GOVERNMENT = "central_government"
    COMPANY = "company"
    CITIZEN = "citizen"


class ContractKind(StrEnum):
    """What is bought. SOCIAL_SERVICES: social and other specific services in the sense of the law."""

    WORKS = "works"
    SUPPLIES = "supplies"
    SERVICES = "services"
    SOCIAL_SERVICES = "social_services"


class Certainty(StrEnum):
    """How sure an amount is for its period."""

    PUBLISHED = "published"
    NO_END_DATE = "no_end_date"
    INFERRED = "inferred"


class RouteKind(StrEnum):
    """A way to buy: first the procedures from light to heavy, then what makes any of them social."""

    FREE_CHOICE = "free_choice"
    ACCEPTED_INVOICE = "accepted_invoice"
    WITHOUT_PUBLICATION = "without_publication"
    NATIONAL_PUBLICATION = "national_publication"
    EUROPEAN_PUBLICATION = "european_publication"
    RESERVE_CONTRACT = "reserve_contract"
    RESERVE_LOT = "reserve_lot"
    EXECUTION_CONDITIONS = "execution_conditions"
    AWARD_CRITERIA = "award_criteria"


class Possible(StrEnum):
    """Whether a route stands open for this estimate on this date. UNKNOWN: an amount or the estimate is not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from and when that source was last looked at."""

    url: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Threshold:
    """An amount in euro excluding VAT, for a period (both days included). `valid_until` None: no end date known."""

    key: str
    amount: int
    valid_from: date
    valid_until: date | None
    source: Source
    certainty: Certainty
    remarks: str


@dataclass(frozen=True, slots=True)
class Route:
    """One way to buy: is it possible, why, and on which conditions. `threshold` None: no amount decides, or none is
    known for that date (then `possible` is UNKNOWN)."""

    kind: RouteKind
    title: str
    possible: Possible
    why: str
    conditions: tuple[str, ...]
    threshold: Threshold | None
    sources: tuple[Source, ...]
    text_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A text to copy; parts between [brackets] are for the buyer to fill in."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the eForms notice. `code` None: our sources name the field but not its values."""

    field: str
    code: str | None
    meaning: str
    source: Source


@dataclass(frozen=True, slots=True)
class Advice:
    """What is possible for one purchase on one date. Never legal advice: `disclaimer` always goes with it.

    `lightest` is the lightest procedure that is certainly allowed by the amounts we know; None when that cannot be
    told. `unknowns` names every amount that decides here and is not known for that date.
    """

    buyer: Buyer
    contract: ContractKind
    estimate: float | None
    on: date
    first_checks: tuple[str, ...]
    routes: tuple[Route, ...]
    lightest: RouteKind | None
    thresholds: tuple[Threshold, ...]
    unknowns: tuple[str, ...]
    warnings: tuple[str, ...]
    texts: tuple[TextBlock, ...]
    form_fields: tuple[FormField, ...]
    sources: tuple[Source, ...]
    disclaimer: str
