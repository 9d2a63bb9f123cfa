"""`schakel up` as it is run: ready, stopped, killed, started again. Real processes, bounded in time."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.operations.test_cli import run

pytestmark = pytest.mark.slow
KLEIN = Path(__file__).resolve().parent.parent / "fixtures" / "packs" / "klein"
PATIENCE_SECONDS = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Up:
    """One running `schakel up`, in its own process group, with what it printed."""

    def __init__(self, data: Path, port: int) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("SCHAKEL_", "DJANGO_"))}
        command = [sys.executable, "-m", "schakel", "up", "--data", str(data), "--port", str(port)]
        self.url = f"http://127.0.0.1:{port}"
        self.output = ""
        self.process = subprocess.Popen(
            [*command, "--region", str(KLEIN)],
            env=clean,
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


@pytest.fixture
def started() -> Iterator[list[Up]]:
    """Everything a test starts here is gone after it."""
    ups: list[Up] = []
    yield ups
    for up in ups:
        for process in (up.family() if up.process.poll() is None else [])[::-1]:
            process.kill()
        up.process.wait(timeout=PATIENCE_SECONDS)
        up._reader.join(timeout=PATIENCE_SECONDS)
        if up.process.stdout is not None:
            up.process.stdout.close()


def start(started: list[Up], data: Path, port: int) -> Up:
    up = Up(data, port)
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


def test_first_start_serves_and_second_start_has_nothing_to_do(tmp_path: Path, started: list[Up]) -> None:
    port = free_port()
    up = start(started, tmp_path / "d", port)
    up.wait_for("Schakel staat klaar")
    assert "5/5 Aanmelden" in up.output
    assert healthy(up) == {"status": "ok", "database": "ok", "index": "fresh", "revision": 1, "version": "0.1.0"}
    answer = httpx.get(f"{up.url}/api/v1/organisations", params={"q": "strijk in Ronse"}, timeout=30).json()
    assert answer["count"] == 1
    link = re.search(r"http://\S+/beginnen/\S+", up.output)
    assert link is not None
    assert httpx.get(link.group(), timeout=30).status_code == 200
    assert_log_is_discreet(tmp_path / "d" / "log" / "schakel.jsonl", link.group())
    family = whole(up)
    assert all(process.memory_info().rss < 200 * 1024**2 for process in family)
    assert up.end(signal.SIGINT, group=True) == 0
    assert gone(family)
    assert "Traceback" not in up.output
    assert up.output.count("Schakel is gestopt.") == 1

    again = start(started, tmp_path / "d", port)
    again.wait_for("Schakel staat klaar")
    assert "1/5 Databank … in orde" in again.output
    assert "2/5 Regio … staat er al" in again.output
    assert "3/5 Stijlbladen en beelden … in orde" in again.output
    assert "/beginnen/" in again.output  # the link was not used yet
    assert again.end(signal.SIGTERM) == 0


def test_nothing_survives_kill_and_the_next_start_works(tmp_path: Path, started: list[Up]) -> None:
    port = free_port()
    up = start(started, tmp_path / "d", port)
    up.wait_for("Schakel staat klaar")
    children = whole(up)[1:]
    for child in children:
        child.kill()
    assert gone(children)
    family = whole(up)  # dead children are replaced
    healthy(up)
    up.end(signal.SIGKILL)
    assert gone(family)
    again = start(started, tmp_path / "d", port)
    again.wait_for("Schakel staat klaar")
    healthy(again)


@pytest.mark.parametrize("words", ["1/5", "2/5 Regio …", "3/5"])
def test_kill_at_any_step_leaves_nothing_half(tmp_path: Path, started: list[Up], words: str) -> None:
    port = free_port()
    up = start(started, tmp_path / "d", port)
    up.wait_for(words)
    family = up.family()
    up.end(signal.SIGKILL)
    assert gone(family)
    again = start(started, tmp_path / "d", port)
    again.wait_for("Schakel staat klaar")
    assert healthy(again)["index"] == "fresh"
    count = httpx.get(f"{again.url}/api/v1/organisations", timeout=30).json()["count"]
    assert count > 0
    page = httpx.get(f"{again.url}/beheer/login/", timeout=30)
    sheet = re.search(r'href="(/static/[^"]+\.css)"', page.text)
    assert sheet is not None
    assert httpx.get(f"{again.url}{sheet.group(1)}", timeout=30).status_code == 200


def test_ctrl_c_while_preparing_is_a_clean_stop(tmp_path: Path, started: list[Up]) -> None:
    up = start(started, tmp_path / "d", free_port())
    up.wait_for("1/5")
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


def test_prepare_only_then_check_and_tick(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "d"))
    result = run("up", *data, "--prepare-only", "--region", str(KLEIN))
    assert (result.returncode, result.stderr) == (0, "")
    assert "Alles staat klaar" in result.stdout
    check = run("check", *data)
    assert check.returncode == 0, check.stdout
    assert "NIET" not in check.stdout
    assert run("tick", *data).returncode == 0
    again = run("load", *data, "--region", str(KLEIN))
    assert "dit pakket stond er al" in again.stdout


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


def test_backup_of_a_running_system_restores_to_the_same_answers(tmp_path: Path, started: list[Up]) -> None:
    port = free_port()
    up = start(started, tmp_path / "a", port)
    up.wait_for("Schakel staat klaar")
    before = dump(up)
    file = tmp_path / "b.zip"
    made = run("backup", "--data", str(tmp_path / "a"), "--out", str(file))
    assert made.returncode == 0, made.stderr
    up.end(signal.SIGINT)
    restored = run("restore", str(file), "--data", str(tmp_path / "b"))
    assert restored.returncode == 0, restored.stderr
    refused = run("restore", str(file), "--data", str(tmp_path / "b"))
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    other = start(started, tmp_path / "b", port)
    other.wait_for("Schakel staat klaar")
    assert "2/5 Regio … staat er al" in other.output
    assert dump(other) == before


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
