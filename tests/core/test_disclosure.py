"""The small-number rule: by hand, an attacker who subtracts, properties."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.core.disclosure import (
    HIDDEN,
    Shown,
    disclose_count,
    disclose_list,
    disclose_persons,
    disclose_rate,
    disclose_table,
)
from schakel.core.errors import InvalidInput


def test_counts_from_1_to_4_are_hidden_and_hidden_is_not_0() -> None:
    assert [disclose_count(count).value for count in (0, 1, 4, 5, 12)] == [0, None, None, 5, 12]
    assert HIDDEN.hidden
    assert not disclose_count(0).hidden
    with pytest.raises(InvalidInput, match="must be 0 or more"):
        disclose_count(-1)


def test_persons_are_rounded_to_base_5() -> None:
    assert [disclose_persons(count).value for count in (0, 3, 5, 7, 8, 12, 13)] == [0, None, 5, 5, 10, 10, 15]


def test_a_rate_needs_a_denominator_of_10_and_a_count_that_may_be_shown() -> None:
    assert disclose_rate(5, 10) == 0.5
    assert disclose_rate(5, 9) is None
    assert disclose_rate(3, 100) is None
    assert disclose_rate(0, 100) == 0.0


def test_a_total_does_not_give_a_single_hidden_count_away() -> None:
    """3 is hidden; with the total 3 would be what is left, so the smallest other (7) goes too."""
    assert disclose_list({"a": 3, "b": 20, "c": 7}) == {"a": HIDDEN, "b": Shown(20), "c": HIDDEN}
    assert disclose_list({"a": 9, "b": 20}) == {"a": Shown(9), "b": Shown(20)}
    assert disclose_list({}) == {}


def test_two_small_counts_that_add_up_to_less_than_5_take_another_along() -> None:
    assert disclose_list({"a": 1, "b": 2, "c": 9, "d": 30}) == {
        "a": HIDDEN,
        "b": HIDDEN,
        "c": HIDDEN,
        "d": Shown(30),
    }


def test_a_table_is_protected_in_both_directions() -> None:
    shown = disclose_table([[2, 10, 20], [10, 30, 40], [50, 60, 70]])
    assert [[one.value for one in row] for row in shown] == [[None, None, 20], [None, None, 40], [50, 60, 70]]


def test_rows_of_different_lengths_are_refused() -> None:
    with pytest.raises(InvalidInput, match="different lengths"):
        disclose_table([[1, 2], [3]])


tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=4)
)


@given(tables)
def test_nothing_small_shows_and_no_line_gives_one_away(table: list[list[int]]) -> None:
    shown = disclose_table(table)
    for row, secrets in zip(table, shown, strict=True):
        for count, one in zip(row, secrets, strict=True):
            assert one.value in (None, count)
            assert one.value is None or not 0 < count < 5
    lines = [*shown, *zip(*shown, strict=True)]
    for line, counts in zip(lines, [*table, *zip(*table, strict=True)], strict=True):
        secret = [count for count, one in zip(counts, line, strict=True) if one.hidden]
        if secret and len(line) > 1:
            assert len(secret) == len(line) or (len(secret) > 1 and sum(secret) >= 5)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=4))
def test_an_attacker_with_the_total_finds_more_than_one_possibility(counts: list[int]) -> None:
    """Slow twin: every way to fill the hidden places with the same total; each hidden count has at least two values."""
    shown = disclose_list(dict(enumerate(counts)))
    hidden = [place for place, one in shown.items() if one.hidden]
    if not hidden:
        return
    left = sum(counts) - sum(one.value or 0 for one in shown.values())
    ways = [way for way in product(range(left + 1), repeat=len(hidden)) if sum(way) == left]
    if left:
        for place in range(len(hidden)):
            assert len({way[place] for way in ways}) > 1
