"""The colours can be read: every pair in use has enough contrast, light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import schakel

STYLESHEET = Path(schakel.__file__).parent / "pages" / "static" / "schakel" / "schakel.css"
GIVEN = {"paper": "#fbf8f3", "ink": "#1d2b2a", "main": "#0c5449", "accent": "#b8470f", "line": "#d9d2c5"}
# Text on what lies behind it: 4.5 to 1.
TEXT = [
    *[(text, behind) for text in ("ink", "main", "accent", "muted", "absent") for behind in ("paper", "sheet")],
    *[("ink", behind) for behind in ("soft", "warm")],
    ("main", "soft"),
    ("accent", "warm"),
    ("muted", "warm"),
    ("on-main", "main"),
]
# Signs, borders of what can be operated, and the focus: 3 to 1.
SHAPES = [
    *[
        (shape, behind)
        for shape in ("served", "thin", "absent", "unknown", "no-data", "edge", "accent", "main")
        for behind in ("paper", "sheet")
    ],
    ("unknown", "warm"),
]


def tokens(scheme: str) -> dict[str, str]:
    """The colours of one scheme, as the stylesheet says."""
    css = STYLESHEET.read_text(encoding="utf-8")
    found = dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6});", css.split("@media (prefers-color-scheme: dark)")[0]))
    if scheme == "dark":
        dark = css.split("@media (prefers-color-scheme: dark)")[1].split("}\n}")[0]
        found.update(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6});", dark))
    return found


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2 defines it, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_tokens_are_those_of_the_house_style() -> None:
    light = tokens("light")
    assert {name: light[name] for name in GIVEN} == GIVEN


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "behind"), TEXT)
def test_text_can_be_read(scheme: str, text: str, behind: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[text], colours[behind]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "behind"), SHAPES)
def test_shapes_can_be_seen(scheme: str, shape: str, behind: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[shape], colours[behind]) >= 3


def test_colours_stand_only_in_the_tokens() -> None:
    css = STYLESHEET.read_text(encoding="utf-8")
    body = css.split("/* ---------- ground", 1)[1].split("@media print")[0]
    assert re.findall(r"#[0-9a-fA-F]{6}\b", body) == []
