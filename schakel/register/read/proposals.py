"""What organisations proposed, beside what stands there today; what people changed, beside what was there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from schakel.core.linkage.resolve import resolve_record
from schakel.core.model import EntityKind, Json, SourceRank, Statement
from schakel.register import models
from schakel.register.read.merges import known_as, merges
from schakel.register.speakers import PEOPLE

MOST = 200


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what stood there, and what somebody said instead. `None`: nothing."""

    field: str
    before: Json
    after: Json


@dataclass(frozen=True, slots=True)
class Proposal:
    """An edit that waits for an editor. `moved`: the fields of which another value stands than when it was made."""

    number: int
    organisation: str  # slug of today
    name: str
    entity: EntityKind
    key: str
    changes: tuple[Change, ...]
    moved: tuple[str, ...]
    author: str
    at: datetime
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One statement by a person about an organisation or what belongs to it.

    Without changes it confirmed that all was right. `speaker`: the key of the source. `can_undo`: it still counts.
    """

    number: int
    entity: EntityKind
    key: str
    at: datetime
    author: str
    speaker: str
    remarks: str
    changes: tuple[Change, ...]
    withdrawn_at: datetime | None


def list_proposals(*, organisation: str | None = None, only_open: bool = True) -> tuple[Proposal, ...]:
    """Proposals, oldest first: of the whole region, or of one organisation."""
    rows = models.Proposal.objects.select_related("author").order_by("pk")
    if only_open:
        rows = rows.filter(state="open")
    if organisation is not None:
        rows = rows.filter(organisation_key=organisation)
    return tuple(_proposals(rows))


def get_proposal(number: int) -> Proposal | None:
    """One proposal, decided or not."""
    return next(iter(_proposals(models.Proposal.objects.select_related("author").filter(pk=number))), None)


def list_edits(slug: str) -> tuple[Edit, ...]:
    """What people said about an organisation and all that belongs to it, newest first, at most 200.

    What stood before follows from the statements before it that were not taken back when it was made.
    """
    rows = list(
        models.Statement.objects.filter(organisation_key=slug).select_related("source", "author").order_by("pk")
    )
    by_thing: dict[tuple[str, str], list[models.Statement]] = {}
    for row in rows:
        by_thing.setdefault((row.entity, row.key), []).append(row)
    people = {speaker.key for speaker in PEOPLE}
    mine = [row for row in reversed(rows) if row.source.key in people][:MOST]
    return tuple(_edit(row, by_thing[row.entity, row.key]) for row in mine)


def list_said(numbers: Iterable[int]) -> dict[int, dict[str, Json]]:
    """What these statements say, field by field, withdrawn or not; absent when there is no such statement."""
    rows = models.Statement.objects.filter(pk__in=set(numbers)).values_list("pk", "values")
    return dict(rows)


def _proposals(rows: QuerySet[models.Proposal]) -> list[Proposal]:
    found, into = list(rows[:MOST]), merges()
    slugs = {known_as(row.organisation_key, into) for row in found}
    names = dict(models.Organisation.objects.filter(slug__in=slugs).values_list("slug", "name"))
    standing = _standing({row.key for row in found})
    made: list[Proposal] = []
    for row in found:
        slug = known_as(row.organisation_key, into)
        now = standing.get((row.entity, row.key), {}) if row.state == "open" else row.seen
        made.append(
            Proposal(
                number=row.pk,
                organisation=slug,
                name=names.get(slug, slug),
                entity=EntityKind(row.entity),
                key=row.key,
                changes=tuple(Change(name, now.get(name), value) for name, value in sorted(row.values.items())),
                moved=tuple(sorted(name for name in row.values if now.get(name) != row.seen.get(name))),
                author="" if row.author is None else row.author.email,
                at=row.at,
                state=row.state,
                reason=row.reason,
            )
        )
    return made


def _standing(keys: set[str]) -> Mapping[tuple[str, str], Mapping[str, Json]]:
    rows: dict[tuple[str, str], list[models.Statement]] = {}
    live = models.Statement.objects.filter(key__in=keys, withdrawn_at=None, source__withdrawn_at=None)
    for row in live.select_related("source"):
        rows.setdefault((row.entity, row.key), []).append(row)
    return {thing: resolve_record(_plain(said)).values for thing, said in rows.items()}


def _edit(row: models.Statement, about: Sequence[models.Statement]) -> Edit:
    counted = [
        said
        for said in about
        if said.pk < row.pk and (said.withdrawn_at is None or said.withdrawn_at > row.recorded_at)
    ]
    before = resolve_record(_plain(counted)).values if counted else {}
    return Edit(
        number=row.pk,
        entity=EntityKind(row.entity),
        key=row.key,
        at=row.recorded_at,
        author="" if row.author is None else row.author.email,
        speaker=row.source.key,
        remarks=row.remarks,
        changes=tuple(Change(name, before.get(name), value) for name, value in row.values.items()),
        withdrawn_at=row.withdrawn_at,
    )


def _plain(rows: Sequence[models.Statement]) -> list[Statement]:
    return [
        Statement(
            id=row.pk,
            entity=EntityKind(row.entity),
            key=row.key,
            source=row.source.key,
            rank=SourceRank(row.source.rank),
            values=row.values,
            stated_on=row.stated_on,
            recorded_at=row.recorded_at,
        )
        for row in rows
    ]
