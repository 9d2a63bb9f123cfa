"""What `tick` remembers: up to when each recurring job was done."""

from __future__ import annotations

from django.db import models


class JobMark(models.Model):
    """The done mark of one recurring job: the moment it was last done *for*, not when it ran."""

    key = models.CharField(max_length=60, primary_key=True)
    done_for = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.done_for}"
