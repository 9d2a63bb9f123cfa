"""The cycle collector while the program loads, and of a process that answers requests."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 50_000  # objects made more than freed before it looks: the usual 700 are passed in every page


@contextmanager
def loading() -> Iterator[None]:
    """No passes while modules load: nearly all they make stays, and looking through it takes a sixth of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def calm_collector() -> None:
    """Leave what is loaded out of every later pass, and look less often at what requests make.

    Nearly everything a request makes is freed at once, without the collector; with the usual settings it looks through
    the young objects several times per page and now and then through all of the register that is kept in memory.
    """
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
