"""Where p new sites bring everybody's travel down most: the p-median."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from schakel.core.errors import InvalidInput, NotEnoughData
from schakel.core.optimise.deadline import Deadline
from schakel.core.siting.engine import answer
from schakel.core.siting.inputs import Sites, checked_cost, checked_demand, checked_sites
from schakel.core.siting.problem import Numbers, make_problem
from schakel.core.siting.solution import Solution, make_solution


def p_median(
    cost: Any,
    p: int,
    *,
    demand: ArrayLike | None = None,
    time_limit: float | None = None,
    existing: Iterable[int] = (),
    candidates: Iterable[int] | None = None,
    capacity: ArrayLike | None = None,
    at_least_one_of: Sequence[Iterable[int]] = (),
    unreached_cost: float | None = None,
) -> Solution:
    """Open `p` sites beside the `existing` ones so that total demand x cost to the nearest site is least (Hakimi 1964).

    `cost`: demand points x sites, a dense table (infinite: unreachable) or SciPy sparse matrix (absent: unreachable).
    `demand`: weight per point, 1 each when not given; a point of 0 does not count. `candidates`: the columns that may
    be opened, all by default. `at_least_one_of`: groups of columns, each of which must have a site, old or new.
    `capacity`: demand that each column can take; demand may then be split over sites (see `capacity.py`).
    `unreached_cost`: charged for a point that no site reaches, and at most this for any point; without it everybody
    must be reached. `time_limit`: seconds for all; once they have passed, the proof stops where it is. The search and
    its bound always run in full, so 0 gives them alone; None takes as long as the proof takes.

    Result: the new sites, the objective over all demand, a proven lower bound. Raises InvalidInput for input that
    breaks a rule, also when no choice of p sites reaches everybody, and NotEnoughData when time did not suffice to
    find one.
    """
    deadline = Deadline(time_limit)
    table = checked_cost(cost)
    weights = checked_demand(demand, table.shape[0])
    sites = checked_sites(p, table.shape[1], existing=existing, candidates=candidates, at_least_one_of=at_least_one_of)
    points = np.flatnonzero(weights > 0)
    table, weights = table[points], weights[points]
    if unreached_cost is None:
        _check_reachable(table, sites, points)
    elif not (np.isfinite(unreached_cost) and unreached_cost >= 0):
        raise InvalidInput(f"The cost of not being reached is {unreached_cost}; it must be a number of 0 or more")
    if capacity is not None:
        from schakel.core.siting.capacity import capacitated_median

        return capacitated_median(table, weights, capacity, sites, unreached_cost, deadline)
    limit = np.inf if unreached_cost is None else unreached_cost
    return _uncapacitated(np.minimum(table, limit) * weights[:, None], weights * limit, sites, deadline)


def _uncapacitated(prices: Numbers, limit: Numbers, sites: Sites, deadline: Deadline) -> Solution:
    columns = prices[:, sites.candidates]
    today = np.minimum(limit, prices[:, sites.existing].min(axis=1, initial=np.inf))
    finite = np.where(np.isfinite(prices), prices, 0.0).max(axis=1, initial=0.0)
    never = 1.0 + finite.sum()  # more than any way of reaching everybody, so leaving one point out never pays
    problem = make_problem(columns, np.where(np.isfinite(today), today, never), sites.p, sites.member)
    verdict = answer(problem, deadline)
    if verdict.objective >= never:
        if verdict.proven:
            raise InvalidInput(
                f"No choice of {sites.p} new sites reaches every demand point; open more, or give `unreached_cost`"
            )
        raise NotEnoughData(
            f"No {sites.p} sites that reach every demand point were found in time; allow more time, open more sites, or"
            " give `unreached_cost`"
        )
    assert verdict.sites is not None, "the search always ends with sites"
    chosen = sites.candidates[verdict.sites].tolist()
    objective = verdict.objective
    bound = objective if verdict.proven else verdict.bound
    return make_solution(chosen, objective, bound, deadline.seconds, sense="least")


def _check_reachable(table: Numbers, sites: Sites, points: Any) -> None:
    usable = np.concatenate([sites.candidates, sites.existing])
    lost = points[~np.isfinite(table[:, usable].min(axis=1, initial=np.inf))]
    if lost.size:
        named = ", ".join(str(point) for point in lost[:5]) + (" and more" if lost.size > 5 else "")
        raise InvalidInput(
            f"No site at all can be reached from demand point {named}; leave it out, or give `unreached_cost`"
        )
