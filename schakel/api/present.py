"""From the records of the register to plain values for JSON. Enumerations become their word, sets sorted lists."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from enum import Enum
from typing import Any

from schakel.core.model import OrganisationRecord, Point, ServiceArea


def plain(value: Any) -> Any:
    """Any record as dictionaries, lists and plain values; field names stay as they are."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, ServiceArea):
        return {"knowledge": value.knowledge.value, "municipalities": sorted(value.nis_codes), "words": value.words}
    if isinstance(value, Point):
        return {"lat": value.lat, "lon": value.lon, "precision": value.precision.value}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, AbstractSet):
        return sorted(plain(item) for item in value)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(item) for item in value]
    if value is None or isinstance(value, str | int | float | bool | date | datetime):
        return value
    raise TypeError(f"no plain form for {type(value).__name__}")


def present_organisation(record: OrganisationRecord) -> dict[str, Any]:
    """One organisation with provenance per field."""
    found: dict[str, Any] = plain(record)
    successor = record.succeeded_by
    found["succeeded_by"] = None if successor is None else {"slug": successor[0], "name": successor[1]}
    return found
