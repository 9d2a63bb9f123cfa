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


def collect(address: str) -> dict[str, Json]:
    """Table -> its rows about whoever has this e-mail address, with or without an account, as JSON.

    Without passwords, keys, and links that let somebody in. Of rows that name other people too, their references are
    left out. Tables without a row are left out.
    """
    person = User.objects.filter(email__iexact=address).first()
    found: dict[str, Json] = {}
    for model, fields in _tables().items():
        about = models.Q(email__iexact=address) if model is User else _about(fields, address, person)
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


def _about(fields: list[Field], address: str, person: User | None) -> models.Q:
    about = models.Q(pk__in=())
    for field in fields:
        if not is_person(field):
            about |= models.Q(**{f"{field.name}__iexact": address})
        elif person is not None:
            about |= models.Q(**{field.name: person})
    return about


def _may_leave(field: Field, of_whom: list[Field]) -> bool:
    """Not what would let somebody in, and not who else is named."""
    return f"{field.model._meta.label}.{field.name}" not in SECRET and (not is_person(field) or field in of_whom)
