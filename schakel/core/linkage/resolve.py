"""From what sources said about one thing to the one record we show, field by field.

Method: an explicit order of precedence, not a vote and not a score, so that an editor can
predict the outcome and every field can name the one statement it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from schakel.core.errors import NotEnoughData
from schakel.core.model import Json, LifeStatus, Resolved, SourceRank, Statement

RANKS = (SourceRank.PUBLICATION, SourceRank.OFFICIAL_REGISTER, SourceRank.OWNER, SourceRank.EDITOR)
_TRUST = {rank: position for position, rank in enumerate(RANKS)}
_LATEST = "-12-31"

_LIFE = (
    LifeStatus.LIVE,
    LifeStatus.UNCERTAIN,
    LifeStatus.UNCONFIRMED,
    LifeStatus.ANNOUNCED,
    LifeStatus.CLOSED,
    LifeStatus.HISTORICAL,
)

Precedence = tuple[int, bool, str, datetime, int]


def latest_possible(date: str | None) -> str:
    """The last day a partial ISO date can mean: `2024` is read as 2024-12-31, `2024-02` as 2024-02-31, unknown as "".

    Only for comparing: a date that says less is not older than one that says more, and an unknown date is older than
    every known one. (Day 31 of a short month does not exist; as text it compares right.)
    """
    if not date:
        return ""
    return date if len(date) >= 10 else date + ("-31" if len(date) == 7 else _LATEST)


def newest(dates: Iterable[str | None]) -> str | None:
    """The most recent of partial ISO dates, as written; `None` when none is known."""
    return max(dates, key=latest_possible, default=None) or None


def precedence(statement: Statement, key: str) -> Precedence:
    """What decides between statements on one field; the highest wins.

    In this order: rank of the source (editor > owner > official register > publication); said about this very key
    rather than about one that was merged into it; newer date shown by the source; recorded later; higher id.
    """
    return (
        _TRUST[statement.rank],
        statement.key == key,
        latest_possible(statement.stated_on),
        statement.recorded_at,
        statement.id,
    )


def resolve_record(statements: Sequence[Statement], *, key: str | None = None) -> Resolved:
    """The record that follows from all statements on one thing: per field the value of the winner, with its provenance.

    `key` is the key of the record when statements about merged things are among them; by default that of the first
    statement. A field no statement speaks of is absent; a field whose winner said "empty" has value `None`, also when
    a lower-ranked source gives a value. Statements of withdrawn sources must be left out by the caller. Raises
    `NotEnoughData` without statements.
    """
    if not statements:
        raise NotEnoughData("a record needs at least one statement")
    key = statements[0].key if key is None else key
    assert len({statement.entity for statement in statements}) == 1, "statements on different kinds of things"
    ordered = statements
    if len(statements) > 1:
        ordered = sorted(statements, key=lambda statement: precedence(statement, key), reverse=True)
    values: dict[str, Json] = {}
    provenance: dict[str, Statement] = {}
    for statement in ordered:
        said = [name for name in statement.values if name not in values]
        if not said:
            continue
        for name in said:
            values[name] = statement.values[name]
            provenance[name] = statement
    return Resolved(statements[0].entity, key, values, provenance)


def effective_status(*statuses: LifeStatus) -> LifeStatus:
    """What an offer can be at most, given its own status and those of its establishment and organisation.

    An offer said to be live by an organisation that is closed is not live: the least alive of all counts, in the
    order live, uncertain, unconfirmed, announced, closed, historical.
    """
    return max(statuses, key=_LIFE.index)
