"""What somebody types and chooses to see who can do it, and what of that is remembered in this browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext

from schakel.cooperation.matching import Supply
from schakel.cooperation.needs.draft import read_date, read_euro, read_number
from schakel.core.errors import InvalidInput
from schakel.core.matching import MOST_SERVICES, classify, guess_services, read_text
from schakel.core.model import Customer
from schakel.core.procurement import ContractKind
from schakel.core.taxonomy import services

_PLAIN = ("text", "about", "municipality", "customer", "contract", "estimate", "amount", "unit", "needed_from")
DRAFT_KEY = "need_draft"
_LONGEST = 4100  # of one remembered field; longer is refused anyway


@dataclass(frozen=True, slots=True)
class Question:
    """The first half of a need. `typed` is what was typed, field by field; `faults` what is wrong with it.

    `offered` are the services the words speak of, with their probability; `services` those that count; `chosen`: by
    the visitor, not by the words. `places` are all municipalities where the work is: the one chosen first and those
    beside it, or (`whole`) all of the region.
    """

    typed: Mapping[str, str]
    text: str
    offered: tuple[tuple[str, float], ...]
    services: tuple[str, ...]
    chosen: bool
    municipality: str
    places: tuple[str, ...]
    whole: bool
    customer: Customer
    contract: ContractKind
    estimate: Decimal | None
    amount: float | None
    unit: str
    needed_from: date | None
    reserved: bool
    faults: Mapping[str, str]


def read_question(asked: QueryDict, supply: Supply, today: date) -> Question:
    """Read leniently: a field that is wrong gets its fault and counts as empty, so that the rest still answers."""
    typed = {name: asked.get(name, "")[:_LONGEST] for name in _PLAIN}
    faults: dict[str, str] = {}
    text = _text(asked.get("text", ""), faults)
    offered = tuple(classify(text)) if text else ()
    defaults = tuple(code for code, _ in guess_services(text)) if text else ()
    known = {service.code for service in services()}
    ticked = tuple(dict.fromkeys(code for code in asked.getlist("services") if code in known))
    added = tuple(code for code in asked.getlist("extra") if code in known)
    about_this = typed["about"] == typed["text"] or "chosen" in asked
    picked = tuple(dict.fromkeys((*(ticked if about_this else defaults), *added)))
    if len(picked) > MOST_SERVICES:
        told = {"most": MOST_SERVICES, "count": len(picked)}
        faults["services"] = (
            gettext("Je koos %(count)s diensten. Hoogstens %(most)s kunnen samen: de eerste staan er nog.") % told
        )
        picked = picked[:MOST_SERVICES]
    chosen = bool(text) and about_this and (bool(added) or set(ticked) != set(defaults))
    estimate, amount, start = None, None, None
    try:
        estimate = read_euro(typed["estimate"])
    except InvalidInput as refusal:
        faults["estimate"] = str(refusal)
    try:
        amount = read_number(typed["amount"])
    except InvalidInput as refusal:
        faults["amount"] = str(refusal)
    try:
        start = read_date(typed["needed_from"])
        if start and not today <= start <= date(today.year + 10, 12, 31):
            faults["needed_from"] = gettext("Kies een begin van vandaag tot binnen tien jaar.")
            start = None
    except InvalidInput as refusal:
        faults["needed_from"] = str(refusal)
    place = typed["municipality"] if typed["municipality"] in supply.municipalities else ""
    whole = "whole" in asked
    customer, contract = _customer(typed["customer"]), _contract(typed["contract"])
    typed |= {"customer": customer.value, "contract": contract.value}
    return Question(
        typed=typed, text=text, offered=offered, services=picked or defaults, chosen=chosen and bool(picked),
        municipality=place, places=_places(asked, place, supply, whole=whole), whole=whole, customer=customer,
        contract=contract,
        estimate=estimate, amount=amount, unit=" ".join(typed["unit"].split())[:100], needed_from=start,
        reserved="reserved" in asked, faults=faults,
    )  # fmt: skip


def _places(asked: QueryDict, place: str, supply: Supply, *, whole: bool) -> tuple[str, ...]:
    if whole:
        return tuple(supply.municipalities)
    beside = (code for code in asked.getlist("also") if code in supply.municipalities)
    return tuple(code for code in dict.fromkeys((place, *beside)) if code)


def _text(typed: str, faults: dict[str, str]) -> str:
    if not typed.strip():
        return ""
    try:
        return read_text(typed)
    except InvalidInput as refusal:
        faults["text"] = str(refusal)
        return ""


def _customer(typed: str) -> Customer:
    return Customer(typed) if typed in set(Customer) else Customer.LOCAL_GOVERNMENT


def _contract(typed: str) -> ContractKind:
    return ContractKind(typed) if typed in set(ContractKind) else ContractKind.SERVICES
