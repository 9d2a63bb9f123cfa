"""`schakel up` on PostgreSQL, by its one setting: a first start that is killed, and the next one."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
import pytest
from django.conf import settings

from tests.operations.test_up import Up, dump, free_port, gone, healthy, start, started, whole

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
__all__ = ["started"]  # a fixture


@pytest.fixture
def address() -> Iterator[str]:
    """An empty database of its own on the server of the suite; gone after the test."""
    server = settings.DATABASES["default"]
    options = {"host": server["HOST"], "port": server["PORT"] or "5432", "user": server["USER"]}
    name = f"up_{uuid4().hex}"
    with psycopg.connect(**options, password=server["PASSWORD"], dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield f"postgresql://{options['user']}:{server['PASSWORD']}@{options['host']}:{options['port']}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_first_start_killed_then_started_again_serves_the_whole_region(
    tmp_path: Path, address: str, started: list[Up]
) -> None:
    port, data = free_port(), tmp_path / "d"
    killed = start(started, data, port, SCHAKEL_DATABASE_URL=address)
    killed.wait_for("2/6 Regio …")
    family = killed.family()
    killed.end(signal.SIGKILL)
    assert gone(family)
    again = start(started, data, port, SCHAKEL_DATABASE_URL=address)
    again.wait_for("Schakel staat klaar")
    assert healthy(again)["index"] == "fresh"
    answer = httpx.get(f"{again.url}/api/v1/organisations", params={"q": "strijk in Ronse"}, timeout=30).json()
    assert answer["count"] == 1
    assert dump(again)["organisations"]["count"] > 1  # type: ignore[index]
    assert re.search(r"http://\S+/beginnen/\S+", again.output)
    assert not (data / "schakel.sqlite3").exists()
    family = whole(again)
    assert again.end(signal.SIGTERM) == 0
    assert gone(family)
