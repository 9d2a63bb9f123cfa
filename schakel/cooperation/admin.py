"""Reports to handle, and how often was searched for what."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from schakel.audit.readonly import ReadOnlyAdmin
from schakel.cooperation.models import Report, SearchTally, Suggestion, TasterPlace
from schakel.cooperation.moderation import handle_report
from schakel.cooperation.needs import admin as _needs  # noqa: F401 (registers its own)
from schakel.cooperation.visitors import handle_taster
from schakel.core.errors import InvalidInput
from schakel.core.model import EntityKind
from schakel.register.fields import FIELDS

# What a visitor can point at beside the fields of the organisation itself.
_BESIDE = {"offers": "Aanbod", "address": "Adres", "other": "Iets anders", "blind_spot": "Iemand die we niet kenden"}


class _HandlingForm(forms.ModelForm[Any]):
    """Handles the row instead of changing it; the admin validates a form once per request."""

    author: Any = None
    handle: Any = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                type(self).handle(self.instance.pk, author=self.author, **cleaned)
            except InvalidInput as refusal:
                self.add_error(None, str(refusal))
        return cleaned

    def _post_clean(self) -> None:
        """Nothing goes straight into the row."""


class _HandlingAdmin(admin.ModelAdmin[Any]):
    """Shows what a visitor left; the one thing to do is to handle it, once."""

    handling_form: Any = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.handled_at is None)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None or obj.handled_at is not None:
            return super().get_form(request, obj, change, **kwargs)
        return type("ThisForm", (self.handling_form,), {"author": request.user})

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        return self.model._default_manager.get(pk=form.instance.pk)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing: the form has handled it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing: see `save_model`."""


class HandleForm(_HandlingForm):
    outcome = forms.CharField(
        label="Wat deed je ermee?",
        max_length=300,
        help_text="Zoals: nummer aangepast in het register. Of: klopte toch, gebeld op 23 november.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    handle = staticmethod(handle_report)

    class Meta:
        model = Report
        fields: list[str] = []


@admin.register(Report)
class ReportAdmin(_HandlingAdmin):
    handling_form = HandleForm
    list_display = ["at", "organisation_key", "about", "short", "handled_at", "outcome"]
    list_filter = [("handled_at", admin.EmptyFieldListFilter), "at"]
    search_fields = ["organisation_key", "text"]
    readonly_fields = ["at", "organisation", "about", "text", "proposed", "handled_at"]
    fields = ["at", "organisation", "about", "text", "proposed", "handled_at", "outcome"]

    @admin.display(description="organisatie")
    def organisation(self, row: Report) -> str:
        """Her page, and where to edit her; a tip about somebody who is not in the register yet has none."""
        if not row.organisation_key:
            return "nog niet in het register"
        edit = f"{reverse('admin:register_organisation_changelist')}?q={quote(row.organisation_key)}"
        page = reverse("organisation", args=[row.organisation_key])
        words = '{} (<a href="{}">bewerken</a>, <a href="{}">bekijk op de site</a>)'
        return format_html(words, row.organisation_key, edit, page)

    @admin.display(description="gegeven", ordering="field")
    def about(self, row: Report) -> str:
        rule = FIELDS[EntityKind.ORGANISATION].get(row.field)
        return rule.label if rule else _BESIDE.get(row.field, row.field or "niet gezegd")

    @admin.display(description="melding")
    def short(self, row: Report) -> str:
        return row.text if len(row.text) <= 120 else row.text[:119] + "…"


class HandleTasterForm(_HandlingForm):
    outcome = forms.CharField(
        label="Wat deed je ermee?",
        max_length=300,
        help_text="Zoals: gebeld, in contact gebracht met een maatwerkbedrijf.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    answer = forms.CharField(
        label="Antwoord aan het bedrijf",
        required=False,
        max_length=2000,
        help_text="Vertrekt als mail, in jouw woorden. Laat leeg als je zelf belde of mailde.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    handle = staticmethod(handle_taster)

    class Meta:
        model = TasterPlace
        fields: list[str] = []


@admin.register(TasterPlace)
class TasterPlaceAdmin(_HandlingAdmin):
    """Companies that confirmed their address."""

    handling_form = HandleTasterForm
    list_display = ["at", "company", "nis_code", "offers_place", "has_work", "handled_at", "outcome"]
    list_filter = [("handled_at", admin.EmptyFieldListFilter), "offers_place", "has_work", "at"]
    search_fields = ["company", "text"]
    readonly_fields = [
        *("at", "company", "nis_code", "offers_place", "has_work", "text"),
        *("email", "phone", "confirmed_at", "handled_at"),
    ]
    fields = [*readonly_fields, "outcome"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(confirmed_at__isnull=False)

    def get_fields(self, request: HttpRequest, obj: TasterPlace | None = None) -> Any:
        return [*self.fields, "answer"] if obj is not None and obj.handled_at is None else self.fields


@admin.register(Suggestion)
class SuggestionAdmin(ReadOnlyAdmin[Suggestion]):
    """All that came in, confirmed; decided on at the page for review."""

    list_display = ["at", "name", "nis_code", "handled_at", "outcome", "review"]
    list_filter = [("handled_at", admin.EmptyFieldListFilter), "at"]
    search_fields = ["name", "text"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(confirmed_at__isnull=False)

    @admin.display(description="nakijken")
    def review(self, row: Suggestion) -> str:
        return format_html('<a href="{}">open</a>', reverse("review_suggestion", args=[row.pk]))


@admin.register(SearchTally)
class SearchTallyAdmin(ReadOnlyAdmin[SearchTally]):
    list_display = ["day", "service", "nis_code", "found", "count"]
    list_filter = ["found", "day", "service"]
    ordering = ["-day", "service"]
