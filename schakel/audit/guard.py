"""The database itself refuses to change or remove a line of the log, whoever asks and with whatever program.

Only `lifted` opens it, for a restored back-up. Erasing a person needs no exception: a line names the number of an
account, and that account loses everything that says who it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "audit_entry"
_REFUSAL = "a line of the log cannot be changed or removed"
_SQLITE = [
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{deed} BEFORE {deed} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    for deed in ("update", "delete")
]
_POSTGRESQL = [
    f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    f"CREATE OR REPLACE TRIGGER {TABLE}_no_update BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    f"CREATE OR REPLACE TRIGGER {TABLE}_no_delete BEFORE TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
]
TRIGGERS = (f"{TABLE}_no_delete", f"{TABLE}_no_update")


def put_up(on: BaseDatabaseWrapper = connection) -> None:
    """Make the triggers that are not there. After every migration: SQLite loses them when it rebuilds a table."""
    with on.cursor() as cursor:
        for statement in _POSTGRESQL if on.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)


def stands(on: BaseDatabaseWrapper = connection) -> bool:
    """Whether the database refuses."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    if on.vendor == "postgresql":
        sql = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'"
    with on.cursor() as cursor:
        cursor.execute(sql, [TABLE])
        return {row[0] for row in cursor.fetchall()} >= set(TRIGGERS)


@contextmanager
def lifted() -> Iterator[None]:
    """The log can be emptied inside this block; call it in the transaction that puts other content back."""
    with connection.cursor() as cursor:
        for name in TRIGGERS:
            cursor.execute(
                f"DROP TRIGGER IF EXISTS {name}{f' ON {TABLE}' if connection.vendor == 'postgresql' else ''}"
            )
    yield
    put_up()


def after_migrate(**given: Any) -> None:
    """Django calls this after each migration."""
    put_up(connections[given["using"]])
