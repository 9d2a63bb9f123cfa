"""The register itself: rows that `register.write.resolve` writes from statements, and nobody else.

Every row has `provenance`: field name -> id of the statement that won.
"""

from __future__ import annotations

from django.db import models

from schakel.core.model import LifeStatus
from schakel.wording.words import AREAS, PRECISIONS, STATUSES


class ResolvedRow(models.Model):
    provenance = models.JSONField("herkomst", default=dict)
    # What counts today: for an offer never more than its establishment and organisation allow.
    status = models.CharField("toestand", max_length=20, choices=list(STATUSES.items()), default=LifeStatus.LIVE)
    status_note = models.TextField("uitleg bij de toestand", blank=True)
    status_date = models.CharField("toestand sinds", max_length=10, null=True, blank=True)
    # Every statement that won was checked; of an organisation: on everything that belongs to it.
    verified = models.BooleanField("nagekeken", default=True)
    newest_on = models.CharField("nieuwste datum van een bron", max_length=10, null=True, blank=True)

    class Meta:
        abstract = True


class Area(models.Model):
    """A set of municipalities that offers reach. Kept once, however many offers share it (ADR 0005)."""

    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the sorted codes
    nis_codes = models.JSONField()  # sorted

    def __str__(self) -> str:
        return ", ".join(self.nis_codes)


class Organisation(ResolvedRow):
    slug = models.SlugField("sleutel", max_length=120, unique=True)  # the public key: never changes
    name = models.TextField("naam")
    name_sorted = models.CharField("naam", max_length=300)  # folded, so both databases sort alike
    legal_name = models.TextField("naam volgens de statuten", null=True, blank=True)
    previous_names = models.JSONField("vroegere namen", default=list)  # [{"name":, "until":}]
    merged_names = models.JSONField("samengevoegde namen", default=list)  # of what was merged into it
    ondernemingsnummer = models.CharField("ondernemingsnummer", max_length=10, null=True, blank=True)  # ten digits
    kinds = models.JSONField("soorten", default=list)
    description = models.TextField("beschrijving", blank=True)
    website = models.CharField("website", max_length=500, null=True, blank=True)
    email = models.CharField("e-mailadres", max_length=254, null=True, blank=True)
    phone = models.TextField("telefoon", null=True, blank=True)
    languages = models.JSONField("talen", null=True, blank=True)
    succeeded_by = models.CharField("opgevolgd door", max_length=120, null=True, blank=True)

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ["name_sorted"]
        indexes = [
            models.Index(fields=["name_sorted"], name="organisation_name"),
            models.Index(fields=["ondernemingsnummer"], name="organisation_number"),
        ]

    def __str__(self) -> str:
        return self.name


class Establishment(ResolvedRow):
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="establishments", verbose_name="organisatie"
    )
    key = models.CharField("sleutel", max_length=200, unique=True)
    name = models.TextField("naam", blank=True)
    vestigingseenheidsnummer = models.CharField("vestigingseenheidsnummer", max_length=10, null=True, blank=True)
    is_seat = models.BooleanField("zetel", null=True)
    street = models.TextField("straat", null=True, blank=True)
    house_number = models.TextField("huisnummer", null=True, blank=True)
    postal_code = models.CharField("postcode", max_length=4, null=True, blank=True)
    locality = models.TextField("plaats", null=True, blank=True)
    # Not a link: an establishment can lie outside the region.
    nis_code = models.CharField("gemeente", max_length=5, null=True, blank=True, db_index=True)
    lat = models.FloatField("breedtegraad", null=True, blank=True)
    lon = models.FloatField("lengtegraad", null=True, blank=True)
    precision = models.CharField("precisie", max_length=20, choices=list(PRECISIONS.items()), null=True, blank=True)
    opening_hours = models.JSONField("openingsuren", null=True, blank=True)  # {"mo": [["09:00", "12:00"]]}
    replaced_by = models.CharField("vervangen door", max_length=200, null=True, blank=True)

    class Meta:
        verbose_name = "vestiging"
        verbose_name_plural = "vestigingen"

    def __str__(self) -> str:
        return self.name or self.key


class Recognition(ResolvedRow):
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="recognitions", verbose_name="organisatie"
    )
    key = models.CharField("sleutel", max_length=200, unique=True)
    establishment_key = models.CharField("vestiging", max_length=200, null=True, blank=True)  # null: the whole
    law = models.CharField("erkenning", max_length=60)
    valid_from = models.CharField("geldig vanaf", max_length=10, null=True, blank=True)
    valid_until = models.CharField("geldig tot", max_length=10, null=True, blank=True)

    class Meta:
        verbose_name = "erkenning"
        verbose_name_plural = "erkenningen"

    def __str__(self) -> str:
        return f"{self.law}: {self.key}"


class Offer(ResolvedRow):
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="offers", verbose_name="organisatie"
    )
    key = models.CharField("sleutel", max_length=200, unique=True)
    establishment_key = models.CharField("vestiging", max_length=200, null=True, blank=True)
    service = models.CharField("dienst", max_length=60, db_index=True)
    words = models.TextField("in woorden", blank=True)  # as the source names it
    customers = models.JSONField("voor wie", default=list)
    # The resolved area; null: not known. What was stated is in the statements.
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="offers", verbose_name="werkgebied"
    )
    area_knowledge = models.CharField("werkgebied gekend", max_length=20, choices=list(AREAS.items()))
    area_words = models.TextField("werkgebied in woorden", blank=True)
    capacity_amount = models.FloatField("capaciteit", null=True, blank=True)
    capacity_unit = models.TextField("eenheid van de capaciteit", null=True, blank=True)
    capacity_from = models.CharField("capaciteit vanaf", max_length=10, null=True, blank=True)

    class Meta:
        verbose_name = "aanbod"
        verbose_name_plural = "aanbod"

    def __str__(self) -> str:
        return self.words or self.service


class Employment(ResolvedRow):
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="employment", verbose_name="organisatie"
    )
    key = models.CharField("sleutel", max_length=200, unique=True)
    year = models.PositiveSmallIntegerField("jaar")
    headcount = models.FloatField("personen", null=True, blank=True)
    fte = models.FloatField("voltijdse equivalenten", null=True, blank=True)
    target_group_headcount = models.FloatField("doelgroepwerknemers", null=True, blank=True)
    target_group_fte = models.FloatField("doelgroep, voltijdse equivalenten", null=True, blank=True)
    is_minimum = models.BooleanField("minstens", default=False)  # "more than 50"

    class Meta:
        verbose_name = "tewerkstelling"
        verbose_name_plural = "tewerkstelling"

    def __str__(self) -> str:
        return self.key
