"""Region packs from the command line: find the built-in one, check one, load one."""

from __future__ import annotations

import sys
from importlib import import_module, resources
from pathlib import Path
from typing import Any

from schakel.operations.errors import BAD_INPUT, OperationFailed

BUILT_IN = "zuid-oost-vlaanderen"


def built_in_pack() -> Path:
    """The folder of the region that comes with Schakel."""
    try:
        found = resources.files("regions").joinpath(BUILT_IN, "region.toml")
    except ModuleNotFoundError:
        found = None
    if found is None or not found.is_file():
        raise OperationFailed(
            f"Het ingebouwde regiopakket {BUILT_IN} zit niet bij deze installatie. "
            "Installeer Schakel opnieuw, of geef een eigen pakket met --region MAP."
        )
    return Path(str(found)).parent


def read_or_explain(folder: Path) -> Any:
    """The pack in `folder`; every fault goes to stderr and then OperationFailed with exit code 2."""
    if not folder.is_dir():
        raise OperationFailed(f"{folder} is geen map. Geef de map van een regiopakket.", exit_code=BAD_INPUT)
    region_pack = import_module("schakel.sources.region_pack")
    try:
        return region_pack.read_pack(folder)
    except region_pack.PackFaults as refusal:
        for fault in refusal.faults:
            print(fault, file=sys.stderr)
        count = len(refusal.faults)
        raise OperationFailed(
            f"{count} {'fout' if count == 1 else 'fouten'} in {folder}. Er is niets geladen.", exit_code=BAD_INPUT
        ) from refusal


def check_pack(folder: Path) -> int:
    """Print what is wrong with the pack, or how many rows it holds per table."""
    pack = read_or_explain(folder)
    print(f"{folder}: geen fouten.")
    for table, count in count_rows(pack).items():
        print(f"  {table}: {count}")
    return 0


def count_rows(pack: Any) -> dict[str, int]:
    """Rows per table of a pack."""
    return {name: len(value) for name in pack.__dataclass_fields__ if isinstance(value := getattr(pack, name), tuple)}


def load_pack(folder: Path) -> str:
    """Load the pack in one transaction; returns in a few words what it did."""
    read_or_explain(folder)  # the same faults in the same words, whoever loads
    summary = import_module("schakel.ingest.load").load_region_pack(folder)
    return str(getattr(summary, "words", "") or "geladen")


def load_and_tell(folder: Path) -> int:
    """Load the pack and say what it did."""
    print(load_pack(folder))
    return 0


def make_synthetic(organisations: int, seed: int, out: Path) -> int:
    """Write an invented region pack to the folder `out`."""
    if out.exists() and any(out.iterdir()):
        raise OperationFailed(f"{out} is niet leeg. Kies een nieuwe map.", exit_code=BAD_INPUT)
    import_module("schakel.sources.synthetic").write_synthetic_pack(out, organisations=organisations, seed=seed)
    print(f"{organisations} verzonnen organisaties staan in {out}.")
    return 0
