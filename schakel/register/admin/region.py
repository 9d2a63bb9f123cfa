"""The region and facts with one source, to read; and that nothing was found, to state."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from schakel.audit.readonly import ReadOnlyAdmin
from schakel.core.errors import InvalidInput
from schakel.core.taxonomy import services
from schakel.register import models
from schakel.register.write import state_negative, withdraw_negative


@admin.register(models.Municipality)
class MunicipalityAdmin(ReadOnlyAdmin[models.Municipality]):
    list_display = ["name", "nis_code", "arrondissement", "verified"]
    search_fields = ["name", "nis_code"]
    ordering = ["name"]


@admin.register(models.Cluster)
class ClusterAdmin(ReadOnlyAdmin[models.Cluster]):
    list_display = ["name", "slug", "website", "verified"]
    ordering = ["name"]


@admin.register(models.Partner)
class PartnerAdmin(ReadOnlyAdmin[models.Partner]):
    list_display = ["name", "kind", "municipality", "place", "verified"]
    list_select_related = ["municipality"]
    list_filter = ["kind", "verified"]
    search_fields = ["name"]
    ordering = ["name"]


@admin.register(models.Initiative)
class InitiativeAdmin(ReadOnlyAdmin[models.Initiative]):
    list_display = ["title", "year", "municipality", "goal", "status", "verified"]
    list_select_related = ["municipality"]
    list_filter = ["goal", "year", "verified"]
    search_fields = ["title"]
    ordering = ["-year", "title"]


@admin.register(models.Task)
class TaskAdmin(ReadOnlyAdmin[models.Task]):
    list_display = ["title", "municipality", "year", "organisation_key", "provider_name", "status", "verified"]
    list_select_related = ["municipality"]
    list_filter = ["municipality", "year", "verified"]
    search_fields = ["title", "provider_name"]
    ordering = ["-year", "title"]


@admin.register(models.MunicipalFigure)
class MunicipalFigureAdmin(ReadOnlyAdmin[models.MunicipalFigure]):
    list_display = ["municipality", "indicator", "year", "value", "unit", "verified"]
    list_select_related = ["municipality"]
    list_filter = ["indicator", "municipality", "verified"]
    ordering = ["municipality__name", "indicator", "-year"]


class NegativeStatementForm(forms.ModelForm[models.NegativeStatement]):
    service = forms.ChoiceField(
        label="Dienst", choices=lambda: [(service.code, service.labels["nl"]) for service in services()]
    )
    searched_by = forms.CharField(label="Wie zocht", help_text="De functie of de organisatie die zocht.")
    method = forms.CharField(label="Hoe", help_text="Zoals: gebeld met de gemeente en gezocht op het web.")
    searched_on = forms.CharField(label="Wanneer", help_text="2026, 2026-11 of 2026-11-23.")
    remarks = forms.CharField(label="Opmerking", required=False, widget=forms.Textarea)
    author: Any = None

    class Meta:
        model = models.NegativeStatement
        fields = ["municipality"]
        labels = {"municipality": "Gemeente"}

    def clean(self) -> dict[str, Any]:
        """State it; the admin validates a form once per request."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                number = state_negative(
                    cleaned["municipality"].nis_code,
                    cleaned["service"],
                    searched_by=cleaned["searched_by"],
                    method=cleaned["method"],
                    searched_on=cleaned["searched_on"],
                    remarks=cleaned["remarks"],
                    author=self.author,
                )
            except InvalidInput as refusal:
                self.add_error(None, str(refusal))
            else:
                self.stated = models.NegativeStatement.objects.get(pk=number)
        return cleaned

    def _post_clean(self) -> None:
        """Nothing goes straight into the row."""


@admin.register(models.NegativeStatement)
class NegativeStatementAdmin(admin.ModelAdmin[models.NegativeStatement]):
    form = NegativeStatementForm
    list_display = ["municipality", "service_words", "searched_by", "method", "searched_on", "source"]
    list_select_related = ["municipality", "source"]
    list_filter = ["municipality", "source"]
    ordering = ["-searched_on", "municipality__name"]
    actions = ["withdraw"]

    @admin.display(description="dienst", ordering="service")
    def service_words(self, row: models.NegativeStatement) -> str:
        return next((service.labels["nl"] for service in services() if service.code == row.service), row.service)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        return type("AddForm", (NegativeStatementForm,), {"author": request.user})

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        return form.stated

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing: the form has stated it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing: see `save_model`."""

    @admin.action(description="Intrekken: dit klopt niet (meer)")
    def withdraw(self, request: HttpRequest, queryset: QuerySet[models.NegativeStatement]) -> None:
        """Take back what editors stated."""
        if not request.user.has_perm("register.add_negativestatement"):
            self.message_user(request, "Je mag geen uitspraken intrekken.", messages.ERROR)
            return
        author: Any = request.user
        for row in queryset:
            try:
                withdraw_negative(row.pk, author=author)
            except InvalidInput as refusal:
                self.message_user(request, f"{row}: {refusal}", messages.ERROR)
            else:
                self.message_user(request, f"{row}: ingetrokken.", messages.SUCCESS)
