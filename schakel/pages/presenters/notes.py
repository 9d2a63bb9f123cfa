"""The sources of a page, each once, numbered in the order in which the page needs them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext

from schakel.core.model import FactSource, Provenance
from schakel.wording import words
from schakel.wording.dates import age_words, date_words


@dataclass(frozen=True, slots=True)
class Note:
    """One source of facts on this page. `age` is empty unless the date lies more than 24 months back."""

    number: int
    title: str
    href: str
    host: str
    date: str
    age: str
    checked: bool
    remarks: str
    run_href: str


def web_address(url: str) -> str:
    """The address when it is one a browser may follow (http or https); empty otherwise."""
    try:
        return url if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def host(url: str) -> str:
    """The name of the site of an address, without www."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


class Notebook:
    """Collects the sources of one page; the same source with the same date and remarks gets the same number."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._notes: dict[tuple[object, ...], Note] = {}

    def note(self, provenance: Provenance | FactSource | None) -> Note | None:
        """The note for where a fact comes from; None when the register does not say."""
        if provenance is None:
            return None
        key = (
            provenance.source,
            provenance.url,
            provenance.stated_on,
            provenance.remarks,
            provenance.verified,
        )
        if key not in self._notes:
            self._notes[key] = self._write(provenance, len(self._notes) + 1)
        return self._notes[key]

    def all(self) -> tuple[Note, ...]:
        """Every note so far, in order."""
        return tuple(self._notes.values())

    def _write(self, said: Provenance | FactSource, number: int) -> Note:
        title = said.source
        if isinstance(said, Provenance):
            title = f"{title} ({words.word(words.RANKS, said.rank)})"
        href = web_address(said.url)
        return Note(
            number=number,
            title=title,
            href=href,
            host=host(href) if href else "",
            date=date_words(said.stated_on) if said.stated_on else gettext("bron zonder datum"),
            age=age_words(said.stated_on, self._today),
            checked=said.verified,
            remarks=said.remarks,
            run_href=f"{reverse('sources')}#run-{said.run_id}" if said.run_id else "",
        )
