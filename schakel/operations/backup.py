"""`schakel backup`: one moment of a live system in one file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from schakel import __version__
from schakel.core.model import Json
from schakel.operations.archive import Writer, write_archive
from schakel.operations.errors import OperationFailed
from schakel.operations.prepare import missing_migrations
from schakel.operations.tables import columns, label, stored_models, to_json
from schakel.upkeep.photos import stored_files

CHUNK = 2000


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is of one moment, while others go on writing.

    PostgreSQL: REPEATABLE READ. SQLite (WAL): a plain BEGIN, which reads one snapshot and stops no writer; our
    usual BEGIN IMMEDIATE would.
    """
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")  # only reading was done


def write_backup(out: Path) -> str:
    """Write the back-up to `out` (readable by this user only); returns in a line what it holds."""
    if missing_migrations():
        raise OperationFailed("De databank is niet bij deze versie. Voer eerst uit: schakel up --prepare-only")
    counts: dict[str, int] = {}

    def fill(writer: Writer) -> None:
        with one_moment():
            migrations = applied_migrations()
            for model in stored_models():
                names = tuple(field.attname for field in columns(model))
                counts[label(model)] = writer.add(label(model), names, _rows(model, names))
            for name, file in stored_files():
                writer.add_file(name, file.read_bytes())
        writer.finish(version=__version__, made_at=timezone.now().isoformat(timespec="seconds"), migrations=migrations)

    write_archive(out, fill)
    size = out.stat().st_size / 1024**2
    words = f"{sum(counts.values())} rijen uit {len(counts)} tabellen, {size:.1f} MB".replace(".", ",")
    return f"Back-up staat in {out}: {words}. Er staan wachtwoord-hashes en adressen in: bewaar hem veilig."


def applied_migrations() -> tuple[str, ...]:
    """The migrations of this database, as `app.name`, sorted."""
    return tuple(sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()))


def _rows(model: type[models.Model], names: tuple[str, ...]) -> Iterator[list[Json]]:
    rows: Any = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=CHUNK):
        yield [to_json(value) for value in row]
