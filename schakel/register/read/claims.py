"""On which statements a row of the register rests, and for which of its fields."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import NamedTuple, TypeAlias

_SAYS = '": '  # between a field and the number of its statement, in JSON as both databases write it


class Claim(NamedTuple):
    """One statement, by its number, and the fields of the row that it says."""

    statement: int
    fields: tuple[str, ...]


Claims: TypeAlias = tuple[Claim, ...]


def claims(provenance: str) -> Claims:
    """The statements behind a row, from its `provenance` (JSON: field -> statement), in the order of the fields.

    Most rows rest on one statement, and rows of one source have the same fields: their names are then read once, which
    is most of the work for a hundred thousand rows.
    """
    number = provenance.partition(",")[0].rpartition(_SAYS)[2].rstrip("}")
    spoken = f"{_SAYS}{number}"
    times = provenance.count(f"{spoken},") + provenance.endswith(f"{spoken}}}")
    if times and times == provenance.count(_SAYS):
        return (Claim(int(number), _names(provenance.replace(spoken, f"{_SAYS}0"))),)
    fields: dict[int, list[str]] = {}
    for name, number in json.loads(provenance).items():
        fields.setdefault(number, []).append(name)
    return tuple(Claim(number, tuple(names)) for number, names in fields.items())


@lru_cache(maxsize=4096)
def _names(provenance: str) -> tuple[str, ...]:
    return tuple(json.loads(provenance))
