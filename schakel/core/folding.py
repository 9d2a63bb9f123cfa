"""Text without capitals and accents, to compare what people type."""

from __future__ import annotations

import unicodedata


def without_accents(text: str) -> str:
    """ "Éénhoorn" -> "eenhoorn"; signs stay."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return apart if apart.isascii() else "".join(sign for sign in apart if not unicodedata.combining(sign))
