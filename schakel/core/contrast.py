"""Whether words in one colour can be read on another: contrast as WCAG 2.2 defines it."""

from __future__ import annotations

import re

from schakel.core.errors import InvalidInput

LEAST_FOR_TEXT = 4.5  # WCAG 2.2, success criterion 1.4.3, for words of any size
_COLOUR = re.compile(r"#?([0-9a-fA-F]{6})")


def is_colour(text: str) -> bool:
    """Whether `parse_colour` reads this."""
    return _COLOUR.fullmatch(text.strip()) is not None


def parse_colour(text: str, name: str) -> str:
    """Six hexadecimal digits in small letters, from `0c5449` or `#0C5449`. Raises InvalidInput, with `name` in it."""
    found = _COLOUR.fullmatch(text.strip())
    if found is None:
        shown = text if len(text) <= 20 else f"{text[:20]}…"
        raise InvalidInput(f"De kleur van {name} is {shown!r}. Schrijf zes cijfers of letters a tot f, zoals 0c5449.")
    return found[1].lower()


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


def check_readable(words: str, behind: str, name: str) -> None:
    """Raises InvalidInput, in plain Dutch, when `words` in this colour cannot be read on `behind`.

    Both are six hexadecimal digits; `name` says whose words they are. The ratio is not rounded before it is compared.
    """
    ratio = contrast_ratio(words, behind)
    if ratio < LEAST_FOR_TEXT:
        how = "donkerdere" if luminance(behind) > 0.18 else "lichtere"
        said = f"{int(ratio * 100) / 100:.2f}".replace(".", ",")
        raise InvalidInput(
            f"De kleur van {name} (#{words}) is niet te lezen op de achtergrond (#{behind}): het contrast is {said} en "
            f"moet minstens 4,5 zijn. Kies een {how} kleur, of een andere achtergrond."
        )
