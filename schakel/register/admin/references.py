"""Pointing at an organisation or an establishment by its name, as people do, or by its key or number.

A plain text line with suggestions of the browser: it works without JavaScript, and with a register of any size.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.admin import widgets
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms.renderers import BaseRenderer
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from schakel.register import models
from schakel.register.folding import fold

MOST_SUGGESTED = 500  # more would make the page heavy: then only typing helps
MOST_MEANT = 5
_KEY_BEHIND = re.compile(r"\(([^()\s]+)\)\s*$")


class SuggestingInput(widgets.AdminTextInputWidget):
    """A line of text with `suggestions`, given when the page is made."""

    suggestions: list[str]

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        listed = f"{name}-suggestions"
        line = super().render(name, value, {**(attrs or {}), "list": listed, "autocomplete": "off"}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((words,) for words in self.suggestions))
        return format_html('{}<datalist id="{}">{}</datalist>', line, listed, options)


class ReferenceField(forms.CharField):
    """One row of `rows`; cleans to its key, '' for none. `key`, `names`: the columns that hold those."""

    rows: QuerySet[Any]
    key: str
    names: tuple[str, ...]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": SuggestingInput, **kwargs})
        shown = self.rows.all()[: MOST_SUGGESTED + 1]
        self.widget.suggestions = [self.words(row) for row in shown] if len(shown) <= MOST_SUGGESTED else []

    def words(self, row: Any) -> str:
        """How a row is written: its name with its key behind it."""
        raise NotImplementedError

    def prepare_value(self, value: Any) -> Any:
        row = self.rows.filter(**{self.key: value}).first() if value else None
        return value if row is None else self.words(row)

    def clean(self, value: Any) -> str:
        text = super().clean(value).strip()
        return str(getattr(self._meant(text), self.key)) if text else ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.clean(data) != (initial or ""))
        except ValidationError:
            return True

    def key_of(self, text: str) -> str:
        """The key that `text` means; '' when it means none, or not one."""
        try:
            return self.clean(text)
        except ValidationError:
            return ""

    def _meant(self, text: str) -> Any:
        behind = _KEY_BEHIND.search(text)
        for key in (text, behind.group(1) if behind else text):
            if row := self.rows.filter(**{self.key: key}).first():
                return row
        digits = re.sub(r"[\s.]", "", text)
        sought = digits if digits.isdigit() else fold(text)
        same = Q(*((name, sought) for name in self.names), _connector=Q.OR)
        alike = Q(*((f"{name}__contains", sought) for name in self.names), _connector=Q.OR)
        found = list(self.rows.filter(same)[:2]) or list(self.rows.filter(alike)[: MOST_MEANT + 1])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(f"{text[:60]!r} staat niet in het register. Kijk na hoe de naam geschreven is.")
        more = " …" if len(found) > MOST_MEANT else ""
        listed = "; ".join(self.words(row) for row in found[:MOST_MEANT])
        raise ValidationError(f"Welke bedoel je? {listed}{more}. Neem er één over, met wat tussen haakjes staat.")


class OrganisationField(ReferenceField):
    """An organisation, by name, key or ondernemingsnummer; cleans to its key."""

    rows = models.Organisation.objects.all()
    key = "slug"
    names = ("name_sorted", "ondernemingsnummer")

    def words(self, row: models.Organisation) -> str:
        return f"{row.name} ({row.slug})"


class EstablishmentField(ReferenceField):
    """An establishment, by the name of its organisation, key or vestigingseenheidsnummer; cleans to its key."""

    rows = models.Establishment.objects.select_related("organisation").order_by("key")
    key = "key"
    names = ("organisation__name_sorted", "vestigingseenheidsnummer")

    def words(self, row: models.Establishment) -> str:
        return f"{row.organisation.name}, {row.name or row.locality or 'plaats niet bekend'} ({row.key})"


# field of the register that names another row -> how it is asked
REFERENCES: dict[str, type[ReferenceField]] = {"succeeded_by": OrganisationField, "replaced_by": EstablishmentField}
