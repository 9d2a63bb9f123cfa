"""What comes back is kept: people page on, add a filter, ask for another order, and take the result along as a file."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


class Kept(Generic[Key, Made]):
    """Up to so many things by their key; the oldest goes first. Safe among threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: dict[Key, Made] = {}
        self._lock = Lock()

    def get(self, key: Key, make: Callable[[], Made]) -> Made:
        """What is kept under the key, else what `make` gives. Two threads may both make it; that does no harm."""
        try:
            return self._made[key]
        except KeyError:
            made = make()
        with self._lock:
            if key not in self._made and len(self._made) >= self._most:
                del self._made[next(iter(self._made))]
            self._made[key] = made
        return made

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._made.clear()
