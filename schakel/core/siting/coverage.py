"""Where p new sites reach most people: maximal covering."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from schakel.core.errors import InvalidInput
from schakel.core.optimise.deadline import Deadline
from schakel.core.siting.engine import answer
from schakel.core.siting.inputs import checked_cost, checked_cover, checked_demand, checked_sites
from schakel.core.siting.problem import Flags, Numbers, make_problem
from schakel.core.siting.solution import Solution, make_solution


def within(cost: Any, limit: float) -> Flags:
    """Which site covers which demand point: those at a cost of at most `limit`; a stored 0 covers."""
    if not (np.isfinite(limit) and limit >= 0):
        raise InvalidInput(f"The limit is {limit}; it must be a number of 0 or more")
    return checked_cost(cost) <= limit


def max_coverage(
    cover: Any,
    p: int,
    *,
    demand: ArrayLike | None = None,
    time_limit: float | None = None,
    existing: Iterable[int] = (),
    candidates: Iterable[int] | None = None,
    at_least_one_of: Sequence[Iterable[int]] = (),
) -> Solution:
    """Open `p` sites beside the `existing` ones so that most demand is covered (Church & ReVelle 1974).

    `cover`: demand points x sites, yes or no, dense or sparse; `within` makes it from costs. `demand`: weight per
    point, 1 each when not given. `candidates`, `at_least_one_of` and `time_limit` as for `p_median`.

    Result: the new sites; the objective is all demand covered by new and existing sites; the bound is the most that
    any choice can cover. Points that no site covers stay uncovered. Raises InvalidInput for input that breaks a rule.
    """
    deadline = Deadline(time_limit)
    table = checked_cover(cover)
    weights = checked_demand(demand, table.shape[0])
    sites = checked_sites(p, table.shape[1], existing=existing, candidates=candidates, at_least_one_of=at_least_one_of)
    served = table[:, sites.existing].any(axis=1)
    open_rows = np.flatnonzero(~served & (weights > 0))
    rows, merged = _merge_alike(table[np.ix_(open_rows, sites.candidates)], weights[open_rows])
    problem = make_problem(np.where(rows, 0.0, np.inf), merged, sites.p, sites.member)
    verdict = answer(problem, deadline)
    assert verdict.sites is not None, "the search always ends with sites"
    chosen = sites.candidates[verdict.sites]
    total = float(weights.sum())
    covered = float(weights[served | table[:, chosen].any(axis=1)].sum())
    bound = covered if verdict.proven else total - verdict.bound
    return make_solution(chosen.tolist(), covered, bound, deadline.seconds, sense="most")


def _merge_alike(rows: Flags, weights: Numbers) -> tuple[Flags, Numbers]:
    """One row for all points with the same covering sites, with their demand together; uncoverable points drop out."""
    coverable = rows.any(axis=1)
    rows, weights = rows[coverable], weights[coverable]
    if not rows.shape[0]:
        return rows, weights
    packed = np.packbits(rows, axis=1)
    keys = np.ascontiguousarray(packed).view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, place = np.unique(keys, return_index=True, return_inverse=True)
    together: Numbers = np.bincount(place, weights=weights, minlength=first.size).astype(np.float64)
    return rows[first], together
