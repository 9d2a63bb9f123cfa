"""Loading roads: what is kept, what stays when it fails, and which travel times are used from then on."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from schakel.analyses.travel import known_travel, travel_time
from schakel.cli import main
from schakel.core.errors import InvalidInput
from schakel.core.geography.travel import Basis, Mode, Places
from schakel.ingest.roads import load_roads
from schakel.operations.check import run_checks
from schakel.register import read
from tests.pages.loaded import KLEIN, load_klein
from tests.sources.osm.extracts import HIGHWAY, STEP, write_extract

pytestmark = pytest.mark.django_db
assert KLEIN.is_dir()


@pytest.fixture
def roads(settings: Settings, tmp_path: Path) -> Path:
    settings.SEARCH_INDEX_FOLDER = tmp_path / "search"
    settings.ROADS_FILE = tmp_path / "roads" / "roads.npz"
    return tmp_path / "roads" / "roads.npz"


@pytest.fixture
def extract(roads: Path, tmp_path: Path) -> Path:
    """A road that starts at the first locality of the region and goes a kilometre north."""
    load_klein()
    point = next(row.point for row in read.list_localities() if row.point is not None)
    row, column = (point.lat - 50.90) / STEP, (point.lon - 4.00) / STEP
    nodes = {1: (row, column), 2: (row + 5, column), 3: (row + 10, column)}
    return write_extract(tmp_path / "streek.osm.pbf", nodes, [([1, 2, 3], HIGHWAY)], {3: {"highway": "bus_stop"}})


def test_without_roads_times_are_an_estimate(roads: Path) -> None:
    known = known_travel()
    assert (known.times.basis, known.problem, known.stops) == (Basis.ESTIMATE, "", None)


def test_loaded_roads_are_used_at_once(extract: Path) -> None:
    done = load_roads(extract)
    assert (done.nodes, done.stops) == (3, 1)
    assert done.km[Mode.CAR] == pytest.approx(1.112, abs=1e-2)
    known = known_travel()
    assert (known.times.basis, known.file) == (Basis.ROADS, "streek.osm.pbf")
    assert known.stops is not None
    assert len(known.stops) == 1
    ends = Places(*(part[[0, 2]] for part in (known.times.graph.lats, known.times.graph.lons)))  # type: ignore[attr-defined]
    minutes = known.times.between(ends, ends, mode=Mode.WALK, limit=60).cost
    assert minutes[0, 1] == pytest.approx(1.112 / 5 * 60, abs=0.1)


def test_a_file_that_is_no_good_leaves_what_was_loaded(extract: Path, roads: Path, tmp_path: Path) -> None:
    load_roads(extract)
    before = roads.read_bytes()
    bad = tmp_path / "slecht.osm.pbf"
    bad.write_bytes(b"geen kaart")
    with pytest.raises(InvalidInput, match="geen leesbaar"):
        load_roads(bad)
    assert roads.read_bytes() == before
    assert travel_time().basis == Basis.ROADS


def test_damaged_roads_fall_back_to_the_estimate_and_say_so(extract: Path, roads: Path) -> None:
    load_roads(extract)
    roads.write_bytes(roads.read_bytes()[:-100])
    known = known_travel()
    assert known.times.basis == Basis.ESTIMATE
    assert "schakel load osm" in known.problem
    finding = {finding.title: finding for finding in run_checks()}["Wegen"]
    assert not finding.ok
    assert "schakel load osm" in finding.remedy


def test_roads_need_a_region_first(roads: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="nog geen regio"):
        load_roads(write_extract(tmp_path / "r.osm", {1: (0, 0), 2: (0, 1)}, [([1, 2], HIGHWAY)]))


def test_the_command_says_what_it_kept_and_refuses_plainly(
    extract: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCHAKEL_DATA", str(tmp_path / "data"))
    assert main(["load", "osm", str(extract)]) == 0
    assert "1 haltes en stations" in capsys.readouterr().out
    assert main(["load", "osm", str(tmp_path / "nergens.osm.pbf")]) == 2
    assert "bestaat niet" in capsys.readouterr().err
