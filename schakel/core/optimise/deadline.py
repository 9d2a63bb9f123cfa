"""How long a solver may still run, by a clock that never jumps."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field

from schakel.core.errors import InvalidInput


@dataclass(frozen=True)
class Deadline:
    """Seconds allowed from now; None is no limit, 0 allows nothing that is not needed for an answer."""

    limit: float | None = None
    started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        if self.limit is not None and not (math.isfinite(self.limit) and self.limit >= 0):
            raise InvalidInput(f"The time limit is {self.limit}; give seconds of 0 or more, or None for no limit")

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    @property
    def left(self) -> float | None:
        """Seconds left, never below 0; None without a limit."""
        return None if self.limit is None else max(0.0, self.limit - self.seconds)

    @property
    def passed(self) -> bool:
        """True when no time is left."""
        return self.left == 0.0
