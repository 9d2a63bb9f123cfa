"""Names that may be of the same organisation: proposed here, decided by a person.

Two names are compared without capitals, accents, signs and legal forms, with their words in alphabetical order. A name
is proposed when the two texts have enough letters in common (the longest common subsequence, as rapidfuzz counts it),
or when it has all words of the other and those are telling.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from schakel.core.folding import without_accents

LEAST = 85.0
"""The lowest likeness, of 100, that is proposed."""
CONTAINED = 90.0
"""The likeness of a name that has all words of the other: surer than many letters in common."""
TELLING = 6
"""Letters that a single word needs to be telling; two words always are."""
MOST = 3
_AT_ONCE = 256  # names compared in one go: bounds the memory, whatever the number

_FORMS = frozenset(
    (
        *("vzw", "asbl", "ivzw", "aisbl", "cv", "cvba", "cvso", "scrl", "sc", "bv", "bvba", "sprl", "srl", "nv", "sa"),
        *("vof", "snc", "commv", "comm", "gcv", "se", "so", "gmbh", "ltd"),
    )
)
_SPELT_FORM = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?\b\.?")
_PHRASES = re.compile(r"\b(?:met sociaal oogmerk|erkend als sociale onderneming|in vereffening)\b")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An organisation (its key) that a name may be of: which of its names is like it, and how much, of 100."""

    key: str
    name: str
    likeness: float


def comparable(name: str) -> str:
    """The words of a name that tell, in alphabetical order: "De Loods v.z.w." -> "de loods"."""
    plain = _PHRASES.sub(" ", without_accents(name).replace("'", ""))
    joined = _SPELT_FORM.sub(lambda found: found[0].replace(".", ""), plain)
    words = _WORD.findall(joined)
    return " ".join(sorted([word for word in words if word not in _FORMS] or words))


def propose(names: Sequence[str], register: Mapping[str, Sequence[str]]) -> list[tuple[Proposal, ...]]:
    """For each name the organisations it may be of, the likeliest first, at most MOST; most names get none.

    `register`: key -> every name of an organisation. Equal likeness: by key.
    """
    known = [(comparable(name), key, name) for key, own in register.items() for name in own]
    known = [one for one in known if one[0]]
    asked = [comparable(name) for name in names]
    with_word = _telling(known)
    found: list[tuple[Proposal, ...]] = []
    for mine, alike in zip(asked, _letters(asked, [words for words, _, _ in known]), strict=True):
        best: dict[str, Proposal] = {}
        words = set(mine.split())
        whole = {place for word in words for place in with_word.get(word, ()) if set(known[place][0].split()) <= words}
        for place in sorted(whole | alike.keys()):
            _, key, name = known[place]
            likeness = max(alike.get(place, 0.0), CONTAINED if place in whole else 0.0)
            if key not in best or best[key].likeness < likeness:
                best[key] = Proposal(key, name, likeness)
        found.append(tuple(sorted(best.values(), key=lambda one: (-one.likeness, one.key))[:MOST]))
    return found


def _telling(known: Sequence[tuple[str, str, str]]) -> Mapping[str, Sequence[int]]:
    """The longest word of each telling name -> where that name stands."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, (name, _, _) in enumerate(known):
        words = name.split()
        longest = max(words, key=len)
        if len(longest) >= TELLING or len([word for word in words if len(word) > 2]) > 1:
            places[longest].append(place)
    return places


def _letters(asked: Sequence[str], known: Sequence[str]) -> Iterator[Mapping[int, float]]:
    """For each asked name: where in `known` the names stand that are like it, with their likeness."""
    import numpy as np
    from rapidfuzz import fuzz, process  # only here: most requests compare no names

    for start in range(0, len(asked), _AT_ONCE):
        part = asked[start : start + _AT_ONCE]
        scores = process.cdist(part, known, scorer=fuzz.ratio, score_cutoff=LEAST, dtype=np.float32)
        for mine, row in zip(part, scores, strict=True):
            yield {int(place): float(row[place]) for place in np.flatnonzero(row)} if mine else {}
