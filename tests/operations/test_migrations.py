"""Changes to the tables are safe on live data: they add, they take nothing away, and every row survives them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections, models
from django.db.migrations import operations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from pytest_django import DjangoDbBlocker

from schakel.audit import guard

OURS = ("accounts", "audit", "cooperation", "mail", "register")  # with these the register began
TAKES_AWAY = (operations.RemoveField, operations.DeleteModel, operations.RenameField, operations.RenameModel)
# "app.0007_name" -> why taking that away loses nothing that an earlier version still works with.
ALLOWED: dict[str, str] = {}
VALUES: dict[type[models.Field[Any, Any]], Any] = {
    models.UUIDField: uuid.UUID(int=1),
    models.EmailField: "ann@voorbeeld.example",
    models.URLField: "https://voorbeeld.example",
    models.CharField: "é1",
    models.TextField: "regel één\nregel 'twee'",
    models.JSONField: {"naam": "Café", "lijst": [1, None, True]},
    models.BooleanField: True,
    models.DecimalField: Decimal("12.50"),
    models.FloatField: 0.1,
    models.IntegerField: 1,
    models.DateTimeField: datetime(2026, 11, 28, 12, 0, 0, 123456, tzinfo=UTC),
    models.DateField: date(2026, 11, 28),
}


@pytest.fixture
def old_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """An empty database in the place of that of the tests; gone afterwards."""
    with django_db_blocker.unblock():
        usual = connections["default"]
        name = str(tmp_path / "old.sqlite3")
        if usual.vendor == "postgresql":
            name = f"old_{uuid.uuid4().hex[:8]}"
            with usual.cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
        connections["default"] = usual.copy()
        connection.settings_dict["NAME"] = name
        yield
        connection.close()
        connections["default"] = usual
        if usual.vendor == "postgresql":
            with usual.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name}")
        usual.close()


def of(field: models.Field[Any, Any]) -> Any:
    """A value for a column: the first choice, or what fits its kind."""
    if field.choices:
        return next(iter(field.choices))[0]
    for kind in type(field).__mro__:
        if kind in VALUES:
            value = VALUES[kind]
            return value[: field.max_length] if isinstance(value, str) and field.max_length else value
    raise AssertionError(f"no value for {field}")


def fill(model: type[models.Model], made: dict[type[models.Model], models.Model]) -> models.Model:
    """One row of a table, with rows of the tables it refers to."""
    if model not in made:
        values: dict[str, Any] = {}
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is not model:
                values[field.name] = fill(field.related_model, made)  # type: ignore[arg-type]  # resolved here
            elif not isinstance(field, models.AutoField | models.ForeignKey):
                values[field.name] = of(field)
        if model._meta.model_name == "merge":
            values["kept"] = "x"  # two that are one have two keys
        made[model] = model._default_manager.create(**values)
    return made[model]


def rows(model: type[models.Model], columns: list[str]) -> list[dict[str, Any]]:
    return list(model._default_manager.order_by("pk").values(*columns))


@pytest.mark.slow
def test_every_row_survives_every_change(old_database: None) -> None:
    """From the first tables, with a row in each, to those of today; the log is closed afterwards."""
    executor = MigrationExecutor(connection)
    state = executor.migrate([(app, "0001_initial") for app in OURS])
    before: dict[str, tuple[list[str], list[dict[str, Any]]]] = {}
    made: dict[type[models.Model], models.Model] = {}
    for model in state.apps.get_models():
        if model._meta.app_label in OURS:
            fill(model, made)
    for model in made:
        columns = [field.attname for field in model._meta.concrete_fields]
        before[model._meta.label] = columns, rows(model, columns)
    assert len(before) > 20
    assert all(len(found) == 1 for _, found in before.values())
    call_command("migrate", verbosity=0)
    today = MigrationExecutor(connection).loader.project_state().apps
    for label, (columns, found) in before.items():
        assert rows(today.get_model(label), columns) == found, label
    assert guard.LOG.stands()
    assert not MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes())


def test_changes_add_and_take_nothing_away() -> None:
    loader = MigrationLoader(None)
    seen = 0
    for (app, name), migration in sorted(loader.disk_migrations.items()):
        if not type(migration).__module__.startswith("schakel."):
            continue
        seen += 1
        new = {one.name_lower for one in migration.operations if isinstance(one, operations.CreateModel)}
        for operation in migration.operations:
            told = f"{app}.{name}: {operation.describe()}"
            assert not isinstance(operation, TAKES_AWAY) or f"{app}.{name}" in ALLOWED, told
            if isinstance(operation, operations.AddField) and operation.model_name_lower not in new:
                field = operation.field
                assert field.null or field.has_default() or field.blank or field.many_to_many, told
    assert seen >= 16
