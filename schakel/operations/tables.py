"""Every table that a back-up holds, and the values of its columns as JSON and back."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from schakel.core.model import Json

# Signed-in sessions: a back-up that leaks must not sign anybody in.
LEFT_OUT = ("sessions.session",)
# Filled by `migrate` or by the software itself: these may be there in a database that counts as empty.
FILLED_BY_ITSELF = ("contenttypes.contenttype", "auth.permission", "register.revision", "operations.jobmark")


def label(model: type[models.Model]) -> str:
    """`app.model`: the name of a table in the file, the same on every database."""
    return model._meta.label_lower


def all_models() -> list[type[models.Model]]:
    """Every table of every app, those between two models too, sorted by name."""
    found = apps.get_models(include_auto_created=True)
    return sorted((model for model in found if model._meta.managed and not model._meta.proxy), key=label)


def stored_models() -> list[type[models.Model]]:
    """The tables that a back-up holds."""
    return [model for model in all_models() if label(model) not in LEFT_OUT]


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns of a table in a fixed order."""
    return sorted(model._meta.local_concrete_fields, key=lambda field: field.attname)


def to_json(value: object) -> Json:
    """One value of a column as JSON, without loss: moments in UTC to the microsecond, bytes as base64."""
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value  # type: ignore[return-value]  # str, number, bool, None, or the content of a JSON column


def to_database(field: models.Field[Any, Any], value: Json) -> Any:
    """The opposite: what the database driver takes for this column. Raises ValidationError on a foreign value."""
    if value is None and (field.null or not isinstance(field, models.JSONField)):
        return None
    return field.get_db_prep_value(field.to_python(value), connection, prepared=False)
