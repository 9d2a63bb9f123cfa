"""Good sites fast: greedy start, swap local search, and restarts from a shaken best, compiled.

The swap search keeps, after Resende & Werneck (2007), what each candidate would gain, what each chosen site would lose
and the correction of each pair, and after a swap touches only the rows whose first or second choice changed. Effort is
a number of rounds, never seconds, so that the same problem gives the same sites on every machine.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from schakel.core.optimise.compiled import compiled
from schakel.core.siting.problem import Lists, Numbers, Places, Problem

STEPS = 60_000_000  # roughly the look-ups that the shaking may use: some 0.3 s
SEED = 2007


class Choice(NamedTuple):
    """The chosen sites, each row's first and second choice among them, and what every swap would bring.

    Slot s holds site `chosen[s]`; `slot[j]` is -1 for a site that is not chosen. A row whose choice is -1 pays its cap.
    Swapping in j for slot s saves gain[j] - loss[s] + extra[j, s].
    """

    chosen: Places
    slot: Places
    held: Places
    first: Places
    second: Places
    first_price: Numbers
    second_price: Numbers
    gain: Numbers
    loss: Numbers
    extra: Numbers
    stamp: Places
    touched: Places
    clock: Places


def improve(problem: Problem, start: Places, *, rounds: int | None = None) -> Places:
    """The best sites found from `start` (a feasible choice of p candidates), sorted."""
    if problem.p == 0 or problem.p >= problem.candidates or problem.lists.site.size == 0:
        return np.sort(start)
    if rounds is None:
        per_round = 6 * problem.lists.site.size // problem.p + 20 * problem.candidates + 10_000
        rounds = int(np.clip(STEPS // per_round, 20, 3000))
    return np.sort(_search(problem.lists, start.astype(np.int64), rounds, 60 + 10 * problem.p, SEED))


def greedy(problem: Problem) -> Places:
    """Sites added one by one, each time the one that lowers the cost most; equal ones: the first."""
    return _greedy(problem.lists, problem.p)


@compiled
def _greedy(lists: Lists, p: int) -> Places:
    candidates = lists.site_pointer.size - 1
    gain = np.zeros(candidates)
    for row in range(lists.cap.size):
        for k in range(lists.pointer[row], lists.pointer[row + 1]):
            gain[lists.site[k]] += lists.cap[row] - lists.price[k]
    paid = lists.cap.copy()
    chosen = np.empty(p, np.int64)
    taken = np.zeros(candidates, np.bool_)
    for step in range(p):
        best = -1
        for j in range(candidates):
            if not taken[j] and (best < 0 or gain[j] > gain[best]):
                best = j
        taken[best] = True
        chosen[step] = best
        for r in range(lists.site_pointer[best], lists.site_pointer[best + 1]):
            row, new = lists.site_row[r], lists.site_price[r]
            if new < paid[row]:
                for k in range(lists.pointer[row], lists.pointer[row + 1]):
                    if lists.price[k] >= paid[row]:
                        break
                    gain[lists.site[k]] -= paid[row] - max(lists.price[k], new)
                paid[row] = new
    return chosen


@compiled
def _scan(row: int, lists: Lists, now: Choice) -> None:
    """Find the first and second choice of one row among the chosen sites."""
    now.first[row], now.second[row] = -1, -1
    now.first_price[row] = now.second_price[row] = lists.cap[row]
    for k in range(lists.pointer[row], lists.pointer[row + 1]):
        s = now.slot[lists.site[k]]
        if s >= 0:
            if now.first[row] < 0:
                now.first[row], now.first_price[row] = s, lists.price[k]
            else:
                now.second[row], now.second_price[row] = s, lists.price[k]
                return


@compiled
def _count(row: int, sign: float, lists: Lists, now: Choice) -> None:
    """Add (sign 1) or take away (sign -1) what one row means for every swap."""
    s, near, further = now.first[row], now.first_price[row], now.second_price[row]
    if s >= 0:
        now.loss[s] += sign * (further - near)
    for k in range(lists.pointer[row], lists.pointer[row + 1]):
        price = lists.price[k]
        if price >= further:
            return
        if price < near:
            now.gain[lists.site[k]] += sign * (near - price)
        if s >= 0:
            now.extra[lists.site[k], s] += sign * (further - max(price, near))


@compiled
def _allowed(out: int, new: int, lists: Lists, now: Choice) -> bool:
    """Whether every group keeps a chosen site when site `out` makes place for site `new`."""
    for g in range(now.held.size):
        if lists.member[g, out] and now.held[g] == 1 and not lists.member[g, new]:
            return False
    return True


@compiled
def _swap(s: int, new: int, lists: Lists, now: Choice) -> None:
    """Let site `new` take slot s, and bring every sum up to date."""
    old = now.chosen[s]
    now.clock[0] += 1
    many = 0
    for r in range(lists.site_pointer[old], lists.site_pointer[old + 1]):
        row = lists.site_row[r]
        if now.first[row] == s or now.second[row] == s:
            now.stamp[row] = now.clock[0]
            now.touched[many] = row
            many += 1
    for r in range(lists.site_pointer[new], lists.site_pointer[new + 1]):
        row = lists.site_row[r]
        if now.stamp[row] != now.clock[0] and lists.site_price[r] < now.second_price[row]:
            now.touched[many] = row
            many += 1
    for t in range(many):
        _count(now.touched[t], -1.0, lists, now)
    now.slot[old], now.slot[new], now.chosen[s] = -1, s, new
    for g in range(now.held.size):
        now.held[g] += int(lists.member[g, new]) - int(lists.member[g, old])
    for t in range(many):
        _scan(now.touched[t], lists, now)
        _count(now.touched[t], 1.0, lists, now)


@compiled
def _begin(sites: Places, lists: Lists, now: Choice) -> None:
    """Choose exactly these sites, all sums anew: this also wipes out what rounding has gathered."""
    now.slot[:] = -1
    now.held[:] = 0
    now.gain[:] = 0.0
    now.loss[:] = 0.0
    now.extra[:] = 0.0
    for s in range(sites.size):
        now.chosen[s] = sites[s]
        now.slot[sites[s]] = s
        for g in range(now.held.size):
            now.held[g] += int(lists.member[g, sites[s]])
    for row in range(lists.cap.size):
        _scan(row, lists, now)
        _count(row, 1.0, lists, now)


@compiled
def _descend(slack: float, lists: Lists, now: Choice) -> None:
    """Make the best swap until none saves more than `slack`."""
    for _ in range(100_000):  # it ends by itself; the limit only guards against rounding
        best, out, new = slack, -1, -1
        for j in range(now.slot.size):
            if now.slot[j] >= 0 or now.gain[j] <= best:  # no swap saves more than the gain of the site that comes in
                continue
            for s in range(now.chosen.size):
                saved = now.gain[j] - now.loss[s] + now.extra[j, s]
                if saved > best and _allowed(now.chosen[s], j, lists, now):
                    best, out, new = saved, s, j
        if new < 0:
            return
        _swap(out, new, lists, now)


@compiled
def _search(lists: Lists, start: Places, rounds: int, patience: int, seed: int) -> Places:
    """Descend, then up to `rounds` times: shake the best by a few random swaps and descend again.

    It stops earlier after `patience` rounds in a row that brought nothing.
    """
    rows, candidates, p = lists.cap.size, lists.site_pointer.size - 1, start.size
    now = Choice(
        start.copy(), np.full(candidates, -1), np.zeros(lists.member.shape[0], np.int64),
        np.empty(rows, np.int64), np.empty(rows, np.int64), np.empty(rows), np.empty(rows),
        np.zeros(candidates), np.zeros(p), np.zeros((candidates, p)),
        np.zeros(rows, np.int64), np.empty(rows, np.int64), np.zeros(1, np.int64),
    )  # fmt: skip
    np.random.seed(seed)
    slack = 1e-10 * (1.0 + lists.cap.mean())
    _begin(start, lists, now)
    _descend(slack, lists, now)
    best, kept = now.first_price.sum(), now.chosen.copy()
    stale = 0
    for _ in range(rounds):
        stale += 1
        if stale > patience:
            break
        for _ in range(1 + np.random.randint(min(p, 4))):
            s, new = np.random.randint(p), np.random.randint(candidates)
            if now.slot[new] < 0 and _allowed(now.chosen[s], new, lists, now):
                _swap(s, new, lists, now)
        _descend(slack, lists, now)
        total = now.first_price.sum()
        if total > best + slack:
            _begin(kept, lists, now)
        else:
            if total < best - slack:
                stale = 0
            best = total
            kept[:] = now.chosen
    return kept
