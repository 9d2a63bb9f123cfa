"""Counting bits, against looking at every bit."""

from __future__ import annotations

import random

import numpy as np
import pytest

from schakel.search.packed import count_bits

EVERY_BIT = (1 << 64) - 1


def test_three_sets_by_hand() -> None:
    counts = count_bits(np.array([0b101, 0b100, 1 << 63], dtype=np.uint64)).tolist()
    assert {bit: count for bit, count in enumerate(counts) if count} == {0: 1, 2: 2, 63: 1}


@pytest.mark.parametrize("count", [0, 1, 2, 3, 14, 15, 16, 254, 255, 256, 510, 1_021])
def test_counts_as_a_loop_over_bits_does(count: int) -> None:
    rng = random.Random(count)
    sets = [rng.choice([0, EVERY_BIT, rng.getrandbits(64), rng.getrandbits(64)]) for _ in range(count)]
    expected = [sum(one >> bit & 1 for one in sets) for bit in range(64)]
    assert count_bits(np.array(sets, dtype=np.uint64)).tolist() == expected


@pytest.mark.parametrize("count", [255, 256, 70_000])
def test_fields_never_run_over_when_every_bit_is_set(count: int) -> None:
    assert count_bits(np.full(count, EVERY_BIT, dtype=np.uint64)).tolist() == [count] * 64
