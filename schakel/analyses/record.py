"""Store a run with its results and publish it: one transaction, one pointer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from schakel.analyses.models import Published, Result, Run
from schakel.audit.guard import Guard
from schakel.core.model import Json

KEPT = 30
_REFUSAL = "a run of an analysis cannot be changed, and only pruning removes it"
KEPT_AS_THEY_ARE = (Guard("analyses_result", _REFUSAL), Guard("analyses_run", _REFUSAL))


@dataclass(frozen=True, slots=True)
class Row:
    """One result to store; `content` has passed the small-number rule."""

    level: str
    code: str
    nis_code: str  # "": the region as a whole
    state: str
    content: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The run that is shown now; `fresh`: it was not the one that was shown before."""

    run: int
    fresh: bool


def digest_of(value: Json) -> str:
    """SHA-256 of plain values, whatever the order of their keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def record_run(
    kind: str,
    rows: Sequence[Row],
    *,
    day: date,
    revision: int,
    fingerprint: str,
    started_at: datetime,
    parameters: Mapping[str, Json],
    versions: Mapping[str, Json],
    counts: Mapping[str, int],
) -> Outcome:
    """Store the rows under a new run and show it, unless the run that is shown holds exactly this already.

    `day`: the day the figures are for; `revision`: of the register they were read at; `fingerprint`: of inputs,
    parameters and versions. Two at once: the second waits and then sees that there is nothing to do. All or nothing.
    """
    content: list[Json] = [[row.level, row.code, row.nis_code, row.state, dict(row.content)] for row in rows]
    digest = digest_of(content)

    def make() -> Run:
        run = Run.objects.create(
            kind=kind,
            day=day,
            started_at=started_at,
            finished_at=timezone.now(),
            revision=revision,
            fingerprint=fingerprint,
            digest=digest,
            parameters=dict(parameters),
            versions=dict(versions),
            counts=dict(counts),
        )
        _store(run, rows)
        return run

    return _publish(kind, make, fingerprint=fingerprint, digest=digest, revision=revision, day=day)


def _store(run: Run, rows: Sequence[Row]) -> None:
    Result.objects.bulk_create(
        [
            Result(
                run=run,
                position=position,
                level=row.level,
                code=row.code,
                nis_code=row.nis_code,
                state=row.state,
                content=dict(row.content),
            )
            for position, row in enumerate(rows)
        ],
        batch_size=500,
    )


def _publish(kind: str, make: Callable[[], Run], *, fingerprint: str, digest: str, revision: int, day: date) -> Outcome:
    with transaction.atomic():
        shown = Published.objects.select_for_update().select_related("run").filter(kind=kind).first()
        if shown is not None and (shown.run.fingerprint, shown.run.digest) == (fingerprint, digest):
            Published.objects.filter(kind=kind).update(revision=revision, day=day)
            return Outcome(shown.run_id, fresh=False)
        if shown is not None:
            run = make()
            Published.objects.filter(kind=kind).update(run=run, at=timezone.now(), revision=revision, day=day)
            return Outcome(run.pk, fresh=True)
    try:
        with transaction.atomic():
            run = make()
            Published.objects.create(kind=kind, run=run, at=timezone.now(), revision=revision, day=day)
            return Outcome(run.pk, fresh=True)
    except IntegrityError:  # the very first, made twice at once: the other was first
        return _publish(kind, make, fingerprint=fingerprint, digest=digest, revision=revision, day=day)


def prune_runs(kind: str) -> int:
    """Throw old runs of a kind away; returns how many. The last thirty and the last of each month stay."""
    with transaction.atomic():
        runs = list(Run.objects.filter(kind=kind).order_by("-id").values_list("id", "day"))
        last_of_month: dict[tuple[int, int], int] = {}
        for number, day in runs:
            last_of_month.setdefault((day.year, day.month), number)
        shown = Published.objects.filter(kind=kind).values_list("run_id", flat=True)
        kept = {number for number, _ in runs[:KEPT]} | set(last_of_month.values()) | set(shown)
        gone = [number for number, _ in runs if number not in kept]
        _throw_away(gone)
    return len(gone)


def prune_answers(family: str, *, since: date, most: int) -> int:
    """Throw away the answers whose kinds begin with `family`, each shown by itself; returns how many.

    Those for a day before `since` go, and of the others all but the last `most`: who asks again gets a new answer.
    """
    with transaction.atomic():
        runs = Run.objects.filter(kind__startswith=family).order_by("-id").values_list("id", "day")
        gone = [number for place, (number, day) in enumerate(runs) if place >= most or day < since]
        Published.objects.filter(run_id__in=gone).delete()
        _throw_away(gone)
    return len(gone)


def _throw_away(gone: Sequence[int]) -> None:
    if not gone:
        return
    with ExitStack() as opened:
        for guard in KEPT_AS_THEY_ARE:
            opened.enter_context(guard.lifted())
        Run.objects.filter(pk__in=gone).delete()
