"""Load inhabitants per point: in one transaction, and twice the same changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from schakel.audit import log
from schakel.core.model import Origin, SourceRank
from schakel.register.models import PopulationPoint, Run, Source
from schakel.register.write.revision import bump, lock_register

POPULATION = "population"  # the key of the source


@dataclass(frozen=True, slots=True)
class PopulationSummary:
    """What a load did; `changed` is False when this very population was already loaded."""

    run_id: int
    changed: bool


def load_population(
    origins: Sequence[Origin],
    *,
    title: str,
    counted: bool,
    year: int | None,
    fingerprint: str,
    version: str,
    now: datetime,
) -> PopulationSummary:
    """Let these points replace the ones loaded before, under a recorded run; their municipalities must exist.

    The same fingerprint as the last load, not withdrawn since, changes nothing, not even the revision.
    """
    with transaction.atomic():
        revision = lock_register(now)
        source, _ = Source.objects.update_or_create(
            key=POPULATION, defaults={"title": title, "rank": SourceRank.PUBLICATION.value}
        )
        standing = Run.objects.filter(source=source).order_by("-id").first()
        if standing is not None and standing.fingerprint == fingerprint and source.withdrawn_at is None:
            return PopulationSummary(standing.pk, False)
        source.withdrawn_at = None
        source.save()
        run = Run.objects.create(
            source=source,
            started_at=now,
            finished_at=timezone.now(),
            fingerprint=fingerprint,
            version=version,
            counts={"population_points": len(origins)},
        )
        PopulationPoint.objects.all().delete()
        PopulationPoint.objects.bulk_create([_point(row, source, run, counted, year) for row in origins], 500)
        bump(revision, now)
        log.record("load", POPULATION, details={"run": run.pk, "population_points": len(origins)})
    return PopulationSummary(run.pk, True)


def _point(row: Origin, source: Source, run: Run, counted: bool, year: int | None) -> PopulationPoint:
    return PopulationPoint(
        source=source,
        run=run,
        source_date=None if year is None else str(year),
        key=row.key,
        name=row.name[:200],
        municipality_id=row.nis_code,
        lat=row.point.lat,
        lon=row.point.lon,
        people=row.population,
        counted=counted,
        year=year,
    )
