"""Trains the classifier of needs and writes `model.npz`: `python -m schakel.core.matching.training`.

For developers only (scikit-learn is not needed to run Schakel). Everything that is chosen here (the share of BM25, the
margin for "I don't know") is chosen by cross-validation on the training text; the test needs are never read.
"""

from __future__ import annotations

import csv
import hashlib
import logging
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schakel.core.matching.classifier import WORD_SHARE, Vocabulary
from schakel.core.matching.ranking import rank
from schakel.core.matching.text import content_words, features
from schakel.core.taxonomy import services

FOLDS = 5
STRENGTH = 20.0  # inverse regularisation
BM25_SHARES = (0.1, 0.25, 0.5, 1.0)
REFUSED = 0.92
"""Share of the out-of-scope training texts that must be answered with "I don't know" in cross-validation."""

Floats = NDArray[np.float64]
Features = tuple[list[str], list[str]]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Example:
    """One training text; no codes: out of scope."""

    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Vocabularies with the weights of one fit."""

    words: Vocabulary
    groups: Vocabulary
    weights: Floats  # classes x (words + groups)
    intercepts: Floats


def read_examples() -> tuple[Example, ...]:
    """The texts of `training.csv`, in the order of the file."""
    text = files(__package__).joinpath("training.csv").read_text(encoding="utf-8")
    return tuple(
        Example(row["text"], tuple(code for code in row["services"].split(";") if code))
        for row in csv.DictReader(text.splitlines())
    )


def fingerprint() -> str:
    """SHA-256 of the training text: kept in the model, so that a test can tell when training was forgotten."""
    return hashlib.sha256(files(__package__).joinpath("training.csv").read_bytes()).hexdigest()


def taxonomy_examples() -> tuple[Example, ...]:
    """The labels (in three languages) and the synonyms of every service, each a text of its own."""
    return tuple(
        Example(phrase, (service.code,))
        for service in services()
        for phrase in (*service.labels.values(), *service.synonyms)
    )


def build_vocabulary(found: Sequence[Sequence[str]], least: int) -> Vocabulary:
    """The features that occur in at least `least` texts, sorted, with their inverse document frequency."""
    holders = Counter(feature for text in found for feature in set(text))
    kept = sorted(feature for feature, count in holders.items() if count >= least)
    rarity = [math.log((1 + len(found)) / (1 + holders[feature])) + 1 for feature in kept]
    return Vocabulary({feature: row for row, feature in enumerate(kept)}, np.array(rarity, np.float32))


def _matrix(found: Sequence[Features], words: Vocabulary, groups: Vocabulary) -> Any:
    from scipy.sparse import csr_matrix

    indices: list[int] = []
    values: list[float] = []
    starts = [0]
    for word_features, group_features in found:
        word_rows, word_values = words.vector(word_features)
        group_rows, group_values = groups.vector(group_features)
        indices += word_rows + [len(words.rows) + row for row in group_rows]
        values += [*(WORD_SHARE * word_values), *((1 - WORD_SHARE) * group_values)]
        starts.append(len(indices))
    return csr_matrix((values, indices, starts), shape=(len(found), len(words.rows) + len(groups.rows)))


def fit(examples: Sequence[Example], found: Sequence[Features], codes: Sequence[str]) -> Fitted:
    """One fit; a text with several services counts as a share of a text for each of them."""
    from sklearn.linear_model import LogisticRegression

    words = build_vocabulary([word_features for word_features, _ in found], 1)
    groups = build_vocabulary([group_features for _, group_features in found], 2)
    column = {code: number for number, code in enumerate(codes)}
    picked: list[int] = []
    target: list[int] = []
    weight: list[float] = []
    for number, example in enumerate(examples):
        for code in example.codes or (None,):
            picked.append(number)
            target.append(len(codes) if code is None else column[code])
            weight.append(1 / max(1, len(example.codes)))
    regression = LogisticRegression(C=STRENGTH, max_iter=60, tol=1e-3)
    regression.fit(_matrix(found, words, groups)[picked], target, sample_weight=weight)
    return Fitted(words, groups, regression.coef_, regression.intercept_)


def apply(fitted: Fitted, found: Sequence[Features]) -> Floats:
    """Log-odds of every class and, last, of "none of these", one row per text; BM25 not yet added."""
    scores: Floats = _matrix(found, fitted.words, fitted.groups) @ fitted.weights.T + fitted.intercepts
    return scores


def out_of_fold(examples: Sequence[Example], codes: Sequence[str]) -> Floats:
    """Log-odds of every class for each training text, from a fit that has not seen that text."""
    fixed = taxonomy_examples()
    found = [features(example.text) for example in examples]
    fixed_found = [features(example.text) for example in fixed]
    fold = np.random.default_rng(2026).permutation(len(examples)) % FOLDS
    scores = np.zeros((len(examples), len(codes) + 1))
    for number in range(FOLDS):
        seen = [row for row in range(len(examples)) if fold[row] != number]
        unseen = [row for row in range(len(examples)) if fold[row] == number]
        fitted = fit([examples[row] for row in seen] + list(fixed), [found[row] for row in seen] + fixed_found, codes)
        scores[unseen] = apply(fitted, [found[row] for row in unseen])
        log.info("fold %d of %d", number + 1, FOLDS)
    return scores


def judge(scores: Floats, examples: Sequence[Example], codes: Sequence[str], margin: float) -> dict[str, float]:
    """Share of texts in scope with a right service first and among the first five, and of refusals out of scope."""
    leads = scores[:, :-1].max(axis=1) - scores[:, -1]
    order = np.argsort(-scores[:, :-1], axis=1)
    first = five = refused = inside = 0
    for row, example in enumerate(examples):
        answered = bool(leads[row] >= margin)
        if not example.codes:
            refused += not answered
            continue
        inside += 1
        ranked = [codes[column] for column in order[row, :5]]
        first += answered and ranked[0] in example.codes
        five += answered and bool(set(ranked) & set(example.codes))
    return {"top1": first / inside, "top5": five / inside, "refused": refused / max(1, len(examples) - inside)}


def choose(scores: Floats, examples: Sequence[Example], codes: Sequence[str]) -> tuple[float, float, dict[str, float]]:
    """The share of BM25 and the margin that give the best first answers while refusing enough out of scope."""
    ranks = np.array([rank(content_words(example.text)) for example in examples])
    order = [service.code for service in services()]
    ranks = ranks[:, [order.index(code) for code in codes]]
    outside = [row for row, example in enumerate(examples) if not example.codes]
    best: tuple[float, float, dict[str, float]] | None = None
    for share in BM25_SHARES:
        fused = scores.copy()
        fused[:, :-1] += share * ranks
        margin = float(np.quantile(fused[outside, :-1].max(axis=1) - fused[outside, -1], REFUSED))
        quality = judge(fused, examples, codes, margin)
        log.info("BM25 share %.2f, margin %.3f: %s", share, margin, quality)
        if best is None or quality["top1"] > best[2]["top1"]:
            best = (share, margin, quality)
    assert best is not None
    return best


def _bytes(lines: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def write_model(path: Path) -> dict[str, float]:
    """Trains, writes the arrays to `path` (no pickle), and returns the quality in cross-validation."""
    examples = read_examples()
    codes = [service.code for service in services()]
    share, margin, quality = choose(out_of_fold(examples, codes), examples, codes)
    everything = (*examples, *taxonomy_examples())
    fitted = fit(everything, [features(example.text) for example in everything], codes)
    split = len(fitted.words.rows)
    np.savez_compressed(
        path,
        codes=_bytes(codes),
        words=_bytes(list(fitted.words.rows)),
        groups=_bytes(list(fitted.groups.rows)),
        word_rarity=fitted.words.rarity,
        group_rarity=fitted.groups.rarity,
        word_weights=fitted.weights.T[:split].astype(np.float16),
        group_weights=fitted.weights.T[split:].astype(np.float16),
        intercepts=fitted.intercepts.astype(np.float32),
        bm25_share=np.float64(share),
        margin=np.float64(margin),
        fingerprint=_bytes([fingerprint()]),
    )
    return quality


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    log.info("in cross-validation: %s", write_model(Path(__file__).with_name("model.npz")))
