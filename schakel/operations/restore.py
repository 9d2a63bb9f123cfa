"""`schakel restore`: put a back-up back, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction

from schakel.audit import guard
from schakel.core.errors import InvalidInput
from schakel.mail.outbox import distrust_after_restore
from schakel.operations.archive import Manifest, Reader
from schakel.operations.backup import applied_migrations
from schakel.operations.errors import BAD_INPUT, OperationFailed
from schakel.operations.prepare import migrate
from schakel.operations.tables import FILLED_BY_ITSELF, all_models, columns, label, stored_models, to_database
from schakel.upkeep.photos import restore_file

CHUNK = 1000


def restore(file: Path, *, force: bool) -> str:
    """Replace the content of the database by that of `file`; returns in a line what was put back.

    The file is checked completely first. Then one transaction: whatever goes wrong, what was there stays. Without
    `force` only into a database without content. People sign in again afterwards.
    """
    reader = Reader(file)
    try:
        reader.check()
        migrate()
        _same_tables(reader.manifest)
        try:
            with transaction.atomic():
                if not force and (full := _first_with_content()):
                    raise OperationFailed(
                        f"De databank is niet leeg ({full}). Met --force vervang je alles wat erin staat."
                    )
                revision = _current_revision()
                with guard.lifted():
                    _empty()
                count = sum(_fill(model, reader) for model in stored_models())
                _pass_revision(revision)
                for name in reader.manifest.files:
                    restore_file(name, reader.file(name))
                distrust_after_restore()
                connection.check_constraints()
                _reset_sequences()
        except (DatabaseError, ValidationError, InvalidInput, OSError, ValueError) as error:
            first = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise OperationFailed(
                f"De databank aanvaardt deze back-up niet: {first}. Er is niets veranderd."
            ) from error
    finally:
        reader.close()
    return (
        f"{count} rijen teruggezet uit {file} (gemaakt op {reader.manifest.made_at}). Iedereen meldt zich opnieuw aan."
    )


def _same_tables(manifest: Manifest) -> None:
    """A back-up fits the version that made it, and versions with the same tables."""
    here, there = set(applied_migrations()), set(manifest.migrations)
    expected = {label(model): tuple(field.attname for field in columns(model)) for model in stored_models()}
    found = {name: table.columns for name, table in manifest.tables.items()}
    if here == there and expected == found:
        return
    which = "oudere" if there < here else "nieuwere" if here < there else "andere"
    raise OperationFailed(
        f"Deze back-up is van een {which} versie van Schakel ({manifest.version}), met andere tabellen. Installeer die "
        "versie, zet daar de back-up terug en werk dan bij. Er is niets veranderd.",
        exit_code=BAD_INPUT,
    )


def _first_with_content() -> str | None:
    for model in stored_models():
        if label(model) not in FILLED_BY_ITSELF and model._base_manager.exists():
            return str(model._meta.verbose_name_plural)
    return None


def _empty() -> None:
    """Empty every table, sessions too. Foreign keys are checked at the end of the transaction."""
    with connection.cursor() as cursor:
        for model in all_models():
            cursor.execute(f"DELETE FROM {_name(model._meta.db_table)}")  # noqa: S608 (our own table name)


def _name(identifier: str) -> str:
    return connection.ops.quote_name(identifier)


def _fill(model: type[models.Model], reader: Reader) -> int:
    """Insert every row of one table as it was, keys and moments included; returns how many."""
    fields = columns(model)
    places = ", ".join(["%s"] * len(fields))
    names = ", ".join(_name(str(field.column)) for field in fields)
    sql = f"INSERT INTO {_name(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 (our own names)
    count = 0
    rows = reader.rows(label(model))
    with connection.cursor() as cursor:
        while chunk := list(islice(_prepared(fields, rows), CHUNK)):
            cursor.executemany(sql, chunk)
            count += len(chunk)
    return count


def _prepared(fields: list[models.Field[Any, Any]], rows: Iterator[list[Any]]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield tuple(to_database(field, value) for field, value in zip(fields, row, strict=True))


def _revision_model() -> type[models.Model]:
    return apps.get_model("register", "Revision")


def _current_revision() -> int:
    row = _revision_model()._base_manager.values_list("number", flat=True).first()
    return int(row or 0)


def _pass_revision(before: int) -> None:
    """Make the revision higher than any this system showed, so that indexes and caches see other content."""
    for row in _revision_model()._base_manager.all():
        row.number = max(row.number, before) + 1  # type: ignore[attr-defined]
        row.save(update_fields=["number"])


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), stored_models()):
            cursor.execute(statement)
