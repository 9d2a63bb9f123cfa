"""What is made once for a whole run, however many processes share its tests."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

Made = TypeVar("Made")


def once(temporary: pytest.TempPathFactory, name: str, make: Callable[[Path], Made]) -> Made:
    """What `make` gives in a folder of its own. Whoever asks first makes it; the others wait, and get a copy of it.

    When making fails, whoever asks next tries again.
    """
    shared = temporary.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # each process has a folder of its own in there
    kept = shared / f"{name}.pickle"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(make(temporary.mktemp(name))))
    made: Made = pickle.loads(kept.read_bytes())  # noqa: S301 (written a moment ago by this same run)
    return made
