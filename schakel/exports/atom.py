"""Open needs as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml  # writing only

from schakel.cooperation.needs.public import PublicNeed
from schakel.core.taxonomy import service

_NAMESPACE = "http://www.w3.org/2005/Atom"


def write_feed(
    needs: Sequence[PublicNeed], *, title: str, own: str, page: str, place_name: Callable[[str], str], made: datetime
) -> bytes:
    """The feed: `own` is its address, `page` that of the list. Without needs it is as old as `made`."""
    Xml.register_namespace("", _NAMESPACE)
    feed = Xml.Element(f"{{{_NAMESPACE}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "nl"})
    _add(feed, "title", title)
    _add(feed, "id", own)
    _add(feed, "updated", _moment(max((one.opened_at for one in needs), default=made)))
    _add(feed, "link", rel="self", href=own, type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=page, type="text/html")
    for one in needs:
        entry = _add(feed, "entry")
        _add(entry, "title", one.text if len(one.text) <= 120 else one.text[:119] + "…")
        _add(entry, "id", f"{page}#{one.key}")
        _add(entry, "link", rel="alternate", href=f"{page}#{one.key}", type="text/html")
        _add(entry, "updated", _moment(one.opened_at))
        _add(_add(entry, "author"), "name", one.buyer_name)
        where = ", ".join(place_name(code) for code in one.places)
        _add(entry, "summary", f"{one.text} ({where}). Antwoorden kan tot en met {one.answer_by:%d-%m-%Y}.")
        for code in one.services:
            _add(entry, "category", term=code, label=service(code).labels["nl"])
    content: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return content


def _add(parent: Xml.Element, tag: str, text: str = "", **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, f"{{{_NAMESPACE}}}{tag}", attributes)
    element.text = "".join(sign for sign in text if sign.isprintable() or sign in "\n\t") or None
    return element


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
