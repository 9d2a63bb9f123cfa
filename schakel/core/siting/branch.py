"""Branch and bound on the Lagrangian bound, compiled: proves in seconds what a general solver proves in minutes.

Each node raises its own bound for a few turns from its parent's offers, which also decides most of its sites; what is
left is split on the site that was chosen most: first with it, then without it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from schakel.core.optimise.compiled import compiled
from schakel.core.optimise.deadline import Deadline
from schakel.core.siting.dual import Bound, Marks, climb, tally
from schakel.core.siting.problem import Lists, Numbers, Places, Problem, Verdict

TURNS = 60
BATCH = 20  # nodes between two looks at the clock
MOST_NODES = 60_000
MOST_MEMORY = 60_000_000  # numbers that the open nodes may hold


class Tree(NamedTuple):
    """The open nodes, a stack of `size[0]`, and the best sites so far."""

    marks: Marks
    offers: Numbers
    bound: Numbers
    size: Places
    best: Places


def branch(problem: Problem, upper: float, root: Bound, *, step: float, deadline: Deadline) -> Verdict:
    """Search the tree for sites cheaper than `upper` by `step`, until it is empty, too long or out of time."""
    depth = problem.candidates + 2
    if depth * (root.offers.size + problem.candidates) > MOST_MEMORY:
        return Verdict(None, upper, root.value, proven=False)
    tree = Tree(
        np.zeros((depth, problem.candidates), np.int8), np.zeros((depth, root.offers.size)), np.zeros(depth),
        np.ones(1, np.int64), np.full(problem.p, -1),
    )  # fmt: skip
    tree.marks[0], tree.offers[0], tree.bound[0] = root.marks, root.offers, root.value
    cost = upper
    for _ in range(0, MOST_NODES, BATCH):
        if tree.size[0] == 0 or deadline.passed:
            break
        cost = _grow(problem.lists, problem.p, cost, step, tree, TURNS, BATCH)
    best = np.sort(tree.best) if cost < upper else None
    if tree.size[0] == 0:
        return Verdict(best, cost, cost, proven=True)
    lowest = float(tree.bound[: tree.size[0]].min())
    return Verdict(best, cost, max(root.value, min(lowest, cost - step)), proven=False)


@compiled
def _price(lists: Lists, chosen: Places, marks: Marks) -> float:
    """What these sites cost; infinite when a group is left without one."""
    marks[:] = 0
    for j in chosen:
        marks[j] = 1
    for g in range(lists.member.shape[0]):
        served = 0
        for j in chosen:
            served += lists.member[g, j]
        if served == 0:
            return np.inf
    total = 0.0
    for row in range(lists.cap.size):
        paid = lists.cap[row]
        for k in range(lists.pointer[row], lists.pointer[row + 1]):
            if marks[lists.site[k]] == 1:
                paid = lists.price[k]
                break
        total += paid
    return total


@compiled
def _favourites(used: Numbers, marks: Marks, p: int) -> Places:
    """The p sites that a node would open: those it must, then those chosen most."""
    dislike = np.empty(used.size)
    for j in range(used.size):
        dislike[j] = -2.0 if marks[j] == 1 else (1.0 if marks[j] == -1 else -used[j])
    return np.argsort(dislike)[:p]


@compiled
def _grow(lists: Lists, p: int, upper: float, step: float, tree: Tree, turns: int, nodes: int) -> float:
    """Work off up to `nodes` open nodes; returns the best cost, its sites in `tree.best`."""
    candidates = lists.site_pointer.size - 1
    used, scratch = np.zeros(candidates), np.zeros(candidates, np.int8)
    for _ in range(nodes):
        if tree.size[0] == 0:
            break
        top = tree.size[0] - 1
        tree.size[0] = top
        marks = tree.marks[top].copy()
        if tree.bound[top] > upper - step:
            continue
        used[:] = 0.0
        value, offers = climb(lists, p, upper, step, tree.offers[top], marks, used, 0.7, turns)
        if value >= upper - step or tally(marks, 1) > p or tally(marks, -1) > candidates - p:
            continue
        sites = _favourites(used, marks, p)
        cost = _price(lists, sites, scratch)
        if cost < upper - 0.5 * step:
            upper = cost
            tree.best[:] = sites
        if tally(marks, 1) == p or tally(marks, -1) == candidates - p:
            continue  # one choice was left, and it has just been priced
        split = -1
        for j in range(candidates):
            if marks[j] == 0 and (split < 0 or used[j] > used[split]):
                split = j
        for side in (-1, 1):  # the last one in is the first one out: with the site before without it
            marks[split] = side
            top = tree.size[0]
            tree.marks[top] = marks
            tree.offers[top] = offers
            tree.bound[top] = value
            tree.size[0] = top + 1
    return upper
