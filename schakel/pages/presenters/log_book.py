"""The whole log, for who manages the region."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from schakel.audit.read import Filter, Lines
from schakel.audit.words import ACTIONS
from schakel.pages.presenters.log_lines import LogLine, present_lines
from schakel.pages.presenters.paging import PageLink, page_links
from schakel.pages.standing import Standing

SIZE = 50


class LogForm(forms.Form):
    """What to look for; everything may be left empty."""

    wat = forms.ChoiceField(label=_("Wat"), required=False)
    wie = forms.CharField(label=_("Wie (e-mailadres of een deel ervan)"), max_length=254, required=False)
    waarover = forms.CharField(label=_("Waarover (naam in het adres van de pagina)"), max_length=200, required=False)
    van = forms.DateField(label=_("Vanaf"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    tot = forms.DateField(label=_("Tot en met"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, asked: Mapping[str, str]) -> None:
        super().__init__(asked, auto_id="log-%s", label_suffix="")
        options = sorted(((code, str(label)) for code, label in ACTIONS.items()), key=lambda option: option[1])
        self.fields["wat"] = forms.ChoiceField(
            label=_("Wat"), required=False, choices=[("", gettext("alles")), *options]
        )

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields in order."""
        return list(self)

    def chosen(self) -> Filter:
        """What was asked; only after `is_valid`."""
        given = self.cleaned_data
        return Filter(given["wat"], given["wie"], given["waarover"], given["van"], given["tot"])


@dataclass(frozen=True, slots=True)
class LogPage:
    """Everything `pages/log_book.html` shows."""

    lines: tuple[LogLine, ...]
    count: str
    pages: tuple[PageLink, ...]


def present_log(found: Lines, page: int, region: Standing, address: Callable[[int], str]) -> LogPage:
    """One page of the log in words."""
    last = -(-found.total // SIZE)
    return LogPage(
        lines=present_lines(found.lines, region),
        count=ngettext("%(count)s regel", "%(count)s regels", found.total) % {"count": found.total},
        pages=page_links(page, last, address),
    )
