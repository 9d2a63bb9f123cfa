"""Which column of a list of suppliers holds what: by its head, in the spellings that occur."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from schakel.core.errors import InvalidInput
from schakel.core.folding import without_accents
from schakel.sources.supplier_list.cells import Cell, Rows

FURTHEST = 40
"""Rows in which the head has to stand."""


class Field(StrEnum):
    """What is read of a list."""

    NUMBER = "number"
    NAME = "name"
    AMOUNT = "amount"
    CODE = "code"
    TEXT = "text"
    YEAR = "year"


# Heads as `plain_words` makes them, the surest first. The longest that a head has decides, whatever the field.
NAMES: Mapping[Field, tuple[str, ...]] = {
    Field.NUMBER: (
        "ondernemingsnummer", "ondernemingsnr", "ondernemings nr", "ondernemings nummer", "kbo nummer", "kbonummer",
        "kbo nr", "kbo", "nummer onderneming", "btw nummer", "btwnummer", "btw nr", "btwnr", "vat number", "vat",
        "numero d entreprise", "numero de tva", "numero tva",
    ),
    Field.NAME: (
        "naam leverancier", "leveranciersnaam", "naam crediteur", "naam begunstigde", "naam derde", "firmanaam",
        "naam firma", "naam bedrijf", "bedrijfsnaam", "leverancier", "crediteur", "begunstigde", "firma", "derde",
        "naam", "supplier", "fournisseur", "nom",
    ),
    Field.AMOUNT: (
        "bedrag excl btw", "bedrag exclusief btw", "bedrag zonder btw", "excl btw", "netto bedrag", "nettobedrag",
        "netto", "bedrag aangerekend", "aangerekend bedrag", "aanrekening", "totaalbedrag", "totaal bedrag", "bedrag",
        "bedrag incl btw", "bedrag inclusief btw", "incl btw", "omzet", "uitgaven", "uitgave", "saldo", "totaal", "som",
        "montant", "amount",
    ),
    Field.CODE: (
        "algemene rekening", "alg rekening", "code rekening", "rekening code", "grootboekrekening", "grootboek", "mar",
        "rekening", "economische code", "ar", "compte",
    ),
    Field.TEXT: (
        "omschrijving algemene rekening", "omschrijving rekening", "rekening omschrijving", "rekeningomschrijving",
        "naam rekening", "aankoopcategorie", "categorie", "kostensoort", "aard", "rubriek", "beleidsveld",
        "beleidsitem", "omschrijving", "libelle",
    ),
    Field.YEAR: (
        "boekjaar", "dienstjaar", "jaar", "exercice", "annee", "factuurdatum", "boekingsdatum", "betaaldatum", "datum",
        "date",
    ),
}  # fmt: skip
# Heads that look like one of these and are something else.
OTHERS = (
    "btw bedrag", "bedrag btw", "btw", "btw code", "leveranciersnummer", "leverancier nr", "nummer leverancier",
    "leverancier nummer", "leverancierscode", "code leverancier", "crediteurnummer", "crediteur nr", "klantnummer",
    "factuurnummer", "rekeningnummer", "bankrekening", "iban", "adres", "straat", "gemeente", "postcode", "land",
    "email", "e mail", "telefoon", "voornaam", "rijksregisternummer", "adres leverancier", "gemeente leverancier",
    "postcode leverancier", "naam beleidsveld", "omschrijving beleidsveld", "aantal facturen", "naam gemeente",
)  # fmt: skip

_ALIASES = {alias: field for field, aliases in NAMES.items() for alias in aliases} | dict.fromkeys(OTHERS)
_ALIASES |= {"naam beleidsveld": Field.TEXT, "omschrijving beleidsveld": Field.TEXT}
_LONGEST_FIRST = sorted(_ALIASES, key=lambda alias: (-len(alias), alias))


@dataclass(frozen=True, slots=True)
class Head:
    """The row with the heads (from 0), and per field the column (from 0) with its head as it stands there."""

    row: int
    columns: Mapping[Field, int]
    said: Mapping[Field, str]


def plain_words(cell: Cell) -> str:
    """The words of a head: without capitals, accents and signs. "" for what is no text."""
    if not isinstance(cell, str):
        return ""
    return " ".join(re.findall(r"[a-z0-9]+", without_accents(cell)))


def count_fields(rows: Rows) -> int:
    """How many fields the best head among these rows names: how much this is like a list of suppliers."""
    return max((len(_columns(row)[0]) for row in rows[:FURTHEST]), default=0)


def find_head(rows: Rows) -> Head:
    """The first row that names an amount and a number or a name.

    Raises InvalidInput, with what was found and what is expected, when there is none, or when two columns are as much
    the amount.
    """
    nearest: Sequence[Cell] = ()
    for number, row in enumerate(rows[:FURTHEST]):
        columns, doubled = _columns(row)
        if Field.AMOUNT in columns and (Field.NUMBER in columns or Field.NAME in columns):
            said = {field: str(row[place]).strip()[:80] for field, place in columns.items()}
            if doubled:
                both = " en ".join(f"'{str(row[place]).strip()[:40]}'" for place in doubled)
                raise InvalidInput(
                    f"Rij {number + 1} heeft meer dan één kolom met bedragen: {both}. Laat er één staan, of noem de "
                    "andere anders."
                )
            return Head(number, columns, said)
        if len(columns) > len(_columns(nearest)[0]) or not nearest:
            nearest = row
    heads = ", ".join(str(cell).strip()[:30] for cell in nearest if str(cell or "").strip()) or "niets"
    raise InvalidInput(
        f"We vinden geen rij met de namen van de kolommen. We lazen: {heads[:300]}. Nodig zijn een kolom 'Bedrag' en "
        "een kolom 'Ondernemingsnummer' of 'Naam leverancier'; 'Rekening' en 'Omschrijving' mogen erbij."
    )


def _columns(row: Sequence[Cell]) -> tuple[dict[Field, int], tuple[int, ...]]:
    """Field -> column, and the columns that are equally the amount. The surest head of a field wins, then the first."""
    found: dict[Field, tuple[int, int]] = {}
    amounts: dict[int, list[int]] = {}
    for place, cell in enumerate(row):
        alias = _alias(plain_words(cell))
        field = _ALIASES.get(alias)
        if field is None:
            continue
        rank = NAMES[field].index(alias) if alias in NAMES[field] else len(NAMES[field])
        if field == Field.AMOUNT:
            amounts.setdefault(rank, []).append(place)
        if field not in found or rank < found[field][0]:
            found[field] = (rank, place)
    best = amounts[min(amounts)] if amounts else []
    return {field: place for field, (_, place) in found.items()}, tuple(best) if len(best) > 1 else ()


def _alias(words: str) -> str:
    """The longest known head in these words; "" when there is none, or when it is a sentence."""
    if not words or len(words) > 60:
        return ""
    padded = f" {words} "
    return next((alias for alias in _LONGEST_FIRST if f" {alias} " in padded), "")
