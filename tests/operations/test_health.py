"""`/gezondheid` and `schakel check`: what a monitor and an operator are told."""

from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from schakel.operations import check as check_module
from schakel.operations import health as health_module
from schakel.operations.check import Finding, print_checks, run_checks
from schakel.search.index import ensure_fresh

KEYS = {"status", "database", "index", "revision", "version"}


@pytest.fixture
def place(tmp_path: Path, settings: Any) -> Path:
    """A data folder and an index of our own."""
    tmp_path.chmod(0o700)
    settings.DATA_FOLDER = tmp_path
    settings.SEARCH_INDEX_FOLDER = tmp_path / "search"
    return tmp_path


@pytest.mark.django_db
def test_health_without_an_index_is_503(client: Client, place: Path) -> None:
    response = client.get("/gezondheid")
    assert response.status_code == 503
    assert set(response.json()) == KEYS
    assert (response.json()["status"], response.json()["index"]) == ("ill", "missing")


@pytest.mark.slow
@pytest.mark.django_db
def test_health_says_whether_the_index_follows(client: Client, place: Path) -> None:
    ensure_fresh()
    fresh = client.get("/gezondheid")
    assert (fresh.status_code, fresh.json()["index"]) == (200, "fresh")
    apps.get_model("register", "Revision").objects.update_or_create(
        id=1, defaults={"number": 99, "changed_at": timezone.now()}
    )
    behind = client.get("/gezondheid")
    assert (behind.status_code, behind.json()["index"], behind.json()["revision"]) == (200, "behind", 99)
    assert "no-store" in behind["Cache-Control"]


@pytest.mark.django_db
def test_health_without_a_database_is_503_without_secrets(
    client: Client, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> int:
        raise OperationalError("password geheim refused")

    monkeypatch.setattr(health_module, "register_revision", gone)
    response = client.get("/gezondheid")
    assert response.status_code == 503
    assert response.json()["database"] == "unreachable"
    assert "geheim" not in response.content.decode()


def _by_title(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.title: finding for finding in findings}


@pytest.mark.slow
@pytest.mark.django_db
def test_check_tells_what_is_missing_with_a_remedy(place: Path) -> None:
    found = _by_title(run_checks())
    assert found["Databank"].ok
    assert found["Tabellen"].ok
    assert not found["Regio"].ok
    assert "schakel load" in found["Regio"].remedy
    assert not found["Zoekindex"].ok
    ensure_fresh()
    assert _by_title(run_checks())["Zoekindex"].ok


@pytest.mark.django_db
def test_check_sees_a_folder_or_key_that_others_can_read(place: Path) -> None:
    (place / "secret-key").write_text("x")
    (place / "secret-key").chmod(0o644)
    assert "chmod 600" in check_module._folder().remedy
    place.chmod(0o755)
    assert "chmod 700" in check_module._folder().remedy


@pytest.mark.django_db
def test_check_sees_a_full_disk(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(100, 90, 10 * 1024**2))
    assert not check_module._space().ok


@pytest.mark.django_db
def test_check_that_breaks_is_a_finding(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Finding:
        raise OperationalError("connection refused\nsecond line")

    monkeypatch.setattr(check_module, "CHECKS", (("Databank", broken), ("Tabellen", broken)))
    (finding,) = run_checks()
    assert (finding.ok, finding.words) == (False, "connection refused")
    assert finding.remedy


def test_list_has_a_line_per_finding_and_an_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = Finding("Python", True, "3.11"), Finding("Regio", False, "nog geen", "Voer uit: schakel load")
    assert print_checks([good]) == 0
    assert print_checks([good, bad]) == 1
    shown = capsys.readouterr().out
    assert "NIET in orde  Regio: nog geen" in shown
    assert "→ Voer uit: schakel load" in shown
