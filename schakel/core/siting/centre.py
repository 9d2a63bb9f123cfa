"""Where p new sites bring the furthest person nearest: the p-centre."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from schakel.core.errors import InvalidInput, NotEnoughData
from schakel.core.optimise.deadline import Deadline
from schakel.core.optimise.highs import Model, solve
from schakel.core.siting.dual import raise_bound, start_bound
from schakel.core.siting.engine import first_sites
from schakel.core.siting.inputs import Sites, checked_cost, checked_sites
from schakel.core.siting.problem import Flags, Numbers, Places, Problem, make_problem
from schakel.core.siting.search import improve
from schakel.core.siting.solution import Solution, make_solution

ROUNDS = 150  # shakes per distance
TURNS = 300  # subgradients per distance
STEP = 1 - 1e-6  # uncovered points are counted whole


@dataclass(frozen=True)
class _Centre:
    """Costs to the candidates and to the nearest existing site."""

    costs: Numbers
    today: Numbers
    sites: Sites

    def problem(self, radius: float) -> Problem:
        """Choose sites so that as few points as possible lie beyond `radius`."""
        far = self.today > radius
        rows = np.unique(self.costs[far] <= radius, axis=0)
        return make_problem(np.where(rows, 0.0, np.inf), np.ones(rows.shape[0]), self.sites.p, self.sites.member)

    def radius(self, chosen: Places) -> float:
        """How far the furthest point is with these candidates."""
        return float(np.minimum(self.today, self.costs[:, chosen].min(axis=1, initial=np.inf)).max())


def p_centre(
    cost: Any,
    p: int,
    *,
    time_limit: float | None = None,
    existing: Iterable[int] = (),
    candidates: Iterable[int] | None = None,
    at_least_one_of: Sequence[Iterable[int]] = (),
) -> Solution:
    """Open `p` sites beside the `existing` ones so that the largest cost to the nearest site is least (Hakimi 1964).

    Arguments as for `p_median`; every row counts, so leave points without people out. Method: the answer is one of the
    distinct costs; halve their range, each time asking whether p sites can cover everybody within that cost (Minieka
    1970). Without time only the search answers that, and the bound is the trivial one or what the dual proved.

    Raises InvalidInput for input that breaks a rule, also when no choice of p sites reaches everybody, and
    NotEnoughData when time did not suffice to find one.
    """
    deadline = Deadline(time_limit)
    table = checked_cost(cost)
    sites = checked_sites(p, table.shape[1], existing=existing, candidates=candidates, at_least_one_of=at_least_one_of)
    today = table[:, sites.existing].min(axis=1, initial=np.inf)
    centre = _Centre(table[:, sites.candidates], today, sites)
    nearest = np.minimum(today, centre.costs.min(axis=1, initial=np.inf))
    lost = np.flatnonzero(~np.isfinite(nearest))
    if lost.size:
        raise InvalidInput(f"No site at all can be reached from demand point {lost[0]}; leave it out")
    radii = np.unique(np.concatenate([table[np.isfinite(table)], today[np.isfinite(today)]]))
    radii = radii[radii >= nearest.max()]
    best, bound = _halve(centre, radii, deadline)
    if best is None:
        if bound is None:
            raise InvalidInput(f"No choice of {sites.p} new sites reaches every demand point; open more sites")
        raise NotEnoughData(f"No {sites.p} sites that reach every demand point were found in time; allow more time")
    chosen = sites.candidates[best].tolist()
    return make_solution(chosen, centre.radius(best), bound, deadline.seconds, sense="least")


def _halve(centre: _Centre, radii: Numbers, deadline: Deadline) -> tuple[Places | None, float | None]:
    """Best candidates found and a proven lower bound; no candidates and no bound: proven that none reach everybody."""
    best = first_sites(centre.problem(float(radii[-1])))
    low, high = 0, int(np.searchsorted(radii, centre.radius(best)))  # high == radii.size: not everybody is reached
    proven = 0  # everything below this place is proven to be too near
    while low < high:
        middle = (low + high) // 2
        found, impossible = _cover(centre.problem(float(radii[middle])), deadline)
        if found is not None:
            best = found
            high = int(np.searchsorted(radii, centre.radius(best)))
            continue
        low = middle + 1
        if impossible:
            proven = low
    if proven == radii.size:
        return None, None
    return best if high < radii.size else None, float(radii[proven])


def _cover(problem: Problem, deadline: Deadline) -> tuple[Places | None, bool]:
    """Candidates that cover every row, or whether it is proven that there are none."""
    sites = improve(problem, first_sites(problem), rounds=ROUNDS)
    if problem.objective(sites) == 0:
        return sites, False
    if problem.p in (0, problem.candidates) or (np.diff(problem.lists.pointer) == 0).any():
        return None, True
    bound = raise_bound(problem, 1.0, STEP, start_bound(problem), turns=TURNS)
    if bound.value >= 1.0 - STEP:
        return None, True
    if deadline.passed:
        return None, False
    return _set_cover(problem, deadline)


def _set_cover(problem: Problem, deadline: Deadline) -> tuple[Places | None, bool]:
    """The same, decided by HiGHS: whether p sites can cover all rows, on the rows and sites that matter."""
    lists = problem.lists
    row = np.repeat(np.arange(lists.cap.size), np.diff(lists.pointer))
    table = np.zeros((lists.cap.size, problem.candidates), dtype=np.bool_)
    table[row, lists.site] = True
    rows = table[_least(table)]  # a row whose sites include all of another row's is covered with it
    kept = np.flatnonzero(_least(~rows.T)) if not lists.member.size else np.arange(problem.candidates)
    outcome = solve(
        Model(
            cost=np.ones(kept.size), upper=np.ones(kept.size), integer=np.ones(kept.size, dtype=np.bool_),
            rows=sparse.csr_matrix(np.vstack([rows, lists.member])[:, kept].astype(float)),
            row_lower=np.ones(len(rows) + len(lists.member)),
            row_upper=np.full(len(rows) + len(lists.member), np.inf),
        ),
        time_limit=deadline.left, below=problem.p + 0.5, absolute_gap=0.5,
    )  # fmt: skip
    if outcome.values is not None:
        chosen = kept[outcome.values > 0.5]
        if chosen.size <= problem.p:
            spare = np.setdiff1d(np.arange(problem.candidates), chosen)
            return np.sort(np.concatenate([chosen, spare[: problem.p - chosen.size]])), False
    enough = outcome.bound is not None and outcome.bound > problem.p + 1e-6
    return None, outcome.state == "infeasible" or enough


def _least(table: Flags) -> Flags:
    """The rows of a table of yes and no that hold no other row entirely (of equal ones, the first)."""
    sizes = table.sum(axis=1)
    shared = table.astype(np.float32) @ table.T.astype(np.float32)
    holds = shared >= sizes[None, :]  # row i holds all of row j
    earlier = np.arange(len(table))[None, :] < np.arange(len(table))[:, None]
    strictly: Flags = holds & ((sizes[:, None] > sizes[None, :]) | earlier)
    np.fill_diagonal(strictly, False)
    return np.asarray(~strictly.any(axis=1), dtype=np.bool_)
