"""The blind spots of the region: read, classify, hide small numbers, store under a run."""

from __future__ import annotations

import heapq
import math
from dataclasses import asdict, replace
from datetime import date, datetime

import numpy as np
import scipy
from django.utils import timezone

from schakel import __version__
from schakel.analyses.gathering import gather
from schakel.analyses.models import Published
from schakel.analyses.plain import plain, plain_record
from schakel.analyses.record import Outcome, Row, digest_of, record_run
from schakel.analyses.stored import KIND, OFFER_LISTS, SERVICE, THEME
from schakel.analyses.travel import travel_time
from schakel.core.access.blindspots import Cell, Grid, Reach, Rules, State, classify
from schakel.core.disclosure import disclose_count
from schakel.core.model import Json
from schakel.register import read

METHOD = 3  # raise it when the same inputs may give other results
MOST_NAMED = 100  # offers in one list of one cell: more is not read, and a large register would fill the disk


def run_blind_spots(on: date | None = None, *, now: datetime | None = None) -> Outcome | None:
    """Work out the grid for the day `on` (today) and show it; `None` before a region was loaded.

    The same inputs, parameters and versions on the same day give the same results; then nothing new is stored.
    """
    started_at = now or timezone.now()
    day = on or timezone.localdate(started_at)
    if read.region() is None:
        return None
    revision = read.revision()
    rules = read.blind_spot_rules()
    inputs = gather(rules, day)
    parameters = plain_record(rules)
    versions = _versions()
    grid = classify(inputs, rules, day)
    return record_run(
        KIND,
        _rows(grid),
        day=day,
        revision=revision,
        fingerprint=digest_of([plain(inputs), parameters, versions]),
        started_at=started_at,
        parameters=parameters,
        versions=versions,
        counts=_counts(grid),
    )


def is_current(now: datetime | None = None) -> bool:
    """Whether the grid that is shown is that of today's register and roads; true too when there is nothing to show."""
    shown = Published.objects.select_related("run").filter(kind=KIND).first()
    if shown is None:
        return read.region() is None
    if shown.revision != read.revision() or shown.day != timezone.localdate(now):
        return False
    return bool(shown.run.versions == _versions())


def _versions() -> dict[str, Json]:
    """What results depend on beside inputs and rules: a newer program or other roads give another run."""
    return {
        "schakel": __version__,
        "method": METHOD,
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "travel": travel_time().fingerprint,
    }


def _rows(grid: Grid) -> list[Row]:
    return [_row(SERVICE, cell) for cell in grid.services] + [_row(THEME, cell) for cell in grid.themes]


def _row(level: str, cell: Cell) -> Row:
    content = plain_record(
        replace(
            cell,
            reached_by=_nearest(cell.reached_by),
            partly=_nearest(cell.partly),
            doubtful=_nearest(cell.doubtful),
        )
    )
    content["counted"] = {name: len(getattr(cell, name)) for name in OFFER_LISTS}
    signs = {name: disclose_count(count).value for name, count in asdict(cell.heard).items()}
    # what was let is published by the source itself; the others are counts of what people did here
    content["heard"] = {**signs, "tasks": cell.heard.tasks}
    for name in ("code", "nis_code", "state"):
        del content[name]
    return Row(level, cell.code, cell.nis_code or "", cell.state.value, content)


def _nearest(offers: tuple[Reach, ...]) -> tuple[Reach, ...]:
    """All of them when they can be read; of more, those that say it themselves and are nearest."""
    if len(offers) <= MOST_NAMED:
        return offers
    far = math.inf
    return tuple(
        heapq.nsmallest(
            MOST_NAMED,
            offers,
            key=lambda one: (one.how == "assumed", far if one.minutes is None else one.minutes, one.offer),
        )
    )


def _counts(grid: Grid) -> dict[str, int]:
    counts: dict[str, int] = {state.value: sum(cell.state is state for cell in grid.services) for state in State}
    counts["suspected"] = sum(cell.suspected for cell in grid.services)
    counts["cells"] = len(grid.services)
    return counts


__all__ = ["Rules", "is_current", "run_blind_spots"]
