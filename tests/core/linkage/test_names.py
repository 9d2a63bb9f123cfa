"""Names that may be of the same organisation: by hand, and against a slow twin."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.core.linkage.names import CONTAINED, LEAST, MOST, TELLING, comparable, propose

REGISTER = {
    "loods": ("De Loods", "Werkplaats De Loods"),
    "zwaluw": ("Strijkerij Zwaluw",),
    "groen": ("Groenwerk",),
    "fiets": ("Fietspunt Ronse", "Fietspunt"),
}


def keys(name: str) -> list[str]:
    return [one.key for one in propose([name], REGISTER)[0]]


def test_legal_forms_accents_order_and_signs_do_not_matter() -> None:
    assert comparable("V.Z.W. De Lóods") == comparable("de loods vzw") == comparable("LOODS, De (cv)") == "de loods"
    assert comparable("Zwaluw, Strijkerij - CVBA met sociaal oogmerk") == "strijkerij zwaluw"
    assert comparable("vzw") == "vzw"  # nothing else: kept
    assert comparable("…") == ""


def test_likely_names_are_proposed_and_others_are_not() -> None:
    assert keys("Strijkerij Zwaluw vzw") == ["zwaluw"]
    assert keys("Strijkery Zwaluw") == ["zwaluw"]
    assert keys("Groenwerk Vlaamse Ardennen bv") == ["groen"]
    assert keys("Fietspunt Ronse") == ["fiets"]
    assert keys("Bakkerij Janssens") == keys("") == keys("De Post") == keys("Zwaluw") == []


def test_the_likeliest_comes_first_and_says_how_likely() -> None:
    (first, *_), *_ = propose(["De Loods"], REGISTER)
    assert (first.key, first.name, first.likeness) == ("loods", "De Loods", 100.0)
    assert propose([], REGISTER) == []
    assert propose(["De Loods"], {}) == [()]


def common(one: str, other: str) -> int:
    """Letters of the longest common subsequence, by the book."""
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, first in enumerate(one):
        for j, second in enumerate(other):
            rows[i + 1][j + 1] = rows[i][j] + 1 if first == second else max(rows[i][j + 1], rows[i + 1][j])
    return rows[-1][-1]


def twin(name: str) -> list[tuple[str, float]]:
    """Every name against every name."""
    mine, found = comparable(name), {}
    for key, names in REGISTER.items():
        for words in map(comparable, names):
            likeness = 200 * common(mine, words) / (len(mine) + len(words)) if mine else 0.0
            parts = words.split()
            telling = max(map(len, parts)) >= TELLING or sum(len(part) > 2 for part in parts) > 1
            if telling and set(parts) <= set(mine.split()):
                likeness = max(likeness, CONTAINED)
            if likeness >= LEAST:
                found[key] = max(found.get(key, 0.0), likeness)
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))[:MOST]


WORDS = st.sampled_from(["de", "loods", "lods", "strijkerij", "zwaluw", "fietspunt", "ronse", "groenwerk", "vzw", "x"])


@pytest.mark.slow
@settings(max_examples=200)
@given(st.lists(st.lists(WORDS, max_size=4).map(" ".join), max_size=6))
def test_proposals_equal_a_slow_twin(names: list[str]) -> None:
    for name, found in zip(names, propose(names, REGISTER), strict=True):
        assert [(one.key, round(one.likeness, 3)) for one in found] == [
            (key, round(likeness, 3)) for key, likeness in twin(name)
        ], name
