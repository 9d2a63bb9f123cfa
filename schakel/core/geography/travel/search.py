"""Bounded shortest paths from the sites outwards, compiled: near first and far later, instead of a sorted heap.

Nodes that are reached wait in two piles, those nearer than a moving border and the rest; a node whose time improves
after it was worked off is worked off again, so that the times are those of Dijkstra (1959) whatever the width of a ring
(Meyer & Sanders 2003, "delta-stepping", on one thread). One pass per site over what lies within the limit and no
further: a site costs what its surroundings cost, however large the map is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from schakel.core.optimise.compiled import compiled

Ints = NDArray[np.int64]
Numbers = NDArray[np.float64]


@compiled
def _longer(values: Ints) -> Ints:
    """The same values with room for as many again."""
    larger = np.empty(2 * values.size, np.int64)
    larger[: values.size] = values
    return larger


@compiled
def _ring(
    pointer: Ints, source: NDArray[np.int32], minutes: Numbers, limit: float, border: float,
    state: Numbers, touched: Ints, many: int, near: Ints, waiting: int, far: Ints,
) -> tuple[Ints, int, Ints, Ints, int]:  # fmt: skip
    """Work off the `waiting` nodes of the near pile and what they bring within the border.

    Returns the touched nodes with their number, the near pile, and the far pile with its number: each may have grown.
    """
    later, head = 0, 0
    while head < waiting:
        node = near[head]
        head += 1
        now = state[node, 0]
        if now >= state[node, 1]:
            continue  # worked off already with this time
        state[node, 1] = now
        for k in range(pointer[node], pointer[node + 1]):
            other, when = source[k], now + minutes[k]
            if when > limit or when >= state[other, 0]:
                continue
            if state[other, 0] == np.inf:
                if many == touched.size:
                    touched = _longer(touched)
                touched[many] = other
                many += 1
            state[other, 0] = when
            if when < border:
                if waiting == near.size:
                    near = _longer(near)
                near[waiting] = other
                waiting += 1
            else:
                if later == far.size:
                    far = _longer(far)
                far[later] = other
                later += 1
    return touched, many, near, far, later


@compiled
def _settle(
    pointer: Ints, source: NDArray[np.int32], minutes: Numbers, limit: float, ring: float,
    state: Numbers, touched: Ints, near: Ints, far: Ints, left: Ints,
) -> tuple[int, Ints, Ints, Ints, Ints]:  # fmt: skip
    """Bring every node within `limit` of the one in touched[0] to its least time, in column 0 of `state`.

    Column 1 holds the time with which a node was last worked off. Returns how many nodes were touched, and the piles,
    which may have grown.
    """
    many, waiting, kept = 1, 1, 0
    border = state[touched[0], 0] + ring
    near[0] = touched[0]
    while waiting > 0:
        touched, many, near, far, later = _ring(
            pointer, source, minutes, limit, border, state, touched, many, near, waiting, far
        )
        while left.size < kept + later:
            left = _longer(left)
        left[kept : kept + later] = far[:later]
        total = kept + later
        waiting, kept, border = 0, 0, border + ring
        for place in range(total):
            node = left[place]
            if state[node, 0] >= state[node, 1]:
                continue  # was worked off from nearby
            if state[node, 0] < border:
                if waiting == near.size:
                    near = _longer(near)
                near[waiting] = node
                waiting += 1
            else:
                left[kept] = node
                kept += 1
        if waiting == 0 and kept > 0:  # an empty ring: the next one may hold them
            border = max(border, state[left[0], 0]) + ring
            waiting, kept = 1, kept - 1
            near[0], left[0] = left[0], left[kept]
    return many, touched, near, far, left


@compiled
def reach(
    pointer: Ints, source: NDArray[np.int32], minutes: Numbers, begin: Ints, begun: Numbers, limit: float, ring: float,
    here_pointer: Ints, here: Ints, here_leg: Numbers,
) -> tuple[Ints, Ints, Numbers]:  # fmt: skip
    """All (site, origin, minutes) within `limit`, by site.

    `begin[s]`: the node of site s and `begun[s]` the minutes between the two; `here_pointer`, `here`, `here_leg`: per
    node the origins there and their minutes to it. Rows of (pointer, source, minutes) lead against the travel. `ring`:
    width in minutes of what is worked off together; it changes the speed and nothing else.
    """
    state = np.full((pointer.size - 1, 2), np.inf)
    touched, near, far, left = (
        np.empty(1024, np.int64), np.empty(1024, np.int64), np.empty(1024, np.int64), np.empty(1024, np.int64)
    )  # fmt: skip
    sites, origins, times = np.empty(1024, np.int64), np.empty(1024, np.int64), np.empty(1024)
    found = 0
    for s in range(begin.size):
        if begun[s] > limit:
            continue
        touched[0] = begin[s]
        state[begin[s], 0] = begun[s]
        many, touched, near, far, left = _settle(pointer, source, minutes, limit, ring, state, touched, near, far, left)
        for t in range(many):
            node = touched[t]
            for k in range(here_pointer[node], here_pointer[node + 1]):
                when = state[node, 0] + here_leg[k]
                if when <= limit:
                    if found == sites.size:
                        sites, origins = _longer(sites), _longer(origins)
                        longer = np.empty(2 * times.size)
                        longer[: times.size] = times
                        times = longer
                    sites[found], origins[found], times[found] = s, here[k], when
                    found += 1
            state[node, 0], state[node, 1] = np.inf, np.inf
    return sites[:found], origins[:found], times[:found]
