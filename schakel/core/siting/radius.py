"""The certificate: the radius model in HiGHS, cut off at a distance per row and widened until it certifies.

For each row and each distinct price it might pay, z says "more than this price". (Cornuejols, Nemhauser & Wolsey 1980;
Elloumi 2010; Garcia, Labbe & Marin 2011.) Prices beyond the cut-off are left out: such a row is charged only the first
price left out, so the model can only be too cheap, and its bound holds for the whole problem.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from schakel.core.optimise.deadline import Deadline
from schakel.core.optimise.highs import Model, solve
from schakel.core.siting.dual import Bound
from schakel.core.siting.problem import Flags, Numbers, Places, Problem, Verdict


def certify(problem: Problem, upper: float, root: Bound, *, step: float, deadline: Deadline) -> Verdict:
    """Find sites cheaper than `upper` by `step`, or prove that there are none, as far as the deadline allows."""
    best, cost, bound = None, upper, root.value
    reach = root.offers.copy()
    while not deadline.passed:
        model, cut = _radius_model(problem, reach, cost)
        outcome = solve(model, time_limit=deadline.left, absolute_gap=0.5 * step, below=cost - step)
        if outcome.state == "infeasible":
            return Verdict(best, cost, cost, proven=True)
        if outcome.bound is not None:
            bound = max(bound, min(outcome.bound, cost - step))
        if outcome.values is None:
            break
        found = np.flatnonzero(outcome.values[: problem.candidates] > 0.5)
        total = problem.objective(found)
        if total < cost - 0.5 * step:
            best, cost = found, total
        paid = _paid(problem, found)
        beyond = cut & (paid > reach)
        if outcome.state == "stopped":
            break
        if not beyond.any():  # the model charged what these sites cost: its optimum is the optimum
            return Verdict(best, cost, cost, proven=True)
        reach[beyond] = paid[beyond]
    return Verdict(best, cost, min(bound, cost), proven=False)


def _paid(problem: Problem, sites: Places) -> Numbers:
    """What each row pays with these sites."""
    lists = problem.lists
    chosen = np.zeros(problem.candidates, dtype=np.bool_)
    chosen[sites] = True
    paid = lists.cap.copy()
    rows = np.repeat(np.arange(paid.size), np.diff(lists.pointer))
    open_here = chosen[lists.site]
    np.minimum.at(paid, rows[open_here], lists.price[open_here])
    return paid


def _radius_model(problem: Problem, reach: Numbers, upper: float) -> tuple[Model, Flags]:
    """The model with prices up to `reach` per row, and which rows are cut off there."""
    lists, width = problem.lists, problem.candidates
    row = np.repeat(np.arange(lists.cap.size), np.diff(lists.pointer))
    near = lists.price <= reach[row]
    tail = lists.cap.copy()
    np.minimum.at(tail, row[~near], lists.price[~near])
    cut = tail < lists.cap
    row, site, price = row[near], lists.site[near], lists.price[near]
    new_row = np.diff(row, prepend=-1) != 0
    new_level = new_row | (np.diff(price, prepend=-1.0) != 0)
    level = np.cumsum(new_level) - 1
    level_row, level_price, first = row[new_level], price[new_level], new_row[new_level]
    last = np.roll(first, -1)  # the level after the last one of a row is the first one of the next
    following = np.where(last, tail[level_row], np.roll(level_price, -1))
    # a row whose cap is beyond the best known cost must be served in a better solution: nothing beyond its last level
    forced = last & ~cut[level_row] & (lists.cap[level_row] >= upper)
    idle = np.ones(lists.cap.size, dtype=np.bool_)
    idle[level_row] = False
    model = Model(
        cost=np.concatenate([np.zeros(width), np.where(forced, 0.0, following - level_price)]),
        upper=np.concatenate([np.ones(width), np.where(forced, 0.0, 1.0)]),
        integer=np.arange(width + first.size) < width,
        rows=_rows(level, site, first, width, lists.member),
        row_lower=np.concatenate([first.astype(float), [problem.p], np.ones(lists.member.shape[0])]),
        row_upper=np.concatenate([np.full(first.size, np.inf), [problem.p], np.full(lists.member.shape[0], np.inf)]),
        offset=float(tail[idle].sum() + level_price[first].sum()),
    )
    return model, cut


def _rows(level: Places, site: Places, first: Flags, width: int, member: Flags) -> sparse.csr_matrix:
    """Per level: z + its sites >= z of the level before (1 before the first); then the number of sites; the groups."""
    levels = first.size
    chain = np.flatnonzero(~first)
    values = np.concatenate([np.ones(level.size + levels), -np.ones(chain.size)])
    down = np.concatenate([level, np.arange(levels), chain])
    across = np.concatenate([site, width + np.arange(levels), width + chain - 1])
    body = sparse.csr_matrix((values, (down, across)), shape=(levels, width + levels))
    chosen = np.pad(np.vstack([np.ones(width), member]), ((0, 0), (0, levels)))
    return sparse.vstack([body, sparse.csr_matrix(chosen)], format="csr")
