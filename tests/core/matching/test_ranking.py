"""BM25 over the live taxonomy."""

from __future__ import annotations

import math
from collections import Counter

import pytest

from schakel.core.matching.ranking import rank
from schakel.core.matching.text import content_words
from schakel.core.taxonomy import services


def slow_rank(stems: list[str]) -> list[float]:
    """The formula as it is written, one service and one word at a time."""
    documents = [
        [stem for phrase in (*service.synonyms, *service.labels.values()) for stem in content_words(phrase)]
        for service in services()
    ]
    mean = sum(map(len, documents)) / len(documents)
    scores = []
    for document in documents:
        counts, score = Counter(document), 0.0
        for stem in set(stems):
            holders = sum(stem in other for other in documents)
            if holders:
                rarity = math.log(1 + (len(documents) - holders + 0.5) / (holders + 0.5))
                score += rarity * counts[stem] * 2.2 / (counts[stem] + 1.2 * (0.7 + 0.3 * len(document) / mean))
        scores.append(score / (len(stems) + 1))
    return scores


@pytest.mark.parametrize("text", ["hagen scheren", "strijk", "fiets herstellen en verhuren", "asfalt", ""])
def test_slow_twin_gives_the_same_scores(text: str) -> None:
    stems = content_words(text)
    assert rank(stems) == pytest.approx(slow_rank(stems), rel=1e-5)


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_label_ranks_its_own_service_first(language: str) -> None:
    """In the three languages; the few labels made of words that other services share may come second."""
    codes = [service.code for service in services()]
    right = sum(
        codes[int(rank(content_words(service.labels[language])).argmax())] == service.code for service in services()
    )
    assert right >= 45
