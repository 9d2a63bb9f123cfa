"""Every Dutch sentence on a page has an English and a French one, and what is installed is what is written."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import polib
import pytest

import schakel

PACKAGE = Path(schakel.__file__).parent
LANGUAGES = ("en", "fr")
SPEAKING = (
    "accounts",
    "api",
    "audit",
    "cooperation",
    "documents",
    "figures",
    "mail",
    "operations",
    "pages",
    "search",
    "upkeep",
    "wording",
)


def catalogue(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def texts(file: polib.POFile | polib.MOFile) -> dict[str, tuple[str, ...]]:
    return {
        entry.msgid: tuple(entry.msgstr_plural.values()) if entry.msgid_plural else (entry.msgstr,) for entry in file
    }


class ToolMissing(UserWarning):
    """A check did not run."""


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The messages in templates and code today, taken out of a copy of the package."""
    if shutil.which("xgettext") is None:
        message = "TRANSLATIONS WERE NOT CHECKED: xgettext (gettext) is not installed"
        warnings.warn_explicit(message, ToolMissing, __file__, 1, registry=None)
        pytest.skip(message)
    copy = tmp_path_factory.mktemp("messages")
    for part in SPEAKING:
        shutil.copytree(PACKAGE / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "-l", "en", "--no-location"]
    # Without our settings: the command only needs Django.
    subprocess.run(command, cwd=copy, check=True, capture_output=True, env={"PATH": "/usr/bin:/bin"})
    return {entry.msgid for entry in polib.pofile(str(copy / "locale" / "en" / "LC_MESSAGES" / "django.po"))}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_holds_exactly_the_messages_of_the_pages(language: str, extracted: set[str]) -> None:
    assert set(texts(polib.pofile(str(catalogue(language))))) == extracted


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_translates_everything_with_the_same_placeholders(language: str) -> None:
    found = polib.pofile(str(catalogue(language)))
    assert found
    for entry in found:
        said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        assert all(said), entry.msgid
        assert not entry.fuzzy, entry.msgid
        for text in said:
            assert set(re.findall(r"%\(\w+\)s", text)) == set(re.findall(r"%\(\w+\)s", entry.msgid)), entry.msgid


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_equals_the_written_one(language: str) -> None:
    file = catalogue(language)
    assert texts(polib.mofile(str(file.with_suffix(".mo")))) == texts(polib.pofile(str(file)))
