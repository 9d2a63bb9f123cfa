"""What a need says to everybody who may read it, and what every other record of a need begins with."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from schakel.cooperation.needs.models import Need


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRecord:
    """What is asked, where, for whom and until when one can answer. Dates are days."""

    key: str
    state: str
    text: str
    services: tuple[str, ...]
    places: tuple[str, ...]
    spot: str
    customer: str
    buyer_name: str
    contract: str
    amount: float | None
    unit: str
    needed_from: date | None
    needed_until: date | None
    answer_by: date
    reserved: bool


def read_asked(row: Need) -> dict[str, Any]:
    """The values of `AskedRecord` for a row, to make one of its kinds of."""
    values = {field.name: getattr(row, field.name) for field in fields(AskedRecord)}
    return values | {"services": tuple(row.services), "places": tuple(row.places)}
