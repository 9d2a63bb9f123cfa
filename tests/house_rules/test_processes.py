"""The suite runs in several processes at once: what one does, the others must not see."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SAY = "from tests import settings; print(settings.DATA_FOLDER, settings.DATA_FOLDER.is_dir())"


def data_folder(**environment: str) -> Path:
    """The data folder of a process with these settings."""
    called = [sys.executable, "-c", SAY]
    said = subprocess.run(called, cwd=PROJECT, env=os.environ | environment, capture_output=True, text=True, check=True)
    folder, existed = said.stdout.split()
    assert existed == "True"
    return Path(folder)


def test_each_process_of_the_suite_has_a_data_folder_that_goes_with_it(tmp_path: Path) -> None:
    folders = [data_folder(SCHAKEL_DATA=str(tmp_path), PYTEST_XDIST_WORKER=f"gw9{number}") for number in range(2)]
    assert len({tmp_path, *folders}) == 3
    assert not any(folder.exists() for folder in folders)


def test_what_a_test_starts_stays_in_the_folder_that_the_test_says(tmp_path: Path) -> None:
    assert data_folder(SCHAKEL_DATA=str(tmp_path)) == tmp_path
    assert tmp_path.exists()
