"""What belongs to an organisation: offers, establishments, recognitions, employment."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from schakel.core.model import EntityKind
from schakel.core.taxonomy import services
from schakel.register import models
from schakel.register.admin.editing import EditingAdmin, M, MunicipalityFilter
from schakel.wording import words


class PartAdmin(EditingAdmin[M]):
    """Something that belongs to an organisation."""

    list_select_related = ["organisation"]
    search_help_text = "Zoek op naam van de organisatie, sleutel of woorden."

    def view_on_site(self, row: Any) -> str:
        """The page of its organisation, as everybody sees it."""
        return reverse("organisation", args=[row.organisation.slug])

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if obj is None else ["organisation", "key"]


class OfferedServiceFilter(admin.SimpleListFilter):
    title = "dienst"
    parameter_name = "dienst"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(service.code, service.labels["nl"]) for service in services()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset if self.value() is None else queryset.filter(service=self.value())


@admin.register(models.Offer)
class OfferAdmin(PartAdmin[models.Offer]):
    entity = EntityKind.OFFER
    list_display = ["service_words", "words", "organisation", "customers_words", "area_shown", "status", "verified"]
    list_filter = ["status", "verified", "area_knowledge", OfferedServiceFilter, MunicipalityFilter]
    search_fields = ["organisation__name_sorted", "key", "words"]
    ordering = ["organisation__name_sorted", "key"]

    @admin.display(description="dienst", ordering="service")
    def service_words(self, row: models.Offer) -> str:
        return next((service.labels["nl"] for service in services() if service.code == row.service), row.service)

    @admin.display(description="voor wie")
    def customers_words(self, row: models.Offer) -> str:
        return ", ".join(words.CUSTOMERS.get(customer, customer) for customer in row.customers)

    @admin.display(description="werkgebied")
    def area_shown(self, row: models.Offer) -> str:
        known = words.AREAS[row.area_knowledge]
        return f"{row.area_words} ({known})" if row.area_words else known


@admin.register(models.Establishment)
class EstablishmentAdmin(PartAdmin[models.Establishment]):
    entity = EntityKind.ESTABLISHMENT
    list_display = ["__str__", "organisation", "address", "is_seat", "precision", "status", "verified"]
    list_filter = ["status", "verified", "is_seat", "precision", MunicipalityFilter]
    search_fields = ["organisation__name_sorted", "key", "name", "street", "locality", "vestigingseenheidsnummer"]
    ordering = ["organisation__name_sorted", "key"]

    @admin.display(description="adres")
    def address(self, row: models.Establishment) -> str:
        parts = (f"{row.street or ''} {row.house_number or ''}", f"{row.postal_code or ''} {row.locality or ''}")
        return ", ".join(part.strip() for part in parts if part.strip()) or "niet bekend"


@admin.register(models.Recognition)
class RecognitionAdmin(PartAdmin[models.Recognition]):
    entity = EntityKind.RECOGNITION
    list_display = ["law_words", "organisation", "valid_from", "valid_until", "status", "verified"]
    list_filter = ["status", "verified", "law"]
    search_fields = ["organisation__name_sorted", "key"]
    ordering = ["organisation__name_sorted", "key"]

    @admin.display(description="erkenning", ordering="law")
    def law_words(self, row: models.Recognition) -> str:
        return words.LAWS.get(row.law, row.law)


@admin.register(models.Employment)
class EmploymentAdmin(PartAdmin[models.Employment]):
    entity = EntityKind.EMPLOYMENT
    list_display = ["organisation", "year", "headcount", "fte", "target_group_headcount", "is_minimum", "verified"]
    list_filter = ["year", "verified"]
    search_fields = ["organisation__name_sorted", "key"]
    ordering = ["organisation__name_sorted", "-year"]
