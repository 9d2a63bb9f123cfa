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
from schakel.cooperation.models import Report, SearchTally
from schakel.cooperation.write import handle_report
from schakel.core.errors import InvalidInput
from schakel.core.model import EntityKind
from schakel.register.fields import FIELDS

# What a visitor can point at beside the fields of the organisation itself.
_BESIDE = {"offers": "Aanbod", "address": "Adres", "other": "Iets anders", "blind_spot": "Iemand die we niet kenden"}


class HandleForm(forms.ModelForm[Report]):
    outcome = forms.CharField(
        label="Wat deed je ermee?",
        max_length=300,
        help_text="Zoals: nummer aangepast in het register. Of: klopte toch, gebeld op 23 november.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    author: Any = None

    class Meta:
        model = Report
        fields: list[str] = []

    def clean(self) -> dict[str, Any]:
        """Handle it; the admin validates a form once per request."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                handle_report(self.instance.pk, outcome=cleaned["outcome"], author=self.author)
            except InvalidInput as refusal:
                self.add_error(None, str(refusal))
        return cleaned

    def _post_clean(self) -> None:
        """Nothing goes straight into the row."""


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin[Report]):
    list_display = ["at", "organisation_key", "about", "short", "handled_at", "outcome"]
    list_filter = [("handled_at", admin.EmptyFieldListFilter), "at"]
    search_fields = ["organisation_key", "text"]
    readonly_fields = ["at", "organisation", "about", "text", "handled_at"]
    fields = ["at", "organisation", "about", "text", "handled_at", "outcome"]

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

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.handled_at is None)

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Report | None = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None or obj.handled_at is not None:
            return super().get_form(request, obj, change, **kwargs)
        return type("ThisForm", (HandleForm,), {"author": request.user})

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        return Report.objects.get(pk=form.instance.pk)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing: the form has handled it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing: see `save_model`."""


@admin.register(SearchTally)
class SearchTallyAdmin(ReadOnlyAdmin[SearchTally]):
    list_display = ["day", "service", "nis_code", "found", "count"]
    list_filter = ["found", "day", "service"]
    ordering = ["-day", "service"]
