"""Words, stems and letter groups, by hand."""

from __future__ import annotations

import pytest

from schakel.core.matching.text import clean, content_words, features, letter_groups, stem, words


def test_words_are_folded_and_numbers_lose_their_value() -> None:
    assert words("Cafés: 20.000 doosjes à la crème, 3de keer") == [
        "cafes", "0", "0", "doosjes", "a", "la", "creme", "0de", "keer",
    ]  # fmt: skip


def test_apostrophes_are_dropped() -> None:
    assert words("foto's en 's middags") == ["fotos", "en", "s", "middags"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("haag", "hagen"), ("raam", "ramen"), ("brood", "broodjes"), ("fiets", "fietsen"), ("huizen", "huis"),
     ("bakken", "bakjes"), ("brieven", "brief")],
)  # fmt: skip
def test_stem_lets_forms_of_a_word_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_stop_words_carry_no_meaning() -> None:
    assert content_words("wie kan de haag eens komen scheren") == [stem("haag"), stem("scheren")]


def test_letter_groups_mark_the_edges() -> None:
    assert list(letter_groups("ab", (3,))) == ["<ab", "ab>"]


def test_features_hold_stems_pairs_and_groups() -> None:
    stems, groups = features("haag scheren")
    assert f"{stem('haag')} {stem('scheren')}" in stems
    assert {"<ha", "ren>"} <= set(groups)


def test_unclosed_script_hides_the_rest() -> None:
    assert clean("haag <script>alert(1)").strip() == "haag"
