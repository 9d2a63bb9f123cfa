"""Keys for what an editor adds."""

from __future__ import annotations

from django.utils.text import slugify

from schakel.register import models
from schakel.register.folding import fold


def key_part(words: str, longest: int = 60, otherwise: str = "nieuw") -> str:
    """`words` as they can stand in a key; `otherwise` when nothing is left of them."""
    return slugify(fold(words)).replace("_", "-")[:longest].strip("-") or otherwise


def first_free(base: str) -> str:
    """A key nobody spoke of yet, withdrawn statements included: a key never gets a second life."""
    taken = set(models.Statement.objects.filter(key__startswith=base).values_list("key", flat=True))
    number = 1
    while (candidate := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return candidate
