"""Undo an edit: the statement is taken back, and what stood before counts again, with its own source and date.

Nothing is said anew, so nothing looks fresher than it is; the log keeps who took it back.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from schakel.audit import log
from schakel.core.errors import InvalidInput
from schakel.core.model import EntityKind, Json
from schakel.register import models
from schakel.register.fields import FIELDS
from schakel.register.speakers import OWNERS, PEOPLE
from schakel.register.write.profile import OWNER_FIELDS, Voice
from schakel.register.write.resolve import Groups, resolve_organisations, things_of
from schakel.register.write.revision import bump, lock_register


class OvertakenEdit(InvalidInput):
    """Somebody said something else since; `fields`: each such field with what was said then and what stands now."""

    def __init__(self, entity: EntityKind, fields: Mapping[str, tuple[Json, Json]]) -> None:
        self.fields = dict(fields)
        rules = FIELDS[entity]
        told = "; ".join(
            f"{rules[name].label} is nu {_quoted(entity, name, now)}, hier werd het {_quoted(entity, name, then)}"
            for name, (then, now) in self.fields.items()
            if name in rules
        )
        super().__init__(
            f"Dit veranderde later nog: {told}. Er is niets gewijzigd. Maak eerst die latere wijziging ongedaan, of "
            "pas het gegeven zelf aan."
        )


def undo_edit(number: int, *, organisation_key: str, voice: Voice, everything: bool = False) -> None:
    """Take back what a person said about this organisation, or something that belongs to it.

    The organisation takes back what she said herself; an editor (`voice.as_editor`) also what editors said, of the
    fields of a profile or, with `everything`, of all. Raises `OvertakenEdit` when another value stands now, and
    `InvalidInput` when it is not theirs to take back, or was taken back already. Nothing changes then.
    """
    now = timezone.now()
    with transaction.atomic():
        revision = lock_register(now)
        speakers = PEOPLE if voice.as_editor else OWNERS
        said = models.Statement.objects.filter(
            pk=number,
            organisation_key__in=Groups().members(organisation_key),
            source__key__in=[speaker.key for speaker in speakers],
            withdrawn_at__isnull=True,
        ).first()
        if said is None or not said.values or not (everything or _of_a_profile(said)):
            raise InvalidInput("Deze wijziging bestaat niet, is al ongedaan gemaakt, of is niet van jou.")
        _refuse_overtaken(said, organisation_key)
        said.withdrawn_at = now
        said.save(update_fields=["withdrawn_at"])
        resolve_organisations([said.organisation_key], today=timezone.localdate(now))
        bump(revision, now)
        fields = list[Json](sorted(said.values))
        details: dict[str, Json] = {"entity": said.entity, "fields": fields, "statement": number}
        log.record("undo", said.key, actor=voice.author, body=voice.body, details=details)


def _of_a_profile(said: models.Statement) -> bool:
    return set(said.values) <= OWNER_FIELDS.get(EntityKind(said.entity), frozenset())


def _refuse_overtaken(said: models.Statement, organisation_key: str) -> None:
    for _, thing in things_of(organisation_key):
        if all(one.id != said.pk for one in thing.statements):
            continue
        standing = thing.resolved
        overtaken = {
            name: (value, standing.values.get(name))
            for name, value in said.values.items()
            if name not in standing.provenance
            or (standing.provenance[name].id != said.pk and standing.values[name] != value)
        }
        if overtaken:
            raise OvertakenEdit(standing.entity, overtaken)


def _quoted(entity: EntityKind, name: str, value: Json) -> str:
    return "leeg" if value is None else f"'{FIELDS[entity][name].text(value)}'"
