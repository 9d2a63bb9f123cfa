"""From text to words: accents folded, words cut, stop words known, and per word its plain form, stem and parts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from schakel.search.compounds import is_generic, split_compound
from schakel.search.stem import stem
from schakel.search.wordlists import STOP_WORDS

_LETTERS = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "’": "'", "ł": "l"})
_ACRONYM = re.compile(r"\b(?:[a-z]{1,2}\.){2,}(?:[a-z]{1,2}\b)?")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Forms:
    """One word and what it is indexed under: the word, its stem, and the stems of the parts of a compound."""

    plain: str
    stem: str
    parts: tuple[str, ...]
    telling_parts: tuple[str, ...]  # as written, without parts such as -dienst, -winkel, -hulp that say little


def fold(text: str) -> str:
    """Lower case without accents; acronyms with dots become one word ("GR.O.O.D." -> "grood")."""
    plain = text.lower()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain if "." not in plain else _ACRONYM.sub(lambda match: match[0].replace(".", ""), plain)


def split_words(text: str) -> list[str]:
    """The folded words of a text in order, letters and digits only."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=100_000)
def forms(word: str) -> Forms:
    """The forms of one folded word."""
    direct = split_compound(word)
    deep = [deeper for part in direct for deeper in (part, *split_compound(part))]
    telling = tuple(part for part in direct if not is_generic(part))
    return Forms(word, stem(word), tuple(dict.fromkeys(map(stem, deep))), telling or direct)


def is_stop_word(word: str) -> bool:
    """Whether a folded word is passed over: stop words and single letters, not single digits in a number."""
    return word in STOP_WORDS or (len(word) == 1 and not word.isdigit())
