"""A back-up of a live system gives the same content back, or refuses and changes nothing."""

from __future__ import annotations

import hashlib
import json
import stat
import threading
import uuid
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, models, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from schakel.accounts.models import User
from schakel.audit import guard, log
from schakel.audit.models import Entry
from schakel.operations import backup, tables
from schakel.operations.backup import write_backup
from schakel.operations.errors import OperationFailed
from schakel.operations.restore import restore
from schakel.operations.tables import stored_models, to_database, to_json

on_a_real_database = pytest.mark.django_db(transaction=True)
Report = apps.get_model("cooperation", "Report")
SearchTally = apps.get_model("cooperation", "SearchTally")
Source = apps.get_model("register", "Source")
Revision = apps.get_model("register", "Revision")


def _content() -> dict[str, list[tuple[Any, ...]]]:
    """The slow twin: every row of every table as Python values."""
    return {
        tables.label(model): list(model._base_manager.order_by("pk").values_list())
        for model in stored_models()
        if tables.label(model) != "register.revision"
    }


def _fill() -> None:
    person = User.objects.create_superuser("ann@voorbeeld.be", "fietsen-in-de-regen")
    log.record("edit", "org:een", actor=person, details={"naam": "Café ‘t Hoekje\n", "lijst": [1, 2.5, None, True]})
    Report.objects.create(organisation_key="een", text="adres klopt niet — zie É")
    SearchTally.objects.create(day=date(2026, 11, 23), service="strijken", nis_code="45041", found=True, count=3)
    Source.objects.create(key="pakket", title="Pakket", rank="publication")
    Revision.objects.update_or_create(id=1, defaults={"number": 7, "changed_at": timezone.now()})
    Session.objects.create(session_key="x", session_data="y", expire_date=timezone.now())


@on_a_real_database
@pytest.mark.slow
def test_restored_content_is_the_same(tmp_path: Path) -> None:
    _fill()
    before, at = _content(), Entry.objects.get().at
    file = tmp_path / "b.zip"
    words = write_backup(file)
    assert "tabellen" in words
    User.objects.create_user("later@voorbeeld.be")
    restore(file, force=True)
    assert _content() == before
    assert Entry.objects.get().at == at
    assert User.objects.get().check_password("fietsen-in-de-regen")


@on_a_real_database
@pytest.mark.slow
def test_restore_ends_sessions_and_raises_the_revision(tmp_path: Path) -> None:
    _fill()
    file = tmp_path / "b.zip"
    write_backup(file)
    Revision.objects.update(number=12)
    restore(file, force=True)
    assert not Session.objects.exists()
    assert Revision.objects.get().number == 13


@on_a_real_database
@pytest.mark.slow
def test_new_rows_after_restore_get_new_keys(tmp_path: Path) -> None:
    _fill()
    file = tmp_path / "b.zip"
    write_backup(file)
    highest = Report.objects.get().pk
    restore(file, force=True)
    assert Report.objects.create(organisation_key="twee", text="nog iets").pk > highest
    log.record("edit", "org:twee")


@on_a_real_database
@pytest.mark.slow
def test_restore_into_a_database_with_content_needs_force(tmp_path: Path) -> None:
    _fill()
    file = tmp_path / "b.zip"
    write_backup(file)
    before = _content()
    with pytest.raises(OperationFailed, match="--force"):
        restore(file, force=False)
    assert _content() == before


@on_a_real_database
@pytest.mark.slow
def test_restore_into_an_empty_database_needs_no_force(tmp_path: Path) -> None:
    _fill()
    file = tmp_path / "b.zip"
    write_backup(file)
    before = _content()
    with transaction.atomic(), guard.lifted(), connection.cursor() as cursor:
        for model in stored_models():
            if tables.label(model) not in tables.FILLED_BY_ITSELF:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
    restore(file, force=False)
    assert _content() == before


def _without_manifest(data: bytes, path: Path) -> None:
    with zipfile.ZipFile(path, "w") as new:
        new.writestr("iets.txt", "hallo")


def _changed_row(data: bytes, path: Path) -> None:
    source = path.with_suffix(".source")
    source.write_bytes(data)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"ann@", b"eve@"))


def _missing_table(data: bytes, path: Path) -> None:
    source = path.with_suffix(".source")
    source.write_bytes(data)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if "accounts.user." not in name:
                new.writestr(name, old.read(name))


def _changed_manifest(change: Callable[[dict[str, Any]], None]) -> Callable[[bytes, Path], None]:
    def damage(data: bytes, path: Path) -> None:
        source = path.with_suffix(".source")
        source.write_bytes(data)
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                content = old.read(name)
                if name == "manifest.json":
                    manifest = json.loads(content)
                    change(manifest)
                    content = json.dumps(manifest).encode()
                new.writestr(name, content)

    return damage


DAMAGE: dict[str, Callable[[bytes, Path], Any]] = {
    "truncated": lambda data, path: path.write_bytes(data[: len(data) // 2]),
    "last byte gone": lambda data, path: path.write_bytes(data[:-1]),
    "empty": lambda data, path: path.write_bytes(b""),
    "a picture": lambda data, path: path.write_bytes(b"\x89PNG\r\n" + bytes(range(256))),
    "bytes flipped": lambda data, path: path.write_bytes(
        data[:400] + bytes(b ^ 255 for b in data[400:440]) + data[440:]
    ),
    "another zip": _without_manifest,
    "a row changed": _changed_row,
    "a table missing": _missing_table,
    "older tables": _changed_manifest(lambda manifest: manifest["migrations"].pop()),
    "newer tables": _changed_manifest(lambda manifest: manifest["migrations"].append("register.9999_later")),
    "unknown column": _changed_manifest(
        lambda manifest: manifest["tables"]["audit.entry"]["columns"].__setitem__(0, "nope")
    ),
    "manifest of another shape": _changed_manifest(lambda manifest: manifest.update(tables=[1])),
    "a later format": _changed_manifest(lambda manifest: manifest.update(format="schakel-backup/2")),
}


@on_a_real_database
@pytest.mark.slow
@pytest.mark.parametrize("kind", DAMAGE)
def test_damaged_or_foreign_file_is_refused_and_changes_nothing(tmp_path: Path, kind: str) -> None:
    _fill()
    good, bad = tmp_path / "b.zip", tmp_path / "bad.zip"
    write_backup(good)
    DAMAGE[kind](good.read_bytes(), bad)
    before = _content()
    with pytest.raises(OperationFailed, match=r"niets veranderd") as refusal:
        restore(bad, force=True)
    assert refusal.value.exit_code == 2
    assert _content() == before


@on_a_real_database
@pytest.mark.slow
def test_content_that_breaks_a_rule_of_the_database_changes_nothing(tmp_path: Path) -> None:
    _fill()
    file = tmp_path / "b.zip"
    write_backup(file)
    before = _content()
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(bad, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        for name in old.namelist():
            content = old.read(name)
            if name == "tables/audit.entry.jsonl":
                row = json.loads(content)
                row[manifest["tables"]["audit.entry"]["columns"].index("actor_id")] = 999_999
                content = json.dumps(row).encode() + b"\n"
                manifest["tables"]["audit.entry"]["sha256"] = hashlib.sha256(content).hexdigest()
            if name != "manifest.json":
                new.writestr(name, content)
        new.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(OperationFailed, match="aanvaardt"):
        restore(bad, force=True)
    assert _content() == before


@pytest.mark.django_db
def test_missing_file_is_refused_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(OperationFailed, match="bestaat niet"):
        restore(tmp_path / "nergens.zip", force=True)


@on_a_real_database
@pytest.mark.slow
def test_backup_is_for_its_owner_only_and_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "b.zip"
    write_backup(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    kept = file.read_bytes()

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "to_json", broken)
    with pytest.raises(OSError, match="space"):
        write_backup(file)
    assert file.read_bytes() == kept
    assert [path.name for path in tmp_path.iterdir()] == ["b.zip"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nergens/b.zip", "."])
def test_backup_to_a_place_that_cannot_be_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(OperationFailed):
        write_backup(tmp_path / name)


@on_a_real_database
@pytest.mark.slow
def test_backup_is_of_one_moment_while_others_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else adds two rows that belong together after the first table was read: neither is in the file."""
    _fill()
    before = _content()
    seen: list[str] = []
    real = backup._rows

    def rows(model: type[models.Model], names: tuple[str, ...]) -> Any:
        seen.append(tables.label(model))
        if len(seen) == 2:

            def write() -> None:
                User.objects.create_user("gelijktijdig@voorbeeld.be")
                Report.objects.create(organisation_key="gelijktijdig", text="tegelijk")
                connection.close()

            other = threading.Thread(target=write)
            other.start()
            other.join(timeout=20)
            assert not other.is_alive(), "a back-up must not stop others from writing"
        return real(model, names)

    monkeypatch.setattr(backup, "_rows", rows)
    file = tmp_path / "b.zip"
    write_backup(file)
    assert Report.objects.count() == 2
    restore(file, force=True)
    assert _content() == before


FIELDS: dict[str, tuple[models.Field[Any, Any], st.SearchStrategy[Any]]] = {
    "moment": (models.DateTimeField(), st.datetimes(timezones=st.just(UTC))),
    "day": (models.DateField(null=True), st.none() | st.dates()),
    "time": (models.TimeField(), st.times()),
    "number": (models.FloatField(), st.floats(allow_nan=False, allow_infinity=False)),
    "whole": (models.BigIntegerField(), st.integers(-(2**63), 2**63 - 1)),
    "decimal": (
        models.DecimalField(max_digits=12, decimal_places=4),
        st.decimals(-(10**7), 10**7, places=4, allow_nan=False),
    ),
    "uuid": (models.UUIDField(), st.uuids()),
    "bytes": (models.BinaryField(), st.binary()),
    "text": (models.TextField(), st.text()),
}


@pytest.mark.parametrize("kind", FIELDS)
def test_value_survives_the_way_through_json(kind: str) -> None:
    field, values = FIELDS[kind]
    field.set_attributes_from_name("field")

    @given(values)
    def survives(value: Any) -> None:
        back = field.to_python(json.loads(json.dumps(to_json(value))))
        assert (bytes(back) if kind == "bytes" else back) == value

    survives()


def test_json_null_is_not_the_absence_of_a_value() -> None:
    field = models.JSONField()
    field.set_attributes_from_name("field")
    assert to_database(field, None) is not None
    nullable = models.JSONField(null=True)
    nullable.set_attributes_from_name("field")
    assert to_database(nullable, None) is None


def test_kinds_of_values_are_written_without_loss() -> None:
    assert to_json(datetime(2026, 11, 23, 9, 30, 0, 123456, tzinfo=UTC)) == "2026-11-23T09:30:00.123456+00:00"
    assert to_json(date(2026, 11, 23)) == "2026-11-23"
    assert to_json(time(9, 30)) == "09:30:00"
    assert to_json(Decimal("1.50")) == "1.50"
    assert to_json(uuid.UUID(int=1)) == "00000000-0000-0000-0000-000000000001"
    assert to_json(memoryview(b"ab")) == "YWI="
