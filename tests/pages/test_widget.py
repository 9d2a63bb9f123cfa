"""The colours of the widget: read strictly, refused in words that say what to do, in the language of the reader."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from schakel.core.contrast import LEAST_FOR_TEXT, contrast_ratio
from schakel.core.errors import InvalidInput
from schakel.pages.widget import Palette, read_palette

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"{number:06x}")


def palette(**colours: str) -> Palette:
    asked = QueryDict(mutable=True)
    asked.update(colours)
    return read_palette(asked)


@given(COLOURS, COLOURS)
def test_words_are_refused_exactly_below_the_limit(words: str, behind: str) -> None:
    if contrast_ratio(words, behind) >= LEAST_FOR_TEXT:
        assert palette(ink=words, main=words, paper=behind) == Palette(behind, words, words)
    else:
        with pytest.raises(InvalidInput, match="minstens 4,5"):
            palette(ink=words, main=words, paper=behind)


def test_refusal_says_the_ratio_without_rounding_it_up_and_what_to_do() -> None:
    with pytest.raises(InvalidInput, match=r"de tekst \(#777777\).*4,47.*donkerdere kleur"):
        palette(ink="777777")
    with pytest.raises(InvalidInput, match=r"de tekst .*lichtere kleur"):
        palette(ink="333333", paper="000000")


@pytest.mark.parametrize("text", ["#fff", "rood", "0c54490", "0c544g", "url(x)", "٠٠٠٠٠٠", "x" * 1000])
def test_other_than_a_colour_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="De kleur van de tekst is ") as refusal:
        palette(ink=text)
    assert len(str(refusal.value)) < 150


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "The colour of the text (#777777) cannot be read"), ("fr", "La couleur du texte (#777777) ne se lit pas")],
)
def test_refusal_speaks_the_language_of_the_reader(language: str, said: str) -> None:
    with override(language), pytest.raises(InvalidInput) as refusal:
        palette(ink="777777")
    assert str(refusal.value).startswith(said)
    assert ("4.47" if language == "en" else "4,47") in str(refusal.value)
