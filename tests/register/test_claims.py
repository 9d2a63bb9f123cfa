"""On which statements a row rests: the same whether one or many, in every order."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.register.read import claims

PROVENANCES = st.dictionaries(st.from_regex(r"\A[a-z_]{1,12}\Z"), st.sampled_from([1, 2, 11, 12, 112, 4_000_000_000]))


@given(PROVENANCES)
def test_claims_hold_every_field_once_under_its_statement(won: dict[str, int]) -> None:
    found = claims(json.dumps(won))
    assert {name: number for number, names in found for name in names.split()} == won
    assert [statement for statement, _ in found] == list(dict.fromkeys(won.values()))
    for statement, names in found:
        assert names.split(" ") == [name for name, number in won.items() if number == statement]


@pytest.mark.parametrize(
    ("provenance", "expected"),
    [
        ("{}", []),
        ('{"name": 7}', [(7, "name")]),
        ('{"name": 7, "kinds": 7}', [(7, "name kinds")]),
        ('{"name": 1, "kinds": 11, "status": 1}', [(1, "name status"), (11, "kinds")]),
        ('{"name":7,"kinds":7}', [(7, "name kinds")]),  # written without spaces
    ],
)
def test_claims_by_hand(provenance: str, expected: list[tuple[int, str]]) -> None:
    assert claims(provenance) == expected


@pytest.mark.parametrize("provenance", ['{"name": 1, "kinds": 1}', '{"name": 1, "kinds": 1, "status": 2}'])
def test_prefix_stands_before_every_field(provenance: str) -> None:
    assert claims(provenance, "seat.")[0] == (1, "seat.name seat.kinds")
