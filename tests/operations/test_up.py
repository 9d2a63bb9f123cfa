"""`schakel up` as it is run: ready, stopped, killed, started again. Real processes, bounded in time."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from tests.once import once
from tests.operations.test_cli import run

# Each `schakel up` here brings its own SQLite, whatever database the suite runs on: one run of them is enough.
pytestmark = [pytest.mark.slow, pytest.mark.embedded]
KLEIN = Path(__file__).resolve().parent.parent / "fixtures" / "packs" / "klein"
PATIENCE_SECONDS = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Up:
    """One running `schakel up` (or another `command`), in its own process group, with what it printed."""

    def __init__(self, data: Path, port: int, command: tuple[str, ...] = (), **environment: str) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("SCHAKEL_", "DJANGO_"))}
        served = ("up", "--port", str(port), "--region", str(KLEIN))
        self.url = f"http://127.0.0.1:{port}"
        self.output = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "schakel", "--data", str(data), *(command or served)],
            env=clean | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.output += line

    def wait_for(self, words: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while words not in self.output:
            assert self.process.poll() is None, self.output
            assert time.monotonic() < deadline, self.output
            time.sleep(0.02)

    def family(self) -> list[psutil.Process]:
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def end(self, number: signal.Signals, *, group: bool = False) -> int:
        """Send a signal and wait; returns the exit status."""
        if group:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)
        status = self.process.wait(timeout=PATIENCE_SECONDS)
        self._reader.join(timeout=PATIENCE_SECONDS)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status

    def clear(self) -> None:
        """Leave nothing behind, however the test went."""
        for process in (self.family() if self.process.poll() is None else [])[::-1]:
            process.kill()
        self.process.wait(timeout=PATIENCE_SECONDS)
        self._reader.join(timeout=PATIENCE_SECONDS)
        if self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture
def started() -> Iterator[list[Up]]:
    """Everything a test starts here is gone after it."""
    ups: list[Up] = []
    yield ups
    for up in ups:
        up.clear()


def start(started: list[Up], data: Path, port: int, **environment: str) -> Up:
    up = Up(data, port, **environment)
    started.append(up)
    return up


def healthy(up: Up) -> dict[str, object]:
    response = httpx.get(f"{up.url}/gezondheid", timeout=30)
    assert response.status_code == 200, response.text
    return response.json()  # type: ignore[no-any-return]


def whole(up: Up) -> list[psutil.Process]:
    """All its processes: the one that was started, two web workers and the background process."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(up.family()) < 4 and time.monotonic() < deadline:
        time.sleep(0.1)
    family = up.family()
    assert len(family) == 4
    return family


def gone(processes: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=15)
    return not alive


def assert_log_is_discreet(file: Path, link: str) -> None:
    """Paths are in it; no words of a search, no address of a visitor, no working link."""
    text = file.read_text(encoding="utf-8")
    paths = [json.loads(line).get("path") for line in text.splitlines()]
    assert "/api/v1/organisations" in paths
    assert "/beginnen/…" in paths
    assert "strijk" not in text
    assert "127.0.0.1" not in text
    assert link.rsplit("/", 1)[1] not in text


@dataclass(frozen=True, slots=True)
class First:
    """What one first start showed, from an empty folder to Ctrl-C, and the data folder it left."""

    folder: Path
    backup: Path
    output: str
    health: dict[str, object]
    found: int
    link_status: int
    told: dict[str, object]
    largest_mb: float
    status: int
    nothing_left: bool


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> First:
    """The one first start that all tests of this module share: it is the slow part."""
    return once(tmp_path_factory, "first", start_for_the_first_time)


def start_for_the_first_time(folder: Path) -> First:
    """Start in an empty folder, look and back up, then stop with Ctrl-C."""
    up = Up(folder / "d", free_port())
    try:
        up.wait_for("Schakel staat klaar")
        health = healthy(up)
        answer = httpx.get(f"{up.url}/api/v1/organisations", params={"q": "strijk in Ronse"}, timeout=30).json()
        link = re.search(r"http://\S+/beginnen/\S+", up.output)
        assert link is not None
        link_status = httpx.get(link.group(), timeout=30).status_code
        assert_log_is_discreet(folder / "d" / "log" / "schakel.jsonl", link.group())
        told = dump(up)
        made = run("backup", "--data", str(folder / "d"), "--out", str(folder / "b.zip"))
        assert made.returncode == 0, made.stderr
        family = whole(up)
        largest = max(process.memory_info().rss for process in family) / 1024**2
        status = up.end(signal.SIGINT, group=True)
        left = not gone(family)
    finally:
        up.clear()
    return First(
        folder / "d",
        folder / "b.zip",
        up.output,
        health,
        answer["count"],
        link_status,
        told,
        largest,
        status,
        not left,
    )


@pytest.fixture
def ready(first: First, tmp_path: Path) -> Path:
    """A data folder of its own in which everything was prepared before."""
    shutil.copytree(first.folder, tmp_path / "d")
    return tmp_path / "d"


def give_static_files(first: First, folder: Path) -> None:
    """The style sheets and scripts of the first start: to compress them takes half of a start."""
    shutil.copytree(first.folder / "static", folder / "static")
    shutil.copy(first.folder / "static-fingerprint", folder)


def test_first_start_serves_the_region_and_stops_cleanly(first: First) -> None:
    assert "6/6 Aanmelden" in first.output
    # Two writes: the region, and the cantons behind the maps. The latter count too, since pages name their source.
    assert first.health == {"status": "ok", "database": "ok", "index": "fresh", "revision": 2, "version": "0.1.0"}
    assert first.found == 1
    assert first.link_status == 200
    assert first.largest_mb < 200
    assert first.status == 0
    assert first.nothing_left
    assert "Traceback" not in first.output
    assert first.output.count("Schakel is gestopt.") == 1


def test_second_start_has_nothing_to_do_and_nothing_survives_kill(ready: Path, started: list[Up]) -> None:
    port = free_port()
    up = start(started, ready, port)
    up.wait_for("Schakel staat klaar")
    assert "1/6 Databank … in orde" in up.output
    assert "2/6 Regio … staat er al" in up.output
    assert "3/6 Stijlbladen en beelden … in orde" in up.output
    assert "/beginnen/" in up.output  # the link was not used yet
    long = httpx.get(f"{up.url}/gids", params={"q": "a" * 10_000}, timeout=30)
    assert long.status_code == 200  # not the web server's own 414
    children = whole(up)[1:]
    for child in children:
        child.kill()
    assert gone(children)
    family = whole(up)  # dead children are replaced
    healthy(up)
    up.end(signal.SIGKILL)
    assert gone(family)
    again = start(started, ready, port)
    again.wait_for("Schakel staat klaar")
    healthy(again)
    assert again.end(signal.SIGTERM) == 0


def test_kill_at_any_step_of_the_first_start_leaves_nothing_half(
    tmp_path: Path, started: list[Up], first: First
) -> None:
    """Killed at three steps, one after the other: each start goes on from what the one before left."""
    port = free_port()
    for words in ("1/6", "2/6 Regio …", "3/6"):
        up = start(started, tmp_path / "d", port)
        up.wait_for(words)
        family = up.family()
        up.end(signal.SIGKILL)
        assert gone(family)
    again = start(started, tmp_path / "d", port)
    again.wait_for("Schakel staat klaar")
    assert healthy(again)["index"] == "fresh"
    assert listed(dump(again)) == listed(first.told)
    page = httpx.get(f"{again.url}/beheer/login/", timeout=30, follow_redirects=True)
    sheet = re.search(r'href="(/static/[^"]+\.css)"', page.text)
    assert sheet is not None
    assert httpx.get(f"{again.url}{sheet.group(1)}", timeout=30).status_code == 200


def test_ctrl_c_while_preparing_is_a_clean_stop(tmp_path: Path, started: list[Up]) -> None:
    up = start(started, tmp_path / "d", free_port())
    up.wait_for("1/6")
    assert up.end(signal.SIGINT, group=True) == 1
    assert "Gestopt." in up.output
    assert "Traceback" not in up.output


def test_port_that_is_taken_is_told_with_a_remedy(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("up", "--data", str(tmp_path / "d"), "--port", str(port), "--region", str(KLEIN))
    assert result.returncode == 1
    assert f"Poort {port} is al in gebruik" in result.stderr
    assert "--port" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "d" / "schakel.sqlite3").exists()


def test_prepare_only_then_check_and_tick(ready: Path) -> None:
    data = ("--data", str(ready))
    result = run("up", *data, "--prepare-only", "--region", str(KLEIN))
    assert (result.returncode, result.stderr) == (0, "")
    assert "Alles staat klaar" in result.stdout
    check = run("check", *data)
    assert check.returncode == 0, check.stdout
    assert "NIET" not in check.stdout
    assert run("tick", *data).returncode == 0
    again = run("load", *data, "--region", str(KLEIN))
    assert "dit pakket stond er al" in again.stdout


def test_the_work_is_a_process_of_its_own(ready: Path, tmp_path: Path, started: list[Up]) -> None:
    refused = run("worker", "--data", str(tmp_path / "leeg"))
    assert refused.returncode == 1
    assert "schakel up --prepare-only" in refused.stderr
    worker = Up(ready, free_port(), command=("worker",))
    started.append(worker)
    worker.wait_for("Het achtergrondwerk loopt")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not list((ready / "workers").glob("*.lock")) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list((ready / "workers").glob("*.lock"))
    assert worker.end(signal.SIGTERM) == 0
    assert "Het achtergrondwerk is gestopt" in worker.output
    assert not list((ready / "workers").glob("*.lock"))


def test_pack_with_faults_loads_nothing_and_says_all(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    for file in KLEIN.iterdir():
        (pack / file.name).write_bytes(file.read_bytes())
    (pack / "offers.csv").write_text("key,organisation\n", encoding="utf-8")
    result = run("up", "--data", str(tmp_path / "d"), "--prepare-only", "--region", str(pack))
    assert result.returncode == 2
    assert "offers.csv" in result.stderr
    assert "Er is niets geladen" in result.stderr
    assert "Traceback" not in result.stderr + result.stdout


def test_backup_of_a_running_system_restores_to_the_same_answers(
    tmp_path: Path, started: list[Up], first: First
) -> None:
    data = ("--data", str(tmp_path / "b"))
    restored = run("restore", str(first.backup), *data)
    assert restored.returncode == 0, restored.stderr
    refused = run("restore", str(first.backup), *data)
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    give_static_files(first, tmp_path / "b")
    other = start(started, tmp_path / "b", free_port())
    other.wait_for("Schakel staat klaar")
    assert "3/6 Stijlbladen en beelden … in orde" in other.output
    assert "2/6 Regio … staat er al" in other.output
    assert dump(other) == first.told


def listed(told: dict[str, object]) -> tuple[object, set[str]]:
    """What was found, and every address that answered: without moments, which differ between two first starts."""
    return told["organisations"]["results"], set(told)  # type: ignore[index]


def dump(up: Up) -> dict[str, object]:
    """Everything the API tells, address by address."""
    found: dict[str, object] = {}
    with httpx.Client(base_url=f"{up.url}/api/v1", timeout=30) as client:
        for path in ("municipalities", "clusters", "themes", "services", "initiatives", "tasks"):
            found[path] = client.get(f"/{path}").json()
        found["organisations"] = client.get("/organisations", params={"size": 100, "sort": "name"}).json()
        for organisation in found["organisations"]["results"]:  # type: ignore[index]
            found[organisation["slug"]] = client.get(f"/organisations/{organisation['slug']}").json()
    assert len(found) > 10
    return found
