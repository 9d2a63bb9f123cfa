"""The database itself refuses to change or remove rows that stay as they were written, whoever asks and how.

Only `lifted` opens it: for a restored back-up, and for throwing away what is old. Erasing a person needs no exception:
a line of the log names the number of an account, and that account loses everything that says who it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate


@dataclass(frozen=True, slots=True)
class Guard:
    """Keeps the rows of one table. `refusal`: what the database answers, for developers; no quotes in it."""

    table: str
    refusal: str

    @property
    def triggers(self) -> tuple[str, str]:
        """The names of its triggers."""
        return f"{self.table}_no_delete", f"{self.table}_no_update"

    def put_up(self, on: BaseDatabaseWrapper = connection) -> None:
        """Make the triggers that are not there."""
        with on.cursor() as cursor:
            for statement in self._postgresql() if on.vendor == "postgresql" else self._sqlite():
                cursor.execute(statement)

    def stands(self, on: BaseDatabaseWrapper = connection) -> bool:
        """Whether the database refuses."""
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
        if on.vendor == "postgresql":
            sql = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'"
        with on.cursor() as cursor:
            cursor.execute(sql, [self.table])
            return {row[0] for row in cursor.fetchall()} >= set(self.triggers)

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """Rows can be changed and removed inside this block; call it in the transaction that does so."""
        of_table = ""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                of_table = f" ON {self.table}"
                # what waits until the end of the transaction is checked now: PostgreSQL drops no trigger before that
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for name in self.triggers:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{of_table}")
        yield
        self.put_up()

    def after_migrate(self, **given: Any) -> None:
        """Django calls this after each migration: SQLite loses triggers when it rebuilds a table."""
        on = connections[given["using"]]
        if self.table in on.introspection.table_names():
            self.put_up(on)

    def _sqlite(self) -> list[str]:
        return [
            f"CREATE TRIGGER IF NOT EXISTS {self.table}_no_{deed} BEFORE {deed} ON {self.table} "
            f"BEGIN SELECT RAISE(ABORT, '{self.refusal}'); END"
            for deed in ("update", "delete")
        ]

    def _postgresql(self) -> list[str]:
        table = self.table
        return [
            f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{self.refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
            f"CREATE OR REPLACE TRIGGER {table}_no_update BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
            f"CREATE OR REPLACE TRIGGER {table}_no_delete BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
        ]


LOG = Guard("audit_entry", "a line of the log cannot be changed or removed")
_standing: dict[str, Guard] = {}


def stand_over(app: AppConfig, *guards: Guard) -> None:
    """Have the database keep these tables of an app from now on; call it when the app is ready."""
    for guard in guards:
        _standing[guard.table] = guard
        post_migrate.connect(guard.after_migrate, sender=app, dispatch_uid=f"guard {guard.table}", weak=False)


@contextmanager
def lifted() -> Iterator[None]:
    """Every table that is kept can be emptied inside this block; for a restored back-up."""
    with ExitStack() as stack:
        for guard in _standing.values():
            stack.enter_context(guard.lifted())
        yield
