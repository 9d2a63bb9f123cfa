"""A proven lower bound, quickly, and which sites can no longer matter: Lagrangian relaxation by subgradients, compiled.

Relax "each row is served": every row then offers a price to be served, at most its cap, and every candidate earns
what the rows offer above its price. Any offers give a bound (Cornuejols, Fisher & Nemhauser 1977); the subgradient
method raises it. The earnings also show which sites no better solution contains, and which it must contain.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schakel.core.optimise.compiled import compiled
from schakel.core.siting.problem import Lists, Numbers, Places, Problem

Marks = NDArray[np.int8]
FREE, IN, OUT = 0, 1, -1


@dataclass(frozen=True)
class Bound:
    """A proven lower bound; the offers that gave it; per candidate whether a better solution must have or lack it.

    `used`: how often the relaxation chose each candidate of late, from 0 to 1: a hint at good sites.
    """

    value: float
    offers: Numbers
    marks: Marks
    used: Numbers

    def favourites(self, p: int) -> Places:
        """The p candidates that the relaxation chose most."""
        return np.argsort(-self.used, kind="stable")[:p]


def start_bound(problem: Problem) -> Bound:
    """The trivial bound: every row pays its nearest candidate, as if all were open."""
    lists = problem.lists
    offers = lists.cap.copy()
    served = np.diff(lists.pointer) > 0
    if problem.p > 0:
        offers[served] = lists.price[lists.pointer[:-1][served]]
    nothing = np.zeros(problem.candidates)
    return Bound(float(offers.sum()), first_offers(problem), nothing.astype(np.int8), nothing)


def raise_bound(problem: Problem, upper: float, step: float, before: Bound, *, turns: int) -> Bound:
    """A better bound than `before` after at most `turns` subgradients.

    Only solutions below `upper` - `step` count as better: `upper` is what the best known solution costs. The bound is
    `upper` - `step` itself once no better solution is left.
    """
    if problem.p == 0 or problem.p >= problem.candidates:
        return before
    marks, used = before.marks.copy(), before.used.copy()
    value, offers = climb(problem.lists, problem.p, upper, step, before.offers, marks, used, 1.5, turns)
    return Bound(max(before.value, float(value)), offers, marks, used)


def first_offers(problem: Problem) -> Numbers:
    """Offers to start from: what a row's nearest few candidates ask, about as many as one chosen site has to itself.

    Where all candidates ask the same (covering), the offer is shared among those that may be chosen together.
    """
    lists = problem.lists
    share = max(1, problem.candidates // max(1, problem.p)) // 2 + 1
    count = np.diff(lists.pointer)
    offers = lists.cap.copy()
    enough = np.flatnonzero(count > share)
    begin = lists.pointer[enough]
    offers[enough] = lists.price[begin + share]
    flat = lists.price[lists.pointer[enough + 1] - 1] == lists.price[begin]
    alike, least = enough[flat], lists.price[begin[flat]]
    crowd = np.maximum(1.0, problem.p * count[alike] / problem.candidates)
    offers[alike] = least + (lists.cap[alike] - least) / crowd
    return offers


@compiled
def _earnings(lists: Lists, offers: Numbers, earned: Numbers) -> None:
    """What each candidate earns below the offers (0 or negative: a saving)."""
    earned[:] = 0.0
    for row in range(lists.cap.size):
        for k in range(lists.pointer[row], lists.pointer[row + 1]):
            if lists.price[k] >= offers[row]:
                break
            earned[lists.site[k]] += lists.price[k] - offers[row]


@compiled
def _choose(earned: Numbers, marks: Marks, p: int, order: Places, chosen: Marks) -> tuple[float, float, float]:
    """Mark the p best earners, those marked IN first: their sum, the worst chosen free one and the best left one."""
    chosen[:] = 0
    total, left = 0.0, p
    for j in range(marks.size):
        if marks[j] == 1:
            chosen[j] = 1
            total += earned[j]
            left -= 1
    worst, next_best = -np.inf, np.inf
    for j in order:
        if marks[j] != 0:
            continue
        if left > 0:
            chosen[j] = 1
            total += earned[j]
            worst = earned[j]
            left -= 1
        else:
            next_best = earned[j]
            break
    return total, worst, next_best


@compiled
def tally(marks: Marks, kind: int) -> int:
    """How many candidates carry this mark."""
    count = 0
    for mark in marks:
        if mark == kind:
            count += 1
    return count


@compiled
def _settle(
    bound: float, goal: float, earned: Numbers, marks: Marks, chosen: Marks, worst: float, next_best: float
) -> None:
    """Mark the sites that no solution under `goal` has, and those that every such solution has."""
    for j in range(marks.size):
        if marks[j] != 0:
            continue
        if chosen[j] == 0 and bound + earned[j] - worst > goal:
            marks[j] = -1
        elif chosen[j] == 1 and bound - earned[j] + next_best > goal:
            marks[j] = 1


@compiled
def _slope(lists: Lists, offers: Numbers, chosen: Marks, slope: Numbers) -> float:
    """Per row 1 less the chosen sites that would serve it below its offer, smoothed; returns its squared length."""
    length = 0.0
    for row in range(lists.cap.size):
        served = 0
        for k in range(lists.pointer[row], lists.pointer[row + 1]):
            if lists.price[k] >= offers[row]:
                break
            served += chosen[lists.site[k]]
        towards = 1.0 - served
        if towards > 0 and offers[row] >= lists.cap[row]:
            towards = 0.0
        slope[row] = towards + 0.3 * slope[row]
        length += slope[row] * slope[row]
    return length


@compiled
def climb(
    lists: Lists, p: int, upper: float, step: float, start: Numbers, marks: Marks, used: Numbers, pace: float,
    turns: int,
) -> tuple[float, Numbers]:  # fmt: skip
    """Raise the bound from offers `start`; returns the best bound, never above the goal, with its offers.

    `marks` is brought up to date for solutions that reach the goal of `upper` - `step`; `used` becomes how often each
    site was chosen of late.
    """
    goal = upper - step
    offers, best_offers, best = start.copy(), start.copy(), -np.inf
    earned, chosen, slope = np.zeros(marks.size), np.zeros(marks.size, np.int8), np.zeros(start.size)
    stalled = 0
    for _ in range(turns):
        _earnings(lists, offers, earned)
        total, worst, next_best = _choose(earned, marks, p, np.argsort(earned), chosen)
        bound = offers.sum() + total
        _settle(bound, goal, earned, marks, chosen, worst, next_best)
        for j in range(marks.size):
            used[j] += 0.1 * (chosen[j] - used[j])
        stalled += 1
        if bound > best + 1e-9 * abs(upper):
            best, stalled = bound, 0
            best_offers[:] = offers
        if bound > goal or tally(marks, 1) >= p or tally(marks, -1) >= marks.size - p:
            break
        if stalled >= 12:
            pace, stalled = 0.6 * pace, 0
            offers[:] = best_offers
            slope[:] = 0.0
            if pace < 1e-3:
                break
        length = _slope(lists, offers, chosen, slope)
        if length < 1e-12:
            break
        move = pace * (upper - bound) / length
        for row in range(offers.size):
            offers[row] = min(lists.cap[row], max(0.0, offers[row] + move * slope[row]))
    return (best if best < goal else goal), best_offers
