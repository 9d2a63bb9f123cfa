"""Who writes and where links lead: from the settings, never from what a browser says it asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from django.conf import settings

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class WrongSetting(ValueError):
    """A value from the environment that cannot be used; the words say what is expected."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where letters are handed in. `security`: "" (plain), "starttls" or "tls"."""

    host: str
    port: int
    security: str
    user: str
    password: str


def parse_smtp(address: str) -> SmtpServer:
    """`smtp://`, `smtp+starttls://` or `smtps://`, then `user:password@host:port`.

    Raises WrongSetting for another scheme, no host, a wrong port, half a sign-in, or a password that would travel
    in the open to another machine.
    """
    expected = "verwacht: smtps://gebruiker:wachtwoord@machine:poort, of smtp+starttls://… of smtp://…"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise WrongSetting(f"is niet leesbaar; {expected}") from error
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise WrongSetting(f"is niet leesbaar; {expected}")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise WrongSetting("heeft een gebruiker of een wachtwoord te weinig; geef beide of geen van beide")
    if password and parts.scheme == "smtp" and parts.hostname not in _LOOPBACK:
        raise WrongSetting("zou het wachtwoord leesbaar over het netwerk sturen; gebruik smtps:// of smtp+starttls://")
    security = {"smtp": "", "smtp+starttls": "starttls", "smtps": "tls"}[parts.scheme]
    return SmtpServer(parts.hostname, port or _PORTS[parts.scheme], security, user, password)


def parse_sender(value: str) -> Address:
    """`Schakel <schakel@voorbeeld.be>` or only the address. Raises WrongSetting."""
    name, address = parseaddr(value)
    local, _, domain = address.rpartition("@")
    good = re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", address)
    if not good or not value.isprintable():
        raise WrongSetting(f"is {value!r}; verwacht: een adres, zoals Schakel <schakel@voorbeeld.be>")
    return Address(name, local, domain)


def parse_site(value: str) -> str:
    """`https://schakel.voorbeeld.be`: scheme and name, maybe a port, nothing more. Raises WrongSetting."""
    if not re.fullmatch(r"https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\])(:\d{1,5})?/?", value):
        raise WrongSetting(f"is {value!r}; verwacht: https:// en een naam, zoals https://schakel.voorbeeld.be")
    return value.rstrip("/")


def absolute(path: str) -> str:
    """The whole address of a path of this site, for who reads it elsewhere."""
    return f"{settings.SITE_URL}{path}"
