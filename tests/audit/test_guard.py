"""The database itself keeps the log as it was written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import Error, connection, transaction
from django.db.models import ProtectedError

from schakel.accounts.models import User
from schakel.audit import guard, log
from schakel.audit.models import Entry

pytestmark = pytest.mark.django_db


def _run(sql: str) -> Callable[[], object]:
    def run() -> object:
        with connection.cursor() as cursor:
            return cursor.execute(sql)

    return run


DEEDS: dict[str, Callable[[], object]] = {
    "one line changed": lambda: Entry.objects.update(subject="iets anders"),
    "all removed": lambda: Entry.objects.all().delete(),
    "changed in SQL": _run("UPDATE audit_entry SET actor_id = NULL"),
    "removed in SQL": _run("DELETE FROM audit_entry"),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_database_refuses(deed: str) -> None:
    log.record("edit", "de-loods", actor=User.objects.create_user("ann@voorbeeld.example"), body="region:region")
    before = Entry.objects.values().get()
    with pytest.raises(Error, match="a line of the log"), transaction.atomic():
        DEEDS[deed]()
    assert Entry.objects.values().get() == before


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_postgresql_refuses_to_truncate() -> None:
    log.record("edit", "de-loods")
    _run("SET CONSTRAINTS ALL IMMEDIATE")()  # what waits until the end of the transaction refuses it too
    with pytest.raises(Error, match="a line of the log"), transaction.atomic():
        _run("TRUNCATE audit_entry")()
    assert Entry.objects.count() == 1


def test_who_did_something_cannot_be_removed() -> None:
    person = User.objects.create_user("ann@voorbeeld.example")
    log.record("edit", "de-loods", actor=person)
    with pytest.raises(ProtectedError):
        person.delete()


def test_only_lifted_opens_it_and_it_closes_again() -> None:
    log.record("edit", "de-loods")
    with guard.lifted():
        assert not guard.LOG.stands()
        _run("DELETE FROM audit_entry")()
    assert guard.LOG.stands()
    log.record("edit", "de-loods")
    with pytest.raises(Error), transaction.atomic():
        _run("DELETE FROM audit_entry")()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_migration_puts_it_up_again() -> None:
    for name in guard.LOG.triggers:
        _run(f"DROP TRIGGER {name}{' ON audit_entry' if connection.vendor == 'postgresql' else ''}")()
    call_command("migrate", "audit", verbosity=0)
    assert guard.LOG.stands()
