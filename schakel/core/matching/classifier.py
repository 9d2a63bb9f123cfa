"""Text -> service: which services a need in someone's own words asks for.

Method: TF-IDF of stems, pairs of stems and letter groups (3 to 5); multinomial logistic regression over the services
and "none of these", trained on `training.csv` and the synonyms of the taxonomy (see `training.py`); BM25 over the live
taxonomy added to the log-odds. Use needs NumPy only: the trained numbers are plain arrays in `model.npz`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from schakel.core.errors import InvalidInput
from schakel.core.matching.ranking import rank
from schakel.core.matching.text import counts, features, letter_groups, stem, words
from schakel.core.taxonomy import services

Floats = NDArray[np.float32]

WORD_SHARE = 0.35
"""How much the words count beside the letter groups (chosen by cross-validation on the training text)."""

_MODEL = "model.npz"
_SHOWN = 5  # words an explanation names at most
_FAINT = 0.15  # a word that says less than this share of the strongest one is left out


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The features of one kind: their row in the weights and how rare they are."""

    rows: Mapping[str, int]
    rarity: Floats

    def vector(self, found: Iterable[str]) -> tuple[list[int], Floats]:
        """Rows and values of the TF-IDF vector of these features, with length 1; empty when none is known."""
        counted = Counter(feature for feature in found if feature in self.rows)
        rows = [self.rows[feature] for feature in counted]
        values = np.array([1 + math.log(count) for count in counted.values()], np.float32) * self.rarity[rows]
        length = float(np.linalg.norm(values))
        return rows, values / np.float32(length) if length else values


@dataclass(frozen=True, slots=True)
class Model:
    """What training leaves behind. The last column of the weights is "none of these"."""

    codes: tuple[str, ...]
    words: Vocabulary
    groups: Vocabulary
    word_weights: Floats
    group_weights: Floats
    intercepts: Floats
    bm25_share: float
    margin: float  # by how much (log-odds) the best service must beat "none of these"
    fingerprint: str


def _vocabulary(names: NDArray[np.uint8], rarity: Floats) -> Vocabulary:
    features = names.tobytes().decode("utf-8").split("\n")
    return Vocabulary({feature: row for row, feature in enumerate(features)}, rarity)


@cache
def load_model() -> Model:
    """The packaged model; loading takes well under a second and happens once per process."""
    with files(__package__).joinpath(_MODEL).open("rb") as file, np.load(file, allow_pickle=False) as stored:
        return Model(
            codes=tuple(stored["codes"].tobytes().decode().split("\n")),
            words=_vocabulary(stored["words"], stored["word_rarity"].astype(np.float32)),
            groups=_vocabulary(stored["groups"], stored["group_rarity"].astype(np.float32)),
            word_weights=stored["word_weights"].astype(np.float32),
            group_weights=stored["group_weights"].astype(np.float32),
            intercepts=stored["intercepts"].astype(np.float32),
            bm25_share=float(stored["bm25_share"]),
            margin=float(stored["margin"]),
            fingerprint=stored["fingerprint"].tobytes().decode(),
        )


@cache
def _columns() -> NDArray[np.intp]:
    """Where each service of the model stands in the taxonomy."""
    order = {service.code: position for position, service in enumerate(services())}
    return np.array([order[code] for code in load_model().codes], np.intp)


def _sum(values: Floats, weights: Floats, rows: list[int]) -> Floats:
    """Weighted sum of rows. Not a matrix product: for so few numbers the threads of a product only add waiting."""
    total: Floats = (values[:, np.newaxis] * weights[rows]).sum(axis=0)
    return total


def _log_odds(text: str) -> Floats | None:
    """Log-odds of every service and, last, of "none of these"; None when no feature of the text is known."""
    model = load_model()
    found_words, found_groups = features(text)
    stems = [feature for feature in found_words if " " not in feature]
    word_rows, word_values = model.words.vector(found_words)
    group_rows, group_values = model.groups.vector(found_groups)
    if not word_rows and not group_rows:
        return None
    scores: Floats = model.intercepts.copy()
    scores += np.float32(WORD_SHARE) * _sum(word_values, model.word_weights, word_rows)
    scores += np.float32(1 - WORD_SHARE) * _sum(group_values, model.group_weights, group_rows)
    scores[:-1] += np.float32(model.bm25_share) * rank(stems)[_columns()]
    return scores


def classify(text: str, top: int = 5) -> list[tuple[str, float]]:
    """The services a need asks for, most probable first, at most `top`, each with its probability (0 to 1).

    The probabilities of all services and of "none of these" together make 1. `[]` means "I don't know": the text is
    empty, holds no known word, or the best service is not clearly more probable than "none of these" (the margin is set
    by cross-validation on the training text). Only the first 4,000 characters after removal of markup are read;
    scripts, markup and control characters are ignored. Made for Dutch: English and French are recognised only
    by words they share with Dutch or with the English and French labels of the services, and mostly give `[]`.
    Raises InvalidInput when `top` is below 1.
    """
    if top < 1:
        raise InvalidInput(f"Vraag minstens 1 dienst; gevonden: {top}.")
    scores = _log_odds(text)
    if scores is None:
        return []
    model = load_model()
    best = np.argsort(-scores[:-1], kind="stable")[:top]
    if scores[best[0]] - scores[-1] < model.margin:
        return []
    exponents = np.exp(scores - scores.max())
    probabilities = exponents / exponents.sum()
    return [(model.codes[column], float(probabilities[column])) for column in best]


def explain(text: str, code: str) -> tuple[str, ...]:
    """The words of the text that spoke for this service, strongest first, at most five; empty when none did.

    A word speaks for a service by what its stem and letter groups (and the taxonomy) add to its log-odds above the mean
    of all services. Words are given in lower case without accents. Raises InvalidInput for an unknown code.
    """
    model = load_model()
    if code not in model.codes:
        raise InvalidInput(f"De dienst {code!r} bestaat niet. Kies een code uit de dienstenlijst.")
    column = model.codes.index(code)
    gains: dict[str, float] = {}
    for word in dict.fromkeys(word for word in words(text) if counts(word)):
        word_rows, word_values = model.words.vector([stem(word)])
        group_rows, group_values = model.groups.vector(letter_groups(word))
        scores = np.float32(WORD_SHARE) * _sum(word_values, model.word_weights, word_rows)
        scores = scores + np.float32(1 - WORD_SHARE) * _sum(group_values, model.group_weights, group_rows)
        scores[:-1] += np.float32(model.bm25_share) * rank([stem(word)])[_columns()]
        gains[word] = float(scores[column] - scores.mean())
    strongest = sorted((word for word in gains if gains[word] > 0), key=lambda word: (-gains[word], word))[:_SHOWN]
    return tuple(word for word in strongest if gains[word] >= _FAINT * gains[strongest[0]])
