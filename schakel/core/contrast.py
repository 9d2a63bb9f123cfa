"""Whether words in one colour can be read on another: contrast as WCAG 2.2 defines it."""

from __future__ import annotations

import re

LEAST_FOR_TEXT = 4.5  # WCAG 2.2, success criterion 1.4.3, for words of any size
MIDDLE = 0.18  # luminance: dark words read best on what is lighter than this, light words on what is darker
_COLOUR = re.compile(r"#?([0-9a-fA-F]{6})")


def parse_colour(text: str) -> str | None:
    """Six hexadecimal digits in small letters, from `0c5449` or `#0C5449`; None for anything else."""
    found = _COLOUR.fullmatch(text.strip())
    return None if found is None else found[1].lower()


def luminance(colour: str) -> float:
    """Relative luminance of a colour (six hexadecimal digits) in sRGB: 0 for black, 1 for white."""
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def contrast_ratio(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black and white), whichever of the two is the lighter."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
