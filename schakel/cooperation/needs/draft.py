"""What somebody fills in for a need, checked as a whole: every fault with its field, in plain words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from django.utils.translation import gettext

from schakel.core.errors import InvalidInput
from schakel.core.matching import read_text
from schakel.core.model import Customer
from schakel.core.procurement import ContractKind
from schakel.core.taxonomy import service
from schakel.mail.outbox import checked_address

LARGEST_EURO = Decimal("9999999999")
FARTHEST = timedelta(days=2 * 366)
Kind = TypeVar("Kind", bound=StrEnum)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Draft:
    """A need as filled in, normal forms; `estimate` None: not given."""

    text: str
    services: tuple[str, ...]
    chosen: bool
    places: tuple[str, ...]
    spot: str
    customer: Customer
    buyer_name: str
    contract: ContractKind
    estimate: Decimal | None
    basis: str
    amount: float | None
    unit: str
    needed_from: date | None
    needed_until: date | None
    answer_by: date
    reserved: bool
    email: str
    public: bool = False


@dataclass(frozen=True, slots=True)
class Faults(Exception):
    """What is wrong, per field."""

    by_field: Mapping[str, str] = field(default_factory=dict)


def read_euro(text: str) -> Decimal | None:
    """An amount as people type it: `12.500`, `12 500,50`, `12500.5`; None when empty. Raises InvalidInput."""
    plain = text.replace("€", "").replace("\u00a0", " ").replace(" ", "").strip()
    if not plain:
        return None
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    elif plain.count(".") > 1 or (plain.count(".") == 1 and len(plain.rsplit(".", 1)[1]) == 3):
        plain = plain.replace(".", "")
    try:
        euro = Decimal(plain)
    except InvalidOperation:
        euro = Decimal("NaN")
    if not euro.is_finite():
        raise InvalidInput(gettext("Dit is geen bedrag. Schrijf bijvoorbeeld: 12.500"))
    if euro <= 0:
        raise InvalidInput(gettext("Geef een bedrag boven 0 euro."))
    if euro > LARGEST_EURO:
        raise InvalidInput(gettext("Dat is meer dan 10 miljard euro. Kijk na of er geen nullen te veel staan."))
    return euro.quantize(Decimal("0.01"))


def read_number(text: str) -> float | None:
    """A number above 0 as people type it, a comma for decimals; None when empty. Raises InvalidInput."""
    plain = text.strip().replace(" ", "").replace(",", ".")
    if not plain:
        return None
    try:
        number = float(plain)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or not 0 < number <= 1e9:
        raise InvalidInput(gettext("Geef een getal boven 0, of laat het leeg."))
    return number


def read_date(text: str) -> date | None:
    """A day as a date field sends it (2027-03-01) or as people type it (1/3/2027); None when empty."""
    plain = text.strip()
    if not plain:
        return None
    try:
        if "/" in plain:
            day, month, year = (int(part) for part in plain.split("/"))
            return date(year, month, day)
        return date.fromisoformat(plain)
    except ValueError:
        raise InvalidInput(gettext("Dit is geen datum. Schrijf bijvoorbeeld 1/3/2027.")) from None


class _Reader:
    """Reads field by field and remembers what is wrong."""

    def __init__(self, posted: Mapping[str, str]) -> None:
        self.posted = posted
        self.faults: dict[str, str] = {}

    def text(self, name: str, most: int) -> str:
        """One line, without control characters."""
        kept = " ".join("".join(mark if mark.isprintable() else " " for mark in self.posted.get(name, "")).split())
        if len(kept) > most:
            self.faults[name] = gettext("Hoogstens %(most)s tekens.") % {"most": most}
        return kept[:most]

    def fault(self, name: str, words: str) -> None:
        """The first thing wrong with a field counts."""
        self.faults.setdefault(name, words)


def read_draft(posted: Mapping[str, str], services: tuple[str, ...], places: tuple[str, ...], today: date) -> Draft:
    """A whole need. Raises Faults with everything that is wrong at once; nothing of what was typed is lost."""
    reader = _Reader(posted)
    text = _text(reader)
    customer = _choice(reader, "customer", Customer, Customer.LOCAL_GOVERNMENT)
    contract = _choice(reader, "contract", ContractKind, ContractKind.SERVICES)
    estimate = _try(reader, "estimate", read_euro)
    if customer is Customer.LOCAL_GOVERNMENT and estimate is None:
        reader.fault("estimate", gettext("Een lokaal bestuur legt eerst de raming vast, in euro zonder btw."))
    needed_from, needed_until = _try(reader, "needed_from", read_date), _try(reader, "needed_until", read_date)
    answer_by = _try(reader, "answer_by", read_date)
    _check_dates(reader, needed_from, needed_until, answer_by, today)
    if not places:
        reader.fault("municipality", gettext("Kies de gemeente waar het werk is."))
    buyer_name = reader.text("buyer_name", 200)
    if not buyer_name:
        reader.fault("buyer_name", gettext("Schrijf wie dit vraagt: de naam van je bestuur, bedrijf of organisatie."))
    draft_services = _services(reader, services)
    email = _email(reader)
    amount = _try(reader, "amount", read_number)
    unit, spot, basis = reader.text("unit", 100), reader.text("spot", 120), reader.text("basis", 300)
    if reader.faults or answer_by is None:
        raise Faults(reader.faults)
    return Draft(
        text=text, services=draft_services, chosen="chosen" in posted, places=places, spot=spot, customer=customer,
        buyer_name=buyer_name, contract=contract, estimate=estimate, basis=basis, amount=amount, unit=unit,
        needed_from=needed_from, needed_until=needed_until, answer_by=answer_by, reserved="reserved" in posted,
        email=email, public="public" in posted,
    )  # fmt: skip


def _text(reader: _Reader) -> str:
    try:
        return read_text(reader.posted.get("text", ""))
    except InvalidInput as refusal:
        reader.fault("text", str(refusal))
        return ""


def _email(reader: _Reader) -> str:
    typed = reader.posted.get("email", "").strip()
    if not typed:
        reader.fault("email", gettext("Schrijf het e-mailadres waarop je antwoorden wilt krijgen."))
        return ""
    return _try(reader, "email", checked_address) or ""


def _services(reader: _Reader, services: tuple[str, ...]) -> tuple[str, ...]:
    try:
        return tuple(service(code).code for code in services)
    except InvalidInput as refusal:
        reader.fault("services", str(refusal))
        return ()


def _choice(reader: _Reader, name: str, kinds: type[Kind], standard: Kind) -> Kind:
    try:
        return kinds(reader.posted.get(name, ""))
    except ValueError:
        reader.fault(name, gettext("Kies een van de mogelijkheden."))
        return standard


def _try(reader: _Reader, name: str, read: Callable[[str], Value | None]) -> Value | None:
    try:
        return read(reader.posted.get(name, ""))
    except InvalidInput as refusal:
        reader.fault(name, str(refusal))
        return None


def _check_dates(
    reader: _Reader, needed_from: date | None, needed_until: date | None, answer_by: date | None, today: date
) -> None:
    if needed_from and not today <= needed_from <= today + 5 * FARTHEST:
        reader.fault("needed_from", gettext("Kies een begin van vandaag tot binnen tien jaar."))
    if needed_until and needed_until < (needed_from or today):
        reader.fault("needed_until", gettext("Het einde ligt voor het begin."))
    if needed_until and needed_until > today + 10 * FARTHEST:
        reader.fault("needed_until", gettext("Dat is te ver vooruit. Kijk het jaartal na."))
    if answer_by is None:
        reader.fault("answer_by", gettext("Kies tot wanneer ondernemingen kunnen antwoorden."))
    elif answer_by < today:
        reader.fault("answer_by", gettext("Die dag is voorbij. Kies vandaag of later."))
    elif answer_by > today + FARTHEST:
        reader.fault("answer_by", gettext("Dat is te ver vooruit: kies een dag binnen twee jaar."))
