"""Statements resolved to one record: worked by hand, beside a slow twin, and what must always hold."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.core.errors import NotEnoughData
from schakel.core.linkage.resolve import RANKS, effective_status, latest_possible, newest, resolve_record
from schakel.core.model import EntityKind, Json, LifeStatus, SourceRank, Statement

START = datetime(2026, 1, 1, tzinfo=UTC)


def say(
    number: int,
    rank: SourceRank,
    stated_on: str | None,
    /,
    *,
    about: str = "stroom",
    **values: Json,
) -> Statement:
    return Statement(
        id=number,
        entity=EntityKind.ORGANISATION,
        key=about,
        source=f"bron-{number}",
        rank=rank,
        values=values,
        stated_on=stated_on,
        recorded_at=START + timedelta(days=number),
    )


# Who said what, worked by hand:
#   1 publication, 2024        name "Stroom",      phone 053 1,  email a@example.org
#   2 publication, 2024-09-30  name "Stroom vzw"
#   3 register,    2019        name "STROOM VZW",  website w1
#   4 owner,       no date                          phone empty
#   5 publication, 2025                             phone 053 5,                         website w5
BY_HAND = [
    say(1, SourceRank.PUBLICATION, "2024", name="Stroom", phone="053 1", email="a@example.org"),
    say(2, SourceRank.PUBLICATION, "2024-09-30", name="Stroom vzw"),
    say(3, SourceRank.OFFICIAL_REGISTER, "2019", name="STROOM VZW", website="w1"),
    say(4, SourceRank.OWNER, None, phone=None),
    say(5, SourceRank.PUBLICATION, "2025", phone="053 5", website="w5"),
]


def test_resolve_worked_by_hand() -> None:
    resolved = resolve_record(BY_HAND)
    assert resolved.values == {
        "name": "STROOM VZW",  # the register outranks publications, however new
        "phone": None,  # the owner said: no telephone
        "email": "a@example.org",  # one source only
        "website": "w1",
    }
    assert {name: origin.source for name, origin in resolved.provenance.items()} == {
        "name": "bron-3",
        "phone": "bron-4",
        "email": "bron-1",
        "website": "bron-3",
    }


def test_resolve_without_the_register_takes_the_newest_publication() -> None:
    resolved = resolve_record([BY_HAND[0], BY_HAND[1], BY_HAND[4]])
    assert resolved.values["name"] == "Stroom"  # "2024" may mean 31 December, after 30 September
    assert resolved.values["phone"] == "053 5"


def test_resolve_prefers_the_kept_organisation_over_the_merged_one_within_a_rank() -> None:
    kept = say(1, SourceRank.PUBLICATION, "2018", about="kept", phone="1")
    merged = say(2, SourceRank.PUBLICATION, "2026", about="merged", phone="2", email="m@example.org")
    resolved = resolve_record([merged, kept], key="kept")
    assert resolved.key == "kept"
    assert resolved.values == {"phone": "1", "email": "m@example.org"}


def test_resolve_same_date_takes_what_was_recorded_last() -> None:
    first = say(1, SourceRank.EDITOR, "2026-01-05", name="a")
    second = say(2, SourceRank.EDITOR, "2026-01-05", name="b")
    assert resolve_record([second, first]).values["name"] == "b"
    same_moment = dataclasses.replace(second, recorded_at=first.recorded_at)
    assert resolve_record([same_moment, first]).values["name"] == "b"


def test_resolve_without_statements_is_refused() -> None:
    with pytest.raises(NotEnoughData):
        resolve_record([])


@pytest.mark.parametrize(
    ("older", "newer"),
    [(None, "1990"), ("2024-09", "2024"), ("2024-09-30", "2024-09"), ("2023", "2024-01"), ("2023-12-31", "2024-01-01")],
)
def test_latest_possible_orders_partial_dates(older: str | None, newer: str) -> None:
    assert latest_possible(older) < latest_possible(newer)
    assert newest([newer, older, None]) == newer


def test_newest_of_nothing_known_is_none() -> None:
    assert newest([]) is None
    assert newest([None, None]) is None


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["live", "live"], "live"),
        (["live", "uncertain"], "uncertain"),
        (["live", "closed", "uncertain"], "closed"),
        (["announced", "live"], "announced"),
    ],
)
def test_effective_status_is_the_least_alive(statuses: list[str], expected: str) -> None:
    assert effective_status(*map(LifeStatus, statuses)) == expected


# --- a slow, obvious twin and properties on random statements ---

FIELDS = ("name", "phone", "email")


@st.composite
def statement_lists(draw: st.DrawFn, smallest: int = 1) -> list[Statement]:
    dates = st.sampled_from([None, "2023", "2024", "2024-02", "2024-02-29", "2024-12-31", "2025-01"])
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(SourceRank),
                dates,
                st.dictionaries(st.sampled_from(FIELDS), st.sampled_from([None, "x", "y", "z"])),
                st.integers(0, 2),
                st.sampled_from(["kept", "merged"]),
            ),
            min_size=smallest,
            max_size=7,
        )
    )
    return [
        Statement(
            id=number,
            entity=EntityKind.ORGANISATION,
            key=about,
            source=f"bron-{number}",
            rank=rank,
            values=values,
            stated_on=date,
            recorded_at=START + timedelta(days=day),
        )
        for number, (rank, date, values, day, about) in enumerate(rows, start=1)
    ]


def beats(a: Statement, b: Statement) -> bool:
    """The rule in words, one criterion after the other."""
    trust = [SourceRank.EDITOR, SourceRank.OWNER, SourceRank.OFFICIAL_REGISTER, SourceRank.PUBLICATION]
    if a.rank != b.rank:
        return trust.index(a.rank) < trust.index(b.rank)
    if (a.key == "kept") != (b.key == "kept"):
        return a.key == "kept"
    if a.stated_on != b.stated_on:
        if a.stated_on is None or b.stated_on is None:
            return b.stated_on is None
        full = {4: "-12-31", 7: "-31", 10: ""}
        return a.stated_on + full[len(a.stated_on)] > b.stated_on + full[len(b.stated_on)] or (
            a.stated_on + full[len(a.stated_on)] == b.stated_on + full[len(b.stated_on)]
            and (a.recorded_at, a.id) > (b.recorded_at, b.id)
        )
    return (a.recorded_at, a.id) > (b.recorded_at, b.id)


def slow_winner(statements: Sequence[Statement], field: str) -> Statement | None:
    speakers = [statement for statement in statements if field in statement.values]
    for candidate in speakers:
        if all(candidate is other or beats(candidate, other) for other in speakers):
            return candidate
    return None


@pytest.mark.slow
@given(statement_lists())
def test_resolve_equals_the_slow_twin(statements: list[Statement]) -> None:
    resolved = resolve_record(statements, key="kept")
    for field in FIELDS:
        winner = slow_winner(statements, field)
        if winner is None:
            assert field not in resolved.values
            assert field not in resolved.provenance
        else:
            assert resolved.values[field] == winner.values[field]
            assert resolved.provenance[field] is winner


@pytest.mark.slow
@given(statement_lists(), st.randoms(use_true_random=False))
def test_order_of_statements_does_not_matter(statements: list[Statement], chance: random.Random) -> None:
    shuffled = list(statements)
    chance.shuffle(shuffled)
    assert resolve_record(shuffled, key="kept") == resolve_record(statements, key="kept")


@pytest.mark.slow
@given(statement_lists())
def test_a_lower_ranked_older_statement_changes_no_value(statements: list[Statement]) -> None:
    before = resolve_record(statements, key="kept")
    lowest = min((statement.rank for statement in statements), key=RANKS.index)
    late = Statement(
        id=0,
        entity=EntityKind.ORGANISATION,
        key="merged",
        source="laat",
        rank=lowest,
        values=dict.fromkeys(before.values, "changed"),
        stated_on=None,
        recorded_at=START - timedelta(days=1),
    )
    assert resolve_record([*statements, late], key="kept").values == before.values


@pytest.mark.slow
@given(statement_lists(smallest=2), st.sampled_from(FIELDS))
def test_removing_the_winner_gives_the_next(statements: list[Statement], field: str) -> None:
    winner = slow_winner(statements, field)
    if winner is None:
        return
    rest = [statement for statement in statements if statement is not winner]
    following = slow_winner(rest, field)
    values = resolve_record(rest, key="kept").values
    if following is None:
        assert field not in values
    else:
        assert values[field] == following.values[field]
