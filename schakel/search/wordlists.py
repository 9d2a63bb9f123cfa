"""The packaged word lists of the Dutch analysis (`words.toml`)."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_LISTS: dict[str, str] = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))

STOP_WORDS = frozenset(_LISTS["stop_words"].split())
GENERIC_HEADS = frozenset(_LISTS["generic_heads"].split())
ROOTS = frozenset(_LISTS["roots"].split())
NEVER_A_PART = frozenset(_LISTS["never_a_part"].split())
