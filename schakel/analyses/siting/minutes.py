"""The minutes under a question: worked out on the spot for an estimate, by the background process over roads.

Over roads the search is compiled and the graph is large, so a web process only reads what the background process kept;
the files may go at any time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from schakel.analyses.siting.ground import Ground
from schakel.analyses.travel import known_travel
from schakel.core.geography import travel as travelling  # its heavy names load when first used
from schakel.core.geography.travel import Basis, Mode

LIMIT = 600.0  # minutes: further is not reached; beyond any trip in a region, so that only islands fall out


@dataclass(frozen=True)
class Minutes:
    """Origins x sites, infinite where not reached. `off_network`: origins of which nobody knows how far they are."""

    table: NDArray[np.float64]
    basis: Basis
    fingerprint: str
    off_network: NDArray[np.int64]
    problem: str = ""


def read_minutes(ground: Ground, mode: Mode) -> Minutes | None:
    """The minutes for this mode; None while the background process still has to work them out."""
    if not Path(settings.ROADS_FILE).exists():
        return _estimate(ground, mode)
    try:
        with np.load(_file(ground, mode), allow_pickle=False) as kept:
            return Minutes(
                kept["table"], Basis(str(kept["basis"])), str(kept["fingerprint"]), kept["off"], str(kept["problem"])
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None  # not there, or damaged: it is made again


def make_minutes(ground: Ground, mode: Mode) -> Minutes:
    """The same, worked out now when need be and kept. For the background process."""
    found = read_minutes(ground, mode)
    if found is not None:
        return found
    known = known_travel()
    travel = known.times.between(ground.places, ground.sites, mode=mode, limit=LIMIT)
    made = Minutes(_dense(travel.cost), known.times.basis, known.times.fingerprint, travel.off_network, known.problem)
    _keep(_file(ground, mode), made)
    return made


def _estimate(ground: Ground, mode: Mode) -> Minutes:
    times = travelling.Estimate()
    travel = times.between(ground.places, ground.sites, mode=mode, limit=LIMIT)
    return Minutes(_dense(travel.cost), times.basis, times.fingerprint, travel.off_network)


def _dense(cost: object) -> NDArray[np.float64]:
    stored = cost.tocoo()  # type: ignore[attr-defined]
    table = np.full(stored.shape, np.inf)
    table[stored.row, stored.col] = stored.data
    return table


def _file(ground: Ground, mode: Mode) -> Path:
    """Named after everything that decides the minutes: the roads as kept, the places, the mode."""
    roads = Path(settings.ROADS_FILE)
    state = roads.stat()
    digest = hashlib.sha256(f"{state.st_mtime_ns} {state.st_size} {mode} {LIMIT}".encode())
    for part in (ground.places.lats, ground.places.lons, ground.sites.lats, ground.sites.lons):
        digest.update(part.tobytes())
    return roads.parent / f"minutes-{digest.hexdigest()[:32]}.npz"


def _keep(target: Path, made: Minutes) -> None:
    """Whole or not at all; the tables of other roads or places are thrown away."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".minutes-")
    try:
        with os.fdopen(handle, "wb") as stream:
            np.savez_compressed(
                stream, table=made.table, basis=str(made.basis), fingerprint=made.fingerprint, off=made.off_network,
                problem=made.problem,
            )  # fmt: skip
        for old in sorted(target.parent.glob("minutes-*.npz"), key=lambda file: file.stat().st_mtime)[:-8]:
            old.unlink(missing_ok=True)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
