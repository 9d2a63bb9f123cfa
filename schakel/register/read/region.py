"""Read the region: its municipalities, localities and clusters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import connection

from schakel.core.access.blindspots import Rules
from schakel.core.identifiers import is_within
from schakel.core.model import Cluster, FactSource, Locality, Membership, Municipality, Point, PointPrecision, WaveRules
from schakel.register import models
from schakel.register.folding import fold
from schakel.register.models.region import SourcedFact
from schakel.register.read.model import Goal, RegionInfo

_REVISION = f"SELECT number FROM {models.Revision._meta.db_table} WHERE id = 1"  # noqa: S608 (a name of our own)


def revision() -> int:
    """The number that grows with every change of the register; 0 before the first.

    Asked by every request, so in plain SQL: the ORM takes ten times as long to write this query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_REVISION)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def changed_at() -> datetime | None:
    """When the register last changed; `None` before the first change."""
    row = models.Revision.objects.filter(id=1).first()
    return None if row is None else row.changed_at


def region() -> RegionInfo | None:
    """The region this register serves; `None` before a pack was loaded."""
    row = models.Region.objects.filter(id=1).first()
    if row is None:
        return None
    settings = row.settings
    goals = tuple(
        Goal(key=goal["key"], title=goal["title"], text=goal["text"], source_url=goal.get("source_url", ""))
        for goal in settings.get("goals", ())
    )
    return RegionInfo(
        slug=row.slug,
        name=settings["name"],
        description=settings["description"],
        goals=goals,
        synthetic=settings["synthetic"],
        compiled_on=settings["compiled_on"],
        licence=settings["licence"],
    )


def blind_spot_rules() -> Rules:
    """The rules of the region's `[blind_spots]`; those of Schakel before a pack was loaded that has any."""
    row = models.Region.objects.filter(id=1).values_list("settings", flat=True).first()
    return Rules(**((row or {}).get("blind_spots") or {}))


def wave_rules() -> WaveRules:
    """The rules of the region's `[needs]`; those of Schakel before a pack was loaded that has any."""
    row = models.Region.objects.filter(id=1).values_list("settings", flat=True).first()
    return WaveRules(**((row or {}).get("needs") or {}))


def list_municipalities() -> tuple[Municipality, ...]:
    """All municipalities of the region, sorted by folded name."""
    rows = models.Municipality.objects.select_related("source")
    return tuple(sorted(map(_municipality, rows), key=lambda row: fold(row.name)))


def get_municipality(slug_or_nis: str) -> Municipality | None:
    """The municipality with this slug or NIS code."""
    if "\0" in slug_or_nis:
        return None
    rows = models.Municipality.objects.select_related("source")
    row = rows.filter(slug=slug_or_nis).first() or rows.filter(nis_code=slug_or_nis).first()
    return None if row is None else _municipality(row)


def list_localities(nis_code: str | None = None) -> tuple[Locality, ...]:
    """The localities of the region, or of one municipality, sorted by folded name, then postal code."""
    rows = models.Locality.objects.all()
    if nis_code is not None:
        rows = rows.filter(municipality_id=nis_code)
    found = [
        Locality(
            row.name,
            row.municipality_id,
            row.postal_code,
            _point(row.lat, row.lon, PointPrecision.LOCALITY),
            row.area_km2,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda place: (fold(place.name), place.postal_code, place.nis_code)))


def list_clusters() -> tuple[Cluster, ...]:
    """All clusters with every membership, past ones too; sorted by folded name."""
    rows = models.Cluster.objects.select_related("source").prefetch_related("members__source")
    return tuple(sorted(map(_cluster, rows), key=lambda row: fold(row.name)))


def get_cluster(slug: str) -> Cluster | None:
    """The cluster with this slug."""
    if "\0" in slug:
        return None
    row = models.Cluster.objects.select_related("source").prefetch_related("members__source").filter(slug=slug).first()
    return None if row is None else _cluster(row)


def cluster_members(on: date, clusters: Iterable[Cluster] | None = None) -> Mapping[str, frozenset[str]]:
    """The NIS codes of the members of each cluster on a day, by slug; `clusters` when they were read already.

    A membership whose start or end is not known, or only to the year, counts as long as it may hold on that day.
    """
    known = list_clusters() if clusters is None else clusters
    return {
        cluster.slug: frozenset(
            member.nis_code for member in cluster.members if is_within(on, member.since, member.until)
        )
        for cluster in known
    }


def fact_source(row: SourcedFact) -> FactSource:
    """Where a fact with one source comes from; `row.source` must have been fetched with it."""
    return FactSource(
        source=row.source.title,
        url=row.source_url,
        stated_on=row.source_date,
        remarks=row.remarks,
        verified=row.verified,
        run_id=row.run_id,
    )


def _municipality(row: models.Municipality) -> Municipality:
    return Municipality(
        nis_code=row.nis_code,
        slug=row.slug,
        name=row.name,
        arrondissement=row.arrondissement,
        area_km2=row.area_km2,
        point=_point(row.lat, row.lon, PointPrecision.MUNICIPALITY),
        neighbours=frozenset(row.neighbours),
        population={int(year): count for year, count in sorted(row.population.items())},
        source=fact_source(row),
    )


def _cluster(row: models.Cluster) -> Cluster:
    members = [
        Membership(
            nis_code=member.municipality_id,
            role=member.role,
            since=member.since,
            until=member.until,
            source=fact_source(member),
        )
        for member in row.members.all()
    ]
    members.sort(key=lambda member: (member.role != "lead", member.nis_code, member.since or ""))
    return Cluster(
        slug=row.slug,
        name=row.name,
        description=row.description,
        website=row.website,
        members=tuple(members),
        source=fact_source(row),
    )


def _point(lat: float | None, lon: float | None, precision: PointPrecision) -> Point | None:
    return None if lat is None or lon is None else Point(lat, lon, precision)
