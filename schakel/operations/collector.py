"""The cycle collector of a process that answers requests."""

from __future__ import annotations

import gc

YOUNG = 50_000  # objects made more than freed before it looks: the usual 700 are passed in every page


def calm_collector() -> None:
    """Leave what is loaded out of every later pass, and look less often at what requests make.

    Nearly everything a request makes is freed at once, without the collector; with the usual settings it looks through
    the young objects several times per page and now and then through all of the register that is kept in memory.
    """
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
