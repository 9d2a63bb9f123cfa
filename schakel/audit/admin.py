"""The log, to read."""

from __future__ import annotations

from django.contrib import admin

from schakel.audit.models import Entry
from schakel.audit.readonly import ReadOnlyAdmin
from schakel.audit.words import action_words


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin[Entry]):
    list_display = ["at", "what", "subject", "actor"]
    list_filter = ["action", "at"]
    search_fields = ["subject", "actor__email"]
    list_select_related = ["actor"]
    show_full_result_count = False

    @admin.display(description="wat", ordering="action")
    def what(self, row: Entry) -> str:
        return action_words(row.action)
