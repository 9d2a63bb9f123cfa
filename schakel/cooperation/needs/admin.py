"""Needs under the management: lists to look at; everything is done on the page of the need itself."""

from __future__ import annotations

from django.contrib import admin

from schakel.audit.readonly import ReadOnlyAdmin
from schakel.cooperation.needs.models import Estimate, Invitation, Need, Outcome


@admin.register(Need)
class NeedAdmin(ReadOnlyAdmin[Need]):
    """What was asked. The address for answers is the buyer's own, and is not in the list."""

    list_display = ["created_at", "state", "buyer_name", "text", "answer_by", "paused", "next_wave_at"]
    list_filter = ["state", "customer", "contract", "created_at"]
    search_fields = ["key", "text", "buyer_name"]
    exclude = ["form_key", "email"]


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

    list_display = ["at", "need", "organisation_key", "result", "reason", "euro", "hours", "target_jobs"]
    list_filter = ["result", "reason", "at"]
    list_select_related = ["need"]
    search_fields = ["organisation_key", "need__text"]
