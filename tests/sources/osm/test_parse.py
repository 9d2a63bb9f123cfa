"""From a file to a graph: junctions, long roads, directions, pieces that are missing, and files that are no good."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from schakel.core.errors import InvalidInput
from schakel.core.geography.travel import Mode, Places, Roads
from schakel.sources.osm import Bounds, DamagedRoads, parse_roads, read_roads, write_roads
from tests.sources.osm.extracts import HIGHWAY, place, write_extract

CROSS = {1: (0, 0), 2: (0, 1), 3: (0, 2), 4: (1, 1), 5: (0, 5)}


@pytest.mark.parametrize("form", ["roads.osm", "roads.osm.pbf"])
def test_ways_are_cut_where_they_meet(tmp_path: Path, form: str) -> None:
    file = write_extract(tmp_path / form, CROSS, [([1, 2, 3], HIGHWAY), ([2, 4], HIGHWAY)])
    graph = parse_roads(file).graph
    assert graph.lats.size == 4
    assert graph.stretches.km.size == 3
    assert sorted(graph.stretches.km)[-1] == pytest.approx(0.1112, abs=1e-4)  # a thousandth of a degree north


def test_a_bend_is_no_node_but_its_length_counts(tmp_path: Path) -> None:
    file = write_extract(tmp_path / "r.osm", {1: (0, 0), 2: (1, 0), 3: (1, 1)}, [([1, 2, 3], HIGHWAY)])
    graph = parse_roads(file).graph
    assert graph.stretches.km.size == 1
    assert graph.stretches.km[0] == pytest.approx(0.1112 + 0.0701, abs=1e-3)


def test_nodes_are_numbered_by_where_they_lie(tmp_path: Path) -> None:
    """Streets of 20 by 20 crossings whose numbers in the file are drawn by lot: neighbours are numbered close by."""
    number = np.random.default_rng(1).permutation(400).reshape(20, 20) + 1
    nodes = {int(number[row, column]): (row, column) for row in range(20) for column in range(20)}
    ways = [([int(ref) for ref in line], HIGHWAY) for line in (*number, *number.T)]
    stretches = parse_roads(write_extract(tmp_path / "r.osm", nodes, ways)).graph.stretches
    assert np.abs(stretches.end - stretches.start).mean() < 400 / 8  # by lot: a third of 400
    assert stretches.km == pytest.approx(np.where(stretches.km > 0.09, 0.1112, 0.0701), abs=1e-3)


def test_a_long_road_gets_nodes_in_between(tmp_path: Path) -> None:
    nodes = {number: (number, 0) for number in range(20)}  # 2.1 km with a node every 111 m
    graph = parse_roads(write_extract(tmp_path / "r.osm", nodes, [(list(range(20)), HIGHWAY)])).graph
    assert graph.stretches.km.sum() == pytest.approx(19 * 0.1112, abs=1e-2)
    assert graph.stretches.km.max() < 0.5  # a quarter of a kilometre, give or take one bend
    assert 4 < graph.stretches.km.size < 12


def test_one_way_streets_lead_one_way(tmp_path: Path) -> None:
    """A square of one-way streets: the next corner is one side away, the one before it three."""
    nodes = {1: (0, 0), 2: (10, 0), 3: (10, 10), 4: (0, 10)}
    tags = {"highway": "residential", "oneway": "yes"}
    file = write_extract(tmp_path / "r.osm", nodes, [([1, 2], tags), ([2, 3], tags), ([3, 4], tags), ([4, 1], tags)])
    roads = Roads(parse_roads(file).graph)
    corners = Places.at(*zip(*(place(*nodes[number]) for number in (1, 2)), strict=True))
    car = roads.between(corners, corners, mode=Mode.CAR, limit=60).cost.toarray()
    assert car[0, 1] < car[1, 0]
    walk = roads.between(corners, corners, mode=Mode.WALK, limit=60).cost.toarray()
    assert walk[0, 1] == pytest.approx(walk[1, 0])
    assert walk[0, 1] == pytest.approx(1.112 / 5 * 60, abs=0.01)


def test_a_bollard_stops_cars_and_nobody_else(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (2, 0), 3: (4, 0), 4: (6, 0), 5: (8, 0)}
    file = write_extract(tmp_path / "r.osm", nodes, [([1, 2, 3, 4, 5], HIGHWAY)], {3: {"barrier": "bollard"}})
    roads = Roads(parse_roads(file).graph)
    here, there = Places.at(*zip(place(0, 0), strict=True)), Places.at(*zip(place(8, 0), strict=True))
    assert roads.between(here, there, mode=Mode.CAR, limit=60).cost.nnz == 0
    assert roads.between(here, there, mode=Mode.CYCLE, limit=60).cost.nnz == 1


def test_only_roads_within_the_bounds_are_kept(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (0, 1), 3: (500, 0), 4: (500, 1)}
    file = write_extract(tmp_path / "r.osm", nodes, [([1, 2], HIGHWAY), ([3, 4], HIGHWAY)])
    assert parse_roads(file, bounds=Bounds(50.8, 3.9, 51.0, 4.1)).graph.stretches.km.size == 1
    with pytest.raises(InvalidInput, match="geen enkele weg die in of bij deze regio ligt"):
        parse_roads(file, bounds=Bounds(49.0, 3.9, 49.1, 4.1))


def test_a_piece_whose_nodes_are_missing_is_left_out(tmp_path: Path) -> None:
    file = write_extract(tmp_path / "r.osm", {1: (0, 0), 2: (0, 1), 4: (0, 3), 5: (0, 4)}, [([1, 2, 3, 4, 5], HIGHWAY)])
    graph = parse_roads(file).graph
    assert graph.stretches.km.size == 2
    assert graph.stretches.km.max() < 0.1


def test_stops_are_found(tmp_path: Path) -> None:
    tags = {3: {"highway": "bus_stop"}, 5: {"railway": "halt", "name": "Ergens"}, 1: {"highway": "crossing"}}
    parsed = parse_roads(write_extract(tmp_path / "r.osm", CROSS, [([1, 2, 3], HIGHWAY)], tags))
    assert sorted(parsed.stop_lons) == pytest.approx([place(0, 2)[1], place(0, 5)[1]])
    assert parsed.stop_lats == pytest.approx(place(0, 0)[0])


def test_files_that_are_no_good_are_refused_plainly(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="bestaat niet"):
        parse_roads(tmp_path / "weg.osm.pbf")
    text = tmp_path / "tekst.osm.pbf"
    text.write_text("geen kaart", encoding="utf-8")
    with pytest.raises(InvalidInput, match="geen leesbaar OpenStreetMap-bestand"):
        parse_roads(text)
    whole = write_extract(tmp_path / "heel.osm.pbf", CROSS, [([1, 2, 3], HIGHWAY)])
    half = tmp_path / "half.osm.pbf"
    half.write_bytes(whole.read_bytes()[:-20])
    with pytest.raises(InvalidInput, match="afgebroken"):
        parse_roads(half)
    other = tmp_path / "kaart.txt"
    other.write_text("x", encoding="utf-8")
    with pytest.raises(InvalidInput, match="geen leesbaar"):
        parse_roads(other)
    empty = write_extract(tmp_path / "leeg.osm", CROSS, [([1, 2], {"waterway": "river"})])
    with pytest.raises(InvalidInput, match="geen enkele weg"):
        parse_roads(empty)


def test_kept_roads_give_the_same_graph(tmp_path: Path) -> None:
    parsed = parse_roads(write_extract(tmp_path / "r.osm.pbf", CROSS, [([1, 2, 3], HIGHWAY), ([2, 4], HIGHWAY)]))
    file = tmp_path / "map" / "roads.npz"
    assert read_roads(file) is None
    write_roads(file, parsed, read_on="2026-11-25", file="r.osm.pbf")
    kept = read_roads(file)
    assert kept is not None
    assert (kept.graph.fingerprint, kept.read_on, kept.file) == (parsed.graph.fingerprint, "2026-11-25", "r.osm.pbf")
    assert np.allclose(kept.graph.lats, parsed.graph.lats, atol=1e-7)
    assert np.allclose(kept.graph.stretches.km, parsed.graph.stretches.km, atol=1e-6)
    for mode in Mode:
        for ours, theirs in zip(kept.graph.stretches.speeds[mode], parsed.graph.stretches.speeds[mode], strict=True):
            assert np.array_equal(ours, np.round(theirs))
    assert list(file.parent.iterdir()) == [file]


def test_another_file_has_another_fingerprint(tmp_path: Path) -> None:
    one = parse_roads(write_extract(tmp_path / "a.osm", CROSS, [([1, 2, 3], HIGHWAY)]))
    same = parse_roads(write_extract(tmp_path / "b.osm", CROSS, [([1, 2, 3], HIGHWAY)]))
    other = parse_roads(write_extract(tmp_path / "c.osm", CROSS, [([1, 2], HIGHWAY)]))
    clipped = parse_roads(tmp_path / "a.osm", bounds=Bounds(50, 3, 52, 5))
    assert one.graph.fingerprint == same.graph.fingerprint
    assert len({one.graph.fingerprint, other.graph.fingerprint, clipped.graph.fingerprint}) == 3


@pytest.mark.parametrize("damage", ["cut", "flipped", "text", "empty"])
def test_a_damaged_file_is_refused_with_what_to_do(tmp_path: Path, damage: str) -> None:
    parsed = parse_roads(write_extract(tmp_path / "r.osm", CROSS, [([1, 2, 3], HIGHWAY)]))
    file = tmp_path / "roads.npz"
    write_roads(file, parsed, read_on="2026-11-25", file="r.osm")
    whole = file.read_bytes()
    middle = len(whole) // 2
    flipped = whole[: middle - 20] + bytes(byte ^ 255 for byte in whole[middle - 20 : middle + 20])
    changed = {"cut": whole[:middle], "flipped": flipped + whole[middle + 20 :], "text": b"geen kaart", "empty": b""}
    file.write_bytes(changed[damage])
    with pytest.raises(DamagedRoads, match="schakel load osm"):
        read_roads(file)
