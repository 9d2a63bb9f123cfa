"""Keep the lines behind the maps: one layer replaced as a whole, inside a recorded run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from schakel.audit import log
from schakel.core.model import SourceRank
from schakel.register.models import MapLayer, Run, Source
from schakel.register.write.pack import RunSummary
from schakel.register.write.revision import bump, lock_register


@dataclass(frozen=True, slots=True)
class LayerSource:
    """Who drew the lines."""

    key: str
    title: str
    url: str = ""
    licence: str = ""


def store_layer(
    key: str, content: str, *, source: LayerSource, counts: Mapping[str, int], version: str, now: datetime
) -> RunSummary:
    """Replace the layer `key` by `content` (GeoJSON text in WGS84), in one transaction.

    The same content from the same source changes nothing, not even the revision. `version` is that of this program.
    """
    fingerprint = hashlib.sha256(content.encode()).hexdigest()
    with transaction.atomic():
        revision = lock_register(now)
        described = {"title": source.title, "url": source.url, "licence": source.licence, "withdrawn_at": None}
        standing = MapLayer.objects.select_related("run", "source").filter(key=key).first()
        if standing is not None and standing.run.fingerprint == fingerprint and _says(standing.source, source):
            return RunSummary(standing.run.pk, False, revision.number, standing.run.counts)
        row, _ = Source.objects.update_or_create(
            key=source.key, defaults=described, create_defaults={**described, "rank": SourceRank.PUBLICATION}
        )
        run = Run.objects.create(
            source=row, started_at=now, finished_at=now, fingerprint=fingerprint, counts=dict(counts), version=version
        )
        MapLayer.objects.update_or_create(key=key, defaults={"content": content, "source": row, "run": run})
        number = bump(revision, now)
        log.record("load", source.key, details={"run": run.pk, "layer": key, **counts})
    return RunSummary(run.pk, True, number, dict(counts))


def _says(row: Source, source: LayerSource) -> bool:
    return (row.key, row.title, row.withdrawn_at) == (source.key, source.title, None)
