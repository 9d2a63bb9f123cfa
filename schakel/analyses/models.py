"""Runs of analyses and what they found. A run never changes; one pointer per kind says which is shown."""

from __future__ import annotations

from typing import Any

from django.db import models

from schakel.core.errors import InvalidInput


class Unchanging(models.Model):
    """A row that is written once: the code refuses to change it."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise InvalidInput("Een uitgevoerde analyse wordt nooit veranderd; voer ze opnieuw uit.")
        super().save(*args, **kwargs)


class Run(Unchanging):
    """One run of one analysis: over which inputs, with which parameters, by which version."""

    kind = models.CharField("analyse", max_length=40, db_index=True)
    day = models.DateField("berekend voor")
    started_at = models.DateTimeField("begonnen")
    finished_at = models.DateTimeField("klaar")
    revision = models.PositiveBigIntegerField("versie van het register")
    fingerprint = models.CharField(max_length=64)  # SHA-256 of inputs, parameters and versions; not of the day
    digest = models.CharField(max_length=64)  # SHA-256 of the results
    parameters = models.JSONField(default=dict)
    versions = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name = "uitgevoerde analyse"
        verbose_name_plural = "uitgevoerde analyses"

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Result(Unchanging):
    """One row of what a run found. `level` says what the row is about; `code` and `nis_code` which."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="results", verbose_name="analyse")
    position = models.PositiveIntegerField()
    level = models.CharField(max_length=20)
    code = models.CharField(max_length=80)
    nis_code = models.CharField("gemeente", max_length=5, blank=True)  # "": the region as a whole
    state = models.CharField("toestand", max_length=20, blank=True)
    content = models.JSONField(default=dict)

    class Meta:
        verbose_name = "resultaat"
        verbose_name_plural = "resultaten"
        constraints = [models.UniqueConstraint(fields=["run", "level", "code", "nis_code"], name="result_once_a_run")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.code} {self.nis_code}"


class Published(models.Model):
    """Which run of a kind is shown. `revision` and `day`: up to where it is known to be current."""

    kind = models.CharField("analyse", max_length=40, primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+", verbose_name="analyse")
    at = models.DateTimeField("sinds")
    revision = models.PositiveBigIntegerField()
    day = models.DateField()

    class Meta:
        verbose_name = "getoonde analyse"
        verbose_name_plural = "getoonde analyses"

    def __str__(self) -> str:
        return f"{self.kind}: #{self.run_id}"
