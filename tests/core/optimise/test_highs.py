"""HiGHS behind one small door."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from schakel.core.errors import InvalidInput
from schakel.core.optimise.deadline import Deadline
from schakel.core.optimise.highs import Model, solve


def knapsack(*, whole: bool) -> Model:
    """Take at most 4 kg out of 3 kg worth 3, 2 kg worth 2 and 2 kg worth 1.9."""
    return Model(
        cost=np.array([-3.0, -2.0, -1.9]),
        upper=np.ones(3),
        integer=np.full(3, whole),
        rows=sparse.csr_matrix([[3.0, 2.0, 2.0]]),
        row_lower=np.array([-np.inf]),
        row_upper=np.array([4.0]),
    )


@pytest.mark.slow
def test_whole_and_broken_knapsack() -> None:
    outcome = solve(knapsack(whole=True))
    assert outcome.state == "optimal"
    assert outcome.values is not None
    assert outcome.values.tolist() == pytest.approx([0.0, 1.0, 1.0])
    assert (outcome.objective, outcome.bound) == (pytest.approx(-3.9), pytest.approx(-3.9))
    assert solve(knapsack(whole=False)).objective == pytest.approx(-4.0)


def test_below_tells_that_nothing_is_better() -> None:
    assert solve(knapsack(whole=True), below=-3.95).state == "infeasible"
    assert solve(knapsack(whole=True), below=-3.85).objective == pytest.approx(-3.9)


def test_impossible_rows_are_infeasible() -> None:
    model = knapsack(whole=True)
    impossible = Model(model.cost, model.upper, model.integer, model.rows, np.array([9.0]), np.array([9.0]))
    outcome = solve(impossible)
    assert (outcome.state, outcome.values, outcome.bound) == ("infeasible", None, None)


def test_deadline_counts_down_and_refuses_nonsense() -> None:
    assert Deadline().left is None
    assert not Deadline().passed
    assert Deadline(0).passed
    assert not Deadline(1000).passed
    with pytest.raises(InvalidInput, match="time limit is -1"):
        Deadline(-1)
