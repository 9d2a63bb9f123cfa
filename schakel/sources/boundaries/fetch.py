"""Bytes of boundaries: a file, or the pages that an address gives. Bounded in time, size and number of pages."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from schakel import __version__
from schakel.core.errors import InvalidInput

MOST_BYTES = 32 * 1024 * 1024  # of everything together
MOST_PAGES = 200
PAGE = 500  # features asked at a time
SILENCE_SECONDS = 20.0  # between two pieces of an answer
WHOLE_SECONDS = 120.0  # for everything together
_CHUNK = 64 * 1024
_UNCHANGED = "Er is niets gewijzigd."


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long; tests make them small."""

    most_bytes: int = MOST_BYTES
    silence_seconds: float = SILENCE_SECONDS
    whole_seconds: float = WHOLE_SECONDS
    most_pages: int = MOST_PAGES


USUAL = Limits()


def fetch_boundaries(place: str, limits: Limits = USUAL) -> list[bytes]:
    """The pages of GeoJSON at `place`: a path, or an http(s) address (a file, a WFS, or OGC API Features).

    A WFS is asked for GeoJSON page by page; an OGC API address of a collection for its items; "next" links are followed
    on the same server only. Raises InvalidInput in plain Dutch for whatever goes wrong: not there, refused, too slow,
    broken off, too large, a web page instead of data.
    """
    try:
        scheme = urlsplit(place).scheme.lower()
    except ValueError as error:
        raise InvalidInput(f"{place} is geen geldig webadres. {_UNCHANGED}") from error
    if scheme in ("http", "https"):
        return _fetch_pages(place, limits)
    if "://" in place:
        raise InvalidInput(f"{place}: we lezen alleen bestanden en adressen met http:// of https://. {_UNCHANGED}")
    return [_read_file(Path(place), limits.most_bytes)]


def _read_file(path: Path, most: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > most:
            raise _too_large(str(path), most)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InvalidInput(f"{path} bestaat niet. Kijk de naam na. {_UNCHANGED}") from error
    except IsADirectoryError as error:
        raise InvalidInput(f"{path} is een map. Geef het bestand zelf. {_UNCHANGED}") from error
    except OSError as error:
        raise InvalidInput(f"{path} is niet te lezen. Geef deze gebruiker het recht. {_UNCHANGED}") from error


def _too_large(place: str, most: int) -> InvalidInput:
    return InvalidInput(
        f"{place} is groter dan {most / 1024 / 1024:.3g} MB. Neem alleen de gemeenten van je streek, of vereenvoudigde "
        f"grenzen. {_UNCHANGED}"
    )


def _fetch_pages(address: str, limits: Limits) -> list[bytes]:
    deadline = time.monotonic() + limits.whole_seconds
    wanted: str | None = _first_address(address)
    pages: list[bytes] = []
    seen: set[str] = set()
    features = 0
    while wanted is not None:
        if wanted in seen or len(pages) >= limits.most_pages:
            raise InvalidInput(f"{address}: de bladzijden houden niet op. Vraag de bron om één bestand. {_UNCHANGED}")
        seen.add(wanted)
        pages.append(_get(wanted, limits, deadline, limits.most_bytes - sum(map(len, pages))))
        content = _json(pages[-1], wanted)
        found = content.get("features")
        features += len(found) if isinstance(found, list) else 0
        wanted = _next_address(wanted, content, features)
    return pages


def _first_address(address: str) -> str:
    """With what a WFS or an OGC API needs to be asked; another address as it is."""
    parts = urlsplit(address)
    asked = {key.lower(): value for key, value in parse_qsl(parts.query, keep_blank_values=True)}
    if asked.get("service", "").lower() == "wfs" or asked.get("request", "").lower() == "getfeature":
        if not asked.get("typenames") and not asked.get("typename"):
            raise InvalidInput(f"{address}: zeg welke laag van de WFS je wil, met &typeNames=NAAM. {_UNCHANGED}")
        usual = {"service": "WFS", "version": "2.0.0", "request": "GetFeature", "outputformat": "application/json"}
        return _with(address, {**usual, **asked, "startindex": asked.get("startindex", "0"), "count": _count(asked)})
    path = parts.path.rstrip("/")
    if "/collections/" in path and path.count("/", path.index("/collections/") + len("/collections/")) == 0:
        path += "/items"
    if "/collections/" in path and path.endswith("/items"):
        return _with(parts._replace(path=path).geturl(), {"limit": str(PAGE), **dict(parse_qsl(parts.query))})
    return address


def _count(asked: Mapping[str, str]) -> str:
    return asked.get("count") or asked.get("maxfeatures") or str(PAGE)


def _with(address: str, query: Mapping[str, str]) -> str:
    return urlsplit(address)._replace(query=urlencode(query), fragment="").geturl()


def _next_address(address: str, content: Mapping[str, Any], features: int) -> str | None:
    """Where the next page is; None when this was the last one."""
    links = content.get("links")
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and link.get("rel") == "next" and isinstance(link.get("href"), str):
            target = str(urljoin(address, link["href"]))
            if urlsplit(target)[:2] != urlsplit(address)[:2]:
                raise InvalidInput(f"{address} verwijst door naar een andere server. Dat volgen we niet. {_UNCHANGED}")
            return target
    asked = dict(parse_qsl(urlsplit(address).query))
    if asked.get("request") != "GetFeature":
        return None
    found, total = content.get("features"), content.get("numberMatched", content.get("totalFeatures"))
    here = len(found) if isinstance(found, list) else 0
    more = features < total if isinstance(total, int) else here >= int(asked["count"])
    return _with(address, {**asked, "startindex": str(int(asked["startindex"]) + here)}) if here and more else None


def _opener() -> OpenerDirector:
    """Speaks http and https and nothing else: no files, no FTP, no data: addresses."""
    opener = OpenerDirector()
    kinds = (ProxyHandler, HTTPHandler, HTTPSHandler, HTTPErrorProcessor, HTTPDefaultErrorHandler, HTTPRedirectHandler)
    for kind in kinds:
        opener.add_handler(kind())
    return opener


def _get(address: str, limits: Limits, deadline: float, room: int) -> bytes:
    """One answer, whole. The clock runs over everything: a server that drips is given up too."""
    try:
        request = Request(  # noqa: S310 (the opener speaks http and https only)
            address,
            headers={"Accept": "application/geo+json, application/json", "User-Agent": f"Schakel/{__version__}"},
        )
        with _opener().open(request, timeout=limits.silence_seconds) as answer:
            pieces, size = [], 0
            while piece := answer.read1(_CHUNK):
                size += len(piece)
                if size > room:
                    raise _too_large(address, limits.most_bytes)
                if time.monotonic() > deadline:
                    raise TimeoutError
                pieces.append(piece)
            length = answer.headers.get("Content-Length", "")
            if length.isdigit() and size < int(length):
                raise InvalidInput(
                    f"{address} brak halverwege af ({size} van {length} bytes). Probeer later. {_UNCHANGED}"
                )
            return b"".join(pieces)
    except HTTPError as error:
        with error:
            raise InvalidInput(_refused(address, error.code)) from error
    except TimeoutError as error:
        raise _slow(address) from error
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise _slow(address) from error
        raise InvalidInput(f"{address} is niet te bereiken ({error.reason}). {_UNCHANGED}") from error
    except (HTTPException, ConnectionError) as error:
        raise InvalidInput(f"{address} brak halverwege af. Probeer later opnieuw. {_UNCHANGED}") from error
    except (ValueError, UnicodeError) as error:
        raise InvalidInput(f"{address} is geen geldig webadres. {_UNCHANGED}") from error


def _slow(address: str) -> InvalidInput:
    return InvalidInput(f"{address} antwoordt te traag. Probeer later, of haal het bestand zelf op. {_UNCHANGED}")


def _refused(address: str, code: int) -> str:
    meaning = {404: "dat adres bestaat niet", 401: "je moet je aanmelden", 403: "je mag dit niet lezen"}
    usual = "hij stuurt door naar iets wat geen webadres is" if code < 400 else "de server weigert"
    said = meaning.get(code, "de server kan nu niet antwoorden" if code >= 500 else usual)
    return f"{address} antwoordt {code}: {said}. Kijk het adres na. {_UNCHANGED}"


def _json(page: bytes, address: str) -> Mapping[str, Any]:
    """The answer as an object, to find the next page; what is in it is for `parse_boundaries`."""
    start = page[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<"):
        what = "een webpagina" if b"<html" in start or b"<!doctype html" in start else "XML"
        raise InvalidInput(
            f"{address} geeft {what} in plaats van GeoJSON. Zoek het adres van de gegevens. {_UNCHANGED}"
        )
    try:
        content = json.loads(page)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"{address} geeft geen geldige GeoJSON, of brak halverwege af. {_UNCHANGED}") from error
    return content if isinstance(content, dict) else {}
