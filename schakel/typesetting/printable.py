"""Text that can be printed: without signs that steer, and with a stand-in for signs our fonts do not have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from schakel.core.model import Json

STAND_IN = "▯"
_PLAIN = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) | frozenset("–—‘’“”„•…€→✓▯\n")
_LONG = re.compile(r"[^\s/-]{40,}")
_STEERS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, invisible (also what turns text around), unassigned


def clean(text: str) -> str:
    """One line of text without control signs or marks that turn the direction of what follows.

    A word of 40 signs or more may break after each fifteenth: else it would run off the paper.
    """
    spaced = re.sub(r"\s+", " ", text)
    kept = "".join(sign for sign in spaced if sign in _PLAIN or unicodedata.category(sign) not in _STEERS).strip()
    return _LONG.sub(lambda found: re.sub(r"(.{15})(?=.)", "\\1\u200b", found.group()), kept)


def map_texts(value: Json, change: Callable[[str], str]) -> Json:
    """The same structure with every text changed; keys stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [map_texts(item, change) for item in value]
    if isinstance(value, dict):
        return {key: map_texts(item, change) for key, item in value.items()}
    return value


def unusual_signs(value: Json) -> frozenset[str]:
    """The signs in all texts of which we do not know beforehand that our fonts have them."""
    found: set[str] = set()

    def note(text: str) -> str:
        found.update(text)
        return text

    map_texts(value, note)
    return frozenset(found - _PLAIN)


def without(value: Json, missing: Iterable[str]) -> Json:
    """The same with a stand-in for every missing sign or group of signs."""
    ordered = sorted(set(missing), key=lambda part: (-len(part), part))
    if not ordered:
        return value
    pattern = re.compile("|".join(map(re.escape, ordered)))
    return map_texts(value, lambda text: pattern.sub(STAND_IN, text))
