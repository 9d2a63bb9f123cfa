"""Text -> service: accuracy on the test needs, latency, and SQLite FTS5 over the same labels and synonyms as the peer.

    python -m bench.classify [--strict]

The test needs were written and committed before any training text; their hash is printed. Ours may answer "I don't
know"; inside scope that counts as wrong. FTS5 answers an OR query of the words, top 5 by bm25, and knows nothing only
when no word matches. The limit is reading the features of the text, without any model. One process, one thread.

The same people wrote the needs and, later, the training text, so the figures on the needs flatter. Two checks that do
not: the words in which sources describe offers, and the titles of municipal tasks, in the region pack (written
by journalists and organisations, coded by other people). `--strict` trains once more without every training text whose
words all occur in one test need (a minute or more, needs scikit-learn): a lower bound.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench import Row
from schakel.core.matching import classify, training
from schakel.core.matching.classifier import load_model
from schakel.core.matching.ranking import rank
from schakel.core.matching.text import content_words, features
from schakel.core.taxonomy import services

ROOT = Path(__file__).resolve().parents[1]
NEEDS = ROOT / "tests" / "core" / "matching" / "needs.csv"
LANGUAGES = ROOT / "tests" / "core" / "matching" / "other_languages.csv"
REGION = ROOT / "regions" / "zuid-oost-vlaanderen"
ROUNDS = 5

Answer = Callable[[str], list[str]]


@dataclass(frozen=True)
class Need:
    """A text with its right services (none: out of scope) and what makes it hard."""

    text: str
    codes: frozenset[str]
    kind: str


@dataclass(frozen=True)
class Score:
    """How often an answer was right: shares of `inside` and `outside`; None where there are no such needs."""

    inside: int
    outside: int
    first: float | None
    five: float | None
    refused: float | None


def read_needs(path: Path, text: str = "text", codes: str = "services", kind: str = "difficulty") -> list[Need]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Need(row[text], frozenset(code for code in row[codes].split(";") if code), row.get(kind, ""))
            for row in csv.DictReader(file)
            if row[text]
        ]


def ours(text: str) -> list[str]:
    return [code for code, _ in classify(text)]


def full_text_peer() -> Answer:
    """FTS5 in memory: one document per service."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE service USING fts5(code UNINDEXED, words, tokenize='unicode61')")
    database.executemany(
        "INSERT INTO service VALUES (?, ?)",
        [(each.code, " ; ".join((*each.labels.values(), *each.synonyms))) for each in services()],
    )

    def answer(text: str) -> list[str]:
        query = " OR ".join(f'"{word}"' for word in dict.fromkeys(re.findall(r"\w+", text.lower())))
        sql = "SELECT code FROM service WHERE words MATCH ? ORDER BY bm25(service) LIMIT 5"
        return [code for (code,) in database.execute(sql, (query,))] if query else []

    return answer


def score(needs: Sequence[Need], answer: Answer) -> Score:
    first = five = refused = inside = 0
    for need in needs:
        found = answer(need.text)
        if not need.codes:
            refused += not found
            continue
        inside += 1
        first += bool(need.codes & set(found[:1]))
        five += bool(need.codes & set(found))
    outside = len(needs) - inside
    return Score(
        inside, outside, first / inside if inside else None, five / inside if inside else None,
        refused / outside if outside else None,
    )  # fmt: skip


def latency(needs: Sequence[Need], answer: Callable[[str], object]) -> tuple[float, float]:
    """Median and 95th percentile over all needs, in milliseconds; of each need its fastest round counts, so that
    waiting for other work on the machine is left out."""
    fastest = [float("inf")] * len(needs)
    for _ in range(ROUNDS):
        for number, need in enumerate(needs):
            start = time.perf_counter()
            answer(need.text)
            fastest[number] = min(fastest[number], 1000 * (time.perf_counter() - start))
    return float(np.percentile(fastest, 50)), float(np.percentile(fastest, 95))


def run() -> list[Row]:
    """The claims on the classifier, measured now."""
    needs, peer = read_needs(NEEDS), full_text_peer()
    mine, theirs = score(needs, ours), score(needs, peer)
    (median, slow), (peer_median, peer_slow) = latency(needs, ours), latency(needs, peer)
    limit_median, limit_slow = latency(needs, features)
    digest = hashlib.sha256(NEEDS.read_bytes()).hexdigest()
    rows = [
        Row("classify", "ms per call, p50", median, peer_median, limit_median, peer_median / median, "<= 10 ms"),
        Row("classify", "ms per call, p95", slow, peer_slow, limit_slow, peer_slow / slow, "<= 10 ms"),
    ]

    def share(what: str, one: float | None, other: float | None, target: str, note: str) -> None:
        if one is not None:
            rows.append(Row("classify", what, one, other, 1.0, one / other if other else None, target, note))

    note = f"{mine.inside} test needs in scope, SHA-256 {digest}"
    share("right service first", mine.first, theirs.first, ">= 0.80", note)
    share("right service among five", mine.five, theirs.five, ">= 0.95", note)
    share('"I don\'t know" out of scope', mine.refused, theirs.refused, ">= 0.90", f"{mine.outside} test needs")
    for name, path, text, codes in (
        ("words of real offers", REGION / "offers.csv", "words", "service"),
        ("titles of real municipal tasks", REGION / "tasks.csv", "title", "services"),
        ("French and English needs", LANGUAGES, "text", "services"),
    ):
        texts = read_needs(path, text, codes)
        one, other = score(texts, ours), score(texts, peer)
        share(f"right service first, {name}", one.first, other.first, "none", f"{one.inside} texts")
        share(f"right service among five, {name}", one.five, other.five, "none", f"{one.inside} texts")
    return rows


def print_table(title: str, groups: dict[str, list[Need]]) -> None:
    print(f"\n{title:28} {'needs':>5} {'first':>7} {'five':>7}   first answer when wrong")
    for name, group in groups.items():
        result = score(group, ours)
        wrong = Counter((ours(need.text) or ["I don't know"])[0] for need in group)
        for need in group:
            if need.codes & set(ours(need.text)[:1]):
                wrong[ours(need.text)[0]] -= 1
        listed = ", ".join(f"{code} {count}" for code, count in wrong.most_common() if count > 0)
        if result.first is not None and result.five is not None:
            print(f"{name:28} {result.inside:5} {result.first:7.2f} {result.five:7.2f}   {listed}")


def print_strict() -> None:
    """Trains without the training texts whose words all occur in one need, with the packaged margin."""
    needs = read_needs(NEEDS)
    stems = [set(content_words(need.text)) for need in needs]
    kept = [
        example
        for example in training.read_examples()
        if not (words := set(content_words(example.text))) or not any(words <= others for others in stems)
    ]
    model = load_model()
    codes = list(model.codes)
    everything = (*kept, *training.taxonomy_examples())
    fitted = training.fit(everything, [features(example.text) for example in everything], codes)
    examples = [training.Example(need.text, tuple(need.codes)) for need in needs]
    scores = training.apply(fitted, [features(need.text) for need in needs])
    order = [each.code for each in services()]
    ranks = np.array([rank(content_words(need.text)) for need in needs])
    scores[:, :-1] += model.bm25_share * ranks[:, [order.index(code) for code in codes]]
    print(f"\nstrict: {len(kept)} of {len(training.read_examples())} training texts kept")
    print(training.judge(scores, examples, codes, model.margin))


def main() -> None:
    parser = argparse.ArgumentParser(description="Accuracy and latency of text -> service")
    parser.add_argument("--strict", action="store_true", help="also train without texts that overlap with a need")
    strict = parser.parse_args().strict
    for row in run():
        peer = "-" if row.peer is None else f"{row.peer:.3f}"
        limit = "-" if row.limit is None else f"{row.limit:.3f}"
        ratio = "-" if row.ratio is None else f"{row.ratio:.2f}x"
        print(
            f"{row.what:58} ours {row.ours:6.3f}  peer {peer:>6}  limit {limit:>6}  {ratio:>7}  "
            f"{row.target}  {row.note}"
        )
    needs = read_needs(NEEDS)
    per_service: dict[str, list[Need]] = {each.code: [] for each in services()}
    per_kind: dict[str, list[Need]] = defaultdict(list)
    for need in needs:
        per_kind[need.kind].append(need)
        for code in need.codes:
            per_service[code].append(need)
    print_table("service", per_service)
    print_table("difficulty", dict(per_kind))
    print("\nout of scope, yet answered:")
    for need in needs:
        if not need.codes and ours(need.text):
            print(f"  {need.text} -> {ours(need.text)[0]}")
    if strict:
        print_strict()


if __name__ == "__main__":
    main()
