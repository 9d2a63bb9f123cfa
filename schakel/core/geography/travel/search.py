"""Bounded shortest paths from the sites outwards, compiled: near first and far later, instead of a sorted heap.

Nodes that are reached wait in two piles, those nearer than a moving border and the rest; a node whose time improves
after it was worked off is worked off again, so that the times are those of Dijkstra (1959) wherever the border stands
(Meyer & Sanders 2003, "delta-stepping", on one thread). One pass per site over what lies within the limit and no
further: a site costs what its surroundings cost, however large the map is.

Node numbers are unsigned, since the machine code need not ask then whether an index counts from the end.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from schakel.core.optimise.compiled import compiled

Ints = NDArray[np.int64]
Nodes = NDArray[np.uint32]
Numbers = NDArray[np.float64]
Values = TypeVar("Values", Ints, Nodes, Numbers)

ROOM = 1024  # to begin with, for what is found; doubled when full


@compiled
def _longer(values: Values) -> Values:
    """The same values with room for as many again."""
    larger = np.empty(2 * values.size, values.dtype)
    larger[: values.size] = values
    return larger


@compiled
def _settle(
    pointer: Ints, source: Nodes, minutes: Numbers, spread: int, ring: float, state: Numbers, near: Nodes, far: Nodes
) -> tuple[Nodes, Nodes, int]:
    """Bring every node within the limit of the one in near[0] to its least time, in column 0 of `state`.

    Column 1 holds the time with which a node was last worked off; both start just beyond the limit. `spread`: the most
    stretches that lead to one node. Returns the piles, which may have grown, and how many nodes the near one holds: all
    that were reached, some more than once.
    """
    head, waiting, later = 0, 1, 0
    border = state[near[0], 0] + ring
    while True:
        while head < waiting:
            node = near[head]
            head += 1
            now = state[node, 0]
            if now >= state[node, 1]:
                continue  # worked off already with this time
            state[node, 1] = now
            if waiting + spread > near.size:
                near = _longer(near)
            if later + spread > far.size:
                far = _longer(far)
            for k in range(pointer[node], pointer[node + 1]):
                other, when = source[k], now + minutes[k]
                was = state[other, 0]
                better, soon = when < was, when < border
                state[other, 0] = min(when, was)
                near[waiting], far[later] = other, other  # one of the two counts or neither: faster than to branch
                waiting += better & soon
                later += better & (not soon)
        if later == 0:
            return near, far, waiting
        border = max(border, state[far[0], 0]) + ring  # so that no ring is empty
        while waiting + later > near.size:
            near = _longer(near)
        seen, later = later, 0
        for place in range(seen):
            node = far[place]
            if state[node, 0] >= state[node, 1]:
                continue  # was worked off from nearby
            if state[node, 0] < border:
                near[waiting] = node
                waiting += 1
            else:
                far[later] = node
                later += 1


@compiled
def reach(
    pointer: Ints, source: Nodes, minutes: Numbers, begin: Ints, begun: Numbers, limit: float, ring: float,
    here_pointer: Ints, here: Ints, here_leg: Numbers,
) -> tuple[Ints, Ints, Numbers]:  # fmt: skip
    """All (site, origin, minutes) within `limit`, by site.

    `begin[s]`: the node of site s and `begun[s]` the minutes between the two; `here_pointer`, `here`, `here_leg`: per
    node the origins there and their minutes to it. Rows of (pointer, source, minutes) lead against the travel. `ring`:
    width in minutes of what is worked off together; it changes the speed and nothing else, and so does the order of the
    sites: those that lie near each other are best together, while the roads around them are at hand in the cache.
    """
    beyond = np.nextafter(limit, np.inf)  # the time of who is not reached: one comparison keeps to the limit as well
    state = np.full((pointer.size - 1, 2), beyond)
    spread = np.diff(pointer).max() if pointer.size > 1 else 0
    near, far = np.empty(ROOM + spread, np.uint32), np.empty(ROOM + spread, np.uint32)
    sites, origins, times = np.empty(ROOM, np.int64), np.empty(ROOM, np.int64), np.empty(ROOM)
    found = 0
    for s in range(begin.size):
        if begun[s] > limit:
            continue
        near[0] = begin[s]
        state[near[0], 0] = begun[s]
        near, far, many = _settle(pointer, source, minutes, spread, ring, state, near, far)
        for t in range(many):
            node = near[t]
            now = state[node, 0]
            state[node, 0], state[node, 1] = beyond, beyond  # for the next site; a node that comes again is passed over
            if now == beyond:
                continue
            for k in range(here_pointer[node], here_pointer[node + 1]):
                when = now + here_leg[k]
                if when <= limit:
                    if found == sites.size:
                        sites, origins, times = _longer(sites), _longer(origins), _longer(times)
                    sites[found], origins[found], times[found] = s, here[k], when
                    found += 1
    return sites[:found], origins[:found], times[:found]
