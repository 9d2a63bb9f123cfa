"""Read what analyses found: dataclasses of the run that is shown, kept in memory as long as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from django.db import connection

from schakel.analyses.models import Published, Result, Run
from schakel.analyses.stored import KIND, THEME, GridCell, cell_of
from schakel.core.access.blindspots import REACHED, Change, State, list_changes
from schakel.core.model import Json, Municipality


@dataclass(frozen=True, slots=True)
class RunInfo:
    """One run: what it was worked out from. `counts` says in short what it found."""

    id: int
    kind: str
    day: date
    started_at: datetime
    finished_at: datetime
    revision: int
    fingerprint: str
    parameters: Mapping[str, Json]
    versions: Mapping[str, Json]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BlindSpots:
    """The grid that is shown, with its run; cells by service (or theme) and NIS code (`None`: the whole region)."""

    run: RunInfo
    services: Mapping[tuple[str, str | None], GridCell]
    themes: Mapping[tuple[str, str | None], GridCell]
    changes: tuple[Change, ...]  # since the run before


_SHOWN = f"SELECT run_id FROM {Published._meta.db_table} WHERE kind = %s"  # noqa: S608 (a name of our own)
_lock = Lock()
_kept: BlindSpots | None = None


def shown_run(kind: str = KIND) -> int | None:
    """The number of the run that is shown; `None` while there is none.

    Asked by every request to the API, so in plain SQL: the ORM takes ten times as long to write this query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SHOWN, [kind])
        row = cursor.fetchone()
    return int(row[0]) if row else None


def blind_spots() -> BlindSpots | None:
    """The grid that is shown now; `None` before the first run. One query while it stays the same."""
    global _kept
    number = shown_run()
    if number is None:
        return None
    with _lock:
        if _kept is None or _kept.run.id != number:
            _kept = _read(number)
        return _kept


def neighbours_with(grid: BlindSpots, place: Municipality, code: str) -> tuple[str, ...]:
    """The NIS codes of the neighbours that a service does reach, sorted; none for a service of the whole region."""
    around = ((nis_code, grid.services.get((code, nis_code))) for nis_code in sorted(place.neighbours))
    return tuple(nis_code for nis_code, cell in around if cell is not None and cell.state in REACHED)


def forget() -> None:
    """Forget what is kept. For tests, whose runs start again at one."""
    global _kept
    with _lock:
        _kept = None


def get_run(number: int) -> RunInfo | None:
    """The run with this number."""
    row = Run.objects.filter(pk=number).first()
    return None if row is None else _run(row)


def list_runs(kind: str = KIND, limit: int = 20) -> tuple[RunInfo, ...]:
    """The last runs of a kind, newest first."""
    return tuple(_run(row) for row in Run.objects.filter(kind=kind).order_by("-id")[: max(limit, 0)])


def compare_runs(before: int, after: int) -> tuple[Change, ...]:
    """Every cell per service of which the state differs between two runs; a run that is gone holds none."""
    return list_changes(_states(before), _states(after))


def _states(number: int) -> Mapping[tuple[str, str | None], State]:
    rows = Result.objects.filter(run_id=number, level="service").order_by("position")
    return {
        (code, nis_code or None): State(state)
        for code, nis_code, state in rows.values_list("code", "nis_code", "state")
    }


def _read(number: int) -> BlindSpots | None:
    run = get_run(number)
    if run is None:
        return None
    services: dict[tuple[str, str | None], GridCell] = {}
    themes: dict[tuple[str, str | None], GridCell] = {}
    for row in Result.objects.filter(run_id=number).order_by("position"):
        cell = cell_of(row.code, row.nis_code, row.state, row.content)
        (themes if row.level == THEME else services)[cell.code, cell.nis_code] = cell
    before = Run.objects.filter(kind=KIND, pk__lt=number).order_by("-id").values_list("id", flat=True).first()
    return BlindSpots(run, services, themes, () if before is None else compare_runs(before, number))


def _run(row: Run) -> RunInfo:
    return RunInfo(
        id=row.pk,
        kind=row.kind,
        day=row.day,
        started_at=row.started_at,
        finished_at=row.finished_at,
        revision=row.revision,
        fingerprint=row.fingerprint,
        parameters=row.parameters,
        versions=row.versions,
        counts=row.counts,
    )
