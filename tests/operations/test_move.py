"""From one database to the other and back with a back-up: the API tells the same.

Under the run on PostgreSQL this is the move between the two; on SQLite it is the move between two data folders.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from schakel.audit import log
from schakel.core.model import EntityKind
from schakel.operations.backup import write_backup
from schakel.operations.restore import restore
from schakel.register.write import state_edit
from schakel.search.index import ensure_fresh
from tests.operations.test_cli import run
from tests.pages.loaded import load_klein

LISTS = ("municipalities", "clusters", "themes", "services", "initiatives", "tasks")


def dump() -> str:
    """Everything the API tells, as one text."""
    ensure_fresh()
    client = Client(headers={"host": "localhost"})
    found = {path: client.get(f"/api/v1/{path}").json() for path in LISTS}
    found["organisations"] = client.get("/api/v1/organisations", {"size": 100, "sort": "name"}).json()
    for row in found["organisations"]["results"]:
        found[row["slug"]] = client.get(f"/api/v1/organisations/{row['slug']}").json()
    assert len(found) > 10
    return json.dumps(found, sort_keys=True)


def dump_elsewhere(data: Path) -> str:
    """`dump` of an embedded SQLite in another process, with the real settings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SCHAKEL_", "DJANGO_"))}
    environment = clean | {"SCHAKEL_DATA": str(data), "DJANGO_SETTINGS_MODULE": "schakel.config.settings"}
    code = "import django; django.setup(); from tests.operations.test_move import dump; print(dump())"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_move_to_sqlite_and_back_keeps_what_the_api_tells(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    settings.SEARCH_INDEX_FOLDER = tmp_path / "search"  # type: ignore[attr-defined]
    load_klein()
    state_edit(EntityKind.ORGANISATION, "voorbeeld-groen", {"phone": "055 11 22 33"}, author=None, remarks="É ‘t")
    before = dump()
    assert "055 11 22 33" in before
    write_backup(tmp_path / "here.zip")
    there = tmp_path / "there"
    result = run("restore", str(tmp_path / "here.zip"), "--data", str(there))
    assert result.returncode == 0, result.stderr
    assert dump_elsewhere(there) == before
    result = run("backup", "--data", str(there), "--out", str(tmp_path / "there.zip"))
    assert result.returncode == 0, result.stderr
    restore(tmp_path / "there.zip", force=True)
    assert dump() == before
    log.record("edit", "voorbeeld-groen")  # the next row gets a number of its own
