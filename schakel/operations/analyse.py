"""`schakel analyse`: work out the blind spots and say what was found."""

from __future__ import annotations

from schakel.analyses.blind_spots import run_blind_spots
from schakel.analyses.read import get_run
from schakel.analyses.thin_power import run_thin_power
from schakel.operations.errors import OperationFailed

_WORDS = {
    "absent": "gezocht en niet gevonden",
    "thin": "te weinig",
    "unknown": "er is aanbod, maar het is niet gekend",
    "no_data": "we weten het niet",
    "served": "bereikt",
}


def analyse_and_tell() -> int:
    """Run the analysis and print how many cells have which state."""
    outcome = run_blind_spots()
    run_thin_power()
    run = None if outcome is None else get_run(outcome.run)
    if outcome is None or run is None:
        raise OperationFailed("Er is nog geen regio geladen, dus er is niets te berekenen. Laad eerst een regiopakket.")
    print(f"Analyse {run.id}: " + ("nieuw." if outcome.fresh else "er is niets veranderd."))
    for state, words in _WORDS.items():
        print(f"  {run.counts[state]:5d}  {words}")
    print(f"  {run.counts['cells']:5d}  antwoorden samen; van {run.counts['suspected']} weten we helemaal niets")
    return 0
