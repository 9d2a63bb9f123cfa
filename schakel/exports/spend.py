"""What a municipality spends as CSV and XLSX: its own sums by year, purchase category and what is known."""

from __future__ import annotations

import io
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.utils.translation import override

from schakel.cooperation.spend.read import SpendRecord
from schakel.core.model import Municipality
from schakel.core.spend import compute_shares
from schakel.exports.about import About
from schakel.exports.cells import Cell
from schakel.exports.columns import Column
from schakel.exports.csv_file import csv_line, safe_lines
from schakel.wording import spend as said
from schakel.wording import words

SPEND_COLUMNS: tuple[Column, ...] = (
    Column("year", "Jaar."),
    Column("category", "Code van de soort aankoop; leeg: niet bekend."),
    Column("category_name", "Naam van de soort aankoop."),
    Column("account", "Algemene rekening, alleen waar de woorden niet zeggen wat er gekocht werd."),
    Column(
        "standing",
        "social: een sociale onderneming uit het register. other: een openbare dienst uit het register. not_found: een "
        "geldig nummer dat niet in het register staat. name_only: alleen op naam vergeleken, niet in het register. "
        "unknown: niet herkend; dat kan sociaal zijn of niet.",
    ),
    Column("standing_words", "Hetzelfde in woorden."),
    Column("organisation", "Sleutel van de organisatie uit het register; leeg: geen."),
    Column("organisation_name", "Haar naam vandaag."),
    Column("rows", "Aantal rijen van de lijst."),
    Column("amount", "Bedrag in euro; een creditnota telt negatief."),
    Column("municipality", "NIS-code."),
    Column("municipality_name", "Naam van de gemeente."),
    Column("uploaded_at", "Wanneer de lijst opgeladen is."),
    Column("synthetic", "yes: de organisaties van het register zijn verzonnen."),
)


def spend_csv(record: SpendRecord, place: Municipality, names: Mapping[str, str], about: About) -> bytes:
    """UTF-8 with a byte order mark, comma, CRLF; text is made safe for spreadsheets. Amounts have a point."""
    head = csv_line([column.name for column in SPEND_COLUMNS])
    with override("nl"):
        return BOM_UTF8 + (head + safe_lines(list(_rows(record, place, names, about)))).encode()


def spend_xlsx(record: SpendRecord, place: Municipality, names: Mapping[str, str], about: About) -> bytes:
    """A workbook: the sums, the shares, and a sheet that says what they are."""
    import xlsxwriter  # only here: most requests never make a workbook

    out = io.BytesIO()
    with override("nl"), xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        tables: tuple[tuple[str, list[list[Cell]]], ...] = (
            ("Bedragen", [[column.name for column in SPEND_COLUMNS], *_rows(record, place, names, about)]),
            ("Aandelen", [["Jaar", "Soort aankoop", "Uitgaven", "Sociaal", "Herkend", "Minstens", "Van herkend"],
                          *_shares(record)]),
            ("Over deze gegevens", _facts(record, place, about)),
        )  # fmt: skip
        for title, rows in tables:
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for place_of, cell in enumerate(row):
                    style = bold if number == 0 else None
                    if isinstance(cell, str):
                        sheet.write_string(number, place_of, cell, style)
                    elif cell is not None:
                        sheet.write_number(number, place_of, cell, style)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(rows[0]) - 1, 22)
    return out.getvalue()


def _rows(record: SpendRecord, place: Municipality, names: Mapping[str, str], about: About) -> Iterator[list[Cell]]:
    """One row per bucket, standing and organisation; what waited for a person and became the same is added up."""
    sums: dict[tuple[int, str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for one in record.amounts:
        bucket = one.bucket
        cell = sums[bucket.year, bucket.category, bucket.account, one.standing.value, one.organisation]
        cell[0] += one.rows
        cell[1] += one.cents
    for (year, category, account, standing, organisation), (rows, cents) in sorted(sums.items()):
        yield [
            year,
            category or None,
            said.category_words(category),
            account or None,
            standing,
            words.word(said.STANDINGS, standing),
            organisation or None,
            names.get(organisation, organisation) or None,
            rows,
            float(Decimal(cents) / 100),
            place.nis_code,
            place.name,
            record.at.isoformat(timespec="seconds"),
            "yes" if about.synthetic else "no",
        ]


def _shares(record: SpendRecord) -> Iterator[list[Cell]]:
    shares = compute_shares(record.amounts)
    for (year, category), share in sorted(shares.items(), key=lambda one: (-one[0][0], one[0][1] or "")):
        name = "Alles samen" if category is None else said.category_words(category)
        amounts = [float(Decimal(cents) / 100) for cents in (share.total, share.social, share.recognised)]
        yield [year, name, *amounts, share.at_least, share.of_recognised]


def _facts(record: SpendRecord, place: Municipality, about: About) -> list[list[Cell]]:
    columns: list[list[Cell]] = [[column.name, column.meaning] for column in SPEND_COLUMNS]
    facts: list[list[Cell]] = [
        ["Gemeente", place.name],
        ["Regio", about.region],
        ["Lijst opgeladen op", record.at.isoformat(timespec="seconds")],
        ["Nazicht van namen", "afgesloten" if record.closed_at else "nog bezig: open namen tellen als niet herkend"],
        ["Lege cel", "Niet bekend of niet te zeggen. Nooit 0."],
        ["Minstens", "Sociaal gedeeld door alle uitgaven. Wat niet herkend is, kan ook sociaal zijn."],
        ["Van herkend", "Sociaal gedeeld door wat herkend is."],
        ["Verzonnen gegevens", about.warning or "nee"],
    ]
    return facts + columns
