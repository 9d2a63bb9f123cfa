"""Who said what: sources, loads, statements and merges. Only to read, except taking something back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet, URLField
from django.http import HttpRequest

from schakel.audit.readonly import ReadOnlyAdmin
from schakel.core.errors import InvalidInput
from schakel.core.model import EntityKind
from schakel.register import models
from schakel.register.admin.editing import shown
from schakel.register.fields import FIELDS
from schakel.register.write import undo_merge, withdraw_statement


@admin.register(models.Source)
class SourceAdmin(ReadOnlyAdmin[models.Source]):
    list_display = ["title", "key", "rank", "synthetic", "withdrawn_at"]
    list_filter = ["rank", "synthetic"]
    search_fields = ["title", "key"]
    ordering = ["title"]
    formfield_overrides = {URLField: {"assume_scheme": "https"}}


@admin.register(models.Run)
class RunAdmin(ReadOnlyAdmin[models.Run]):
    list_display = ["id", "source", "started_at", "finished_at", "version"]
    list_filter = ["source"]
    list_select_related = ["source"]
    ordering = ["-id"]


@admin.register(models.Statement)
class StatementAdmin(ReadOnlyAdmin[models.Statement]):
    list_display = ["recorded_at", "source", "entity", "key", "said", "stated_on", "verified", "withdrawn_at"]
    list_filter = ["entity", "source", "verified", ("withdrawn_at", admin.EmptyFieldListFilter)]
    list_select_related = ["source"]
    search_fields = ["key", "organisation_key"]
    ordering = ["-id"]
    show_full_result_count = False
    actions = ["withdraw"]

    @admin.display(description="gezegd")
    def said(self, row: models.Statement) -> str:
        entity = EntityKind(row.entity)
        rules = FIELDS[entity]
        parts = (
            f"{rules[name].label if name in rules else name}: {shown(entity, name, value)}"
            for name, value in row.values.items()
        )
        words = "; ".join(parts)
        return words if len(words) <= 200 else words[:199] + "…"

    @admin.action(description="Intrekken: wat ervoor gold, telt weer")
    def withdraw(self, request: HttpRequest, queryset: QuerySet[models.Statement]) -> None:
        """Take back statements by people."""
        if not request.user.has_perm("register.change_organisation"):
            self.message_user(request, "Je mag geen uitspraken intrekken.", messages.ERROR)
            return
        author: Any = request.user
        for number in list(queryset.values_list("pk", flat=True)):
            try:
                withdraw_statement(number, author=author)
            except InvalidInput as refusal:
                self.message_user(request, f"Uitspraak {number}: {refusal}", messages.ERROR)
            else:
                self.message_user(request, f"Uitspraak {number} is ingetrokken.", messages.SUCCESS)


@admin.register(models.Merge)
class MergeAdmin(ReadOnlyAdmin[models.Merge]):
    list_display = ["kept", "merged", "reason", "at", "who", "undone_at"]
    list_filter = [("undone_at", admin.EmptyFieldListFilter)]
    search_fields = ["kept", "merged"]
    list_select_related = ["by"]
    ordering = ["-id"]
    actions = ["undo"]

    @admin.display(description="door", ordering="by__email")
    def who(self, row: models.Merge) -> str:
        return str(row.by) if row.by else "Schakel zelf"

    @admin.action(description="Ongedaan maken: weer twee organisaties")
    def undo(self, request: HttpRequest, queryset: QuerySet[models.Merge]) -> None:
        """Take merged organisations apart again."""
        if not request.user.has_perm("register.change_organisation"):
            self.message_user(request, "Je mag geen samenvoeging ongedaan maken.", messages.ERROR)
            return
        author: Any = request.user
        for merge in queryset:
            try:
                undo_merge(merge.pk, author=author)
            except InvalidInput as refusal:
                self.message_user(request, f"{merge}: {refusal}", messages.ERROR)
            else:
                self.message_user(request, f"{merge.merged} staat weer op zichzelf.", messages.SUCCESS)
