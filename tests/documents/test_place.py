"""Where a guide is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from schakel.core.errors import InvalidInput
from schakel.documents import check_site, write_guide


def test_guide_replaces_what_stood_there_and_leaves_nothing_beside(tmp_path: Path) -> None:
    file = tmp_path / "gids.pdf"
    file.write_bytes(b"oud")
    write_guide(file, b"nieuw")
    assert file.read_bytes() == b"nieuw"
    assert list(tmp_path.iterdir()) == [file]


def test_failed_write_leaves_the_old_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "gids.pdf"
    file.write_bytes(b"oud")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_guide(file, b"nieuw")
    assert file.read_bytes() == b"oud"
    assert list(tmp_path.iterdir()) == [file]


def test_guide_without_a_folder_or_over_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "weg" / "gids.pdf", tmp_path):
        with pytest.raises(InvalidInput):
            write_guide(path, b"nieuw")


@pytest.mark.parametrize(
    ("given", "found"),
    [("", ""), (" https://gids.example/ ", "https://gids.example"), ("http://x.example/a", "http://x.example/a")],
)
def test_site_address_loses_its_last_slash(given: str, found: str) -> None:
    assert check_site(given) == found


@pytest.mark.parametrize("given", ["gids", "ftp://x.example", "https://", "https://x.example?a=1", "https://[x", "//x"])
def test_site_address_that_cannot_be_followed_is_refused(given: str) -> None:
    with pytest.raises(InvalidInput, match="geen adres van een website"):
        check_site(given)
