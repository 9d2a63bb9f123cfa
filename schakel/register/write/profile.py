"""What an organisation says of itself: at once, or after an editor looked at it. And that all of it still holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from schakel.accounts.models import User
from schakel.audit import log
from schakel.core.errors import InvalidInput
from schakel.core.model import EntityKind, Json, Resolved, SourceRank
from schakel.core.upkeep import OwnerEdits
from schakel.register import models
from schakel.register.read.upkeep import upkeep_rules
from schakel.register.speakers import EDITORS, FRESHNESS, OWNER
from schakel.register.write.check import StaleEdit, check_values
from schakel.register.write.edit import lift_unconfirmed, record_said, source_of, standing_of, stood_before
from schakel.register.write.places import load_places
from schakel.register.write.resolve import Groups, resolve_organisations
from schakel.register.write.revision import bump, lock_register
from schakel.register.write.statements import Said

# What an organisation may say of itself. What it is, its numbers, its recognitions and whether it exists are not hers.
OWNER_FIELDS: dict[EntityKind, frozenset[str]] = {
    EntityKind.ORGANISATION: frozenset({"description", "phone", "email", "website", "languages"}),
    EntityKind.ESTABLISHMENT: frozenset({"opening_hours"}),
    EntityKind.OFFER: frozenset(
        {"service", "words", "customers", "establishment", "area", "status", "status_date", "status_note"}
        | {"capacity_amount", "capacity_unit", "capacity_from"}
    ),
    EntityKind.EMPLOYMENT: frozenset({"headcount", "fte", "target_group_headcount", "target_group_fte", "is_minimum"}),
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What became of an edit: fields that show now, fields that wait, and the number of the proposal they wait in."""

    shown: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    proposal: int | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: the person (`None`: somebody with a link), on whose behalf for the log, and whether as an editor."""

    author: User | None
    body: str = ""
    as_editor: bool = False


def state_profile(
    entity: EntityKind,
    key: str,
    values: Mapping[str, Json],
    *,
    organisation_key: str,
    voice: Voice,
    based_on: Mapping[str, int] | None = None,
    now: datetime | None = None,
) -> Spoken:
    """State what an organisation says of itself, as far as it differs from what is known.

    `organisation_key`: the organisation it must belong to; anything else is refused. `based_on` (field -> statement id)
    is what the form showed: a field that somebody gave another value since, other than the one asked for now, raises
    `StaleEdit`, and nothing is stored. Fields that an editor spoke of, and all fields where the region reviews first,
    wait as a proposal; the rest counts at once. What an editor says counts at once. Raises `InvalidEdit` with every
    fault per field, `InvalidInput` for a field that is not the owner's to state.
    """
    now = now or timezone.now()
    foreign = set(values) - OWNER_FIELDS.get(entity, frozenset())
    if foreign:
        raise InvalidInput(f"Dit kan een organisatie niet zelf zeggen: {', '.join(sorted(foreign))}.")
    with transaction.atomic():
        revision = lock_register(now)
        today = timezone.localdate(now)
        owner, standing = standing_of(entity, key, organisation_key)
        if Groups().root(owner) != organisation_key:
            raise InvalidInput("Dit hoort niet bij deze organisatie.")
        known: Mapping[str, Json] = {} if standing is None else standing.values
        if standing is None and entity is EntityKind.OFFER:
            values = {"status": "live", **values}  # whoever adds it, does it
        normal = check_values(entity, key, organisation_key, values, known, load_places(today))
        changed = {name: value for name, value in normal.items() if value != known.get(name)}
        if based_on is not None and standing is not None:
            _refuse_overtaken(entity, standing, changed, based_on)
        waiting = {} if voice.as_editor else {name: changed[name] for name in changed if _waits(name, standing)}
        shown = {name: value for name, value in changed.items() if name not in waiting}
        if shown:
            _state(Said(entity, key, owner, shown, today.isoformat()), standing, voice, revision, now)
        number = _propose(entity, key, owner, waiting, known, voice, now) if waiting else None
    return Spoken(tuple(sorted(shown)), tuple(sorted(waiting)), number)


def confirm_profile(slug: str, *, voice: Voice, how: str, now: datetime | None = None) -> bool:
    """State that everything shown about an organisation still holds; `False` when that was said today already.

    The statement has no values: it says nothing new, but is dated. `how` says for readers how it came in. Whoever did
    not answer before is back at once. Raises `InvalidInput` for an organisation that is not in the register.
    """
    now = now or timezone.now()
    with transaction.atomic():
        revision = lock_register(now)
        today = timezone.localdate(now)
        if not models.Organisation.objects.filter(slug=slug).exists():
            raise InvalidInput("Deze organisatie staat niet meer in het register.")
        speaker = EDITORS if voice.as_editor else OWNER
        already = models.Statement.objects.filter(
            organisation_key=slug, source__key=speaker.key, values={}, stated_on=today.isoformat(), withdrawn_at=None
        )
        back = lift_unconfirmed(slug, now)
        fresh = not already.exists()
        if fresh:
            said = Said(EntityKind.ORGANISATION, slug, slug, {}, today.isoformat(), remarks=how)
            record_said(said, author=voice.author, speaker=speaker, now=now)
        if fresh or back:
            resolve_organisations([slug], today=today)
            bump(revision, now)
            log.record("confirm", slug, actor=voice.author, body=voice.body)
    return fresh


def mark_unconfirmed(slug: str, *, note: str, now: datetime | None = None) -> bool:
    """State that an organisation was asked and did not answer: it leaves the guide; `False` if that stands already."""
    now = now or timezone.now()
    with transaction.atomic():
        revision = lock_register(now)
        today = timezone.localdate(now)
        row = models.Organisation.objects.filter(slug=slug).first()
        if row is None or row.status == "unconfirmed":
            return False
        values: dict[str, Json] = {"status": "unconfirmed", "status_note": note, "status_date": today.isoformat()}
        said = Said(EntityKind.ORGANISATION, slug, slug, values, today.isoformat())
        _record_silence(said, now)
        resolve_organisations([slug], today=today)
        bump(revision, now)
        log.record("unconfirmed", slug, details={})
    return True


def lift_silence(slug: str, *, now: datetime | None = None) -> bool:
    """Take back that an organisation did not answer, because a newer source speaks of it; whether that was said."""
    now = now or timezone.now()
    with transaction.atomic():
        revision = lock_register(now)
        if not lift_unconfirmed(slug, now):
            return False
        resolve_organisations([slug], today=timezone.localdate(now))
        bump(revision, now)
        log.record("heard-again", slug, details={})
    return True


def _refuse_overtaken(
    entity: EntityKind, standing: Resolved, changed: Mapping[str, Json], based_on: Mapping[str, int]
) -> None:
    """Only fields asked to change, of which another value stands than the form showed."""
    moved = {
        name: origin.id
        for name, origin in standing.provenance.items()
        if name in changed and based_on.get(name) != origin.id
    }
    seen = models.Statement.objects.in_bulk([based_on[name] for name in moved if name in based_on])
    overtaken = {
        name: standing.values[name]
        for name in moved
        if name not in based_on
        or based_on[name] not in seen
        or seen[based_on[name]].values.get(name) != standing.values[name]
    }
    if overtaken:
        raise StaleEdit(entity, overtaken)


def _waits(name: str, standing: Resolved | None) -> bool:
    if upkeep_rules().owner_edits is OwnerEdits.AFTER_REVIEW:
        return True
    origin = None if standing is None else standing.provenance.get(name)
    return origin is not None and origin.rank is SourceRank.EDITOR and origin.source != FRESHNESS.key


def _state(said: Said, standing: Resolved | None, voice: Voice, revision: models.Revision, now: datetime) -> None:
    number = record_said(said, author=voice.author, speaker=EDITORS if voice.as_editor else OWNER, now=now)
    resolve_organisations([said.organisation_key], today=timezone.localdate(now))
    bump(revision, now)
    _log("edit", said.entity, said.key, said.values, voice, statement=number, before=stood_before(said, standing))


def _propose(
    entity: EntityKind,
    key: str,
    owner: str,
    values: Mapping[str, Json],
    known: Mapping[str, Json],
    voice: Voice,
    now: datetime,
) -> int:
    """Keep a proposal; one that waits on the same thing becomes part of it, so nobody decides twice."""
    seen = {name: known.get(name) for name in values}
    before = models.Proposal.objects.filter(entity=entity.value, key=key, state="open").first()
    if before is not None:
        values, seen = {**before.values, **values}, {**before.seen, **seen}
        before.state, before.decided_at = "replaced", now
        before.save(update_fields=["state", "decided_at"])
    row = models.Proposal.objects.create(
        organisation_key=owner,
        entity=entity.value,
        key=key,
        values=dict(values),
        seen=dict(seen),
        author=voice.author,
        body=voice.body,
        at=now,
    )
    _log("propose", entity, key, values, voice, proposal=row.pk)
    return row.pk


def _log(action: str, entity: EntityKind, key: str, values: Mapping[str, Json], voice: Voice, **about: Json) -> None:
    details: dict[str, Json] = {"entity": entity.value, "fields": list[Json](sorted(values)), **about}
    log.record(action, key, actor=voice.author, body=voice.body, details=details)


def _record_silence(said: Said, now: datetime) -> None:
    models.Statement.objects.create(
        entity=said.entity.value,
        key=said.key,
        organisation_key=said.organisation_key,
        source=source_of(FRESHNESS),
        values=said.values,
        stated_on=said.stated_on,
        recorded_at=now,
        digest=said.digest(),
    )
