"""What is due is done once, a missed day is caught up, and tasks of dead workers come back."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from schakel.analyses import read as grids
from schakel.operations import stale
from schakel.operations import tick as tick_module
from schakel.operations.models import JobMark
from schakel.operations.schedule import Daily, due
from schakel.operations.stale import WorkerLock, is_alive, reclaim
from schakel.operations.tick import run_daily, tick
from schakel.register import read, write
from schakel.register.models import Run
from schakel.sources.region_pack import read_pack

NIGHT = Daily(3, 10)
KLEIN = Path(__file__).resolve().parent.parent / "fixtures" / "packs" / "klein"


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "done_for", "expected"),
    [
        (_at(23, 3, 10), None, _at(23, 3, 10)),  # never done: at once, and exactly on the moment
        (_at(23, 3, 9), _at(22, 3, 10), None),  # a minute too early
        (_at(23, 3, 10), _at(22, 3, 10), _at(23, 3, 10)),
        (_at(23, 15), _at(23, 3, 10), None),  # done this morning
        (_at(27, 15), _at(23, 3, 10), _at(27, 3, 10)),  # three days missed: once, for the latest
    ],
)
def test_work_is_due(now: datetime, done_for: datetime | None, expected: datetime | None) -> None:
    assert due(NIGHT, now, done_for) == expected


@given(st.lists(st.integers(0, 60 * 24 * 10), max_size=40))
def test_each_moment_is_done_at_most_once_and_the_last_is_never_missed(minutes: list[int]) -> None:
    start = _at(1, 0)
    done: list[datetime] = []
    for minute in sorted(minutes):
        slot = due(NIGHT, start + timedelta(minutes=minute), done[-1] if done else None)
        if slot is not None:
            done.append(slot)
    assert len(done) == len(set(done))
    assert done == sorted(done)
    if minutes:  # slow twin: look at every minute
        last = start + timedelta(minutes=max(minutes))
        while (last.hour, last.minute) != (3, 10):
            last -= timedelta(minutes=1)
        assert done[-1] == last


@pytest.mark.django_db
def test_daily_job_runs_once_a_day_whoever_ticks() -> None:
    ran: list[str] = []

    def action(moment: datetime) -> str:
        ran.append("x")
        return "gedaan"

    assert run_daily("proef", NIGHT, action, _at(23, 12)) == "gedaan"
    assert run_daily("proef", NIGHT, action, _at(23, 13)) is None
    assert run_daily("proef", NIGHT, action, _at(24, 12)) == "gedaan"
    assert len(ran) == 2


@pytest.fixture
def no_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tick_module.EVERY_TICK, "index", lambda: "niets")


@pytest.mark.django_db
@pytest.mark.usefixtures("no_index")
def test_job_that_fails_is_tried_again_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(moment: datetime) -> str:
        raise RuntimeError("kapot")

    monkeypatch.setitem(tick_module.DAILY, "retention", (NIGHT, broken))
    results = {result.key: result for result in tick(_at(23, 12))}
    assert results["retention"].failed
    assert not results["finished_tasks"].failed
    assert JobMark.objects.get(key="retention").done_for is None
    again = {result.key: result for result in tick(_at(23, 13))}
    assert again["retention"].failed
    assert "finished_tasks" not in again


@pytest.mark.django_db
@pytest.mark.usefixtures("no_index")
def test_tick_removes_what_expired() -> None:
    Session.objects.create(session_key="oud", session_data="", expire_date=timezone.now() - timedelta(days=1))
    Session.objects.create(session_key="nieuw", session_data="", expire_date=timezone.now() + timedelta(days=1))
    _task("SUCCESSFUL", finished_at=timezone.now() - timedelta(days=31))
    _task("SUCCESSFUL", finished_at=timezone.now() - timedelta(days=29))
    tick()
    assert [session.session_key for session in Session.objects.all()] == ["nieuw"]
    assert DBTaskResult.objects.count() == 1


def _task(status: str, **fields: Any) -> DBTaskResult:
    values = {
        "args_kwargs": {"args": [], "kwargs": {}},
        "task_path": "tests.operations.test_tick.nothing",
        "backend_name": "default",
        "run_after": timezone.now(),
        "exception_class_path": "",
        "traceback": "",
    }
    return DBTaskResult.objects.create(status=status, **(values | fields))


def _running(*worker_ids: str) -> DBTaskResult:
    return _task("RUNNING", worker_ids=list(worker_ids), started_at=timezone.now())


@pytest.mark.django_db
def test_task_of_a_dead_worker_is_ready_again(tmp_path: Path) -> None:
    lock = WorkerLock(tmp_path).hold()
    task = _running(lock.worker_id)
    assert reclaim(tmp_path) == (0, 0)
    task.refresh_from_db()
    assert task.status == "RUNNING"
    lock.release()
    assert reclaim(tmp_path) == (1, 0)
    task.refresh_from_db()
    assert (task.status, task.started_at) == ("READY", None)


@pytest.mark.django_db
def test_task_that_kills_its_workers_is_given_up(tmp_path: Path) -> None:
    task = _running(*[f"{stale._host()}-{number}" for number in range(stale.MOST_ATTEMPTS)])
    assert reclaim(tmp_path) == (0, 1)
    task.refresh_from_db()
    assert task.status == "FAILED"


@pytest.mark.django_db
def test_task_of_another_machine_is_left_alone_for_a_day(tmp_path: Path) -> None:
    task = _running("elders-0123456789abcdef")
    assert reclaim(tmp_path) == (0, 0)
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=25))
    assert reclaim(tmp_path) == (1, 0)
    task.refresh_from_db()
    assert task.status == "READY"


@pytest.mark.slow
def test_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; import django; django.setup();"
        "from schakel.operations.stale import WorkerLock; lock = WorkerLock(Path(sys.argv[1])).hold();"
        "print(lock.worker_id, flush=True); time.sleep(60)"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=environment
    )
    try:
        assert process.stdout is not None
        worker_id = process.stdout.readline().strip()
        assert is_alive(worker_id, tmp_path)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)
        assert process.stdout is not None
        process.stdout.close()
    assert not is_alive(worker_id, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_schedule_uses_the_clock_on_the_wall() -> None:
    """The night that has 02:00 to 03:00 twice has 03:10 once."""
    from zoneinfo import ZoneInfo

    brussels = ZoneInfo("Europe/Brussels")
    before = datetime(2026, 10, 25, 2, 30, tzinfo=brussels, fold=1)
    assert due(NIGHT, before, datetime(2026, 10, 24, 3, 10, tzinfo=brussels)) is None
    after = datetime(2026, 10, 25, 3, 10, tzinfo=brussels)
    assert due(NIGHT, after, datetime(2026, 10, 24, 3, 10, tzinfo=brussels)) == after


nothing = SimpleNamespace()


def _region_in_which_a_member_joins(folder: Path) -> None:
    """Loaded on 23 November; a third municipality joins the cluster on 1 December."""
    shutil.copytree(KLEIN, folder)
    members = folder / "cluster_members.csv"
    text = members.read_text(encoding="utf-8").replace("participant,2018,2022-12-31", "participant,2026-12-01,")
    members.write_text(text, encoding="utf-8")
    write.load_pack(read_pack(folder), source_key="klein", version="test", now=_at(23, 9))
    Run.objects.update(finished_at=_at(23, 9))


def _reach() -> frozenset[str]:
    record = read.get_organisation("voorbeeld-groen")
    assert record is not None
    return next(offer.area.nis_codes for offer in record.offers if offer.service == "cemetery_maintenance")


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("no_index")
def test_areas_follow_a_cluster_on_the_day_a_municipality_joins(tmp_path: Path) -> None:
    _region_in_which_a_member_joins(tmp_path / "pack")
    assert _reach() == {"45041", "45059"}
    tick(_at(24, 12))
    assert (_reach(), read.revision()) == ({"45041", "45059"}, 1)
    joined = datetime(2026, 12, 3, 12, tzinfo=UTC)  # the first two days nothing ran
    (result,) = [result for result in tick(joined) if result.key == "memberships"]
    assert "opnieuw bepaald" in result.words
    assert (_reach(), read.revision()) == ({"45041", "45059", "45060"}, 2)
    tick(joined + timedelta(days=1))
    assert read.revision() == 2


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("no_index")
def test_first_tick_long_after_the_load_catches_up(tmp_path: Path) -> None:
    _region_in_which_a_member_joins(tmp_path / "pack")
    tick(datetime(2027, 1, 5, 12, tzinfo=UTC))
    assert _reach() == {"45041", "45059", "45060"}


@pytest.mark.slow
@pytest.mark.django_db
def test_blind_spots_are_worked_out_again_when_the_register_changed_and_once_a_day() -> None:
    grids.forget()
    write.load_pack(read_pack(KLEIN), source_key="klein", version="test", now=_at(20, 9))
    words = {result.key: result.words for result in tick(_at(25, 9))}
    assert words["blind_spots"] == f"blinde vlekken opnieuw bepaald: analyse {grids.shown_run()}"
    assert "blind_spots" not in {result.key for result in tick(_at(25, 9, 1))}
    write.state_negative(
        "45059", "childcare", searched_by="gemeente", method="gebeld", searched_on="2026-11-25", author=None
    )
    assert "blind_spots" in {result.key for result in tick(_at(25, 9, 2))}
    shown = grids.shown_run()
    tick(_at(26, 9))  # another day: looked at again, nothing different
    assert grids.shown_run() == shown
