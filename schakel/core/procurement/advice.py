"""From buyer, contract, estimate and date to the possible routes, with reasons, conditions and texts to copy."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal

from schakel.core.errors import InvalidInput
from schakel.core.procurement.model import (
    Advice,
    Buyer,
    Certainty,
    ContractKind,
    Possible,
    Route,
    RouteKind,
    Source,
    Threshold,
)
from schakel.core.procurement.routes import (
    ESTIMATE_RULING,
    PROCEDURES,
    euro,
    list_form_fields,
    list_procedures,
    list_social_routes,
    source,
)
from schakel.core.procurement.thresholds import (
    LABELS,
    checked_on,
    european_key,
    get_threshold,
    list_texts,
    without_publication_key,
)

LARGEST = 10_000_000_000
"""Euro. A larger estimate is taken for a typing fault."""

NEAR = 0.9  # an estimate above this share of a threshold is pointed out

_FIRST = (
    "Heeft je bestuur al een raamovereenkomst waaronder dit past? Kijk daar eerst.",
    "Kun je afnemen via een aankoopcentrale of een ander bestuur? Vraag dan of er sociale economie in zit.",
)


def _checked_estimate(estimate: float | Decimal | None) -> float | None:
    if estimate is None:
        return None
    if isinstance(estimate, bool) or not isinstance(estimate, int | float | Decimal):
        raise InvalidInput(f"Raming: gevonden {estimate!r}; geef een bedrag in euro zonder btw, of laat leeg.")
    amount = float(estimate)
    if not math.isfinite(amount):
        raise InvalidInput("Raming: dit is geen bedrag. Geef een bedrag in euro zonder btw, of laat leeg.")
    if amount <= 0:
        raise InvalidInput("Raming: geef een bedrag boven 0 euro. Ken je het bedrag nog niet? Laat het dan leeg.")
    if amount > LARGEST:
        raise InvalidInput(
            f"Raming: {euro(amount)} is meer dan {euro(LARGEST)}. Kijk na of er geen nullen te veel staan."
        )
    return amount


def _checked_date(on: date) -> date:
    if not isinstance(on, date):
        raise InvalidInput(f"Datum: gevonden {on!r}; geef een datum.")
    return on.date() if isinstance(on, datetime) else on


def _lightest(routes: tuple[Route, ...]) -> RouteKind | None:
    """The first procedure that is possible, if nothing lighter is unknown."""
    for route in routes:
        if route.kind in PROCEDURES and route.possible is not Possible.NO:
            return route.kind if route.possible is Possible.YES else None
    return None


def _warnings(estimate: float | None, thresholds: tuple[Threshold, ...], unknowns: tuple[str, ...]) -> tuple[str, ...]:
    found = [
        "Leg de raming schriftelijk vast vóór je iets anders doet, met datum en auteur. De Raad van State "
        "vernietigde een gunning onder 30.000 euro omdat er vooraf geen geschreven raming was.",
        "Splits een opdracht niet om onder een drempel te blijven. Tel alle percelen, verlengingen en opties samen.",
        "Geef genoeg tijd om een offerte te maken. De wettelijke minimumtermijnen staan niet in onze bronnen: "
        "onbekend, vraag ze na.",
    ]
    if estimate is None:
        found.insert(0, "Zonder raming kunnen we niet zeggen welke procedure mag. Maak eerst een raming.")
    found += [
        f"De raming ligt dicht onder {euro(row.amount)} ({LABELS[row.key]}). Leg goed vast hoe je ze berekende."
        for row in thresholds
        if estimate is not None and NEAR * row.amount <= estimate < row.amount
    ]
    found += [
        f"Het bedrag van {euro(row.amount)} ({LABELS[row.key]}) is afgeleid. Laat het bevestigen."
        for row in thresholds
        if row.certainty is Certainty.INFERRED
    ]
    return (*found, *(f"Niet bekend op deze datum: {unknown}." for unknown in unknowns))


def _disclaimer() -> str:
    return (
        f"Dit is geen juridisch advies. De bedragen en regels komen uit samenvattingen van anderen, nagekeken op "
        f"{checked_on():%d-%m-%Y}. Kijk ze na in de wet of bij je juridische dienst."
    )


def _distinct(sources: list[Source]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(sources))


def _private(buyer: Buyer, contract: ContractKind, estimate: float | None, on: date) -> Advice:
    route = Route(
        RouteKind.FREE_CHOICE, "Vrij kiezen", Possible.YES,
        "Een bedrijf of een inwoner koopt vrij: je mag rechtstreeks een onderneming vragen.",
        ("Val je zelf onder de wet op de overheidsopdrachten, of koop je met een subsidie die dat vraagt? Onze bronnen "
         "zeggen daar niets over: vraag het na.",),
        None, (),
    )  # fmt: skip
    return Advice(
        buyer=buyer, contract=contract, estimate=estimate, on=on, first_checks=(), routes=(route,),
        lightest=RouteKind.FREE_CHOICE, thresholds=(), unknowns=(), warnings=(), texts=(), form_fields=(), sources=(),
        disclaimer=_disclaimer(),
    )  # fmt: skip


def advise(buyer: Buyer | str, contract: ContractKind | str, estimate: float | Decimal | None, on: date) -> Advice:
    """What this buyer can do on this date for a contract with this estimate (euro, without VAT, whole duration).

    A procedure is possible when the estimate is lower than its threshold; equal is not lower. `estimate` None: not
    known, then no procedure is chosen. A date without a sourced amount gives UNKNOWN, never a neighbouring period's
    amount. Raises InvalidInput for an unknown kind of buyer or contract, an estimate of 0, below 0, not a number or
    above LARGEST, and for something that is not a date. Facts: the sources named in the result; no legal advice.
    """
    try:
        buyer, contract = Buyer(buyer), ContractKind(contract)
    except ValueError as error:
        kinds = f"koper: {', '.join(Buyer)}; opdracht: {', '.join(ContractKind)}"
        raise InvalidInput(f"Onbekende soort koper of opdracht: {buyer!r}, {contract!r}. Kies uit {kinds}.") from error
    amount, on = _checked_estimate(estimate), _checked_date(on)
    if buyer in (Buyer.COMPANY, Buyer.CITIZEN):
        return _private(buyer, contract, amount, on)
    procedures = list_procedures(buyer, contract, amount, on)
    keys = ("accepted_invoice", without_publication_key(contract), european_key(buyer, contract))
    thresholds = tuple(row for key in keys if (row := get_threshold(key, on)))
    unknowns = tuple(LABELS[key] for key in keys if get_threshold(key, on) is None)
    routes = (*procedures, *list_social_routes())
    form_fields = list_form_fields()
    return Advice(
        buyer=buyer, contract=contract, estimate=amount, on=on, first_checks=_FIRST, routes=routes,
        lightest=_lightest(routes), thresholds=thresholds, unknowns=unknowns,
        warnings=_warnings(amount, thresholds, unknowns), texts=list_texts(), form_fields=form_fields,
        sources=_distinct(
            [each for route in routes for each in route.sources]
            + [source(ESTIMATE_RULING)]
            + [field.source for field in form_fields]
        ),
        disclaimer=_disclaimer(),
    )  # fmt: skip
