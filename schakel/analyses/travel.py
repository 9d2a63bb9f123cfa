"""The travel times that this installation knows: over roads when they are loaded and sound, else an estimate."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from schakel.core.geography import travel  # its heavy names load when first used
from schakel.core.geography.travel import Places, TravelTime

_log = logging.getLogger("schakel.analyses")


@dataclass(frozen=True)
class KnownTravel:
    """The best travel times there are, and what to tell about them.

    `stops`: where public transport stops; None when no file told. `dated` and `file`: of the extract. `problem`: in
    plain Dutch, why loaded roads are not used; empty when nothing is wrong.
    """

    times: TravelTime
    stops: Places | None = None
    dated: str | None = None
    file: str = ""
    problem: str = ""


def travel_time() -> TravelTime:
    """The best travel times there are; `times.basis` says whether they are an estimate."""
    return known_travel().times


def known_travel() -> KnownTravel:
    """The same with its source; read again when the kept file changes."""
    file = Path(settings.ROADS_FILE)
    try:
        state = file.stat()
    except FileNotFoundError:
        return KnownTravel(travel.Estimate())
    return _read(file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=1)
def _read(file: Path, changed: int, size: int) -> KnownTravel:
    from schakel.sources.osm import DamagedRoads, read_roads  # SciPy: not in a web process without roads

    try:
        kept = read_roads(file)
    except DamagedRoads as damage:
        _log.warning("the kept roads are damaged; estimates are used instead", exc_info=True)
        return KnownTravel(travel.Estimate(), problem=str(damage))
    if kept is None:
        return KnownTravel(travel.Estimate())
    return KnownTravel(travel.Roads(kept.graph), kept.stops, kept.dated or kept.read_on, kept.file)
