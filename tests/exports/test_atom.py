"""The feed of open needs."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

from schakel.exports.atom import write_feed
from tests.exports.ocds_needs import BARE, FULL, ODD, place_name

A = "{http://www.w3.org/2005/Atom}"
MADE = datetime(2026, 11, 28, 9, tzinfo=UTC)


def feed(*needs: object) -> Xml.Element:
    site = "https://gids.voorbeeld.example"
    content = write_feed(
        needs,
        title="Open vragen",
        own=f"{site}/vragen.atom",
        page=f"{site}/vragen",
        place_name=place_name,
        made=MADE,  # type: ignore[arg-type]  # needs of any kind
    )
    return Xml.fromstring(content)  # noqa: S314 (our own)


def text(element: Xml.Element, tag: str) -> str:
    found = element.find(A + tag)
    assert found is not None, tag
    return found.text or ""


def test_feed_has_what_rfc_4287_requires() -> None:
    root = feed(FULL, BARE)
    assert root.tag == A + "feed"
    assert (text(root, "title"), text(root, "id")) == ("Open vragen", "https://gids.voorbeeld.example/vragen.atom")
    assert text(root, "updated") == "2026-11-25T09:30:15Z"
    entries = root.findall(A + "entry")
    assert len(entries) == 2
    for entry in entries:
        assert all(text(entry, tag) for tag in ("title", "id", "updated", "summary"))
        author = entry.find(A + "author")
        assert author is not None
        assert text(author, "name") == "Gemeente Voorbeeld"
    assert text(entries[0], "summary") == "bermen maaien (Ronse, Maarkedal). Antwoorden kan tot en met 20-12-2026."
    assert [one.get("term") for one in entries[0].findall(A + "category")] == ["green_maintenance", "litter_collection"]


def test_feed_without_needs_is_a_feed() -> None:
    root = feed()
    assert text(root, "updated") == "2026-11-28T09:00:00Z"
    assert root.findall(A + "entry") == []


def test_any_text_stays_text() -> None:
    entry = feed(ODD).findall(A + "entry")[0]
    assert text(entry, "summary").startswith("<b>& ]]> xxx")
    assert len(text(entry, "title")) <= 120
