"""From a problem to an answer with proof: search first, then the dual bound, then the certificate."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from schakel.core.errors import InvalidInput
from schakel.core.optimise.deadline import Deadline
from schakel.core.siting.branch import branch
from schakel.core.siting.dual import IN, OUT, Bound, raise_bound, start_bound
from schakel.core.siting.problem import Places, Problem, Verdict, reduce_problem
from schakel.core.siting.radius import certify
from schakel.core.siting.search import greedy, improve

TURNS = 300  # subgradients before the search is given a second start
MOST_TURNS = 1000


def answer(problem: Problem, deadline: Deadline) -> Verdict:
    """The best sites found with a proven bound; without any time, what the search and the dual bound give."""
    sites = improve(problem, first_sites(problem))
    upper = problem.objective(sites)
    bound = start_bound(problem)
    if bound.value >= upper - _step(problem, upper) or problem.p in (0, problem.candidates):
        return Verdict(sites, upper, upper, proven=True)
    bound = raise_bound(problem, upper, _step(problem, upper), bound, turns=TURNS)
    if bound.value < upper - _step(problem, upper):
        again = improve(problem, _with_groups(problem, bound.favourites(problem.p)))
        if problem.objective(again) < upper:
            sites, upper = again, problem.objective(again)
    known = Verdict(sites, upper, min(bound.value, upper), proven=bound.value >= upper - _step(problem, upper))
    if not known.proven and (_decided(problem, bound) or not deadline.passed):
        known = _prove(problem, known, bound, _step(problem, upper), deadline)
    if known.proven:
        return replace(known, bound=known.objective)
    return replace(known, bound=float(np.ceil(known.bound - 1e-6))) if problem.whole else known


def _prove(problem: Problem, known: Verdict, bound: Bound, step: float, deadline: Deadline) -> Verdict:
    """Find sites cheaper than `known` by `step`, or prove that there are none, among those that `bound` left open.

    By branching, and where that would take too long in HiGHS. Stops where it is when the deadline has passed.
    """
    fixed, kept = np.flatnonzero(bound.marks == IN), np.flatnonzero(bound.marks != OUT)
    kept = np.setdiff1d(kept, fixed)
    if fixed.size > problem.p or fixed.size + kept.size < problem.p:  # no better solution can exist
        return replace(known, bound=known.objective, proven=True)
    rest = reduce_problem(problem, kept, fixed)
    if rest.p in (0, kept.size):  # one choice is left
        only = Verdict(kept[: rest.p], 0.0, known.bound, proven=True)
        return _better(problem, known, only, fixed)
    root = raise_bound(rest, known.objective, step, start_bound(rest), turns=MOST_TURNS)
    for solver in (branch, certify):
        found = solver(rest, known.objective, root, step=step, deadline=deadline)
        known = _better(problem, known, replace(found, sites=None if found.sites is None else kept[found.sites]), fixed)
        if known.proven or deadline.passed:
            break
    return known


def _better(problem: Problem, known: Verdict, found: Verdict, fixed: Places) -> Verdict:
    """What is known now: the cheaper sites of the two, and the higher bound."""
    sites, cost = known.sites, known.objective
    if found.sites is not None:
        whole = np.sort(np.concatenate([fixed, found.sites]))
        served = problem.lists.member[:, whole].any(axis=1).all()
        if served and problem.objective(whole) < cost:
            sites, cost = whole, problem.objective(whole)
    return Verdict(sites, cost, cost if found.proven else min(cost, max(known.bound, found.bound)), found.proven)


def _decided(problem: Problem, bound: Bound) -> bool:
    """Whether the dual left one choice at most, so that the proof takes no time."""
    return int((bound.marks == IN).sum()) >= problem.p or int((bound.marks != OUT).sum()) <= problem.p


def _step(problem: Problem, upper: float) -> float:
    """How much cheaper a solution must be to count as better."""
    return 1 - 1e-6 if problem.whole else 1e-7 * max(upper, 1e-9)


def first_sites(problem: Problem) -> Places:
    """A greedy choice that gives every group its site; raises InvalidInput when p sites cannot serve all groups."""
    return _with_groups(problem, greedy(problem))


def _with_groups(problem: Problem, chosen: Places) -> Places:
    """These sites where they serve all groups; else the fewest that do, completed with these in their order."""
    member = problem.lists.member
    if member[:, chosen].any(axis=1).all():
        return chosen
    needed = _fewest_for_groups(problem)
    if needed.size > problem.p:
        raise InvalidInput(
            f"{problem.p} new sites cannot give each of {member.shape[0]} groups one; it takes at least {needed.size}"
        )
    rest = [j for j in chosen if j not in set(needed.tolist())]
    return np.concatenate([needed, np.array(rest[: problem.p - needed.size], dtype=np.int64)])


def _fewest_for_groups(problem: Problem) -> Places:
    """The smallest set of candidates with one in every group; groups are few, so this takes no time to speak of."""
    from scipy import sparse

    from schakel.core.optimise.highs import Model, solve

    member = problem.lists.member
    ones = np.ones(problem.candidates)
    outcome = solve(
        Model(
            cost=ones, upper=ones, integer=ones > 0, rows=sparse.csr_matrix(member.astype(float)),
            row_lower=np.ones(member.shape[0]), row_upper=np.full(member.shape[0], np.inf),
        )
    )  # fmt: skip
    assert outcome.values is not None, "every group has a candidate, so all candidates together serve them"
    return np.flatnonzero(outcome.values > 0.5).astype(np.int64)
