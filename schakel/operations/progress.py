"""Progress an operator can follow: `2/5 Regio … 812 rijen (1,4 s)`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import TextIO

Step = tuple[str, Callable[[], str]]


def seconds(value: float) -> str:
    """Seconds as people write them in Dutch: `0,4 s`."""
    return f"{value:.1f} s".replace(".", ",")


def run_steps(steps: Sequence[Step], out: TextIO | None = None) -> None:
    """Do each step in turn; a step returns in a few words what it did. Errors pass through."""
    out = out or sys.stdout
    for number, (title, action) in enumerate(steps, start=1):
        print(f"{number}/{len(steps)} {title} … ", end="", file=out, flush=True)
        started = time.monotonic()
        try:
            words = action()
        except BaseException:
            print("niet gelukt", file=out, flush=True)
            raise
        print(f"{words} ({seconds(time.monotonic() - started)})", file=out, flush=True)
