"""Edits: statements by a person, holding only what changes. Nothing in the register is ever overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from schakel.accounts.models import User
from schakel.audit import log
from schakel.core.errors import InvalidInput
from schakel.core.identifiers import parse_year
from schakel.core.model import EntityKind, Json, Resolved, SourceRank
from schakel.core.permissions import REGION
from schakel.register import models
from schakel.register.speakers import BY_RANK, EDITORS, FRESHNESS, Speaker
from schakel.register.write.check import StaleEdit, check_values
from schakel.register.write.places import load_places
from schakel.register.write.resolve import Groups, resolve_organisations, things_of
from schakel.register.write.revision import bump, lock_register
from schakel.register.write.statements import Said, statement_row
from schakel.sources.region_pack import cells


def state_edit(
    entity: EntityKind,
    key: str,
    values: Mapping[str, Json],
    *,
    author: User | None,
    rank: SourceRank = SourceRank.EDITOR,
    organisation_key: str | None = None,
    based_on: Mapping[str, int] | None = None,
    stated_on: str | None = None,
    url: str = "",
    remarks: str = "",
    verified: bool = True,
    body: str = str(REGION),
    now: datetime | None = None,
) -> bool:
    """State `values` about one thing, as far as they differ from what is known; `False` when nothing does.

    `None` as a value says that the field is empty. `key` of something new also needs the `organisation_key` it
    belongs to (an organisation is its own); the year of employment figures is the last part of `organisation/year`.
    `body`: on whose behalf, for the log.
    `based_on` is the provenance (field -> statement id) the editor saw when the form was opened: if it differs from
    today's, `StaleEdit` names the fields and nothing is stored. `stated_on` is today unless given. Raises
    `InvalidEdit` with every fault per field.
    """
    now = now or timezone.now()
    with transaction.atomic():
        revision = lock_register(now)
        today = timezone.localdate(now)
        owner, standing = standing_of(entity, key, organisation_key)
        known: Mapping[str, Json] = {} if standing is None else standing.values
        if based_on is not None and standing is not None:
            _refuse_stale(entity, standing, based_on)
        normal = check_values(entity, key, Groups().root(owner), values, known, load_places(today))
        changed = {name: value for name, value in normal.items() if value != known.get(name)}
        if not changed:
            return False
        said = Said(entity, key, owner, changed, stated_on or today.isoformat(), url, remarks.strip(), verified)
        number = record_said(said, author=author, speaker=BY_RANK[rank], now=now)
        resolve_organisations([owner], today=today)
        bump(revision, now)
        fields = list[Json](sorted(changed))
        details: dict[str, Json] = {"entity": entity.value, "fields": fields, "statement": number}
        log.record("edit", key, actor=author, body=body, details=details | {"before": stood_before(said, standing)})
    return True


def stood_before(said: Said, standing: Resolved | None) -> dict[str, Json]:
    """Field -> the number of the statement that it took the place of, for the log; absent where nothing stood."""
    origins = {} if standing is None else standing.provenance
    return {name: origins[name].id for name in sorted(said.values) if name in origins}


def record_said(said: Said, *, author: User | None, speaker: Speaker, now: datetime) -> int:
    """Add the statement of a person. Saying the same as long ago is new: it may overrule what came between.

    Whoever speaks is there: that an organisation did not answer no longer counts. Returns the number of the statement.
    """
    source = source_of(speaker)
    lift_unconfirmed(said.organisation_key, now)
    digest = hashlib.sha256(f"{said.digest()} {now.isoformat()}".encode()).hexdigest()
    row = statement_row(said, digest, source=source, run=None, now=now, author=None if author is None else author.pk)
    return models.Statement.objects.create(**row).pk


def source_of(speaker: Speaker) -> models.Source:
    """The source that stands for a way of speaking."""
    described = {"title": speaker.title, "rank": speaker.rank.value}
    return models.Source.objects.get_or_create(key=speaker.key, defaults=described)[0]


def lift_unconfirmed(organisation_key: str, now: datetime) -> bool:
    """Take back that nobody answered for this organisation; whether it was said. The caller resolves it again."""
    silent = models.Statement.objects.filter(
        organisation_key=organisation_key, source__key=FRESHNESS.key, withdrawn_at__isnull=True
    )
    return bool(silent.update(withdrawn_at=now))


def close(
    entity: EntityKind,
    key: str,
    *,
    since: str | None,
    note: str,
    author: User | None,
    replaced_by: str | None = None,
    now: datetime | None = None,
) -> bool:
    """State that something stopped. `replaced_by`: the organisation or establishment that took over."""
    values: dict[str, Json] = {"status": "closed", "status_note": note, "status_date": since}
    if replaced_by is not None:
        values["succeeded_by" if entity is EntityKind.ORGANISATION else "replaced_by"] = replaced_by
    return state_edit(entity, key, values, author=author, now=now)


def rename(slug: str, name: str, *, since: str | None, author: User | None, now: datetime | None = None) -> bool:
    """State a new name and keep the old one among the previous names; the slug stays."""
    now = now or timezone.now()
    with transaction.atomic():
        row = models.Organisation.objects.filter(slug=slug).first()
        if row is None:
            raise InvalidInput(f"Er is geen organisatie met de sleutel {slug!r} in het register.")
        names: list[Json] = [*row.previous_names, {"name": row.name, "until": since}]
        return state_edit(
            EntityKind.ORGANISATION, slug, {"name": name, "previous_names": names}, author=author, now=now
        )


def move(
    key: str,
    new_key: str,
    values: Mapping[str, Json],
    *,
    since: str | None,
    author: User | None,
    now: datetime | None = None,
) -> None:
    """State that an establishment moved: a new one with `values`, and the old one closed and replaced by it.

    Offers that named the old establishment name the new one from now on.
    """
    now = now or timezone.now()
    with transaction.atomic():
        old = models.Establishment.objects.select_related("organisation").filter(key=key).first()
        if old is None:
            raise InvalidInput(f"Er is geen vestiging met de sleutel {key!r} in het register.")
        slug = old.organisation.slug
        fresh = {"status": "live", "status_date": since, "is_seat": old.is_seat, **values}
        state_edit(EntityKind.ESTABLISHMENT, new_key, fresh, author=author, organisation_key=slug, now=now)
        offers = models.Offer.objects.filter(organisation__slug=slug, establishment_key=key)
        for offer in list(offers.values_list("key", flat=True)):
            state_edit(EntityKind.OFFER, offer, {"establishment": new_key}, author=author, now=now)
        close(EntityKind.ESTABLISHMENT, key, since=since, note="Verhuisd.", author=author, replaced_by=new_key, now=now)


def mark_checked(slug: str, *, author: User | None, now: datetime | None = None) -> int:
    """State again, as checked, everything on an organisation that still had to be looked at; returns how many fields.

    The address of the source that was checked stays with the new statements.
    """
    now = now or timezone.now()
    with transaction.atomic():
        revision = lock_register(now)
        today = timezone.localdate(now)
        count = 0
        for owner, thing in things_of(slug):
            waiting: dict[int, dict[str, Json]] = {}
            for name, winner in thing.resolved.provenance.items():
                if not winner.verified:
                    waiting.setdefault(winner.id, {})[name] = thing.values[name]
            urls = dict(models.Statement.objects.filter(pk__in=waiting).values_list("id", "url"))
            for number, values in sorted(waiting.items()):
                said = Said(
                    thing.resolved.entity,
                    thing.key,
                    owner,
                    values,
                    stated_on=today.isoformat(),
                    url=urls[number],
                    remarks="Nagekeken door de redactie.",
                )
                record_said(said, author=author, speaker=EDITORS, now=now)
                count += len(values)
        if count:
            resolve_organisations([slug], today=today)
            bump(revision, now)
            log.record("check", slug, actor=author, body=str(REGION), details={"fields": count})
    return count


def standing_of(entity: EntityKind, key: str, organisation_key: str | None) -> tuple[str, Resolved | None]:
    """To which organisation this thing belongs, before merging, and what is known of it."""
    groups = Groups()
    if entity is EntityKind.ORGANISATION:
        if groups.root(key) != key:
            raise InvalidInput(f"{key!r} is samengevoegd met {groups.root(key)!r}: verander die.")
        _check_key(cells.parse_slug, key)
        root: str | None = key
    else:
        _check_key(cells.parse_key, key)
        if entity is EntityKind.EMPLOYMENT:
            _check_key(parse_year, key.rpartition("/")[2])
        rows: QuerySet[Model] = ROWS[entity]._default_manager.filter(**{"key": key})
        root = rows.values_list("organisation__slug", flat=True).first()
        root = root or organisation_key
    if root is None:
        raise InvalidInput(f"{key!r} staat nog niet in het register: zeg erbij van welke organisatie het is.")
    for owner, thing in things_of(groups.root(root)):
        if thing.resolved.entity is entity and thing.key == key:
            return owner, thing.resolved
    if entity is not EntityKind.ORGANISATION and not models.Organisation.objects.filter(slug=root).exists():
        raise InvalidInput(f"Er is geen organisatie met de sleutel {root!r} in het register.")
    if models.Statement.objects.filter(entity=entity.value, key=key, withdrawn_at__isnull=True).exists():
        raise InvalidInput(f"De sleutel {key!r} is al in gebruik. Kies een andere.")
    return root, None


ROWS: dict[EntityKind, type[Model]] = {
    EntityKind.ESTABLISHMENT: models.Establishment,
    EntityKind.RECOGNITION: models.Recognition,
    EntityKind.OFFER: models.Offer,
    EntityKind.EMPLOYMENT: models.Employment,
}


def _check_key(parse: Callable[[str], object], key: str) -> None:
    try:
        parse(key)
    except InvalidInput as refusal:
        raise InvalidInput(f"De sleutel {key!r} kan niet. Verwacht wordt {refusal}.") from None


def _refuse_stale(entity: EntityKind, standing: Resolved, based_on: Mapping[str, int]) -> None:
    today = {name: said.id for name, said in standing.provenance.items()}
    differing = sorted(name for name in today.keys() | based_on.keys() if today.get(name) != based_on.get(name))
    if differing:
        raise StaleEdit(entity, {name: standing.values.get(name) for name in differing})
