"""Dutch word stems that make the forms of one word meet: fiets / fietsen, scheren / scheert, opruimen / opgeruimd.

The base is the Snowball stemmer for Dutch (Kraaij & Pohlmann). It is applied twice,
because it takes one ending at a time (poetsen -> poets -> poet). It knows nouns better than verbs, so three
things are taken off before: the -t of the third person, the ge- of the past participle, and the diminutive. At least
half of a word stays, or names would be eaten (Oudenaarde must not become "oud"). A stem is a key, never shown.
"""

from __future__ import annotations

import re
import threading
from functools import lru_cache

import snowballstemmer

SHORTEST_STEM = 3
MOST_ENDINGS = 2

# Strong participles that people type when they look for work to be done.
_IRREGULAR = {
    "gestreken": "strijken",
    "geschoren": "scheren",
    "afgereden": "afrijden",
    "gereden": "rijden",
    "gebracht": "brengen",
    "weggebracht": "wegbrengen",
    "gelezen": "lezen",
    "gesneden": "snijden",
}
_SEPARABLE = "op|af|aan|uit|in|mee|na|om|over|door|weg|bij|schoon|onder|klaar|leeg"
_SEPARATED_PARTICIPLE = re.compile(rf"({_SEPARABLE})ge([a-z]{{3,}}?)(?:d|t|en)")
_PARTICIPLE = re.compile(r"ge(?!bruik|meen|vang|zond)([a-z]{4,}?)(?:d|t)")
_THIRD_PERSON = re.compile(r"[a-z]{3,}(?:[bdfgjklmnpqrvwxzaiou]|ts|ks|ps)t")
_DIMINUTIVE = re.compile(r"([a-z]{3,}?)(?:etj|tj|pj|j)es?")

_AGENT = re.compile(r"([a-z]{3,}(?:gg|kk|ll|mm|nn|pp|ss|tt))ers?")

_snowball = snowballstemmer.stemmer("dutch")
_one_at_a_time = threading.Lock()  # the stemmer keeps the word it works on in itself


def _shorten(word: str) -> str:
    with _one_at_a_time:
        found: str = _snowball.stemWord(word)
    return found


def _without_verb_form(word: str) -> str:
    word = _IRREGULAR.get(word, word)
    if match := _SEPARATED_PARTICIPLE.fullmatch(word):
        return match[1] + match[2]
    if match := _PARTICIPLE.fullmatch(word):
        return match[1]
    if match := _DIMINUTIVE.fullmatch(word):
        return match[1]
    if match := _AGENT.fullmatch(word):
        return match[1] + "en"
    if _THIRD_PERSON.fullmatch(word):
        return word[:-1]
    return word


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one folded word (lower case, no accents). Never empty; words of three letters stay as they are."""
    if len(word) <= SHORTEST_STEM or not word.isalpha():
        return word
    current = _without_verb_form(word)
    for _ in range(MOST_ENDINGS):
        shorter = _shorten(current)
        if shorter == current or len(shorter) < max(SHORTEST_STEM, len(word) / 2):
            break
        current = shorter
    return current
