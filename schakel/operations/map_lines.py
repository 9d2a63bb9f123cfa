"""Lines behind the maps, from the command line and at the start."""

from __future__ import annotations

import logging

from schakel.core.errors import CoreError
from schakel.operations.progress import Counting

_log = logging.getLogger("schakel.map_lines")


def load_boundaries_and_tell(place: str) -> int:
    """Make the tables when they are not there yet, load municipal boundaries, and say what was done."""
    from schakel.ingest.boundaries import load_boundaries  # loads Shapely: only when there is something to draw
    from schakel.operations.prepare import migrate  # which draws cantons itself

    migrate()
    done = load_boundaries(place, progress=Counting())
    if not done.changed:
        print("Deze grenzen stonden er al.")
        return 0
    said = [f"{done.areas} gemeenten geladen, uit {done.system}"]
    if done.repaired:
        said.append(f"{done.repaired} hersteld (lijnen die zichzelf kruisen)")
    if done.others:
        said.append(f"{done.others} gebieden van buiten de streek overgeslagen")
    print("; ".join(said) + ".")
    return 0


def draw_cantons() -> None:
    """The lines behind the maps as long as there are no municipal boundaries; a fault here never stops a start."""
    from schakel.ingest.boundaries import load_cantons  # loads Shapely

    try:
        load_cantons()
    except CoreError as error:
        _log.warning("no cantons behind the maps: %s", error)
