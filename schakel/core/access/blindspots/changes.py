"""What changed between two runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from schakel.core.access.blindspots.model import State

Key: TypeAlias = "tuple[str, str | None]"  # service or theme, NIS code


@dataclass(frozen=True, slots=True)
class Change:
    """One cell whose state is another than before; `None`: it was not there, or is no more."""

    code: str
    nis_code: str | None
    before: State | None
    after: State | None


def list_changes(before: Mapping[Key, State], after: Mapping[Key, State]) -> tuple[Change, ...]:
    """Every cell that differs, in the order of `after`, then those that are gone."""
    keys = [*after, *(key for key in before if key not in after)]
    return tuple(Change(*key, before.get(key), after.get(key)) for key in keys if before.get(key) is not after.get(key))
