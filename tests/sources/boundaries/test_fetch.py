"""A stand-in server that answers as real ones do, and as they should not: 404, slowly, half, HTML, for ever."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from schakel.core.errors import InvalidInput
from schakel.sources.boundaries import fetch_boundaries
from schakel.sources.boundaries.fetch import Limits
from tests.sources.boundaries.squares import collection, features

Answer = Callable[["StandIn", dict[str, list[str]]], None]
QUICK = Limits(most_bytes=200_000, silence_seconds=0.4, whole_seconds=0.8, most_pages=5)


class StandIn(BaseHTTPRequestHandler):
    """Answers by path."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked.append(self.path)
        ANSWERS[parts.path](self, parse_qs(parts.query))

    def say(self, content: bytes, status: int = 200, length: int | None = None, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Silent."""


asked: list[str] = []


def _slow(handler: StandIn, _: dict[str, list[str]]) -> None:
    time.sleep(1.0)


def _dripping(handler: StandIn, _: dict[str, list[str]]) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _piece in range(30):
        try:
            handler.wfile.write(b" ")
        except OSError:
            return  # given up: as it should be
        time.sleep(0.1)


def _wfs(handler: StandIn, query: dict[str, list[str]]) -> None:
    start, count = int(query["startindex"][0]), int(query["count"][0])
    rows = features()[start : start + count]
    handler.say(collection(rows, numberMatched=4, numberReturned=len(rows)))


def _wfs_unknown(handler: StandIn, query: dict[str, list[str]]) -> None:
    start, count = int(query["startindex"][0]), int(query["count"][0])
    handler.say(collection(features()[start : start + count], numberMatched="unknown"))


def _items(handler: StandIn, query: dict[str, list[str]]) -> None:
    start = int(query.get("offset", ["0"])[0])
    links = [{"rel": "self", "href": "x"}]
    if start < 2:
        links.append({"rel": "next", "href": f"/ogc/collections/g/items?offset={start + 2}"})
    handler.say(collection(features()[start : start + 2], links=links))


def _next(href: str) -> Answer:
    return lambda handler, _: handler.say(collection(features()[:1], links=[{"rel": "next", "href": href}]))


def _redirect(handler: StandIn, _: dict[str, list[str]]) -> None:
    handler.send_response(302)
    handler.send_header("Location", "file:///etc/passwd")
    handler.end_headers()


ANSWERS: dict[str, Answer] = {
    "/file.geojson": lambda handler, _: handler.say(collection(features())),
    "/wfs": _wfs,
    "/wfs-unknown": _wfs_unknown,
    "/ogc/collections/g/items": _items,
    "/gone": lambda handler, _: handler.say(b"nee", 404),
    "/ill": lambda handler, _: handler.say(b"nee", 503),
    "/slow": _slow,
    "/dripping": _dripping,
    "/half": lambda handler, _: handler.say(collection(features())[:300], length=5000),
    "/broken": lambda handler, _: handler.say(collection(features())[:300]),
    "/html": lambda handler, _: handler.say(b"<!DOCTYPE html><html><p>Hallo", kind="text/html"),
    "/xml": lambda handler, _: handler.say(b'<?xml version="1.0"?><ows:ExceptionReport/>', kind="text/xml"),
    "/large": lambda handler, _: handler.say(b" " * 300_000),
    "/loop": _next("/loop"),
    "/elsewhere": _next("http://127.0.0.1:1/x"),
    "/redirect": _redirect,
    "/for-ever": lambda handler, query: _next(f"/for-ever?n={int(query.get('n', ['0'])[0]) + 1}")(handler, query),
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    httpd.daemon_threads = True
    threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture(autouse=True)
def fresh() -> None:
    asked.clear()


def names(pages: list[bytes]) -> list[str]:
    return [one["properties"]["naam"] for page in pages for one in json.loads(page)["features"]]


EVERYONE = ["Ronse", "Maarkedal", "Kluisbergen", "Brakel"]


def test_address_of_a_file_is_one_page(server: str) -> None:
    assert names(fetch_boundaries(f"{server}/file.geojson", QUICK)) == EVERYONE
    assert asked == ["/file.geojson"]


@pytest.mark.parametrize("path", ["/wfs", "/wfs-unknown"])
def test_wfs_is_asked_page_by_page_as_geojson(server: str, path: str) -> None:
    pages = fetch_boundaries(f"{server}{path}?SERVICE=WFS&typeNames=grens&count=3", QUICK)
    assert names(pages) == EVERYONE
    assert len(pages) == 2
    assert all("outputformat=application%2Fjson" in address and "request=GetFeature" in address for address in asked)


def test_wfs_without_a_layer_says_what_is_missing(server: str) -> None:
    with pytest.raises(InvalidInput, match="typeNames=NAAM"):
        fetch_boundaries(f"{server}/wfs?service=WFS", QUICK)


@pytest.mark.parametrize("path", ["/ogc/collections/g", "/ogc/collections/g/items"])
def test_ogc_api_follows_next(server: str, path: str) -> None:
    pages = fetch_boundaries(f"{server}{path}", QUICK)
    assert names(pages) == EVERYONE
    assert asked[0] == "/ogc/collections/g/items?limit=500"
    assert len(pages) == 2


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/gone", "antwoordt 404: dat adres bestaat niet"),
        ("/ill", "antwoordt 503: de server kan nu niet antwoorden"),
        ("/half", "brak halverwege af"),
        ("/broken", "geen geldige GeoJSON, of brak halverwege af"),
        ("/html", "een webpagina in plaats van GeoJSON"),
        ("/xml", "XML in plaats van GeoJSON"),
        ("/large", r"groter dan 0.191 MB"),
        ("/loop", "houden niet op"),
        ("/for-ever", "houden niet op"),
        ("/elsewhere", "andere server"),
        ("/redirect", "geen webadres"),
    ],
)
def test_bad_answers_are_told_in_plain_words(server: str, path: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as refused:
        fetch_boundaries(server + path, QUICK)
    assert "Er is niets gewijzigd." in str(refused.value)


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/slow", "/dripping"])
def test_slow_server_is_given_up(server: str, path: str) -> None:
    with pytest.raises(InvalidInput, match="antwoordt te traag"):
        fetch_boundaries(server + path, QUICK)


@pytest.mark.parametrize("place", ["ftp://voorbeeld.example/x", "file:///etc/passwd", "gopher://x"])
def test_only_files_and_web_addresses_are_read(place: str) -> None:
    with pytest.raises(InvalidInput, match="alleen bestanden en adressen"):
        fetch_boundaries(place)


@pytest.mark.parametrize("place", ["http://127.0.0.1:1/x", "http://[oeps/", "https://127.0.0.1:99999/"])
def test_address_that_cannot_be_reached_is_told(place: str) -> None:
    with pytest.raises(InvalidInput, match="Er is niets gewijzigd"):
        fetch_boundaries(place, QUICK)


def test_file_that_is_not_there_a_folder_and_one_of_50_mb_are_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="bestaat niet"):
        fetch_boundaries(str(tmp_path / "weg.geojson"))
    with pytest.raises(InvalidInput, match="is een map"):
        fetch_boundaries(str(tmp_path))
    large = tmp_path / "groot.geojson"
    with large.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(InvalidInput, match="groter dan 32 MB"):
        fetch_boundaries(str(large))
