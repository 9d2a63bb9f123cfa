"""What every test shares."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck, settings

# No deadline: a busy machine is not a fault. The first example pays for imports, which is not a fault either.
settings.register_profile("schakel", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("schakel")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow tests first; on PostgreSQL only those that ask the database.

    pytest-django keeps all others from it, so there they tell nothing more. Each process of the suite begins with an
    equal part of the list: a slow test at the end would keep one busy while the others have nothing left to do.
    """
    if connection.vendor == "postgresql":
        config.hook.pytest_deselected(items=[item for item in items if not _asks_the_database(item)])
        items[:] = [item for item in items if _asks_the_database(item)]
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)  # keeps the random order among equals
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = [item for first in range(processes) for item in items[first::processes]]


def _asks_the_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    marked = any(item.get_closest_marker(name) is not None for name in ("django_db", "postgres"))
    return marked or bool({"db", "transactional_db"} & set(fixtures))


@pytest.fixture(scope="session", autouse=True)
def emptied_between_tests() -> Iterator[None]:
    """A test that commits is cleaned up by emptying every table; the log, which refuses that, is opened for it."""
    from schakel.audit import guard

    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def with_the_log(case: TransactionTestCase) -> None:
        with guard.lifted():
            empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", with_the_log)
        yield


@pytest.fixture(autouse=True)
def in_dutch() -> Iterator[None]:
    """Every test begins in the language of the site, whatever the one before it spoke."""
    translation.deactivate()
    yield
    translation.deactivate()
