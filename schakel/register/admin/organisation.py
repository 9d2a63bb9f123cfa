"""Organisations: edit, merge, mark as checked."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from schakel.core.errors import InvalidInput
from schakel.core.identifiers import format_ondernemingsnummer
from schakel.core.model import EntityKind
from schakel.core.taxonomy import services
from schakel.register import models
from schakel.register.admin.editing import EditingAdmin, MunicipalityFilter
from schakel.register.write import mark_checked, merge_organisations
from schakel.wording import words


class KindFilter(admin.SimpleListFilter):
    title = "soort"
    parameter_name = "soort"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(words.KINDS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[models.Organisation]) -> Any:
        if self.value() not in words.KINDS:
            return queryset
        # a list in JSON is searched as text: the two databases have no lookup in common for it
        return queryset.annotate(kinds_text=Cast("kinds", TextField())).filter(kinds_text__contains=f'"{self.value()}"')


class ServiceFilter(admin.SimpleListFilter):
    title = "dienst"
    parameter_name = "dienst"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(service.code, service.labels["nl"]) for service in services()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[models.Organisation]) -> Any:
        if self.value() is None:
            return queryset
        return queryset.filter(pk__in=models.Offer.objects.filter(service=self.value()).values("organisation_id"))


@admin.register(models.Organisation)
class OrganisationAdmin(EditingAdmin[models.Organisation]):
    entity = EntityKind.ORGANISATION
    key_field = "slug"
    list_display = ["name", "kinds_words", "status", "number", "newest_on", "verified"]
    list_filter = ["status", "verified", KindFilter, MunicipalityFilter, ServiceFilter]
    search_fields = ["name_sorted", "name", "slug", "legal_name", "ondernemingsnummer"]
    search_help_text = "Zoek op naam, sleutel of ondernemingsnummer (zonder punten)."
    actions = ["merge_selected", "check_selected"]

    def view_on_site(self, row: models.Organisation) -> str:
        """The page that everybody sees."""
        return reverse("organisation", args=[row.slug])

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if obj is None else ["slug", "parts"]

    @admin.display(description="soorten")
    def kinds_words(self, row: models.Organisation) -> str:
        return ", ".join(words.KINDS.get(kind, kind) for kind in row.kinds)

    @admin.display(description="ondernemingsnummer")
    def number(self, row: models.Organisation) -> str:
        return format_ondernemingsnummer(row.ondernemingsnummer) if row.ondernemingsnummer else "niet bekend"

    @admin.display(description="Hoort erbij")
    def parts(self, row: models.Organisation) -> SafeString:
        """Links to what belongs to this organisation, and to add to it."""
        links = [
            (
                reverse(f"admin:register_{model._meta.model_name}_changelist"),
                row.pk,
                model._meta.verbose_name_plural,
                model._default_manager.filter(organisation_id=row.pk).count(),
                reverse(f"admin:register_{model._meta.model_name}_add"),
                row.slug,
            )
            for model in (models.Establishment, models.Offer, models.Recognition, models.Employment)
        ]
        return format_html_join(
            SafeString("<br>"),
            '<a href="{}?organisation__id__exact={}">{}: {}</a> (<a href="{}?organisation={}">toevoegen</a>)',
            links,
        )

    @admin.action(description="Samenvoegen: deze twee zijn dezelfde organisatie", permissions=["change"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet[models.Organisation]) -> HttpResponse | None:
        """Ask which of two to keep and why; then merge."""
        rows = list(queryset.order_by("name_sorted"))
        if len(rows) != 2:
            self.message_user(request, "Kies precies twee organisaties om samen te voegen.", messages.ERROR)
            return None
        error = ""
        if "kept" in request.POST:
            kept = request.POST["kept"]
            others = [row.slug for row in rows if row.slug != kept]
            author: Any = request.user
            try:
                merge_organisations(kept, others[0], reason=request.POST.get("reason", ""), author=author)
            except InvalidInput as refusal:
                error = str(refusal)
            else:
                self.message_user(
                    request,
                    f"{others[0]} hoort nu bij {kept}. Ongedaan maken kan bij 'Samenvoegingen'.",
                    messages.SUCCESS,
                )
                return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Twee organisaties samenvoegen",
            "opts": self.opts,
            "rows": rows,
            "error": error,
            "reason": request.POST.get("reason", ""),
        }
        return TemplateResponse(request, "admin/register/merge.html", context)

    @admin.action(description="Nagekeken: alles klopt nog", permissions=["change"])
    def check_selected(self, request: HttpRequest, queryset: QuerySet[models.Organisation]) -> None:
        """State again, as checked, what was still to be looked at."""
        author: Any = request.user
        count = sum(mark_checked(slug, author=author) for slug in queryset.values_list("slug", flat=True))
        self.message_user(request, f"{count} gegevens staan nu als nagekeken.", messages.SUCCESS)
