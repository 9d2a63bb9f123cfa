"""Guides that are kept: made once, in turn, and never more than fit."""

from __future__ import annotations

import fcntl
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from pytest_django import Settings

from schakel.documents import EmptySelection, Selection, TooMany, kept
from schakel.documents.guide import Bounds
from schakel.documents.kept import Busy, Wanted, find_guide, folder, make_guide, sweep
from tests.register.packs import load, small_pack

ON = date(2026, 11, 23)
WANTED = Wanted(Selection(), "nl", large=False, on=ON, base_url="https://voorbeeld.example", revision=3)
PDF = b"%PDF-1.7 kort %%EOF\n"


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Selection]:
    """What was made, with a stand-in for Typst."""
    asked: list[Selection] = []

    def build(selection: Selection, **_: object) -> bytes:
        asked.append(selection)
        return PDF

    monkeypatch.setattr(kept, "build_guide", build)
    return asked


def test_guide_is_made_once_and_found_after(made: list[Selection]) -> None:
    assert find_guide(WANTED) is None
    assert make_guide(WANTED) == make_guide(WANTED) == find_guide(WANTED) == PDF
    assert made == [Selection()]
    assert [file.name for file in folder().glob("*.pdf")] == [WANTED.name]


def test_everything_that_changes_a_guide_gives_another_file() -> None:
    others = [
        replace(WANTED, language="fr"),
        replace(WANTED, large=True),
        replace(WANTED, on=date(2026, 11, 24)),
        replace(WANTED, base_url="https://elders.example"),
        replace(WANTED, revision=4),
        *(
            replace(WANTED, selection=one)
            for one in (
                Selection(theme="green"),
                Selection(municipality="45041"),
                Selection(slugs=("fiets",)),
                Selection(slugs=("fiets",), asked="fiets"),
                Selection(slugs=("fiets", "groen")),
            )
        ),
    ]
    assert len({WANTED.name, *(one.name for one in others)}) == len(others) + 1


def test_half_a_file_counts_as_none(made: list[Selection]) -> None:
    make_guide(WANTED)
    (folder() / WANTED.name).write_bytes(PDF[:10])
    assert find_guide(WANTED) is None
    assert make_guide(WANTED) == PDF == find_guide(WANTED)


def test_while_one_is_made_another_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    began, go_on = Event(), Event()

    def build(*_: object, **__: object) -> bytes:
        began.set()
        assert go_on.wait(20)
        return PDF

    monkeypatch.setattr(kept, "build_guide", build)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(make_guide, WANTED)
        assert began.wait(20)
        with pytest.raises(Busy):
            make_guide(replace(WANTED, large=True))
        go_on.set()
        assert first.result(20) == PDF
    assert make_guide(replace(WANTED, large=True)) == PDF


def test_another_process_that_makes_one_is_waited_for_and_then_not(
    made: list[Selection], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder().mkdir()
    monkeypatch.setattr(kept, "PATIENCE", 0.0)
    with (folder() / ".making").open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(Busy):
            make_guide(WANTED)
    assert make_guide(WANTED) == PDF


def test_a_guide_that_another_process_made_meanwhile_is_not_made_again(made: list[Selection]) -> None:
    folder().mkdir()
    with ThreadPoolExecutor(1) as pool, (folder() / ".making").open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        second = pool.submit(make_guide, WANTED)
        (folder() / WANTED.name).write_bytes(PDF)
        fcntl.flock(other, fcntl.LOCK_UN)
        assert second.result(20) == PDF
    assert made == []


def test_what_cannot_be_kept_is_still_given(made: list[Selection], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "write_guide", full)
    assert make_guide(WANTED) == PDF
    assert find_guide(WANTED) is None


def test_other_days_and_what_is_too_much_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    folder().mkdir()
    monkeypatch.setattr(kept, "MOST_FILES", 3)
    for number in range(5):
        file = folder() / f"2026-11-23-{number}.pdf"
        file.write_bytes(PDF)
        os.utime(file, (time.time() - 100 + number,) * 2)
    (folder() / "2026-11-22-oud.pdf").write_bytes(PDF)
    young, old = folder() / ".gids-jong.pdf", folder() / ".gids-oud.pdf"
    for half in (young, old):
        half.write_bytes(b"%PDF")
    os.utime(old, (time.time() - 10_000,) * 2)
    monkeypatch.setattr(kept, "MOST_FILES", 5)
    assert sweep(ON) == 4
    assert {file.name for file in folder().iterdir()} == {
        ".gids-jong.pdf",
        *(f"2026-11-23-{number}.pdf" for number in (2, 3, 4)),
    }
    monkeypatch.setattr(kept, "MOST_BYTES", 2 * len(PDF))
    sweep(ON)
    assert not (folder() / "2026-11-23-2.pdf").exists()


@pytest.mark.django_db
@pytest.mark.slow
def test_bounds_hold_and_nothing_is_kept_of_what_was_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    load(small_pack())
    assert make_guide(WANTED).startswith(b"%PDF-")
    monkeypatch.setattr(kept, "BOUNDS", Bounds(organisations=1, seconds=30))
    with pytest.raises(TooMany, match="1 organisaties"):
        make_guide(replace(WANTED, revision=4))
    with pytest.raises(EmptySelection):
        make_guide(replace(WANTED, selection=Selection(slugs=("niemand",))))
    assert len(list(folder().glob("*.pdf"))) == 1
