"""Facts with their values in words and the note that says where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from schakel.core.model import Fact, Json
from schakel.pages.presenters.notes import Note, Notebook, web_address
from schakel.wording import words
from schakel.wording.dates import date_words


@dataclass(frozen=True, slots=True)
class Value:
    """One value: text, an address when it can be followed, `lang` when it is not in the language of the page."""

    text: str
    href: str = ""
    lang: str = ""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class FactRow:
    """A labelled fact; without values `missing` says what is not known."""

    label: str
    values: tuple[Value, ...]
    note: Note | None
    missing: str


def text_of(facts: Mapping[str, Fact], field: str) -> str:
    """The value of a text field; empty when not known."""
    fact = facts.get(field)
    return "" if fact is None or fact.value in (None, "") else str(fact.value)


def number_of(facts: Mapping[str, Fact], field: str) -> float | None:
    """The value of a numeric field; None when not known."""
    fact = facts.get(field)
    value = None if fact is None else fact.value
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def note_of(facts: Mapping[str, Fact], field: str, notebook: Notebook) -> Note | None:
    """The note for a field; None when nobody spoke of it."""
    fact = facts.get(field)
    return None if fact is None else notebook.note(fact.provenance)


def fact_row(facts: Mapping[str, Fact], field: str, notebook: Notebook) -> FactRow:
    """The row for one field of a record."""
    fact = facts.get(field)
    value = None if fact is None else fact.value
    values = _values(field, value)
    said_empty = fact is not None and fact.provenance is not None and not values
    return FactRow(
        label=words.word(words.FIELDS, field),
        values=values,
        note=note_of(facts, field, notebook),
        missing=gettext("volgens de bron is er geen") if said_empty else gettext("niet bekend"),
    )


def opening_hours(value: Json) -> tuple[Value, ...]:
    """Opening hours per day, from `{"mo": [["09:00", "12:00"]]}`."""
    if not isinstance(value, dict):
        return ()
    return tuple(Value(f"{words.word(words.DAYS, day)} {_spans(value[day])}") for day in words.DAYS if value.get(day))


def _spans(spans: Json) -> str:
    if not isinstance(spans, list):
        return ""
    return ", ".join(f"{span[0]}–{span[1]}" for span in spans if isinstance(span, list) and len(span) == 2)


def _values(field: str, value: Json) -> tuple[Value, ...]:
    if value is None or value in ("", [], {}):
        return ()
    if isinstance(value, list):
        return tuple(_listed(field, item) for item in value)
    text = str(value)
    if field == "website" and web_address(text):
        return (Value(text.removeprefix("https://").removeprefix("http://").rstrip("/"), text, outside=True),)
    if field == "email":
        return (Value(text, f"mailto:{text}"),)
    if field == "phone":
        return (Value(text, "tel:" + "".join(c for c in text if c.isdigit() or c == "+")),)
    if field == "ondernemingsnummer" and len(text) == 10:
        return (Value(f"{text[:4]}.{text[4:7]}.{text[7:]}"),)
    return (Value(text, lang="nl" if field == "description" else ""),)


def _listed(field: str, item: Json) -> Value:
    if isinstance(item, dict):
        until = item.get("until")
        name = str(item.get("name", ""))
        return Value(
            gettext("%(name)s (tot %(date)s)") % {"name": name, "date": date_words(str(until))} if until else name
        )
    table = {"kinds": words.KINDS, "languages": words.LANGUAGES}.get(field)
    return Value(words.word(table, str(item)) if table else str(item))
