"""Facts with one source each (ADR 0004): replaced as a whole when their pack is loaded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db.models import Model

from schakel.core.errors import InvalidInput
from schakel.register.models import (
    Cluster,
    ClusterMember,
    Initiative,
    Locality,
    MunicipalFigure,
    Municipality,
    NegativeStatement,
    Partner,
    Region,
    Run,
    Source,
    Task,
)
from schakel.sources.region_pack.model import RegionPack, SourcedRow

BATCH = 1000
# Tables that nothing else in the database points at, from dependent to independent.
_REPLACED: tuple[type[Model], ...] = (
    ClusterMember,
    Cluster,
    Locality,
    Partner,
    Initiative,
    Task,
    MunicipalFigure,
    NegativeStatement,
)


def geography_fingerprint(pack: RegionPack) -> str:
    """SHA-256 of everything in a pack that service areas and points depend on."""
    whole = {
        "municipalities": [(m.nis_code, m.name, m.lat, m.lon, sorted(m.neighbours)) for m in pack.municipalities],
        "localities": [(p.name, p.nis_code, p.postal_code, p.lat, p.lon) for p in pack.localities],
        "clusters": [(c.slug, c.name) for c in pack.clusters],
        "members": [(m.cluster, m.nis_code, m.since, m.until) for m in pack.cluster_members],
        "assumed_area": asdict(pack.settings.assumed_area),
    }
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def write_facts(pack: RegionPack, *, source: Source, run: Run) -> bool:
    """Write the region and every fact with one source; `True` when service areas have to be resolved again.

    Raises `InvalidInput` when the register serves another region, or when a municipality that is no longer in the
    pack still has a negative statement by somebody else.
    """
    moved = _write_region(pack)
    for model in _REPLACED:
        model._default_manager.filter(source=source).delete()
    _write_municipalities(pack, source, run)
    _write_clusters(pack, source, run)
    _create(Locality, pack.localities, source, run, {"nis_code": "municipality_id"})
    _create(Partner, pack.partners, source, run, {"nis_code": "municipality_id"})
    for table, rows in ((Initiative, pack.initiatives), (Task, pack.tasks)):
        _create(table, rows, source, run, {"nis_code": "municipality_id", "organisation": "organisation_key"})
    _create(MunicipalFigure, pack.municipal_figures, source, run, {"nis_code": "municipality_id"})
    _create(NegativeStatement, pack.negative_statements, source, run, {"nis_code": "municipality_id"})
    return moved


def _write_region(pack: RegionPack) -> bool:
    settings = asdict(pack.settings)
    slug, name = settings.pop("slug"), pack.settings.name.get("nl", pack.settings.slug)
    settings["geography"] = geography_fingerprint(pack)
    standing = Region.objects.filter(id=1).first()
    if standing is not None and standing.slug != slug:
        raise InvalidInput(
            f"Dit register dient de regio {standing.slug!r} en het pakket is van {slug!r}. "
            "Een installatie dient één regio: begin voor een andere regio met een nieuwe gegevensmap (--data)."
        )
    Region.objects.update_or_create(id=1, defaults={"slug": slug, "name": name, "settings": settings})
    return standing is None or standing.settings.get("geography") != settings["geography"]


def _write_municipalities(pack: RegionPack, source: Source, run: Run) -> None:
    codes = [row.nis_code for row in pack.municipalities]
    kept = NegativeStatement.objects.exclude(municipality_id__in=codes).select_related("municipality").first()
    if kept is not None:
        raise InvalidInput(
            f"De gemeente {kept.municipality.name} staat niet meer in het pakket, maar er is vastgelegd dat daar geen "
            f"aanbod is voor {kept.service!r}. Trek die uitspraak eerst in, of zet de gemeente terug."
        )
    Municipality.objects.exclude(nis_code__in=codes).delete()
    # A slug that two municipalities swap would clash half-way: first each gets one of its own.
    wanted = {row.nis_code: row.slug for row in pack.municipalities}
    for code, slug in Municipality.objects.values_list("nis_code", "slug"):
        if slug != wanted[code]:
            Municipality.objects.filter(nis_code=code).update(slug=f"nis-{code}")
    rows = [
        Municipality(
            **_sourced(row, source, run),
            nis_code=row.nis_code,
            slug=row.slug,
            name=row.name,
            arrondissement=row.arrondissement,
            area_km2=row.area_km2,
            lat=row.lat,
            lon=row.lon,
            neighbours=sorted(row.neighbours),
            population={str(year): count for year, count in row.population.items()},
        )
        for row in pack.municipalities
    ]
    names = [field.name for field in Municipality._meta.concrete_fields if field.name != "nis_code"]
    Municipality.objects.bulk_create(rows, update_conflicts=True, unique_fields=["nis_code"], update_fields=names)


def _write_clusters(pack: RegionPack, source: Source, run: Run) -> None:
    clusters = {
        row.slug: Cluster.objects.create(
            **_sourced(row, source, run),
            slug=row.slug,
            name=row.name,
            description=row.description,
            website=row.website,
        )
        for row in pack.clusters
    }
    ClusterMember.objects.bulk_create(
        ClusterMember(
            **_sourced(row, source, run),
            cluster=clusters[row.cluster],
            municipality_id=row.nis_code,
            role=row.role,
            since=row.since,
            until=row.until,
        )
        for row in pack.cluster_members
    )


def _create(model: type[Model], rows: Iterable[SourcedRow], source: Source, run: Run, columns: dict[str, str]) -> None:
    """One database row per pack row; `columns` renames fields, the others have the same name on both sides."""
    names = {field.attname for field in model._meta.concrete_fields}
    made = []
    for row in rows:
        values = {columns.get(name, name): value for name, value in _fields(row).items()}
        plain = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
        if plain.get("organisation_key", "") is None:
            plain["organisation_key"] = ""
        made.append(model(**{name: plain[name] for name in names & plain.keys()}, source=source, run=run))
    model._default_manager.bulk_create(made, batch_size=BATCH)


def _fields(row: SourcedRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _names(type(row))}


def _names(kind: type) -> list[str]:
    return list(kind.__dataclass_fields__)  # type: ignore[attr-defined]


def _sourced(row: SourcedRow, source: Source, run: Run) -> dict[str, Any]:
    return {
        "source": source,
        "run": run,
        "source_url": row.source_url,
        "source_date": row.source_date,
        "remarks": row.remarks,
        "verified": row.verified,
    }
