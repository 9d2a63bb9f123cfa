"""Read the points from which people set out, each with how many people it stands for."""

from __future__ import annotations

from schakel.core.geography.population import latest_population, share_over_localities
from schakel.core.model import Origin, Point, PointPrecision
from schakel.register import models
from schakel.register.read.model import OriginSet
from schakel.register.read.region import fact_source, list_localities, list_municipalities


def list_origins() -> OriginSet:
    """The points of the population that was loaded; else the localities, each with its share of its municipality.

    A municipality that the loaded population leaves out keeps its localities, so that nobody disappears.
    """
    loaded = list(
        models.PopulationPoint.objects.filter(source__withdrawn_at__isnull=True)
        .select_related("source")
        .order_by("municipality_id", "key")
    )
    covered = {row.municipality_id for row in loaded}
    municipalities = list_municipalities()
    rest = [row for row in municipalities if row.nis_code not in covered]
    years = {row.year for row in loaded if row.year is not None}
    years |= {known[0] for row in rest if (known := latest_population(row)) is not None}
    places = [
        Origin(row.key, row.name, row.municipality_id, Point(row.lat, row.lon, PointPrecision.LOCALITY), row.people)
        for row in loaded
    ]
    sources = [fact_source(row) for row in loaded[:1]] + [row.source for row in municipalities[:1]]
    return OriginSet(
        origins=(*places, *share_over_localities(rest, list_localities())),
        level="loaded" if loaded else "locality",
        counted=bool(loaded) and not rest and all(row.counted for row in loaded),
        years=(min(years), max(years)) if years else None,
        source=sources[0] if sources else None,
    )
