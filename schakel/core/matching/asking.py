"""From what somebody types and chooses to a need that can be matched."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from schakel.core.errors import InvalidInput
from schakel.core.matching.classifier import classify
from schakel.core.matching.supply import Need, Place
from schakel.core.matching.text import content_words
from schakel.core.model import Customer
from schakel.core.taxonomy import service

LONGEST_TEXT = 4000
MOST_STEMS = 60
LARGEST_AMOUNT = 1_000_000_000
CLEAR_SHARE, CLEAR_PROBABILITY = 0.15, 0.1
"""A service that is less than this share as probable as the best one, or less probable than this, is shown, but not
matched by itself. On the 256 test needs that get an answer this leaves 0.14 wrong services a need instead of 0.35."""


def read_text(text: str) -> str:
    """The text of a need without control characters. Raises InvalidInput when it is empty or too long."""
    kept = "".join(mark for mark in text if mark in "\n\t" or mark.isprintable()).strip()
    if not kept:
        raise InvalidInput("Schrijf in een paar woorden wat je nodig hebt, zoals: hagen scheren.")
    if len(kept) > LONGEST_TEXT:
        raise InvalidInput(
            f"De tekst is te lang: {len(kept)} tekens. Hoogstens {LONGEST_TEXT} passen; zet de rest in een bijlage."
        )
    return kept


def read_amount(amount: float | None) -> float | None:
    """How much is asked, above 0. Raises InvalidInput for what is no amount."""
    if amount is None:
        return None
    if not math.isfinite(amount) or amount <= 0:
        raise InvalidInput("Hoeveel: geef een getal boven 0, of laat het leeg als je het nog niet weet.")
    if amount > LARGEST_AMOUNT:
        raise InvalidInput(f"Hoeveel: {amount:g} is te veel. Kijk na of er geen nullen te veel staan.")
    return amount


def guess_services(text: str) -> list[tuple[str, float]]:
    """The services that are asked for in so many words: the most probable one, and others that are clear beside it."""
    found = classify(text)
    clear = max(CLEAR_SHARE * found[0][1], CLEAR_PROBABILITY) if found else 0.0
    return found[:1] + [(code, score) for code, score in found[1:] if score >= clear]


def build_need(
    text: str,
    *,
    places: Sequence[Place],
    customer: Customer,
    services: Sequence[str] = (),
    amount: float | None = None,
    unit: str = "",
    needed_from: date | None = None,
    reserved: bool = False,
    public: bool = False,
) -> Need:
    """A need from words and choices.

    Chosen services are all needed. Without a choice the services the words speak of are alternatives, each weighing
    as much as it is probable. `public`: a public contract, where whose turn it is never counts. Raises InvalidInput for
    an empty or too long text, an unknown service, or something that is no amount.
    """
    text = read_text(text)
    chosen = [(service(code).code, 1.0) for code in dict.fromkeys(services)]
    guessed = [] if chosen else guess_services(text)
    weighed = [(code, score / guessed[0][1]) for code, score in guessed]
    return Need(
        services=tuple(chosen or weighed),
        places=tuple(dict.fromkeys(places)),
        customer=customer,
        all_services=bool(chosen),
        stems=tuple(dict.fromkeys(content_words(text)))[:MOST_STEMS],
        amount=read_amount(amount),
        unit=unit,
        needed_from=needed_from,
        reserved=reserved,
        turn=not public,
    )
