"""What was said about a record, field by field, as plain values, and who said it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from schakel.core.model import Fact, Json, Provenance

Facts: TypeAlias = Mapping[str, Fact]


def value(facts: Facts, name: str) -> Json:
    """What was said about a field; `None` when nobody spoke of it or somebody said it is empty."""
    fact = facts.get(name)
    return None if fact is None else fact.value


def text(facts: Facts, name: str) -> str | None:
    """As `value`, as text; empty text is `None`."""
    found = value(facts, name)
    return None if found is None or found == "" else str(found)


def texts(facts: Facts, name: str) -> list[str]:
    """As `value`, for a list; `None` gives an empty list."""
    found = value(facts, name)
    return [str(item) for item in found] if isinstance(found, list) else []


def number(facts: Facts, name: str) -> int | float | None:
    """As `value`, as number; 12.0 as 12."""
    found = value(facts, name)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return int(found) if isinstance(found, float) and found.is_integer() else found


def said_by(facts: Sequence[Facts], prefixes: Sequence[str]) -> list[tuple[Provenance, list[str]]]:
    """The statements behind some facts, each with the fields that come from it; in the order in which they appear."""
    found: dict[int, tuple[Provenance, list[str]]] = {}
    for prefix, part in zip(prefixes, facts, strict=False):
        for name, fact in part.items():
            origin = fact.provenance
            if origin is None:
                continue
            known = found.get(origin.statement_id)
            if known is None:
                known = found[origin.statement_id] = (origin, [])
            known[1].append(prefix + name)
    return list(found.values())
