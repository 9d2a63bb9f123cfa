"""The radius model in HiGHS, on its own: branching would otherwise finish every small instance before it."""

from __future__ import annotations

import numpy as np
import pytest

from schakel.core.optimise.deadline import Deadline
from schakel.core.siting.dual import start_bound
from schakel.core.siting.problem import make_problem
from schakel.core.siting.radius import certify
from tests.core.siting.twins import cheapest, median_price, table

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", range(12))
def test_radius_model_finds_and_proves_the_best_choice(seed: int) -> None:
    costs = table(seed, 10, 8) + (np.random.default_rng(seed).random((10, 8)) if seed % 2 else 0)
    groups = [[0, 1], [4, 5]] if seed % 3 == 0 else []
    member = np.array([[j in group for j in range(8)] for group in groups], dtype=bool).reshape(-1, 8)
    problem = make_problem(costs, np.full(10, 1e4), 3, member)
    best = cheapest(8, 3, lambda s: median_price(costs, np.ones(10), s), groups=groups)
    found = certify(problem, best + 50, start_bound(problem), step=1e-6, deadline=Deadline())
    assert found.proven
    assert found.objective == pytest.approx(best)
    again = certify(problem, best, start_bound(problem), step=1e-6, deadline=Deadline())
    assert (again.sites, again.objective, again.proven) == (None, best, True)


def test_without_time_nothing_is_claimed() -> None:
    problem = make_problem(table(1, 10, 8), np.full(10, 1e4), 3, np.zeros((0, 8), dtype=bool))
    verdict = certify(problem, 1e3, start_bound(problem), step=0.5, deadline=Deadline(0))
    assert (verdict.sites, verdict.proven) == (None, False)
