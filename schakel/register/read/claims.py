"""On which statements a row of the register rests, and for which of its fields."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TypeAlias

Claim: TypeAlias = tuple[int, str]  # the number of a statement, and the fields that it says with spaces between them


def claims(provenance: str, prefix: str = "") -> list[Claim]:
    """The statements behind a row, from its `provenance` (JSON: field -> statement), in the order of the fields.

    `prefix` stands before the name of every field. Most rows rest on one statement, and rows of one source have the
    same fields: their names are then read once, which is most of the work for a hundred thousand rows.
    """
    others, _, number = provenance[:-1].rpartition(":")
    names = others.replace(f":{number},", ",")
    if names and ":" not in names:
        return [(int(number), _listed(names, prefix))]
    fields: dict[int, list[str]] = {}
    for name, number in json.loads(provenance).items():
        fields.setdefault(number, []).append(prefix + name)
    return [(number, " ".join(names)) for number, names in fields.items()]


@lru_cache(maxsize=4096)
def _listed(names: str, prefix: str) -> str:
    return " ".join([prefix + name for name in json.loads(f"[{names[1:]}]")])
