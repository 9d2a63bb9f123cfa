"""Roads and population from the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from schakel.core.geography.travel import Mode
from schakel.operations.errors import BAD_INPUT, OperationFailed
from schakel.operations.progress import Counting
from schakel.sources.population import PopulationFaults

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


def load_population_and_tell(file: Path, areas: Sequence[Path]) -> int:
    """Load inhabitants per sector or neighbourhood and say what was kept; every fault goes to stderr, one a line."""
    from schakel.ingest.population import load_population
    from schakel.operations.prepare import migrate

    migrate()
    try:
        done = load_population(file, areas)
    except PopulationFaults as refusal:
        for fault in refusal.faults:
            print(fault, file=sys.stderr)
        raise OperationFailed(
            f"{len(refusal.faults)} {'fout' if len(refusal.faults) == 1 else 'fouten'}. Er is niets geladen.",
            exit_code=BAD_INPUT,
        ) from refusal
    if not done.changed:
        print("Deze inwoners stonden er al.")
        return 0
    how = "geteld per plaats" if done.counted else "per gemeente verdeeld naar oppervlakte"
    print(f"{done.points} plaatsen geladen met samen {done.people:.0f} inwoners, {how}.")
    if done.outside:
        print(f"{done.outside} rijen liggen buiten de regio en zijn overgeslagen.")
    if done.unplaced:
        print(f"Van {done.unplaced:.0f} inwoners is de plaats niet bekend: ze tellen mee waar de anderen wonen.")
    return 0
