"""Travel time over roads: worked by hand, against SciPy and a slow twin, and at the edges of the map."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from schakel.core.errors import InvalidInput
from schakel.core.geography.travel import PACES, Basis, Mode, Places, RoadGraph, Roads, Stretches
from schakel.core.geography.travel.estimate import Estimate

ALL = {Mode.WALK: (5.0, 5.0), Mode.CYCLE: (15.0, 15.0), Mode.CAR: (30.0, 30.0)}
Link = tuple[int, int, float]  # from, to, kilometres


def make_graph(nodes: list[tuple[float, float]], links: list[Link], one_way: bool = False) -> RoadGraph:
    """A graph with the same speeds everywhere; with `one_way` cars may only go along."""
    start, end, km = (np.array(part) for part in zip(*links, strict=True))
    speeds = {mode: (np.full(km.size, there), np.full(km.size, back)) for mode, (there, back) in ALL.items()}
    if one_way:
        speeds[Mode.CAR] = (np.full(km.size, 30.0), np.zeros(km.size))
    lats, lons = (np.array(part) for part in zip(*nodes, strict=True))
    return RoadGraph(lats, lons, Stretches(start, end, km.astype(float), speeds), "test")


LINE = make_graph([(50.90, 4.0), (50.91, 4.0), (50.92, 4.0)], [(0, 1, 1.5), (1, 2, 2.0)])


def test_minutes_are_length_over_speed() -> None:
    """1.5 km and 2 km at 30 km/h: three and four minutes."""
    ends = Places(LINE.lats, LINE.lons)
    travel = Roads(LINE).between(ends, ends, mode=Mode.CAR, limit=60)
    assert travel.cost.toarray() == pytest.approx(np.array([[0, 3, 7], [3, 0, 4], [7, 4, 0]]), abs=1e-6)
    assert travel.basis == Basis.ROADS


def test_the_limit_is_inclusive_and_bounds_the_table() -> None:
    ends = Places(LINE.lats, LINE.lons)
    assert Roads(LINE).between(ends, ends, mode=Mode.CAR, limit=4 + 1e-9).cost.nnz == 7
    assert Roads(LINE).between(ends, ends, mode=Mode.CAR, limit=3.9).cost.nnz == 5


def test_the_last_bit_to_the_road_is_added_at_the_pace_of_the_mode() -> None:
    beside = Places.at([50.90], [4.005])  # 351 m east of the first node
    there = Places.at([50.91], [4.0])
    leg = Estimate().between(beside, Places.at([50.90], [4.0]), mode=Mode.CYCLE, limit=60).cost[0, 0]
    found = Roads(LINE).between(beside, there, mode=Mode.CYCLE, limit=60).cost[0, 0]
    assert found == pytest.approx(6.0 + leg, abs=1e-6)


def test_two_places_at_the_same_node_go_straight_to_each_other() -> None:
    one, other = Places.at([50.9001], [4.001]), Places.at([50.9001], [4.0011])
    straight = Estimate().between(one, other, mode=Mode.WALK, limit=9).cost[0, 0]
    assert Roads(LINE).between(one, other, mode=Mode.WALK, limit=9).cost[0, 0] == pytest.approx(straight)
    assert Roads(LINE).between(one, one, mode=Mode.WALK, limit=9).cost[0, 0] == pytest.approx(0, abs=1e-6)


def test_an_island_is_not_reached_and_that_is_no_zero() -> None:
    graph = make_graph([(50.90, 4.0), (50.91, 4.0), (50.95, 4.0), (50.96, 4.0)], [(0, 1, 1.1), (2, 3, 1.1)])
    ends = Places(graph.lats, graph.lons)
    travel = Roads(graph).between(ends, ends, mode=Mode.WALK, limit=600)
    assert travel.cost.nnz == 8
    assert travel.off_network.size == 0


def test_a_place_far_from_any_road_is_told_apart() -> None:
    away = Places.at([50.90, 51.5], [4.0, 4.0])
    travel = Roads(LINE).between(away, away, mode=Mode.CAR, limit=60)
    assert travel.off_network.tolist() == [1]
    assert travel.sites_off_network.tolist() == [1]
    assert travel.cost.nnz == 1


def test_a_dead_end_that_one_can_only_leave_is_no_place_to_start() -> None:
    """Cars may only leave node 0, so nobody can drive back there: a place beside it meets the road at node 1."""
    graph = make_graph([(50.90, 4.0), (50.902, 4.0), (50.91, 4.0)], [(0, 1, 0.3), (1, 2, 1.0), (2, 1, 1.0)], True)
    assert graph.net(Mode.CAR).stops.tolist() == [1, 2]
    assert graph.net(Mode.WALK).stops.tolist() == [0, 1, 2]


def test_a_mode_without_any_road_reaches_nobody() -> None:
    speeds = {mode: (np.zeros(1), np.zeros(1)) for mode in Mode}
    graph = RoadGraph(np.array([50.9, 50.91]), np.array([4.0, 4.0]),
                      Stretches(np.array([0]), np.array([1]), np.array([1.0]), speeds), "x")  # fmt: skip
    ends = Places(graph.lats, graph.lons)
    travel = Roads(graph).between(ends, ends, mode=Mode.CAR, limit=10)
    assert travel.cost.nnz == 0
    assert travel.off_network.tolist() == [0, 1]


def test_no_places_give_an_empty_table() -> None:
    ends, none = Places(LINE.lats, LINE.lons), Places.of([])
    assert Roads(LINE).between(none, ends, mode=Mode.CAR, limit=5).cost.shape == (0, 3)
    assert Roads(LINE).between(ends, none, mode=Mode.CAR, limit=5).cost.shape == (3, 0)


@pytest.mark.parametrize("fault", ["node", "length"])
def test_a_damaged_graph_is_refused(fault: str) -> None:
    speeds = {mode: (np.ones(1), np.ones(1)) for mode in Mode}
    end, km = (5, 1.0) if fault == "node" else (1, np.nan)
    with pytest.raises(InvalidInput, match="damaged"):
        RoadGraph(np.zeros(2), np.zeros(2), Stretches(np.array([0]), np.array([end]), np.array([km]), speeds), "x")


@given(st.integers(0, 2**32 - 1), st.floats(1, 40), st.booleans())
@settings(deadline=None, max_examples=40)
def test_equal_to_scipy_on_any_graph(seed: int, limit: float, one_way: bool) -> None:
    rng = np.random.default_rng(seed)
    nodes = [(float(50.9 + rng.uniform(0, 0.05)), float(4 + rng.uniform(0, 0.05))) for _ in range(30)]
    links = [(int(a), int(b), float(rng.uniform(0.1, 3))) for a, b in rng.integers(0, 30, (50, 2)) if a != b]
    graph = make_graph(nodes, links, one_way)
    stops = graph.net(Mode.CAR).stops
    ends = Places(graph.lats[stops], graph.lons[stops])
    found = Roads(graph).between(ends, ends, mode=Mode.CAR, limit=limit).cost
    lengths: dict[tuple[int, int], float] = {}
    for a, b, km in links:
        for pair in ((a, b),) if one_way else ((a, b), (b, a)):
            lengths[pair] = min(lengths.get(pair, np.inf), km * 2)
    table = np.zeros((30, 30))
    for (a, b), minutes in lengths.items():
        table[a, b] = minutes
    true = dijkstra(sparse.csr_matrix(table), directed=True, indices=stops)[:, stops]
    dense = np.full(true.shape, np.inf)
    stored = found.tocoo()
    dense[stored.row, stored.col] = stored.data
    within = true <= limit - 1e-6
    assert dense[within] == pytest.approx(true[within], abs=1e-6)
    assert np.isinf(dense[true > limit + 1e-6]).all()


def scattered(seed: int, count: int) -> tuple[RoadGraph, Places]:
    """Many nodes numbered at random, each with a road to a few that lie near; and they themselves as places."""
    rng = np.random.default_rng(seed)
    points = np.column_stack([rng.uniform(50.8, 51.0, count), rng.uniform(4.0, 4.3, count)])
    _, near = cKDTree(points).query(points, k=9)
    links = [(a, int(b), float(rng.uniform(0.1, 3))) for a, row in enumerate(near) for b in row[1:]]
    graph = make_graph([(float(lat), float(lon)) for lat, lon in points], links, one_way=True)
    stops = graph.net(Mode.CAR).stops
    return graph, Places(graph.lats[stops], graph.lons[stops])


def test_equal_to_scipy_when_one_site_reaches_thousands_of_nodes() -> None:
    graph, ends = scattered(7, 4000)
    sites = Places(ends.lats[:20], ends.lons[:20])
    found = Roads(graph).between(ends, sites, mode=Mode.CAR, limit=1e4).cost.toarray()
    net = graph.net(Mode.CAR)
    against = sparse.csr_matrix((net.minutes, net.source.astype(np.int32), net.pointer), shape=(4000, 4000))
    true = dijkstra(against, directed=True, indices=net.stops[:20])[:, net.stops].T
    assert ends.lats.size > 3900
    assert np.isfinite(true).all()
    assert found == pytest.approx(true, abs=1e-6)


def test_the_order_of_the_sites_is_that_of_the_columns_and_changes_no_minute() -> None:
    graph, ends = scattered(11, 400)
    mixed = np.random.default_rng(2).permutation(ends.lats.size)
    plain = Roads(graph).between(ends, ends, mode=Mode.CAR, limit=20).cost.toarray()
    other = Roads(graph).between(ends, Places(ends.lats[mixed], ends.lons[mixed]), mode=Mode.CAR, limit=20).cost
    assert (other.toarray() == plain[:, mixed]).all()
    assert 0 < other.nnz < plain.size


def test_a_junction_of_very_many_roads_and_roads_of_any_length() -> None:
    """3,000 roads meet: the last one is a thousand times as long as the others, the first has no length."""
    around = [(50.90, 4.0)] + [(50.90 + 1e-4 * (spoke + 1), 4.1) for spoke in range(3000)]
    links = [(0, spoke, 1.0) for spoke in range(2, 3000)] + [(0, 1, 0.0), (0, 3000, 1000.0)]
    graph = make_graph(around, links)
    ends = Places(graph.lats, graph.lons)
    minutes = Roads(graph).between(Places(ends.lats[:1], ends.lons[:1]), ends, mode=Mode.CAR, limit=3000).cost
    assert minutes.toarray()[0] == pytest.approx(np.array([0.0, 0.0, *[2.0] * 2998, 2000.0]), abs=1e-6)


def test_a_map_without_any_road_reaches_nobody() -> None:
    none = np.zeros(0)
    empty = Stretches(none.astype(int), none.astype(int), none, dict.fromkeys(Mode, (none, none)))
    travel = Roads(RoadGraph(none, none, empty, "x")).between(
        Places.at([50.9], [4.0]), Places.at([50.9], [4.0]), mode=Mode.CAR, limit=10
    )
    assert travel.cost.nnz == 0
    assert travel.off_network.tolist() == travel.sites_off_network.tolist() == [0]


def test_minutes_never_grow_when_a_road_is_added() -> None:
    rng = np.random.default_rng(3)
    nodes = [(float(50.9 + rng.uniform(0, 0.03)), float(4 + rng.uniform(0, 0.03))) for _ in range(25)]
    links: list[Link] = [(a, (a + 1) % 25, float(rng.uniform(0.5, 3))) for a in range(25)]
    ends = Places.at(*zip(*nodes, strict=True))
    before = Roads(make_graph(nodes, links)).between(ends, ends, mode=Mode.WALK, limit=1e4).cost.toarray()
    after = Roads(make_graph(nodes, [*links, (3, 17, 0.4)])).between(ends, ends, mode=Mode.WALK, limit=1e4).cost
    assert (after.toarray() <= before + 1e-9).all()
    assert (after.toarray() < before - 1e-9).any()


def test_the_pace_of_the_estimate_is_in_the_fingerprint() -> None:
    assert "test" in Roads(LINE).fingerprint
    assert f"{PACES[Mode.CAR].speed_kmh:g}" in Roads(LINE).fingerprint
