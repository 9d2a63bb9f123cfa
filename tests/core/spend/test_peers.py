"""The average of peers: nothing below six, and two releases never differ by fewer than six."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.core.spend import GROUP, as_parts, average, release

CODES = [f"4500{number}" for number in range(9)]


def test_five_are_too_few_and_six_are_enough() -> None:
    five = dict.fromkeys(CODES[:5], 100)
    assert release(None, five) is None
    six = five | {CODES[5]: 700}
    assert release(None, six) == six
    assert average(six) == 200


def test_one_that_joins_or_leaves_changes_nothing_yet() -> None:
    six = dict.fromkeys(CODES[:6], 100)
    assert release(six, six | {CODES[6]: 9_000}) == six
    assert release(six, dict.fromkeys(CODES[:5], 100)) == six
    changed = dict.fromkeys(CODES[:6], 200)
    assert release(six, changed) == changed


def test_halves_go_up_and_shares_are_kept_in_hundredths_of_a_percent() -> None:
    assert average({"a": 1, "b": 2}) == 2
    assert as_parts(0.01234) == 123


@pytest.mark.slow
@given(
    st.lists(st.dictionaries(st.sampled_from(CODES), st.integers(0, 10_000)), min_size=1, max_size=12),
)
def test_whoever_knows_their_own_share_never_singles_out_another(history: list[dict[str, int]]) -> None:
    before: Mapping[str, int] | None = None
    for now in history:
        after = release(before, now)
        if after is not None and after is not before:
            assert len(after) >= GROUP
            known = before or {}
            different = {code for code in {*known, *after} if known.get(code) != after.get(code)}
            assert len(different) >= GROUP
        before = after
