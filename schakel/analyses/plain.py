"""Records as plain values that JSON can hold, the same way every time."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from enum import Enum
from functools import cache
from typing import Any

from schakel.core.model import Json

_AS_THEY_ARE = frozenset({str, int, bool, type(None)})


def plain(value: Any) -> Json:
    """Dataclasses as objects, sets sorted, keys of several parts joined by a slash, floats to nine digits."""
    if type(value) in _AS_THEY_ARE:  # first: nearly everything in the inputs of a large register is a text
        known: Json = value
        return known
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return plain_record(value)
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, AbstractSet):
        return sorted(plain(item) for item in value)  # type: ignore[type-var]  # sets hold texts here
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.9g}")  # the last digits may differ between processors
    if isinstance(value, str | int):  # of a kind of its own
        return value
    raise TypeError(f"no plain form for {type(value).__name__}")


def plain_record(value: Any) -> dict[str, Json]:
    """A dataclass as an object, by field."""
    kind: Any = type(value)
    return {name: plain(getattr(value, name)) for name in _fields(kind)}


@cache
def _fields(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def _key(key: object) -> str:
    return "/".join(map(str, key)) if isinstance(key, tuple) else str(plain(key))
