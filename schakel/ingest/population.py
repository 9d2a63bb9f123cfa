"""Load inhabitants: read the files, put people on the map, bring the register in line in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from schakel import __version__
from schakel.core.errors import InvalidInput
from schakel.core.geography.population import latest_population
from schakel.register import read, write
from schakel.sources.population import (
    Area,
    Areas,
    PlacedPopulation,
    PopulationFaults,
    place_population,
    read_areas,
    read_table,
)

RULES = 1  # raise when the same files would now give other points


@dataclass(frozen=True, slots=True)
class PopulationLoaded:
    """What a load did; see `PlacedPopulation` for the rest."""

    changed: bool
    points: int
    people: float
    counted: bool
    outside: int
    unplaced: float


def load_population(file: Path, areas: Sequence[Path] = ()) -> PopulationLoaded:
    """Load `file` (a table, or GeoJSON of areas); `areas` say where its codes lie, else the region's localities do.

    Raises PopulationFaults with every fault, each with its row and what to do; then nothing was written. Raises
    InvalidInput when a file is not there or there is no region yet.
    """
    municipalities = read.list_municipalities()
    if not municipalities:
        raise InvalidInput("Er is nog geen regio. Laad eerst een regiopakket met: schakel load")
    main, others = _bytes(file), [(path.name, _bytes(path)) for path in areas]
    latest = {row.nis_code: latest_population(row) for row in municipalities}
    known = {nis: None if found is None else float(found[1]) for nis, found in latest.items()}
    placed = _place(file.name, main, others, known)
    digest = hashlib.sha256(f"{RULES}".encode())
    for part in (main, *(data for _, data in others), repr(sorted(known.items())).encode()):
        digest.update(hashlib.sha256(part).digest())
    done = write.load_population(
        placed.origins,
        title=f"Inwoners: {file.name}",
        counted=placed.counted,
        year=placed.year,
        fingerprint=digest.hexdigest(),
        version=__version__,
        now=timezone.now(),
    )
    people = sum(origin.population or 0.0 for origin in placed.origins)
    return PopulationLoaded(done.changed, len(placed.origins), people, placed.counted, placed.outside, placed.unplaced)


def _place(name: str, main: bytes, others: list[tuple[str, bytes]], known: dict[str, float | None]) -> PlacedPopulation:
    is_areas = main.lstrip()[:1] == b"{"
    rows, faults = ((), ()) if is_areas else read_table(name, main)
    found, wrong = read_areas([(name, main), *others] if is_areas else others)
    if faults or wrong:
        raise PopulationFaults([*faults, *wrong])
    return place_population(name, rows, found if is_areas or others else _localities(), known)


def _localities() -> Areas:
    """The localities of the region as areas: a municipality's total is shared out over them."""
    places = [
        Area(f"{row.nis_code}:{row.postal_code}:{row.name}", row.name, row.nis_code, row.point.lat, row.point.lon,
             row.area_km2, None)
        for row in read.list_localities()
        if row.point is not None
    ]  # fmt: skip
    return Areas({area.code: area for area in places}, {})


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise InvalidInput(f"{file} bestaat niet of is geen bestand.")
    return file.read_bytes()
