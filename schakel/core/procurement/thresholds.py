"""The dated table of thresholds and the texts to copy, read from the packaged TOML files."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from schakel.core.procurement.model import Buyer, Certainty, ContractKind, Source, TextBlock, Threshold

LABELS = {
    "accepted_invoice": "aanvaarde factuur (art. 92)",
    "without_publication": "procedure zonder bekendmaking (art. 42, § 1, 1°)",
    "without_publication_social": "procedure zonder bekendmaking voor sociale diensten",
    "european_supplies_services_local": "Europese drempel leveringen en diensten, lokaal bestuur",
    "european_supplies_services_central": "Europese drempel leveringen en diensten, centrale overheid",
    "european_works": "Europese drempel werken",
    "european_social_services": "Europese drempel sociale en specifieke diensten",
}


@cache
def _table(file: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(file).read_text(encoding="utf-8"))


def checked_on() -> date:
    """The day on which the sources of the thresholds were last looked at."""
    day: date = _table("thresholds.toml")["checked_on"]
    return day


@cache
def list_thresholds() -> tuple[Threshold, ...]:
    """Every amount in the table, by key and period."""
    rows = [
        Threshold(
            key=row["key"],
            amount=row["amount"],
            valid_from=row["valid_from"],
            valid_until=row.get("valid_until"),
            source=Source(row["source"], checked_on()),
            certainty=Certainty(row["certainty"]),
            remarks=row["remarks"],
        )
        for row in _table("thresholds.toml")["threshold"]
    ]
    return tuple(sorted(rows, key=lambda row: (row.key, row.valid_from)))


def get_threshold(key: str, on: date) -> Threshold | None:
    """The amount that applies on this day, both ends of its period included; None when no source covers that day."""
    for row in list_thresholds():
        if row.key == key and row.valid_from <= on and (row.valid_until is None or on <= row.valid_until):
            return row
    return None


def european_key(buyer: Buyer, contract: ContractKind) -> str:
    """Which European threshold decides for this public buyer and kind of contract."""
    if contract is ContractKind.WORKS:
        return "european_works"
    if contract is ContractKind.SOCIAL_SERVICES:
        return "european_social_services"
    central = buyer is Buyer.CENTRAL_GOVERNMENT
    return "european_supplies_services_central" if central else "european_supplies_services_local"


def without_publication_key(contract: ContractKind) -> str:
    """Which national threshold decides whether a contract may be let without publication."""
    return "without_publication_social" if contract is ContractKind.SOCIAL_SERVICES else "without_publication"


@cache
def list_texts() -> tuple[TextBlock, ...]:
    """Every text to copy, in the order of the file."""
    return tuple(TextBlock(row["key"], row["title"], row["text"].strip()) for row in _table("texts.toml")["text"])
