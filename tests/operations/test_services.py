"""The services and the proxy in the handbook: units that systemd takes, commands that exist, one port."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from schakel.cli import build_parser
from schakel.upkeep.picture import MOST_BYTES

HANDBOOK = (Path(__file__).resolve().parents[2] / "docs" / "handbook" / "beheerders.md").read_text(encoding="utf-8")
UNITS = dict(re.findall(r"`/etc/systemd/system/(\S+?)`:\n\n```ini\n(.*?)```", HANDBOOK, re.DOTALL))
ENVIRONMENT = re.search(r"`/etc/schakel.env`:\n\n```sh\n(.*?)```", HANDBOOK, re.DOTALL)
PROXY = re.search(r"```nginx\n(.*?)```", HANDBOOK, re.DOTALL)


def parsed(text: str) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]  # systemd's names have capitals
    unit.read_string(text)
    return unit


def test_there_is_one_unit_for_the_site_and_one_for_the_work() -> None:
    assert set(UNITS) == {"schakel-web.service", "schakel-worker.service"}


@pytest.mark.parametrize("name", UNITS)
def test_commands_of_a_unit_exist(name: str) -> None:
    service = parsed(UNITS[name])["Service"]
    for key in ("ExecStartPre", "ExecStart"):
        if key in service:
            program, *arguments = service[key].split()
            assert program.endswith("/bin/schakel")
            assert build_parser().parse_args(arguments).run


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_is_closed(name: str) -> None:
    service = parsed(UNITS[name])["Service"]
    assert service["User"] == "schakel"
    assert service["StateDirectoryMode"] == "0700"
    assert (service["NoNewPrivileges"], service["ProtectSystem"]) == ("yes", "strict")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here: the tests above read the units")
@pytest.mark.parametrize("name", UNITS)
def test_systemd_takes_the_unit(name: str, tmp_path: Path) -> None:
    for unit, text in UNITS.items():
        (tmp_path / unit).write_text(text.replace("/opt/schakel/.venv/bin/schakel", sys.executable), encoding="utf-8")
    result = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    ours = [line for line in (result.stdout + result.stderr).splitlines() if "schakel" in line]
    assert (result.returncode, ours) == (0, [])


def test_settings_of_the_service_are_known() -> None:
    assert ENVIRONMENT is not None
    names = re.findall(r"^(SCHAKEL_[A-Z_]+)=\S+$", ENVIRONMENT[1], re.MULTILINE)
    assert len(names) == len(ENVIRONMENT[1].splitlines())
    assert {"SCHAKEL_DATA", "SCHAKEL_HOSTS", "SCHAKEL_HTTPS"} <= set(names)


def test_the_proxy_reaches_the_site_tells_who_asks_and_keeps_no_address() -> None:
    assert PROXY is not None
    text = PROXY[1]
    assert text.count("{") == text.count("}")
    assert all(line.rstrip().endswith(("{", "}", ";")) for line in text.splitlines() if line.strip())
    port = re.search(r"--port (\d+)", UNITS["schakel-web.service"])
    assert port is not None
    assert f"proxy_pass http://127.0.0.1:{port[1]};" in text
    for header in ("Host $host", "X-Forwarded-Proto https", "X-Forwarded-For $proxy_add_x_forwarded_for"):
        assert f"proxy_set_header {header};" in text
    assert text.count("access_log off;") == text.count("server {")
    largest = re.search(r"client_max_body_size (\d+)m;", text)
    assert largest is not None
    assert int(largest[1]) * 1024 * 1024 > MOST_BYTES  # what is too large, Schakel says in words
    assert "photos" not in text
