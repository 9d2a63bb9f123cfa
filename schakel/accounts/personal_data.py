"""Everything kept of one person, as they may ask for it: follows from the table of personal fields."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from schakel.accounts.models import User
from schakel.core.model import Json
from schakel.wording.personal import BY_ADDRESS, PERSONAL, SECRET

Field = models.Field[Any, Any]


def collect(person: User) -> dict[str, Json]:
    """Table -> its rows about this person, as JSON. Without passwords, keys, and links that let somebody in.

    Of rows that name other people too, their references are left out. Tables without a row are left out.
    """
    found: dict[str, Json] = {}
    for model, fields in _tables().items():
        about = models.Q(pk=person.pk) if model is User else _about(fields, person)
        columns = [field for field in model._meta.local_concrete_fields if _may_leave(field, fields)]
        rows = model._default_manager.filter(about).order_by("pk").values(*(field.attname for field in columns))
        if rows:
            found[model._meta.label] = json.loads(json.dumps(list(rows), cls=DjangoJSONEncoder))
    return found


def _tables() -> Mapping[type[models.Model], list[Field]]:
    """Model -> the listed fields that say whose a row is; none for tables about nobody in particular."""
    tables: dict[type[models.Model], list[Field]] = {User: []}
    for name, field in listed_fields():
        if is_person(field) or name in BY_ADDRESS:
            tables.setdefault(field.model, []).append(field)
    return tables


def listed_fields() -> Iterator[tuple[str, Field]]:
    """Every field of the table of personal data: its name, and the field itself."""
    for kept in PERSONAL:
        for name in kept.fields:
            label, _, field = name.rpartition(".")
            yield name, apps.get_model(label)._meta.get_field(field)


def is_person(field: Field) -> bool:
    """Whether a field refers to an account."""
    return isinstance(field, models.ForeignKey) and field.related_model is User


def _about(fields: list[Field], person: User) -> models.Q:
    about = models.Q()
    for field in fields:
        about |= models.Q(**{field.name: person} if is_person(field) else {f"{field.name}__iexact": person.email})
    return about


def _may_leave(field: Field, of_whom: list[Field]) -> bool:
    """Not what would let somebody in, and not who else is named."""
    return f"{field.model._meta.label}.{field.name}" not in SECRET and (not is_person(field) or field in of_whom)
