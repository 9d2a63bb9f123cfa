"""What comes back is kept: people page on, add a filter, ask for another order, and take the result along as a file."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


def _one(made: object) -> int:
    return 1


class Kept(Generic[Key, Made]):
    """Things by their key, up to a size together; the oldest goes first. Safe among threads."""

    def __init__(self, most: int, size: Callable[[Made], int] = _one) -> None:
        """`most`: how large all may be together, as `size` counts each; by itself it counts how many."""
        self._most = most
        self._size = size
        self._total = 0
        self._made: dict[Key, Made] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._made)

    def get(self, key: Key, make: Callable[[], Made]) -> Made:
        """What is kept under the key, else what `make` gives. Two threads may both make it; that does no harm."""
        try:
            return self._made[key]
        except KeyError:
            made = make()
        with self._lock:
            if key not in self._made:
                self._made[key] = made
                self._total += self._size(made)
                while self._total > self._most:
                    self._total -= self._size(self._made.pop(next(iter(self._made))))
        return made

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._made.clear()
            self._total = 0
