"""A signed link is good for one purpose, until its day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.mail.links import LinkExpired, LinkInvalid, read, sign

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner), max_leaves=5
)


@given(st.dictionaries(st.text(), values, max_size=4))
def test_what_was_signed_is_read(payload: dict[str, object]) -> None:
    assert read("doel", sign("doel", payload, days=1)) == payload  # type: ignore[arg-type]


def test_link_ends_after_its_days_and_a_clock_that_jumps_back_does_no_harm() -> None:
    token = sign("doel", {"n": 1}, days=3, now=NOW)
    assert read("doel", token, now=NOW + timedelta(days=3)) == {"n": 1}
    assert read("doel", token, now=NOW - timedelta(days=400)) == {"n": 1}
    with pytest.raises(LinkExpired, match="te oud"):
        read("doel", token, now=NOW + timedelta(days=3, seconds=1))


def test_link_for_one_purpose_is_not_good_for_another() -> None:
    with pytest.raises(LinkInvalid):
        read("ander doel", sign("doel", {}, days=1))


@given(st.integers(0, 200), st.characters(codec="ascii"))
def test_altered_link_is_refused(place: int, char: str) -> None:
    token = sign("doel", {"organisation": "een"}, days=1, now=NOW)
    place %= len(token)
    altered = token[:place] + char + token[place + 1 :]
    if altered != token:
        with pytest.raises(LinkInvalid):
            read("doel", altered, now=NOW)


@pytest.mark.parametrize("token", ["", ":", "a:b:c", "é", "x" * 5000, "\0"])
def test_nonsense_is_refused(token: str) -> None:
    with pytest.raises(LinkInvalid):
        read("doel", token)
