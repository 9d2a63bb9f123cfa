"""Read the points from which people set out, each with how many people it stands for."""

from __future__ import annotations

from schakel.core.geography.population import latest_population, share_over_localities
from schakel.register.read.model import OriginSet
from schakel.register.read.region import list_localities, list_municipalities

LOCALITY = "locality"


def list_origins() -> OriginSet:
    """The localities of the region, each with its share of the population of its municipality by area."""
    municipalities = list_municipalities()
    years = {known[0] for row in municipalities if (known := latest_population(row)) is not None}
    return OriginSet(
        origins=share_over_localities(municipalities, list_localities()),
        level=LOCALITY,
        counted=False,
        years=(min(years), max(years)) if years else None,
        source=municipalities[0].source if municipalities else None,
    )
