"""What was bought: purchase categories, told by the words of an account, and the services that could do it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from schakel.core.folding import without_accents

SHORT = 4
"""Letters up to which a word has to stand alone; a longer one may be part of a word, as Dutch puts words together."""


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of purchase. `services`: of the taxonomy, any of them; none: no social enterprise is known to do it.

    `words`: Dutch words and parts of words, without accents.
    """

    code: str
    labels: Mapping[str, str]
    services: tuple[str, ...]
    words: tuple[str, ...]


@cache
def list_categories() -> tuple[Category, ...]:
    """All categories, in the order in which they are shown."""
    text = files(__package__).joinpath("categories.toml").read_text(encoding="utf-8")
    return tuple(
        Category(row["code"], MappingProxyType(row["labels"]), tuple(row["services"]), tuple(row["words"]))
        for row in tomllib.loads(text)["category"]
    )


def category_of(text: str) -> str:
    """The code of the category with the longest word in this text; "" when no word is in it, or two are as long."""
    plain = without_accents(text)
    found = [(len(word), code) for word, code in _words().items() if word in plain and _stands(word, plain)]
    longest = max((length for length, _ in found), default=0)
    codes = {code for length, code in found if length == longest}
    return codes.pop() if len(codes) == 1 else ""


@cache
def _words() -> Mapping[str, str]:
    return {word: category.code for category in list_categories() for word in category.words}


def _stands(word: str, text: str) -> bool:
    return len(word) > SHORT or re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
