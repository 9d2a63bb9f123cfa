"""The glossary, read from the packaged file `schakel/pages/glossary.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.utils.translation import get_language

from schakel.wording import words


@dataclass(frozen=True, slots=True)
class Term:
    """One term: labels and meanings map nl, en and fr to words; `forbidden` are synonyms we do not use."""

    key: str
    labels: Mapping[str, str]
    meanings: Mapping[str, str]
    source: str
    source_url: str
    forbidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermEntry:
    """One term in the language of the page."""

    key: str
    label: str
    others: str
    meaning: str
    lang: str
    source: str
    source_href: str
    avoid: str


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """Everything `pages/glossary.html` shows."""

    terms: tuple[TermEntry, ...]


@cache
def terms() -> tuple[Term, ...]:
    """All terms, in the order of the file."""
    rows = tomllib.loads(files("schakel.pages").joinpath("glossary.toml").read_text(encoding="utf-8"))["term"]
    return tuple(
        Term(
            key=row["key"],
            labels=row["label"],
            meanings=row["meaning"],
            source=row["source"],
            source_url=row["source_url"],
            forbidden=tuple(row["forbidden"]),
        )
        for row in rows
    )


def present_glossary() -> GlossaryPage:
    """The terms sorted by their label in the language of the page."""
    entries = [_entry(term) for term in terms()]
    return GlossaryPage(tuple(sorted(entries, key=lambda entry: entry.label.casefold())))


def _entry(term: Term) -> TermEntry:
    label = words.in_language(term.labels)
    others = dict.fromkeys(text for text in term.labels.values() if text != label)
    language = words.speaks(term.meanings)
    return TermEntry(
        key=term.key,
        label=label,
        others=", ".join(others),
        meaning=words.in_language(term.meanings),
        lang="" if language == (get_language() or "nl") else language,
        source=term.source,
        source_href=term.source_url,
        avoid=", ".join(term.forbidden),
    )
