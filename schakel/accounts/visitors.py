"""Who asks, as far as needed to share fairly. An address of a visitor is never kept: only a mark of it, for a day."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import threading
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

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


def mark_of(request: HttpRequest) -> str:
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
