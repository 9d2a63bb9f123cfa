"""Names folded for sorting, so that both databases and Python agree."""

from __future__ import annotations

import unicodedata


def fold(name: str) -> str:
    """`name` without capitals and accents: "Éénhoorn" -> "eenhoorn". At most 300 characters, for an index."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).strip()[:300]
