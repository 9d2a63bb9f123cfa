"""How often one client may ask. Kept in memory, without addresses: only a keyed hash that dies with the process."""

from __future__ import annotations

import hashlib
import math
import secrets
import threading
import time
from collections.abc import Callable

MINUTE = 60.0
MOST_CLIENTS = 50_000


class RateLimit:
    """At most `limit` requests per client in each window of `seconds`, per web process.

    Memory is bounded: beyond MOST_CLIENTS in one window, new clients share one count.
    """

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic, seconds: float = MINUTE) -> None:
        self.limit = limit
        self._seconds = seconds
        self._clock = clock
        self._salt = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._window = -1
        self._counts: dict[bytes, int] = {}

    def wait_seconds(self, client: str) -> int:
        """Count one request; 0 when it may pass, else how many whole seconds to wait."""
        key = hashlib.blake2b(client.encode("utf-8", "replace"), key=self._salt, digest_size=16).digest()
        now = self._clock()
        with self._lock:
            window = int(now // self._seconds)
            if window != self._window:
                self._window, self._counts = window, {}
            if key not in self._counts and len(self._counts) >= MOST_CLIENTS:
                key = b""
            self._counts[key] = self._counts.get(key, 0) + 1
            if self._counts[key] <= self.limit:
                return 0
        return max(1, math.ceil((window + 1) * self._seconds - now))
