"""Names folded for sorting, so that both databases and Python agree."""

from __future__ import annotations

from schakel.core.folding import without_accents


def fold(name: str) -> str:
    """`name` without capitals and accents: "Éénhoorn" -> "eenhoorn". At most 300 characters, for an index."""
    return without_accents(name).strip()[:300]
