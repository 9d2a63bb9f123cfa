"""The append-only log: who did what, when. Rows are added by `audit.log.record` and never changed.

The database refuses it too: see `guard`.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class AppendOnly(Exception):
    """Somebody tried to change or remove a line of the log."""


class Entry(models.Model):
    at = models.DateTimeField("wanneer", auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="wie"
    )
    body = models.CharField("namens", max_length=250, blank=True)  # "organisation:slug"; "": for nobody
    action = models.CharField("wat", max_length=60)  # "edit", "merge", "load", ...
    subject = models.CharField("waarover", max_length=200, db_index=True)  # public key of what it was done to
    details = models.JSONField(default=dict)  # what changed, as numbers of statements: never what they say

    class Meta:
        verbose_name = "logregel"
        verbose_name_plural = "logregels"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("a line of the log cannot be changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly("a line of the log cannot be removed")
