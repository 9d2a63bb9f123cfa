"""What users make: never rebuilt, pointing at the register by public key."""

from __future__ import annotations

from django.db import models


class SearchTally(models.Model):
    """How often a service was searched in a municipality, per day. No trace of who searched."""

    day = models.DateField("dag")
    service = models.CharField("dienst", max_length=60, blank=True)  # "": no service recognised
    nis_code = models.CharField("gemeente", max_length=5, blank=True)  # "": no municipality chosen
    found = models.BooleanField("gevonden")
    count = models.PositiveIntegerField("aantal", default=0)

    class Meta:
        verbose_name = "telling van zoekvragen"
        verbose_name_plural = "tellingen van zoekvragen"
        constraints = [models.UniqueConstraint(fields=["day", "service", "nis_code", "found"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.service} {self.nis_code}: {self.count}"


class Report(models.Model):
    """A visitor says that something is wrong. No name, no address: only what is wrong."""

    at = models.DateTimeField("wanneer", auto_now_add=True)
    organisation_key = models.CharField("organisatie", max_length=120)
    field = models.CharField("gegeven", max_length=60, blank=True)
    text = models.TextField("wat klopt er niet", max_length=2000)
    handled_at = models.DateTimeField("afgehandeld op", null=True, blank=True)
    outcome = models.CharField("gevolg", max_length=300, blank=True)

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.organisation_key}: {self.text[:60]}"


from schakel.cooperation.needs.models import (  # noqa: E402 (Django finds the tables of an app here)
    Answer,
    Estimate,
    Invitation,
    Need,
    Outcome,
    Question,
    Skipped,
    Unaware,
)

__all__ = [
    "Answer",
    "Estimate",
    "Invitation",
    "Need",
    "Outcome",
    "Question",
    "Report",
    "SearchTally",
    "Skipped",
    "Unaware",
]
