"""What an analysis found stays as it was stored: the database refuses to change it, and only pruning removes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import Error, connection, transaction

from schakel.analyses import record
from schakel.analyses.models import Result, Run
from schakel.analyses.record import KEPT_AS_THEY_ARE, Row, prune_runs, record_run

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, tzinfo=UTC)


def store(number: int) -> int:
    """A run like no other, on the same day as all of them."""
    rows = [Row("service", "childcare", "45041", "absent", {"count": number})]
    return record_run(
        "proef", rows, day=date(2026, 11, 28), revision=1, fingerprint=f"{number:064}", started_at=NOW,
        parameters={}, versions={}, counts={},
    ).run  # fmt: skip


def _run(sql: str) -> Callable[[], object]:
    def run() -> object:
        with connection.cursor() as cursor:
            return cursor.execute(sql)

    return run


DEEDS: dict[str, Callable[[], object]] = {
    "a result changed": lambda: Result.objects.update(state="served"),
    "a run changed": lambda: Run.objects.update(fingerprint=""),
    "a result removed": lambda: Result.objects.all().delete(),
    "a result changed in SQL": _run("UPDATE analyses_result SET state = 'served'"),
    "a run changed in SQL": _run("UPDATE analyses_run SET revision = 9"),
    "results removed in SQL": _run("DELETE FROM analyses_result"),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_database_refuses(deed: str) -> None:
    store(1)
    before = [list(Run.objects.values()), list(Result.objects.values())]
    with pytest.raises(Error, match="a run of an analysis"), transaction.atomic():
        DEEDS[deed]()
    assert [list(Run.objects.values()), list(Result.objects.values())] == before


def test_only_pruning_removes_and_it_closes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "KEPT", 1)
    first, last = store(1), store(2)
    assert prune_runs("proef") == 1
    assert not Run.objects.filter(pk=first).exists()
    assert not Result.objects.filter(run_id=first).exists()
    assert Result.objects.filter(run_id=last).count() == 1
    assert all(guard.stands() for guard in KEPT_AS_THEY_ARE)
    with pytest.raises(Error, match="a run of an analysis"), transaction.atomic():
        Run.objects.filter(pk=last).update(revision=9)
