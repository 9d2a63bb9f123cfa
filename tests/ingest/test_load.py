"""Loading a pack: all or nothing, once, and one at a time."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from pathlib import Path

import pytest

from schakel.ingest.load import PACK_SOURCE, load_region_pack
from schakel.ingest.lock import LoadBusy, hold_load_lock
from schakel.register import read
from schakel.sources.region_pack import PackFaults
from schakel.sources.synthetic import write_synthetic_pack
from tests.ingest.content import register_content, register_sizes
from tests.ingest.loading import start_load
from tests.sources.region_pack.packs import KLEIN


@pytest.fixture
def klein(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KLEIN, tmp_path / "klein"))


def _spoil(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.django_db
def test_load_fills_the_register_and_tells_how_far_it_is(klein: Path) -> None:
    told: list[tuple[str, int, int]] = []
    summary = load_region_pack(klein, progress=lambda what, done, total: told.append((what, done, total)))
    assert summary.changed
    region = read.region()
    assert region is not None
    assert (region.slug, region.synthetic) == ("voorbeeldstreek", True)
    assert read.get_organisation("voorbeeld-strijkerij") is not None
    assert told[0] == ("regiopakket nakijken", 0, 0)
    assert all(0 <= done <= total for _, done, total in told)
    assert read.get_run(summary.run_id) is not None
    assert PACK_SOURCE in {source.key for source in read.list_sources()}


@pytest.mark.slow
@pytest.mark.django_db
def test_load_of_the_same_pack_again_changes_nothing(klein: Path) -> None:
    load_region_pack(klein)
    before = register_content()
    assert not load_region_pack(klein).changed
    assert register_content() == before


@pytest.mark.slow
@pytest.mark.django_db
def test_faulty_pack_loads_nothing_and_lists_every_fault(klein: Path) -> None:
    load_region_pack(klein)
    before = register_content()
    _spoil(klein, "offers.csv", "bicycle_repair", "fietsen")
    _spoil(klein, "organisations.csv", "0999.000.129", "0999.000.128")
    _spoil(klein, "organisations.csv", "Voorbeeld Groen,", "Voorbeeld Ander Groen,")
    with pytest.raises(PackFaults) as refusal:
        load_region_pack(klein)
    assert {(fault.file, fault.column) for fault in refusal.value.faults} == {
        ("offers.csv", "service"),
        ("organisations.csv", "ondernemingsnummer"),
    }
    assert register_content() == before


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_load_while_another_is_busy_waits_and_then_says_so(klein: Path) -> None:
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        from django.db import connection

        with hold_load_lock(wait_seconds=0):
            held.set()
            done.wait(30)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    told: list[str] = []
    try:
        assert held.wait(30)
        with pytest.raises(LoadBusy, match="Er loopt al een lading"):
            load_region_pack(klein, wait_seconds=0.3, progress=lambda what, *_: told.append(what))
    finally:
        done.set()
        other.join()
    assert told == ["regiopakket nakijken", "wachten op een andere lading"]
    assert read.region() is None
    assert load_region_pack(klein, wait_seconds=0).changed  # the lock was let go


@pytest.mark.slow
@pytest.mark.django_db
def test_lock_is_let_go_after_an_error(klein: Path) -> None:
    with pytest.raises(ZeroDivisionError), hold_load_lock(wait_seconds=0):
        raise ZeroDivisionError
    with hold_load_lock(wait_seconds=0):
        pass


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_loads_started_at_once_double_nothing(klein: Path, tmp_path: Path) -> None:
    write_synthetic_pack(tmp_path / "pack", organisations=150, base=klein)
    loads = [start_load(tmp_path / "pack") for _ in range(2)]
    ends = [load.communicate(timeout=300) for load in loads]
    assert [load.returncode for load in loads] == [0, 0], ends
    changed = sorted(out.strip().splitlines()[-1].split("|")[1] for out, _ in ends)
    assert changed == ["0", "1"]
    sizes = register_sizes()
    assert sizes["Organisation"] == 150
    assert sizes["Run"] == 1
    assert not load_region_pack(tmp_path / "pack").changed
    assert register_sizes() == sizes


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["uitspraken opslaan", "gegevens samenvoegen"])
def test_load_killed_half_way_leaves_what_stood(klein: Path, tmp_path: Path, step: str) -> None:
    """kill -9 while rows are being written: the register holds to the letter what it held, and can be loaded again."""
    small, large = tmp_path / "small", tmp_path / "large"
    write_synthetic_pack(small, organisations=20, base=klein)
    write_synthetic_pack(large, organisations=2500, seed=2, base=klein)
    load_region_pack(small)
    before = register_content()

    load = start_load(large)
    assert load.stdout is not None
    seen = []
    for line in load.stdout:
        what, done, total = line.rstrip().split("|")
        seen.append(line)
        if what == step and 0 < int(done) < int(total):
            break
    else:
        pytest.fail(f"the load ended before it could be killed: {seen}")
    os.kill(load.pid, signal.SIGKILL)
    load.communicate()
    assert load.returncode == -signal.SIGKILL

    assert register_content() == before
    assert load_region_pack(small, wait_seconds=20).changed is False
    assert register_content() == before
