"""Needs under the management: lists to look at; everything is done on the page of the need itself."""

from __future__ import annotations

from django.contrib import admin

from schakel.audit.readonly import ReadOnlyAdmin
from schakel.cooperation.needs.models import Estimate, Invitation, Need, Outcome
from schakel.register.read import list_municipalities
from schakel.wording import words
from schakel.wording.needs import CONTRACTS, RESULTS, UNMET


@admin.register(Need)
class NeedAdmin(ReadOnlyAdmin[Need]):
    """What was asked. The address for answers is the buyer's own, and is not in the list."""

    list_display = ["created_at", "state", "buyer_name", "text", "answer_by", "paused", "next_wave_at"]
    list_filter = ["state", "customer", "contract", "created_at"]
    search_fields = ["key", "text", "buyer_name"]
    exclude = ["form_key", "email", "customer", "contract", "services", "places", "body"]
    readonly_fields = ["for_whom", "kind", "asked", "where"]

    @admin.display(description="voor wie")
    def for_whom(self, row: Need) -> str:
        """The customer kind in words."""
        return words.word(words.CUSTOMERS, row.customer)

    @admin.display(description="soort opdracht")
    def kind(self, row: Need) -> str:
        """The contract kind in words."""
        return words.word(CONTRACTS, row.contract)

    @admin.display(description="diensten")
    def asked(self, row: Need) -> str:
        """The services by name."""
        return ", ".join(map(words.service_label, row.services))

    @admin.display(description="gemeenten")
    def where(self, row: Need) -> str:
        """The municipalities by name; one that has gone meanwhile by its code."""
        names = {place.nis_code: place.name for place in list_municipalities()}
        return ", ".join(names.get(code, code) for code in row.places)


@admin.register(Estimate)
class EstimateAdmin(ReadOnlyAdmin[Estimate]):
    """Every estimate as it was recorded."""

    list_display = ["recorded_at", "need_key", "amount", "basis"]
    search_fields = ["need_key"]
    exclude = ["author_words"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin[Invitation]):
    """Who was asked, in which group."""

    list_display = ["at", "organisation_key", "need", "wave", "score"]
    list_filter = ["at", "wave"]
    list_select_related = ["need"]
    search_fields = ["organisation_key", "need__text"]
    exclude = ["email"]


@admin.register(Outcome)
class OutcomeAdmin(ReadOnlyAdmin[Outcome]):
    """What each side says came of it."""

    list_display = ["at", "need", "organisation_key", "said", "because", "euro", "hours", "target_jobs"]
    exclude = ["result", "reason"]
    readonly_fields = ["said", "because"]
    list_filter = ["result", "reason", "at"]
    list_select_related = ["need"]
    search_fields = ["organisation_key", "need__text"]

    @admin.display(description="gevolg", ordering="result")
    def said(self, row: Outcome) -> str:
        """The result in words."""
        return words.word(RESULTS, row.result)

    @admin.display(description="reden", ordering="reason")
    def because(self, row: Outcome) -> str:
        """Why not, in words; empty when it was not asked."""
        return words.word(UNMET, row.reason) if row.reason else ""
