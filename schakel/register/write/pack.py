"""Load a region pack: in one transaction, and twice the same changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from schakel.audit import log
from schakel.core.model import SourceRank
from schakel.register.models import Region, Run, Source, Statement
from schakel.register.write.facts import write_facts
from schakel.register.write.pack_statements import PackStatements
from schakel.register.write.resolve import CHUNK, Progress, resolve_everything, resolve_organisations
from schakel.register.write.revision import bump, lock_register
from schakel.register.write.statements import Changes, record_statements
from schakel.sources.region_pack.model import RegionPack


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a load did. `changed` is `False` when this very pack was already loaded: then no new run is recorded and
    `run_id` is that of the load that stands. `counts`: rows per table, statements added and withdrawn, organisations
    written again."""

    run_id: int
    changed: bool
    revision: int
    counts: Mapping[str, int]


def load_pack(
    pack: RegionPack, *, source_key: str, version: str, now: datetime, progress: Progress | None = None
) -> RunSummary:
    """Bring the register in line with a checked pack, inside one transaction; `version` is that of this program.

    The pack replaces everything its source said before: what it no longer says is withdrawn, what editors and other
    sources said stays. Facts with one source are replaced as a whole. Waits for another load that is busy. The same
    pack again (same fingerprint as the last load of this source, which was not withdrawn since) changes nothing, not
    even the revision. Raises `InvalidInput` when the register serves another region.
    """
    with transaction.atomic():
        revision = lock_register(now)
        source = _write_source(pack, source_key)
        standing = Run.objects.filter(source=source).order_by("-id").first()
        if standing is not None and standing.fingerprint == pack.fingerprint and source.withdrawn_at is None:
            return RunSummary(standing.pk, False, revision.number, standing.counts)
        counts_again = source.withdrawn_at is not None
        if counts_again:
            source.withdrawn_at = None
            source.save()
        run = Run.objects.create(
            source=source, started_at=now, finished_at=now, fingerprint=pack.fingerprint, version=version
        )
        reach_changed = write_facts(pack, source=source, run=run)
        changes = _record(pack, source, run, now, progress)
        today = timezone.localdate(now)
        if reach_changed or counts_again:
            written = resolve_everything(today=today, progress=progress)
        else:
            written = resolve_organisations(changes.organisations, today=today, progress=progress)
        counts = _table_sizes(pack) | {
            "statements_added": changes.added,
            "statements_withdrawn": changes.withdrawn,
            "organisations_written": written,
        }
        Run.objects.filter(pk=run.pk).update(counts=counts, finished_at=timezone.now())
        number = bump(revision, now)
        log.record("load", source_key, details={"run": run.pk, **counts})
    return RunSummary(run.pk, True, number, counts)


def _write_source(pack: RegionPack, key: str) -> Source:
    region = Region.objects.filter(id=1).first()
    if region is not None and region.slug != pack.settings.slug:
        # write_facts refuses this pack with a remedy; the source of the standing region keeps its title
        return Source.objects.get_or_create(key=key, defaults={"title": key, "rank": SourceRank.PUBLICATION})[0]
    name = pack.settings.name.get("nl", pack.settings.slug)
    described = {
        "title": f"Regiopakket {name} ({pack.settings.compiled_on})",
        "rank": SourceRank.PUBLICATION.value,
        "licence": pack.settings.licence,
        "synthetic": pack.settings.synthetic,
    }
    source, _ = Source.objects.get_or_create(key=key, defaults=described)
    if any(getattr(source, name) != value for name, value in described.items()):
        Source.objects.filter(pk=source.pk).update(**described)
        source.refresh_from_db()
    return source


def _record(pack: RegionPack, source: Source, run: Run, now: datetime, progress: Progress | None) -> Changes:
    changes = Changes()
    statements = PackStatements(pack)
    said_before = Statement.objects.filter(source=source, withdrawn_at__isnull=True)
    gone = set(said_before.values_list("organisation_key", flat=True).distinct()) - set(statements.organisations)
    slugs = [*statements.organisations, *sorted(gone)]
    for start in range(0, len(slugs), CHUNK):
        chunk = slugs[start : start + CHUNK]
        said = list(statements.on(chunk))
        record_statements(said, source=source, run=run, now=now, organisations=chunk, changes=changes)
        if progress is not None:
            progress("uitspraken opslaan", min(start + CHUNK, len(slugs)), len(slugs))
    return changes


def _table_sizes(pack: RegionPack) -> dict[str, int]:
    tables = (field.name for field in fields(pack) if field.name not in ("settings", "fingerprint"))
    return {name: len(getattr(pack, name)) for name in tables}
