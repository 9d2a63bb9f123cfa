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


class Counting:
    """Says how far long work is: after two seconds, then every ten. Work that is soon done says nothing."""

    def __init__(self, out: TextIO | None = None, every_seconds: float = 10.0, quiet_seconds: float = 2.0) -> None:
        self._out = out or sys.stderr
        self._every = every_seconds
        self._next = time.monotonic() + quiet_seconds
        self._told = ""

    def __call__(self, words: str, done: int, total: int) -> None:
        """`done` of `total` of the work that `words` names (in Dutch) is ready; a total of 0 is not counted."""
        now = time.monotonic()
        if total == 0:
            if self._told and self._told != words:  # what comes first is usually short; what interrupts it may not be
                print(f"  {words} …", file=self._out, flush=True)
            self._told = words
        elif now >= self._next:
            self._next = now + self._every
            print(f"  {words}: {100 * done // total} % ({done} van {total})", file=self._out, flush=True)
