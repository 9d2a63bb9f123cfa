"""The arrays that a search joins, against dictionaries and loops that say the same."""

from __future__ import annotations

import random
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.search.content import Texts
from schakel.search.found import Found, intersect, unite
from schakel.search.groups import Grain
from schakel.search.packed import Packed, count_values

pytestmark = pytest.mark.slow

LISTS = st.dictionaries(st.integers(0, 40), st.sampled_from([0.04, 0.5, 1.0, 2.5, 3.3]), max_size=20)


def _found(values: dict[int, float]) -> Found:
    docs = sorted(values)
    return Found(np.array(docs, dtype=np.uint32), np.array([values[doc] for doc in docs], dtype=np.float32))


def _values(found: Found) -> dict[int, float]:
    assert found.docs.tolist() == sorted(set(found.docs.tolist()))
    return {int(doc): round(float(score), 4) for doc, score in zip(found.docs, found.scores, strict=True)}


def _grain(organisations: list[int], starts: list[int] | None = None) -> Grain:
    rows = np.zeros((1, len(organisations)), dtype=np.uint64)
    begins = None if starts is None else np.array(starts)
    return Grain(len(organisations), np.array(organisations, dtype=np.int32), rows, begins)


@given(st.lists(LISTS, max_size=4))
def test_union_keeps_the_highest_score(lists: list[dict[int, float]]) -> None:
    expected = {doc: max(one.get(doc, 0.0) for one in lists) for one in lists for doc in one}
    assert _values(unite([_found(one) for one in lists])) == expected


def test_union_takes_one_score_for_a_whole_list() -> None:
    docs = np.array([1, 4], dtype=np.uint32)
    assert _values(unite([(docs, np.float32(2.0))])) == {1: 2.0, 4: 2.0}
    assert _values(unite([(docs, np.float32(2.0)), _found({4: 3.3, 5: 0.5})])) == {1: 2.0, 4: 3.3, 5: 0.5}


@given(LISTS, LISTS)
def test_intersection_adds_both_scores(one: dict[int, float], other: dict[int, float]) -> None:
    both = one.keys() & other.keys()
    summed = _values(intersect(_found(one), _found(other), 41))
    assert summed == {doc: round(float(np.float32(one[doc]) + np.float32(other[doc])), 4) for doc in both}


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2**63)), max_size=30))
def test_groups_join_the_values_of_each_organisation(rows: list[tuple[int, int]]) -> None:
    rows.sort(key=lambda row: row[0])
    groups = _grain([row[0] for row in rows]).groups(np.arange(len(rows)))
    joined = groups.reduce(np.bitwise_or, np.array([row[1] for row in rows], dtype=np.uint64))
    expected = {}
    for organisation, run in groupby(rows, key=lambda row: row[0]):
        expected[organisation] = 0
        for _, value in run:
            expected[organisation] |= value
    assert dict(zip(groups.organisations.tolist(), joined.tolist(), strict=True)) == expected


@given(st.lists(st.integers(0, 6), min_size=1, max_size=30))
def test_documents_of_an_organisation(rows: list[int]) -> None:
    rows.sort()
    groups = _grain([rows[number // 3] for number in range(3 * len(rows))]).groups(np.arange(0, 3 * len(rows), 3))
    for place, organisation in enumerate(groups.organisations):
        expected = [3 * number for number, row in enumerate(rows) if row == organisation]
        assert groups.documents_of(place) == expected


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 3)), min_size=1, max_size=30), st.randoms())
def test_documents_of_organisations_of_which_runs_were_chosen(runs: list[tuple[int, int]], rng: random.Random) -> None:
    """Each run: its organisation, and of how many documents it is."""
    runs.sort(key=lambda run: run[0])
    starts = [sum(size for _, size in runs[:number]) for number in range(len(runs) + 1)]
    chosen = sorted(rng.sample(range(len(runs)), rng.randint(1, len(runs))))
    groups = _grain([organisation for organisation, _ in runs], starts).groups(np.array(chosen))
    for place, organisation in enumerate(groups.organisations):
        units = [unit for unit in chosen if runs[unit][0] == organisation]
        assert groups.documents_of(place) == [doc for unit in units for doc in range(starts[unit], starts[unit + 1])]


@given(st.lists(st.tuples(st.sets(st.integers(0, 69)), st.sets(st.integers(0, 4))), max_size=20))
def test_packed_facets_are_counted_as_the_sets_say(rows: list[tuple[set[int], set[int]]]) -> None:
    def words(sets: list[set[int]], count: int) -> list[np.ndarray[tuple[int], np.dtype[np.uint64]]]:
        return [
            np.array([sum(1 << (one - 64 * word) for one in each if one // 64 == word) for each in sets], np.uint64)
            for word in range(count)
        ]

    packed = Packed(
        [("long", 70, words([row[0] for row in rows], 2)), ("short", 5, words([row[1] for row in rows], 1))], len(rows)
    )
    counts = count_values(packed, ["short", "long"], dict(enumerate(packed.rows)))
    assert counts["long"] == [sum(value in row[0] for row in rows) for value in range(70)]
    assert counts["short"] == [sum(value in row[1] for row in rows) for value in range(5)]
    for value in range(70):
        found = [packed.rows[row] & mask for row, mask in packed.masks("long", [value]).items()]
        assert (found[0] != 0).tolist() == [value in row[0] for row in rows]


@given(st.sets(st.text("abcé", max_size=4), max_size=120), st.text("abcé", max_size=4))
def test_sorted_texts_find_what_they_hold(texts: set[str], sought: str) -> None:
    ordered = sorted(texts)
    held = Texts.of(ordered)
    assert [held[place] for place in range(len(held))] == ordered
    assert held.find(sought) == (ordered.index(sought) if sought in texts else None)
