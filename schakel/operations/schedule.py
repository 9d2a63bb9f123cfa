"""When recurring work is due. Pure: the moment is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day at `hour`:`minute` in the timezone of the moment that is given."""

    hour: int
    minute: int = 0

    def latest(self, now: datetime) -> datetime:
        """The last moment at or before `now` on which this was due."""
        slot = now.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0)
        return slot if slot <= now else slot - timedelta(days=1)


def due(rhythm: Daily, now: datetime, done_for: datetime | None) -> datetime | None:
    """The moment to do the work for, or None when it was done already.

    Missed days are caught up once: the work is done for the latest moment, not once per missed day.
    """
    slot = rhythm.latest(now)
    return slot if done_for is None or done_for < slot else None
