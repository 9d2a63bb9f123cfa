"""Record what a source says: new statements are added, the same one again changes nothing, gone ones are withdrawn."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from schakel.core.model import EntityKind, Json
from schakel.register.models import Run, Source, Statement
from schakel.register.write import bulk

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Said:
    """What a source says about one thing, before it is recorded. Fields it does not speak of are absent."""

    entity: EntityKind
    key: str
    organisation_key: str
    values: Mapping[str, Json]
    stated_on: str | None = None
    url: str = ""
    remarks: str = ""
    verified: bool = True

    def digest(self) -> str:
        """SHA-256 of everything said, so that the same statement is recognised."""
        whole = [self.organisation_key, self.values, self.stated_on, self.url, self.remarks, self.verified]
        text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(slots=True)
class Changes:
    """What recording did: how many statements were added and withdrawn, and which organisations that touches."""

    added: int = 0
    withdrawn: int = 0
    organisations: set[str] = field(default_factory=set)


def record_statements(
    said: Sequence[Said],
    *,
    source: Source,
    run: Run | None,
    now: datetime,
    organisations: Iterable[str],
    changes: Changes,
) -> None:
    """Make the live statements of `source` on `organisations` exactly `said`; adds to `changes` what that changed.

    Every organisation spoken of in `said` must be among `organisations`.
    """
    organisations = list(organisations)
    # The source is compared here and not in the query: SQLite would read everything it ever said, for each chunk.
    standing = {
        (entity, key, digest): (number, organisation)
        for number, speaker, entity, key, digest, organisation in Statement.objects.filter(
            withdrawn_at__isnull=True, organisation_key__in=organisations
        ).values_list("id", "source_id", "entity", "key", "digest", "organisation_key")
        if speaker == source.pk
    }
    fresh: list[bulk.Row] = []
    for item in said:
        digest = item.digest()
        if standing.pop((item.entity.value, item.key, digest), None) is None:
            fresh.append(statement_row(item, digest, source=source, run=run, now=now))
            changes.organisations.add(item.organisation_key)
    gone = [number for number, _ in standing.values()]
    for start in range(0, len(gone), BATCH):
        Statement.objects.filter(id__in=gone[start : start + BATCH]).update(withdrawn_at=now)
    changes.organisations.update(organisation for _, organisation in standing.values())
    bulk.insert(Statement, fresh)
    changes.added += len(fresh)
    changes.withdrawn += len(gone)


def statement_row(
    said: Said, digest: str, *, source: Source, run: Run | None, now: datetime, author: int | None = None
) -> bulk.Row:
    """The row that records `said`; `author` is the number of the person who says it."""
    return {
        "entity": said.entity.value,
        "key": said.key,
        "organisation_key": said.organisation_key,
        "source_id": source.pk,
        "run_id": None if run is None else run.pk,
        "author_id": author,
        "values": said.values,
        "stated_on": said.stated_on,
        "recorded_at": now,
        "url": said.url,
        "remarks": said.remarks,
        "verified": said.verified,
        "digest": digest,
        "withdrawn_at": None,
    }
