"""The tiny valid pack of the fixtures as bytes, to be spoiled one cell at a time."""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path

from schakel.core.model import Fault
from schakel.sources.region_pack.fetch import fetch_pack
from schakel.sources.region_pack.model import PackFaults, RegionPack
from schakel.sources.region_pack.parse import check_pack

KLEIN = Path(__file__).resolve().parents[2] / "fixtures" / "packs" / "klein"
SERVICES = frozenset(
    {
        "laundry_ironing",
        "bicycle_repair",
        "bicycle_point",
        "second_hand_shop",
        "green_maintenance",
        "litter_collection",
        "odd_jobs",
        "cemetery_maintenance",
        "social_grocery",
        "social_restaurant",
        "textile_production",
        "assembly",
        "packaging",
    }
)


@cache
def _klein() -> dict[str, bytes]:
    return fetch_pack(KLEIN)


def klein() -> dict[str, bytes]:
    return dict(_klein())


def check(files: dict[str, bytes]) -> RegionPack:
    return check_pack(files, services=SERVICES)


def faults_of(files: dict[str, bytes]) -> list[Fault]:
    try:
        check(files)
    except PackFaults as refusal:
        return refusal.faults
    return []


def read_rows(files: dict[str, bytes], file: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(files[file].decode("utf-8"), newline="")))


def write_rows(files: dict[str, bytes], file: str, rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    files[file] = out.getvalue().encode("utf-8")


def set_cell(files: dict[str, bytes], file: str, row: int, column: str, text: str) -> None:
    """Put a text in a cell; rows count as in a spreadsheet."""
    rows = read_rows(files, file)
    rows[row - 1][rows[0].index(column)] = text
    write_rows(files, file, rows)


def row_of(files: dict[str, bytes], file: str, key: str) -> int:
    """The spreadsheet row whose first cell is `key`."""
    return next(number for number, row in enumerate(read_rows(files, file), start=1) if row[0] == key)
