"""BM25 over the labels and synonyms of the services, as they are in the taxonomy today.

Method: Robertson & Zaragoza 2009, with the logarithm of Lucene (1 + ...) so that no weight is negative. It is what
lets a synonym count from the day it is added, without training anything again, and what knows the English and
French labels.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from schakel.core.matching.text import content_words
from schakel.core.taxonomy import services

_SATURATION = 1.2  # k1: a word said twice is not twice as telling
_LENGTH = 0.3  # b: services with many synonyms are hardly punished for it


@cache
def _weights() -> dict[str, NDArray[np.float32]]:
    """Per stem what it adds to the score of each service, in the order of the taxonomy."""
    documents = [
        Counter(stem for phrase in (*service.synonyms, *service.labels.values()) for stem in content_words(phrase))
        for service in services()
    ]
    lengths = [document.total() for document in documents]
    mean = sum(lengths) / len(lengths)
    holders = Counter(stem for document in documents for stem in document)
    weights = {stem: np.zeros(len(documents), np.float32) for stem in holders}
    for column, (document, length) in enumerate(zip(documents, lengths, strict=True)):
        for stem, count in document.items():
            rarity = math.log(1 + (len(documents) - holders[stem] + 0.5) / (holders[stem] + 0.5))
            damped = count + _SATURATION * (1 - _LENGTH + _LENGTH * length / mean)
            weights[stem][column] = rarity * count * (_SATURATION + 1) / damped
    return weights


def rank(stems: Sequence[str]) -> NDArray[np.float32]:
    """The BM25 score of each service for these stems, divided by one more than their number; zeros for none."""
    weights = _weights()
    total = np.zeros(len(services()), np.float32)
    for stem in set(stems):
        if stem in weights:
            total += weights[stem]
    return total / np.float32(len(stems) + 1)
