"""From what people type to the words and letter groups that the classifier counts.

Everything here is deterministic and needs only the standard library, so that training and use see the same features.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

LONGEST = 4000
"""Characters of a text that are read; a need says what it wants within the first page."""

_RAW_LIMIT = 5 * LONGEST  # markup may take up most of a text; more than this is never scanned
_HIDDEN = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>]*>", re.DOTALL)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6});")
_ACCENT = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[a-z0-9]+")
_DIGITS = re.compile(r"\d+")

_STOP_WORDS = (
    "de het een en van in op te voor met aan bij is zijn was er die dat dit deze om ook als of maar nog wel niet "
    "geen naar door over uit tot per al dan zo wie wat waar hoe kan kunnen wil willen moet moeten mag mogen zal "
    "zullen wordt worden heeft hebben had ik je jij ge gij u we wij ze zij hij mijn men ons onze hun haar jullie "
    "jouw uw iemand iets mij me zich zelf graag aub alstublieft zoek zoeken zoekt gezocht gevraagd nodig nen ne den "
    "t da dees doen doet komt komen gaan gaat laten laat krijgen hier daar nu eens keer the and for of to a an le la "
    "les des du et pour un une"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())


def clean(text: str) -> str:
    """Plain lower-case text without accents, markup, scripts or control characters; at most LONGEST characters.

    Digits keep their place but lose their value ("20.000 doosjes" and "500 doosjes" are the same need).
    """
    text = _MARKUP.sub(" ", _HIDDEN.sub(" ", text[:_RAW_LIMIT]))
    text = unicodedata.normalize("NFKD", _ENTITY.sub(" ", text)[:LONGEST])[:LONGEST]
    return _ACCENT.sub("", text.lower().replace("'", "").replace("’", ""))


def words(text: str) -> list[str]:
    """The words of a text after `clean`, in order, numbers as `0`."""
    return [_DIGITS.sub("0", word) for word in _WORD.findall(clean(text))]


_ENDINGS = (
    ("ingen", 4), ("eren", 4), ("tjes", 3), ("jes", 3), ("tje", 3), ("ing", 4), ("en", 3), ("je", 3),
    ("e", 4), ("s", 4), ("t", 4),
)  # fmt: skip
"""Endings with the fewest letters that must stay before them; longer ones first."""


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The word without the commonest Dutch endings; crude on purpose, only to let forms of a word meet.

    At most two endings go (`fietsen`, `fiets`), a doubled last letter or a doubled vowel before it becomes single
    (`bakken`, `raam`), and v and z at the end become f and s (`brieven`, `huizen`).
    """
    for _ in range(2):
        word = next((word[: -len(end)] for end, least in _ENDINGS if _ends(word, end, least)), word)
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    if len(word) > 3 and word[-1] in "vz":
        word = word[:-1] + {"v": "f", "z": "s"}[word[-1]]
    return re.sub(r"([aeou])\1(?=[^aeiou]$)", r"\1", word)


def _ends(word: str, ending: str, least: int) -> bool:
    return word.endswith(ending) and len(word) - len(ending) >= least


def counts(word: str) -> bool:
    """Whether a word carries meaning here: no stop word, no lone letter, no number."""
    return len(word) > 1 and word not in STOP_WORDS and not word.isdigit()


def telling_words(text: str) -> list[tuple[str, str]]:
    """The words that carry meaning with their stems, in order."""
    return [(word, stem(word)) for word in words(text) if counts(word)]


def content_words(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    return [stem for _, stem in telling_words(text)]


def letter_groups(word: str, sizes: tuple[int, ...] = (3, 4, 5)) -> Iterator[str]:
    """The groups of 3, 4 and 5 letters of a word with its edges marked: what a typing fault leaves intact."""
    padded = f"<{word}>"
    for size in sizes:
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]


def features(text: str) -> tuple[list[str], list[str]]:
    """Two lists of features: stems with pairs of neighbouring stems, and letter groups of the words that count."""
    telling = [word for word in words(text) if counts(word)]
    stems = [stem(word) for word in telling]
    pairs = [f"{first} {second}" for first, second in pairwise(stems)]
    return stems + pairs, [group for word in telling for group in letter_groups(word)]
