"""What was said in statements, with where it comes from: the one place that makes `Provenance` of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from schakel.core.model import Json, Provenance, SourceRank
from schakel.register import models

YES = ("1", "true")  # as SQLite and as PostgreSQL write it

# JSON, yes/no and moments are asked for as text: turning every one of them into Python costs more than all the rest.
_STATEMENT = (
    "id",
    "source__title",
    "source__rank",
    "url",
    "stated_on",
    Cast("recorded_at", TextField()),
    "remarks",
    Cast("verified", TextField()),
    "run_id",
    Cast("values", TextField()),
)


class Said:
    """One statement as the database gave it, read when somebody asks: most of them are never looked at."""

    __slots__ = ("_provenance", "_row", "_values")

    def __init__(self, row: tuple[Any, ...]) -> None:
        self._row = row
        self._provenance: Provenance | None = None
        self._values: Mapping[str, Json] | None = None

    @property
    def provenance(self) -> Provenance:
        """Who said it, where and when."""
        if self._provenance is None:
            number, title, rank, url, stated_on, recorded, remarks, verified, run_id, _ = self._row
            self._provenance = Provenance(
                number, title, SourceRank(rank), url, stated_on, _moment(recorded), remarks, verified in YES, run_id
            )
        return self._provenance

    @property
    def values(self) -> Mapping[str, Json]:
        """Field -> value, as it was said."""
        if self._values is None:
            self._values = json.loads(self._row[-1])
        return self._values


def read_said(**which: Any) -> Mapping[int, Said]:
    """The statements for which these conditions hold, by number. One query."""
    rows = models.Statement.objects.filter(**which).order_by().values_list(*_STATEMENT)
    return {row[0]: Said(row) for row in rows}


@lru_cache(maxsize=4096)
def _moment(text: str) -> datetime:
    """SQLite leaves the time zone out (it is UTC); PostgreSQL writes it."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
