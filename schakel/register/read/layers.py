"""Read the lines behind the maps."""

from __future__ import annotations

from schakel.register import models
from schakel.register.read.model import MapLayer

MUNICIPALITIES, CANTONS = "municipalities", "cantons"  # the layers there are


def get_map_layer(key: str) -> MapLayer | None:
    """The layer `municipalities` or `cantons`; None when it was not loaded, or its source was withdrawn."""
    rows = models.MapLayer.objects.select_related("source", "run")
    row = rows.filter(key=key, source__withdrawn_at__isnull=True).first()
    if row is None:
        return None
    return MapLayer(
        row.key, row.content, row.source.title, row.source.url, row.source.licence, row.run_id, row.run.finished_at
    )


def knows_map_layer(key: str) -> bool:
    """Whether this layer was ever loaded, also when its source was withdrawn since."""
    return models.MapLayer.objects.filter(key=key).exists()
