"""Region packs from the command line: find the built-in one, check one, load one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from importlib import resources
from pathlib import Path

from schakel.operations.errors import BAD_INPUT, OperationFailed
from schakel.operations.progress import Counting
from schakel.sources.region_pack import PackFaults, read_pack
from schakel.sources.synthetic import write_synthetic_pack

BUILT_IN = "zuid-oost-vlaanderen"


def built_in_pack() -> Path:
    """The folder of the region that comes with Schakel."""
    try:
        folder = Path(str(resources.files("regions").joinpath(BUILT_IN)))
    except (ModuleNotFoundError, NotADirectoryError):  # an editable install can know `regions` without its folder
        folder = Path(__file__).resolve().parents[2] / "regions" / BUILT_IN
    if not (folder / "region.toml").is_file():
        raise OperationFailed(
            f"Het ingebouwde regiopakket {BUILT_IN} zit niet bij deze installatie. "
            "Installeer Schakel opnieuw, of geef een eigen pakket met --region MAP."
        )
    return folder


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Every fault of a pack goes to stderr, one a line; then OperationFailed with exit code 2."""
    if not folder.is_dir():
        raise OperationFailed(f"{folder} is geen map. Geef de map van een regiopakket.", exit_code=BAD_INPUT)
    try:
        yield
    except PackFaults as refusal:
        for fault in refusal.faults:
            print(fault, file=sys.stderr)
        count = len(refusal.faults)
        raise OperationFailed(
            f"{count} {'fout' if count == 1 else 'fouten'} in {folder}. Er is niets geladen.", exit_code=BAD_INPUT
        ) from refusal


def check_pack(folder: Path) -> int:
    """Print what is wrong with the pack, or how many rows it holds per table."""
    with _explained(folder):
        pack = read_pack(folder)
    print(f"{folder}: geen fouten.")
    for field in fields(pack):
        rows = getattr(pack, field.name)
        if isinstance(rows, tuple):
            print(f"  {field.name}: {len(rows)}")
    return 0


def load_pack(folder: Path) -> str:
    """Load the pack in one transaction; returns in a few words what it did."""
    from schakel.ingest.load import load_region_pack  # needs Django, which `check` does without
    from schakel.operations.map_lines import draw_cantons

    with _explained(folder):
        summary = load_region_pack(folder, progress=Counting())
    if not summary.changed:
        return "dit pakket stond er al"
    draw_cantons()
    counts = summary.counts
    return f"{counts.get('organisations', 0)} organisaties en {counts.get('offers', 0)} aanbiedingen geladen"


def load_and_tell(folder: Path) -> int:
    """Make the tables when they are not there yet, load the pack, and say what it did."""
    from schakel.operations.prepare import analyse, migrate

    migrate()
    print(load_pack(folder))
    print(f"Blinde vlekken: {analyse()}.")
    return 0


def make_synthetic(organisations: int, seed: int, out: Path) -> int:
    """Write an invented region pack to the folder `out`."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise OperationFailed(f"{out} is niet leeg. Kies een nieuwe map.", exit_code=BAD_INPUT)
    write_synthetic_pack(out, organisations=organisations, seed=seed)
    print(f"{organisations} verzonnen organisaties staan in {out}.")
    return 0
