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
    """A visitor says that something is wrong. No name; an address only from who wants an answer, until it is given."""

    at = models.DateTimeField("wanneer", auto_now_add=True)
    organisation_key = models.CharField("organisatie", max_length=120)
    field = models.CharField("gegeven", max_length=60, blank=True)
    text = models.TextField("wat klopt er niet", max_length=2000)
    proposed = models.CharField("hoe het wel is", max_length=300, blank=True)
    email = models.EmailField("e-mail voor een antwoord", blank=True)
    language = models.CharField("taal", max_length=2, default="nl")
    handled_at = models.DateTimeField("afgehandeld op", null=True, blank=True)
    outcome = models.CharField("gevolg", max_length=300, blank=True)

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.organisation_key}: {self.text[:60]}"


class FromVisitor(models.Model):
    """What a visitor leaves with an e-mail address. Nobody sees it before a link in a letter confirmed the address."""

    at = models.DateTimeField("wanneer", auto_now_add=True)
    email = models.EmailField("e-mailadres", blank=True)  # "" once forgotten
    language = models.CharField("taal", max_length=2, default="nl")
    confirmed_at = models.DateTimeField("bevestigd op", null=True, blank=True)
    handled_at = models.DateTimeField("afgehandeld op", null=True, blank=True)
    outcome = models.CharField("gevolg", max_length=300, blank=True)

    class Meta:
        abstract = True


class TasterPlace(FromVisitor):
    """A company offers a place to try out work, or has work that could go to a social enterprise."""

    company = models.CharField("bedrijf", max_length=200)
    nis_code = models.CharField("gemeente", max_length=5, blank=True)  # "": outside the region
    offers_place = models.BooleanField("biedt een proefplaats")
    has_work = models.BooleanField("heeft werk om uit te besteden")
    text = models.TextField("wat het is", max_length=2000)
    phone = models.CharField("telefoon", max_length=40, blank=True)

    class Meta:
        verbose_name = "aanbod van een bedrijf"
        verbose_name_plural = "proefplaatsen en werk van bedrijven"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.company


class Suggestion(FromVisitor):
    """Somebody knows an initiative that is not in the guide yet."""

    name = models.CharField("naam", max_length=200)
    nis_code = models.CharField("gemeente", max_length=5, blank=True)  # "": outside the region, or not known
    text = models.TextField("wat ze doen", max_length=2000)
    website = models.CharField("website", max_length=300, blank=True)
    phone = models.CharField("telefoon", max_length=40, blank=True)
    organisation_key = models.CharField("organisatie", max_length=120, blank=True)  # what it became

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


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
from schakel.cooperation.spend.models import (  # noqa: E402 (as above)
    SpendAccount,
    SpendAmount,
    SpendCandidate,
    SpendList,
    SpendPair,
    SpendPeers,
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
    "SpendAccount",
    "SpendAmount",
    "SpendCandidate",
    "SpendList",
    "SpendPair",
    "SpendPeers",
    "Suggestion",
    "TasterPlace",
    "Unaware",
]
