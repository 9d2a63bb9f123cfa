"""Roads and population from the command line."""

from __future__ import annotations

from pathlib import Path

from schakel.core.geography.travel import Mode
from schakel.operations.progress import Counting

MODE_WORDS = {Mode.WALK: "te voet", Mode.CYCLE: "met de fiets", Mode.CAR: "met de auto"}


def load_roads_and_tell(file: Path) -> int:
    """Load the roads of an OpenStreetMap extract and say what was kept."""
    from schakel.ingest.roads import load_roads
    from schakel.operations.prepare import migrate

    migrate()
    done = load_roads(file, progress=Counting())
    km = ", ".join(f"{done.km[mode]:.0f} km {words}" for mode, words in MODE_WORDS.items())
    print(f"Wegen geladen uit {file.name}: {km}; {done.stops} haltes en stations.")
    print("Reistijden gaan vanaf de volgende berekening over deze wegen. © OpenStreetMap-bijdragers (ODbL).")
    return 0
