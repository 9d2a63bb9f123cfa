"""Contrast as WCAG 2.2 defines it: worked by hand, by a slow twin, and what always holds."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.core.contrast import contrast_ratio, luminance, parse_colour

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("000000", "ffffff", 21.0),
        ("ffffff", "ffffff", 1.0),
        ("ff0000", "ffffff", 1.05 / 0.2626),  # red is 0.2126 as light as white
        ("0000ff", "ffffff", 1.05 / 0.1222),
        ("767676", "ffffff", 4.5422),  # the lightest grey that may stand on white
        ("777777", "ffffff", 4.4781),
    ],
)
def test_contrast_worked_by_hand(one: str, other: str, ratio: float) -> None:
    assert contrast_ratio(one, other) == pytest.approx(ratio, abs=5e-5)


def slow_luminance(colour: str) -> float:
    """By a table of exact fractions instead of a formula on floats."""
    weights = (Fraction(2126, 10000), Fraction(7152, 10000), Fraction(722, 10000))
    total = 0.0
    for weight, place in zip(weights, (0, 2, 4), strict=True):
        share = Fraction(int(colour[place : place + 2], 16), 255)
        if share <= Fraction(4045, 100000):
            light = float(share / Fraction(1292, 100))
        else:
            light = float((share + Fraction(55, 1000)) / Fraction(1055, 1000)) ** 2.4
        total += float(weight) * light
    return total


@given(COLOURS)
def test_luminance_is_what_the_slow_twin_says(colour: str) -> None:
    assert luminance(colour) == pytest.approx(slow_luminance(colour), abs=1e-12)


@given(COLOURS, COLOURS)
def test_contrast_lies_between_1_and_21_and_does_not_care_which_is_first(one: str, other: str) -> None:
    assert 1 <= contrast_ratio(one, other) == contrast_ratio(other, one) <= 21 + 1e-9


@pytest.mark.parametrize("text", ["0c5449", "#0C5449", " #0c5449 "])
def test_colour_is_read(text: str) -> None:
    assert parse_colour(text) == "0c5449"


@pytest.mark.parametrize("text", ["", "#fff", "rood", "0c54490", "0c544g", "url(x)", "٠٠٠٠٠٠", "x" * 1000])
def test_other_than_a_colour_is_none(text: str) -> None:
    assert parse_colour(text) is None
