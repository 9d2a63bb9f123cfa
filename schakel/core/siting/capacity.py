"""The p-median with capacities: demand may be split over sites, and none takes more than it can.

Solved in HiGHS with one flow per pair of point and site; meant for some hundreds of points and sites, not thousands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from schakel.core.errors import InvalidInput, NotEnoughData
from schakel.core.optimise.deadline import Deadline
from schakel.core.optimise.highs import Model, Outcome, solve
from schakel.core.siting.engine import answer
from schakel.core.siting.inputs import Sites
from schakel.core.siting.problem import Numbers, Places, make_problem
from schakel.core.siting.solution import Solution, make_solution

SWAPS = 40  # swaps tried by the search


@dataclass(frozen=True)
class _Flows:
    """All pairs that can carry demand; the last column of the costs is "nobody", where staying unserved has a price."""

    row: Places
    column: Places
    price: Numbers
    demand: Numbers
    capacity: Numbers

    def model(self, sites: Sites, chosen: Places | None) -> Model:
        """Flows with fixed sites, or (chosen None) with the choice of sites as well."""
        pairs, rows, columns = self.row.size, self.demand.size, self.capacity.size
        each = np.arange(pairs)
        opened = np.isin(np.arange(columns), sites.existing) | (np.arange(columns) == columns - 1)
        upper = np.where(opened | np.isin(np.arange(columns), sites.candidates), 1.0, 0.0)
        if chosen is not None:
            opened[sites.candidates[chosen]] = True
            upper = opened.astype(float)
        room = np.minimum(self.capacity, self.demand.sum())
        shape = (rows, pairs + columns)
        serve = sparse.csr_matrix((np.ones(pairs), (self.row, each)), shape)
        across = (np.concatenate([self.column, np.arange(columns)]), np.arange(pairs + columns))
        fill = sparse.csr_matrix((np.concatenate([self.demand[self.row], -room]), across), (columns, pairs + columns))
        link = sparse.csr_matrix(
            (np.repeat([1.0, -1.0], pairs), (np.tile(each, 2), np.concatenate([each, pairs + self.column]))),
            (pairs, pairs + columns),
        )
        choice = np.zeros((1 + sites.member.shape[0], pairs + columns))
        choice[0, pairs + sites.candidates] = 1.0
        choice[1:, pairs + sites.candidates] = sites.member
        free = chosen is None
        more = np.ones(len(choice) - 1)
        none, some = np.zeros(columns + pairs), np.full(columns + pairs, -np.inf)
        return Model(
            cost=np.concatenate([self.price, np.zeros(columns)]),
            lower=np.concatenate([np.zeros(pairs), opened.astype(float)]),
            upper=np.concatenate([np.ones(pairs), upper]),
            integer=(np.arange(pairs + columns) >= pairs) & free,
            rows=sparse.vstack([serve, fill, link, sparse.csr_matrix(choice)], format="csr"),
            row_lower=np.concatenate([np.ones(rows), some, [sites.p], more]),
            row_upper=np.concatenate([np.ones(rows), none, [sites.p], more * np.inf]),
        )


def capacitated_median(
    table: Numbers, demand: Numbers, capacity: ArrayLike, sites: Sites, unreached_cost: float | None, deadline: Deadline
) -> Solution:
    """`p_median` where column j takes at most capacity[j] of the demand (infinite: no limit)."""
    room = np.asarray(capacity, dtype=np.float64)
    if room.shape != (table.shape[1],) or np.isnan(room).any() or (room < 0).any():
        raise InvalidInput(f"The capacity must be one number of 0 or more for each of the {table.shape[1]} sites")
    if not demand.size:
        return make_solution(sites.candidates[: sites.p].tolist(), 0.0, 0.0, deadline.seconds, sense="least")
    limit = np.inf if unreached_cost is None else unreached_cost
    costs = np.column_stack([table, np.full(demand.size, limit)])
    costs[:, np.setdiff1d(np.arange(table.shape[1]), np.concatenate([sites.candidates, sites.existing]))] = np.inf
    row, column = np.nonzero(np.isfinite(costs))
    flows = _Flows(row, column, costs[row, column] * demand[row], demand, np.append(room, np.inf))
    chosen, outcome, bound = _search(flows, costs, sites)
    if not deadline.passed:
        start = None if outcome is None else outcome.values
        exact = solve(flows.model(sites, None), time_limit=deadline.left, start=start)
        if exact.state == "infeasible":
            raise InvalidInput(
                f"{sites.p} new sites cannot hold all demand within their capacity; open more, or give `unreached_cost`"
            )
        bound = max(bound, exact.bound if exact.bound is not None else 0.0)
        if exact.values is not None and (outcome is None or _cost(exact) < _cost(outcome)):
            outcome = exact
            chosen = np.flatnonzero(exact.values[row.size + sites.candidates] > 0.5)
    if outcome is None:
        raise NotEnoughData(
            f"No {sites.p} sites that hold all demand were found in time; allow more time, or give `unreached_cost`"
        )
    return make_solution(sites.candidates[chosen].tolist(), _cost(outcome), bound, deadline.seconds, sense="least")


def _cost(outcome: Outcome) -> float:
    assert outcome.objective is not None, "an outcome with values has an objective"
    return max(0.0, outcome.objective)


def _search(flows: _Flows, costs: Numbers, sites: Sites) -> tuple[Places, Outcome | None, float]:
    """Good sites with their flows (None: nothing holds all demand), and the bound without capacities."""
    prices = costs * flows.demand[:, None]
    never = 1.0 + np.where(np.isfinite(prices), prices, 0.0).max(axis=1).sum()
    today = np.minimum(prices[:, np.append(sites.existing, costs.shape[1] - 1)].min(axis=1), never)
    free = make_problem(prices[:, sites.candidates], today, sites.p, sites.member)
    verdict = answer(free, Deadline(0.0))
    assert verdict.sites is not None, "the search always ends with sites"
    largest = np.argsort(-flows.capacity[sites.candidates], kind="stable")
    chosen, best = verdict.sites, solve(flows.model(sites, verdict.sites))
    if best.values is None and not sites.member.size:
        chosen = np.sort(largest[: sites.p])
        best = solve(flows.model(sites, chosen))
    if best.values is None:
        return chosen, None, verdict.bound
    rng = np.random.default_rng(1)
    for _ in range(SWAPS if 0 < sites.p < sites.candidates.size else 0):
        out, new = rng.integers(sites.p), rng.integers(sites.candidates.size)
        trial = np.sort(np.append(np.delete(chosen, out), new))
        if np.unique(trial).size < sites.p or not sites.member[:, trial].any(axis=1).all():
            continue
        outcome = solve(flows.model(sites, trial))
        if outcome.values is not None and _cost(outcome) < _cost(best):
            chosen, best = trial, outcome
    return chosen, best, verdict.bound
