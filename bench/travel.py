"""Travel time over a road graph against SciPy's bounded Dijkstra.

    python -m bench travel

A synthetic road map (printed seed): a grid of crossings with some streets left out and others one way. Seconds are
processor time of one thread after the kernel has been compiled: medians of rounds in which ours and SciPy take turns,
and of the ratio in each round. SciPy gets its sites in blocks, since its answer is a dense table of sites x nodes, and
so it gets credit only for the search, not for looking up the origins; and row by row of the map, an order that suits
its cache better than the order in which we are given them and that we must mend ourselves.
"""

from __future__ import annotations

import time
from statistics import median

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from bench import Row
from schakel.core.geography.travel import Mode, Places, RoadGraph, Roads, Stretches

SEED = 1959
SIDE = 320  # crossings a side
SITES, ORIGINS = 2_000, 20_000
LIMIT = 8.0
BLOCK = 100
ROUNDS = 9


def make_graph(rng: np.random.Generator, side: int) -> RoadGraph:
    """Crossings about 250 m apart; one street in ten is missing and one in seven is one way."""
    nodes = side * side
    lats = 50.5 + np.repeat(np.arange(side), side) * 0.00225 + rng.normal(0, 3e-4, nodes)
    lons = 3.5 + np.tile(np.arange(side), side) * 0.00356 + rng.normal(0, 4e-4, nodes)
    number = np.arange(nodes).reshape(side, side)
    start = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    end = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    kept = rng.random(start.size) > 0.1
    start, end = start[kept], end[kept]
    north, east = (lats[end] - lats[start]) * 111.2, (lons[end] - lons[start]) * 70.1
    speed = rng.choice([24.0, 40.0, 56.0], start.size)
    back = np.where(rng.random(start.size) < 1 / 7, 0.0, speed)
    speeds = dict.fromkeys(Mode, (speed, back))
    return RoadGraph(lats, lons, Stretches(start, end, np.hypot(north, east), speeds), f"bench {SEED}")


def run() -> list[Row]:
    """2,000 sites and 20,000 origins."""
    rng = np.random.default_rng(SEED)
    graph = make_graph(rng, SIDE)
    roads, stops = Roads(graph), graph.net(Mode.CAR).stops
    at, begin = rng.choice(stops, ORIGINS), rng.choice(stops, SITES, replace=False)
    origins, sites = Places(graph.lats[at], graph.lons[at]), Places(graph.lats[begin], graph.lons[begin])
    roads.between(origins, Places(sites.lats[:2], sites.lons[:2]), mode=Mode.CAR, limit=LIMIT)  # compiles
    net = graph.net(Mode.CAR)
    against = sparse.csr_matrix((net.minutes, net.source, net.pointer), shape=(graph.lats.size, graph.lats.size))
    rows = np.argsort(begin)
    ours, peer = [], []
    for _ in range(ROUNDS):
        worst, settled, pairs = 0.0, 0, 0
        start = time.process_time()
        found = roads.between(origins, sites, mode=Mode.CAR, limit=LIMIT).cost
        ours.append(time.process_time() - start)
        spent = 0.0
        for chosen in np.split(rows, SITES // BLOCK):
            start = time.process_time()
            table = dijkstra(against, directed=True, indices=begin[chosen], limit=LIMIT)
            spent += time.process_time() - start
            settled += int(np.isfinite(table).sum())
            pairs += int(np.isfinite(table[:, at]).sum())
            mine = found[:, chosen].tocoo()
            away = at[mine.row] != begin[chosen][mine.col]
            worst = max(worst, float(np.abs(table[mine.col, at[mine.row]] - mine.data)[away].max()))
        peer.append(spent)
    ratios = sorted(theirs / own for theirs, own in zip(peer, ours, strict=True))
    note = (
        f"{graph.lats.size} nodes, {settled / 1e6:.1f}M settled, {found.nnz} pairs (SciPy {pairs}), seed {SEED}; "
        f"largest difference {worst:.1e} min; {ROUNDS} rounds, ratios {ratios[0]:.2f} to {ratios[-1]:.2f}"
    )
    what = "2,000 sites, 20,000 origins, bounded, s"
    return [Row("travel", what, median(ours), median(peer), None, median(ratios), ">= 2x scipy", note)]
