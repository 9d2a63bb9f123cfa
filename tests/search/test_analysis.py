"""Dutch words: stems, compounds, accents and words that say nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.search.analysis import fold, forms, split_words
from schakel.search.compounds import split_compound
from schakel.search.stem import stem
from schakel.search.typos import TypoTable, is_one_typo_away, two_typos_away

WORDS = st.text("abcdefghij", min_size=1, max_size=7)


@pytest.mark.parametrize(
    "together",
    [
        ("fiets", "fietsen"),
        ("poets", "poetsen", "poetst", "gepoetst"),
        ("strijk", "strijken", "strijkt", "gestreken"),
        ("opruimen", "opruimt", "opgeruimd"),
        ("scheren", "scheert", "geschoren"),
        ("haag", "hagen"),
        ("herstellen", "herstelling", "herstelt", "hersteller"),
        ("ophalen", "ophaling", "opgehaald"),
        ("verhuizen", "verhuis"),
        ("klus", "klussen", "klusje", "klusjes"),
    ],
)
def test_stem_of_the_forms_of_one_word_is_the_same(together: tuple[str, ...]) -> None:
    assert len({stem(word) for word in together}) == 1


@pytest.mark.parametrize(("left", "right"), [("oudenaarde", "oude"), ("wassen", "passen"), ("dienst", "dieren")])
def test_stem_of_different_words_differs(left: str, right: str) -> None:
    assert stem(left) != stem(right)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("fietsherstelling", ("fiets", "herstelling")),
        ("poetsdienst", ("poets", "dienst")),
        ("strijkwinkel", ("strijk", "winkel")),
        ("tragewegenbeheer", ("trage", "wegen", "beheer")),
        ("fiets", ()),
        ("onderhoud", ()),
        ("verhuizen", ()),
        ("restaurant", ()),
    ],
)
def test_compound_is_split_only_where_it_is_one(word: str, parts: tuple[str, ...]) -> None:
    assert split_compound(word) == parts


def test_parts_without_meaning_do_not_tell() -> None:
    assert forms("poetsdienst").telling_parts == ("poets",)
    assert forms("strijkwinkel").telling_parts == ("strijk",)


def test_fold_takes_accents_and_case_away() -> None:
    assert fold("Crèche ‘Zoë’ NAÏEF") == fold("creche ‘zoe’ naief")
    assert split_words("GR.O.O.D. in Erpe-Mere") == ["grood", "in", "erpe", "mere"]


@pytest.mark.slow
@given(st.text(max_size=60))
def test_words_of_any_text_are_folded_and_have_forms(text: str) -> None:
    for word in split_words(text):
        assert split_words(word) == [word]
        assert forms(word).stem


@pytest.mark.parametrize(
    ("left", "right", "near"),
    [
        ("kruidenir", "kruidenier", True),  # one too few
        ("strijkk", "strijk", True),  # one too many
        ("kringwonkel", "kringwinkel", True),  # one wrong
        ("poetshulp", "poesthulp", True),  # two swapped
        ("strijk", "strijk", False),
        ("strijk", "strik", True),
        ("fietsherstling", "fietsherstelling", False),
    ],
)
def test_one_typo_is_a_letter_more_less_other_or_swapped(left: str, right: str, near: bool) -> None:
    assert is_one_typo_away(left, right) is near
    assert is_one_typo_away(right, left) is near


def test_two_typos_are_forgiven_only_in_long_words() -> None:
    assert two_typos_away("fietsherstling", frozenset({"fietsherstelling", "fiets"})) == ["fietsherstelling"]
    assert two_typos_away("strjk", frozenset({"strijken"})) == []


def _slow_distance(left: str, right: str) -> int:
    """Optimal string alignment, written as its definition."""
    if not left or not right:
        return len(left) + len(right)
    best = min(
        _slow_distance(left[:-1], right) + 1,
        _slow_distance(left, right[:-1]) + 1,
        _slow_distance(left[:-1], right[:-1]) + (left[-1] != right[-1]),
    )
    if len(left) > 1 and len(right) > 1 and left[-1] == right[-2] and left[-2] == right[-1]:
        best = min(best, _slow_distance(left[:-2], right[:-2]) + 1)
    return best


@pytest.mark.slow
@given(st.text("abc", max_size=4), st.text("abc", max_size=4))
def test_one_typo_equals_the_definition(left: str, right: str) -> None:
    assert is_one_typo_away(left, right) is (_slow_distance(left, right) == 1)


@pytest.mark.slow
@given(st.lists(WORDS, unique=True, max_size=30), WORDS)
def test_typo_table_finds_every_word_one_typo_away(words: list[str], sought: str) -> None:
    known = [(number, word) for number, word in enumerate(words) if len(word) >= 4]
    found = TypoTable.build(known).candidates(sought)
    assert {number for number, word in known if is_one_typo_away(sought, word)} <= set(found)
