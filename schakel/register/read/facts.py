"""Read the facts that have one source each: tasks, initiatives, partners, figures, and that nothing was found."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

from django.db.models import Count, Max, Q

from schakel.core.model import LifeStatus, SourceRank
from schakel.register import models
from schakel.register.folding import fold
from schakel.register.read.merges import also_known_as, known_as, merges
from schakel.register.read.model import (
    Figure,
    Initiative,
    NegativeStatement,
    Page,
    Partner,
    RunInfo,
    SourceInfo,
    Task,
)
from schakel.register.read.region import fact_source

T = TypeVar("T")
LARGEST_PAGE = 500


def paginate(items: tuple[T, ...], page: int, size: int) -> Page[T]:
    """One page of `items`; a number outside the list gives the nearest page that exists."""
    size = min(max(size, 1), LARGEST_PAGE)
    last = max(1, -(-len(items) // size))
    number = min(max(page, 1), last)
    return Page(items[(number - 1) * size : number * size], number, size, len(items))


def list_tasks(nis_code: str | None = None, *, organisation: str | None = None) -> tuple[Task, ...]:
    """Tasks that local governments let a social enterprise do; newest year first, then by title.

    Of one municipality, or of one organisation: also those told of what was merged into it.
    """
    rows = models.Task.objects.select_related("source").filter(source__withdrawn_at__isnull=True)
    into = merges()
    if nis_code is not None:
        rows = rows.filter(municipality_id=nis_code)
    if organisation is not None:
        rows = rows.filter(organisation_key__in=also_known_as(organisation, into))
    found = [
        Task(
            key=row.key,
            nis_code=row.municipality_id,
            title=row.title,
            services=tuple(row.services),
            organisation=_today(row.organisation_key, into),
            provider_name=row.provider_name,
            year=row.year,
            status=LifeStatus(row.status),
            source=fact_source(row),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda task: (-(task.year or 0), fold(task.title), task.key)))


def list_initiatives(
    nis_code: str | None = None, page: int = 1, size: int = 50, *, organisation: str | None = None
) -> Page[Initiative]:
    """Initiatives; newest year first, then by title.

    Of one municipality: only those said to be there. Of one organisation: also those told of what was merged into it.
    """
    rows = models.Initiative.objects.select_related("source").filter(source__withdrawn_at__isnull=True)
    into = merges()
    if nis_code is not None:
        rows = rows.filter(municipality_id=nis_code)
    if organisation is not None:
        rows = rows.filter(organisation_key__in=also_known_as(organisation, into))
    found = [
        Initiative(
            key=row.key,
            title=row.title,
            summary=row.summary,
            organisation=_today(row.organisation_key, into),
            nis_code=row.municipality_id,
            place=row.place,
            year=row.year,
            goal=row.goal,
            status=LifeStatus(row.status),
            source=fact_source(row),
        )
        for row in rows
    ]
    ordered = tuple(sorted(found, key=lambda item: (-(item.year or 0), fold(item.title), item.key)))
    return paginate(ordered, page, size)


def list_partners(nis_code: str | None = None) -> tuple[Partner, ...]:
    """Partners, sorted by folded name."""
    rows = models.Partner.objects.select_related("source").filter(source__withdrawn_at__isnull=True)
    if nis_code is not None:
        rows = rows.filter(municipality_id=nis_code)
    found = [
        Partner(
            key=row.key,
            name=row.name,
            kind=row.kind,
            nis_code=row.municipality_id,
            place=row.place,
            website=row.website,
            source=fact_source(row),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda partner: (fold(partner.name), partner.key)))


def list_figures(nis_code: str) -> tuple[Figure, ...]:
    """Published figures about one municipality, by indicator, newest year first; two sources give two rows."""
    rows = models.MunicipalFigure.objects.select_related("source").filter(
        source__withdrawn_at__isnull=True, municipality_id=nis_code
    )
    found = [
        Figure(
            nis_code=row.municipality_id,
            indicator=row.indicator,
            year=row.year,
            value=row.value,
            unit=row.unit,
            source=fact_source(row),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda figure: (fold(figure.indicator), -(figure.year or 0), figure.value)))


def list_negative_statements(nis_code: str | None = None, service: str | None = None) -> tuple[NegativeStatement, ...]:
    """Where somebody searched for a service and found none; newest search first."""
    rows = models.NegativeStatement.objects.select_related("source").filter(source__withdrawn_at__isnull=True)
    if nis_code is not None:
        rows = rows.filter(municipality_id=nis_code)
    if service is not None:
        rows = rows.filter(service=service)
    found = [
        NegativeStatement(
            nis_code=row.municipality_id,
            service=row.service,
            searched_by=row.searched_by,
            method=row.method,
            searched_on=row.searched_on,
            source=fact_source(row),
        )
        for row in rows
    ]
    found.sort(key=lambda item: (item.nis_code, item.service, item.searched_by))
    return tuple(sorted(found, key=lambda item: item.searched_on, reverse=True))


def list_sources() -> tuple[SourceInfo, ...]:
    """Everybody who says something in this register, sorted by folded title."""
    rows = models.Source.objects.annotate(last_run=Max("runs__id"))
    counts = dict(
        models.Statement.objects.filter(withdrawn_at__isnull=True)
        .order_by()
        .values_list("source_id")
        .annotate(number=Count("id", filter=Q(source__withdrawn_at__isnull=True)))
    )
    found = [
        SourceInfo(
            key=row.key,
            title=row.title,
            rank=SourceRank(row.rank),
            url=row.url,
            licence=row.licence,
            synthetic=row.synthetic,
            withdrawn_at=row.withdrawn_at,
            statements=counts.get(row.pk, 0),
            last_run=row.last_run,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda source: (fold(source.title), source.key)))


def source_titles(keys: Collection[str]) -> dict[str, str]:
    """What these sources call themselves, by key; what is no source is left out."""
    return dict(models.Source.objects.filter(key__in=keys).values_list("key", "title"))


def list_runs(limit: int = 50) -> tuple[RunInfo, ...]:
    """The latest loads, newest first."""
    rows = models.Run.objects.select_related("source").order_by("-id")[: max(limit, 0)]
    return tuple(_run(row) for row in rows)


def get_run(number: int) -> RunInfo | None:
    """One load by its number."""
    if not 0 < number < 2**63:
        return None
    row = models.Run.objects.select_related("source").filter(pk=number).first()
    return None if row is None else _run(row)


def _today(slug: str, into: Mapping[str, str]) -> str | None:
    return known_as(slug, into) if slug else None


def _run(row: models.Run) -> RunInfo:
    return RunInfo(
        id=row.pk,
        source=row.source.key,
        source_title=row.source.title,
        started_at=row.started_at,
        finished_at=row.finished_at,
        fingerprint=row.fingerprint,
        counts=row.counts,
        version=row.version,
    )
