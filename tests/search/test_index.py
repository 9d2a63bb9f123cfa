"""The index on disk: built beside the live one, damaged, replaced, renewed."""

from __future__ import annotations

import fcntl
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from django.apps import apps
from pytest_django import Settings

from schakel.core import taxonomy
from schakel.core.model import SearchRecord
from schakel.register import read
from schakel.search import index as live
from schakel.search import store
from schakel.search.content import Content, Texts
from schakel.search.query import SearchQuery
from schakel.search.service import search
from schakel.search.store import DamagedIndex, read_content, read_revision, write_content
from tests.search.conftest import CLUSTERS, LOCALITIES, MUNICIPALITIES, RECORDS, record


@dataclass
class Register:
    """Stands in for the register: its records can be replaced, which raises the revision."""

    records: tuple[SearchRecord, ...] = RECORDS
    number: int = 1
    built: int = 0

    def iter_search_records(self) -> tuple[SearchRecord, ...]:
        self.built += 1
        return self.records

    def write(self, *records: SearchRecord) -> None:
        self.records = records
        self.number += 1


@pytest.fixture
def register(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Register:
    settings.SEARCH_INDEX_FOLDER = tmp_path / "search"
    register = Register()
    reads = SimpleNamespace(
        revision=lambda: register.number,
        iter_search_records=register.iter_search_records,
        list_municipalities=lambda: MUNICIPALITIES,
        list_localities=lambda: LOCALITIES,
        list_clusters=lambda: CLUSTERS,
    )
    monkeypatch.setattr(live, "read", reads)
    monkeypatch.setattr(live, "_loaded", None)
    return register


def test_first_search_builds_the_index(register: Register) -> None:
    assert search(SearchQuery(q="strijk")).count == 1
    assert search(SearchQuery(q="strijk"), facets=False).facets == {}
    assert register.built == 1


def test_index_is_built_again_only_when_the_register_changed(register: Register) -> None:
    assert live.ensure_fresh()
    assert not live.ensure_fresh()
    register.write(record("nieuw", "Nieuw"))
    assert [hit.slug for hit in search(SearchQuery()).hits] != ["nieuw"]  # still the old one
    assert live.ensure_fresh()
    page = search(SearchQuery())
    assert [hit.slug for hit in page.hits] == ["nieuw"]
    assert page.revision == 2


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "changed", "other"])
def test_damaged_index_is_built_again(register: Register, damage: str) -> None:
    search(SearchQuery())
    file = live.index_file()
    whole = file.read_bytes()
    if damage == "missing":
        file.unlink()
    else:
        middle = len(whole) // 2
        spoiled = whole[:middle] + bytes(255 - byte for byte in whole[middle : middle + 400]) + whole[middle + 400 :]
        file.write_bytes({"empty": b"", "cut": whole[:-500], "changed": spoiled, "other": b"no index at all"}[damage])
    assert search(SearchQuery(q="strijk")).count == 1
    assert register.built == 2


@pytest.mark.slow
def test_other_process_that_builds_is_not_waited_for_when_asked(register: Register) -> None:
    search(SearchQuery())
    register.write()
    with (live.index_file().parent / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        assert not live.ensure_fresh(wait=False)
        assert search(SearchQuery()).count == 6  # readers go on with what they have
    assert live.ensure_fresh(wait=False)
    assert search(SearchQuery()).count == 0


def test_write_that_fails_leaves_the_old_index(
    register: Register, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    live.ensure_fresh()
    before = live.index_file().read_bytes()

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(np, "savez", fail)
    with pytest.raises(OSError, match="disk full"):
        write_content(content, live.index_file())
    assert live.index_file().read_bytes() == before
    assert sorted(path.name for path in live.index_file().parent.iterdir()) == ["index.npz", "lock"]


def test_index_comes_back_from_its_file_as_it_was(content: Content, tmp_path: Path) -> None:
    write_content(content, tmp_path / "index.npz")
    again = read_content(tmp_path / "index.npz")
    for column in fields(Content):
        old, new = getattr(content, column.name), getattr(again, column.name)
        if isinstance(old, Texts):
            assert [old[place] for place in range(len(old))] == [new[place] for place in range(len(new))]
        elif isinstance(old, np.ndarray):
            assert np.array_equal(old, new)
    assert [one.name for one in again.region.municipalities] == [one.name for one in content.region.municipalities]
    assert read_revision(tmp_path / "index.npz") == 7


def test_index_that_is_not_there_has_no_revision(tmp_path: Path) -> None:
    assert read_revision(tmp_path / "index.npz") is None
    with pytest.raises(DamagedIndex):
        read_content(tmp_path / "index.npz")


def test_register_writes_ask_for_a_new_index() -> None:
    from schakel.register import write
    from schakel.search.tasks import enqueue_rebuild

    apps.get_app_config("search").ready()  # a second time adds nothing
    assert write.listeners.count(enqueue_rebuild) == 1


@pytest.mark.slow
@pytest.mark.django_db
def test_empty_register_can_be_searched(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SEARCH_INDEX_FOLDER = tmp_path / "search"
    monkeypatch.setattr(live, "_loaded", None)
    assert live.read is read
    assert search(SearchQuery(q="strijk in Ronse")).count == 0


@pytest.mark.parametrize("changed", ["theme of a service", "themes", "kinds"])
def test_index_of_another_taxonomy_is_not_used(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    """What is counted in it, or stands in it as a bit, would mean something else."""
    file = tmp_path / "index.npz"
    write_content(content, file)
    first, *others = taxonomy.services()
    if changed == "theme of a service":
        monkeypatch.setattr(taxonomy, "services", lambda: (replace(first, theme="space"), *others))
    elif changed == "themes":
        backwards = tuple(reversed(taxonomy.themes()))
        monkeypatch.setattr(taxonomy, "themes", lambda: backwards)
    else:
        monkeypatch.setattr(store, "KINDS", store.KINDS[1:])
    assert read_revision(file) is None
    with pytest.raises(DamagedIndex):
        read_content(file)
