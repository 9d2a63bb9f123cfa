"""Who asks, and how often they may. No address of a visitor is kept: only a keyed hash, in memory, a day at most."""

from __future__ import annotations

import hashlib
import ipaddress
import math
import secrets
import threading
import time
from collections.abc import Callable
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

MINUTE = 60.0
MOST_CLIENTS = 50_000
_lock = threading.Lock()
_salt: tuple[date, bytes] | None = None


def client_of(request: HttpRequest) -> str:
    """An IPv4 address, or the /64 an IPv6 address is in.

    Behind a reverse proxy on this machine it is the last address that the proxy added to X-Forwarded-For; what
    comes before that, the client may have made up.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if forwarded and _is_loopback(address):
        address = forwarded.rsplit(",", 1)[-1].strip()
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False).network_address)
    return str(found)


def day_mark(request: HttpRequest) -> str:
    """The same for one client on one day in one process, and nothing that leads back to the address."""
    return hashlib.blake2b(client_of(request).encode(), key=_salt_of(timezone.localdate()), digest_size=16).hexdigest()


def _salt_of(day: date) -> bytes:
    global _salt
    with _lock:
        if _salt is None or _salt[0] != day:
            _salt = (day, secrets.token_bytes(32))
        return _salt[1]


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == ""  # a Unix socket


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
