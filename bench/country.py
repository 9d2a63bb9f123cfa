"""A synthetic country: 20,000 sectors, 3,000 sites, 48 services, on two cores.

    python -m bench country

Sectors are taken in parts that know nothing of each other. First every part adds up how many people each site has
within reach; the sums of all parts together give each site's supply per person; then every part adds up what its
sectors reach, and every service gets its shrunk rates. Only the sums per site cross between parts, so that parts could
run on other machines (docs/adr). Travel times are estimates per mode.
"""

from __future__ import annotations

import resource
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bench import Row
from bench.travel import make_graph
from schakel.core.access import Reach, shrink_rates
from schakel.core.geography.travel import Estimate, Mode, Places, Roads

SEED = 20_260
SECTORS, SITES, SERVICES, PARTS = 20_000, 3_000, 48, 20
SIDE = 700  # crossings a side: 175 by 175 km
MODES = tuple(Mode)
LIMITS = {Mode.WALK: 15.0, Mode.CYCLE: 20.0, Mode.CAR: 30.0}
ZONES = {Mode.WALK: {5.0: 1.0, 10.0: 0.68, 15.0: 0.22}, Mode.CYCLE: {7.0: 1.0, 14.0: 0.68, 20.0: 0.22},
         Mode.CAR: {10.0: 1.0, 20.0: 0.68, 30.0: 0.22}}  # fmt: skip

Numbers = NDArray[np.float64]


def make_country() -> tuple[Places, Numbers, Places, NDArray[np.bool_], Numbers]:
    """Sectors with people, sites, which service each site has (a handful each), and its supply."""
    rng = np.random.default_rng(SEED)
    towns = np.column_stack([rng.uniform(49.6, 51.4, 400), rng.uniform(2.7, 6.2, 400)])

    def around(count: int) -> Places:
        at = towns[rng.integers(0, 400, count)] + rng.normal(0, 0.05, (count, 2))
        return Places.at(at[:, 0], at[:, 1])

    offers = rng.random((SITES, SERVICES)) < 0.12
    return around(SECTORS), rng.lognormal(6, 1, SECTORS).round(), around(SITES), offers, rng.gamma(2, 2, SITES)


def reaches(rows: slice) -> dict[Mode, Reach]:
    """The weighted table of one part for each mode."""
    sectors, _, sites, _, _ = make_country()
    part = Places(sectors.lats[rows], sectors.lons[rows])
    return {
        mode: Reach.catchment(
            Estimate().between(part, sites, mode=mode, limit=LIMITS[mode]).cost, catchment=LIMITS[mode],
            weights=ZONES[mode],
        )
        for mode in MODES
    }  # fmt: skip


def load_part(rows: slice) -> Numbers:
    """First pass: people within reach of each site, per mode."""
    _, people, _, _, _ = make_country()
    return np.array([reach.load(people[rows]) for reach in reaches(rows).values()])


def access_part(rows: slice, loads: Numbers) -> tuple[Numbers, int]:
    """Second pass: supply per person for each sector and service, and how many pairs were looked at."""
    _, _, _, offers, supply = make_country()
    found = reaches(rows)
    result = np.zeros((rows.stop - rows.start, SERVICES))
    for service in range(SERVICES):
        mode = MODES[service % len(MODES)]
        load = loads[service % len(MODES)]
        ratio = np.divide(supply * offers[:, service], load, out=np.zeros(SITES), where=load > 0)
        result[:, service] = found[mode].opportunities(ratio)
    return result, sum(reach.matrix.nnz for reach in found.values())


def run() -> list[Row]:
    """The whole country in two passes over twenty parts; then travel by car over the roads of such a country."""
    return [*run_access(), run_roads()]


def run_roads() -> Row:
    """All sectors to all sites within half an hour by car, over as many crossings as a country has."""
    rng = np.random.default_rng(SEED)
    roads = Roads(make_graph(rng, SIDE))
    nodes = roads.graph.lats.size
    at, begin = rng.integers(0, nodes, SECTORS), rng.integers(0, nodes, SITES)
    sectors = Places(roads.graph.lats[at], roads.graph.lons[at])
    sites = Places(roads.graph.lats[begin], roads.graph.lons[begin])
    roads.between(sectors, Places(sites.lats[:1], sites.lons[:1]), mode=Mode.CAR, limit=1.0)  # compiles
    clock, spent = time.perf_counter(), time.process_time()
    found = roads.between(sectors, sites, mode=Mode.CAR, limit=30.0)
    clock, spent = time.perf_counter() - clock, time.process_time() - spent
    note = f"{nodes} crossings, {found.cost.nnz / 1e6:.1f}M pairs; one thread, processor time {spent:.1f} s"
    return Row(
        "country", "20,000 sectors to 3,000 sites over roads, s on the clock", clock, None, None, None, "<= 60 s", note
    )


def run_access() -> list[Row]:
    """Access and rates for every sector and service."""
    start = time.perf_counter()
    edges = np.linspace(0, SECTORS, PARTS + 1).astype(int)
    parts = [slice(int(a), int(b)) for a, b in pairwise(edges)]
    with ProcessPoolExecutor(2) as pool:
        loads = np.sum(list(pool.map(load_part, parts)), axis=0)
        answers = list(pool.map(partial(access_part, loads=loads), parts))
    access, pairs = np.vstack([part for part, _ in answers]), sum(count for _, count in answers)
    people = make_country()[1]
    groups = np.arange(SECTORS) // 34  # some 590 municipalities
    exposure = np.bincount(groups, weights=people)
    for service in range(SERVICES):
        events = np.bincount(groups, weights=access[:, service] > 0)
        shrink_rates(events, exposure)
    took = time.perf_counter() - start
    spent = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            + 2 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024**2  # fmt: skip
    note = (
        f"{pairs / 1e6:.1f}M pairs, {PARTS} parts, seed {SEED}; processor time {spent:.1f} s; other work ran beside it"
    )
    return [
        Row(
            "country",
            "20,000 sectors x 3,000 sites x 48 services, s on the clock",
            took,
            None,
            None,
            None,
            "<= 60 s",
            note,
        ),
        Row("country", "the same, memory at most, GB", peak, None, None, None, "<= 4 GB", "three processes together"),
    ]
