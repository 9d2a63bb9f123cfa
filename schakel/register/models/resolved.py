"""The register itself: rows that `register.resolve` writes from statements, and nobody else.

Every row has `provenance`: field name -> id of the statement that won.
"""

from __future__ import annotations

from django.db import models

from schakel.core.model import AreaKnowledge, Kind, LifeStatus, PointPrecision
from schakel.register.models.region import Municipality


def _choices(enumeration: type) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enumeration]  # type: ignore[attr-defined]


class ResolvedRow(models.Model):
    provenance = models.JSONField(default=dict)
    status = models.CharField(max_length=20, choices=_choices(LifeStatus), default=LifeStatus.LIVE)
    status_note = models.TextField(blank=True)
    status_date = models.CharField(max_length=10, null=True, blank=True)
    verified = models.BooleanField(default=True)  # every statement that won was checked
    newest_on = models.CharField(max_length=10, null=True, blank=True)

    class Meta:
        abstract = True


class Organisation(ResolvedRow):
    slug = models.SlugField(max_length=120, unique=True)  # the public key: never changes
    name = models.CharField(max_length=300)
    name_sorted = models.CharField(max_length=300)  # folded, so both databases sort alike
    legal_name = models.CharField(max_length=300, null=True, blank=True)
    previous_names = models.JSONField(default=list)  # [{"name":, "until":}]
    ondernemingsnummer = models.CharField(max_length=10, null=True, blank=True)  # ten digits
    kinds = models.JSONField(default=list)
    description = models.TextField(blank=True)
    website = models.CharField(max_length=500, null=True, blank=True)
    email = models.CharField(max_length=254, null=True, blank=True)
    phone = models.CharField(max_length=60, null=True, blank=True)
    languages = models.JSONField(null=True, blank=True)
    succeeded_by = models.CharField(max_length=120, null=True, blank=True)

    KINDS = [kind.value for kind in Kind]

    class Meta:
        indexes = [
            models.Index(fields=["name_sorted"], name="organisation_name"),
            models.Index(fields=["ondernemingsnummer"], name="organisation_number"),
        ]

    def __str__(self) -> str:
        return self.name


class Establishment(ResolvedRow):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="establishments")
    key = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=300, blank=True)
    vestigingseenheidsnummer = models.CharField(max_length=10, null=True, blank=True)
    is_seat = models.BooleanField(null=True)
    street = models.CharField(max_length=200, null=True, blank=True)
    house_number = models.CharField(max_length=20, null=True, blank=True)
    postal_code = models.CharField(max_length=4, null=True, blank=True)
    locality = models.CharField(max_length=100, null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.SET_NULL, null=True, blank=True, related_name="establishments"
    )
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    precision = models.CharField(max_length=20, choices=_choices(PointPrecision), null=True, blank=True)
    opening_hours = models.JSONField(null=True, blank=True)  # {"mo": [["09:00", "12:00"]]}
    replaced_by = models.CharField(max_length=200, null=True, blank=True)

    def __str__(self) -> str:
        return self.name or self.key


class Recognition(ResolvedRow):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="recognitions")
    key = models.CharField(max_length=200, unique=True)
    establishment_key = models.CharField(max_length=200, null=True, blank=True)  # null: the whole organisation
    law = models.CharField(max_length=60)
    valid_from = models.CharField(max_length=10, null=True, blank=True)
    valid_until = models.CharField(max_length=10, null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.law}: {self.key}"


class Offer(ResolvedRow):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="offers")
    key = models.CharField(max_length=200, unique=True)
    establishment_key = models.CharField(max_length=200, null=True, blank=True)
    service = models.CharField(max_length=60)
    words = models.CharField(max_length=300, blank=True)  # as the source names it
    customers = models.JSONField(default=list)
    area_stated = models.JSONField(null=True, blank=True)  # the stated definition; null: nobody said
    area_knowledge = models.CharField(max_length=20, choices=_choices(AreaKnowledge))
    area_words = models.CharField(max_length=300, blank=True)
    capacity_amount = models.FloatField(null=True, blank=True)
    capacity_unit = models.CharField(max_length=40, null=True, blank=True)
    capacity_from = models.CharField(max_length=10, null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.words or self.service}"


class OfferArea(models.Model):
    """One municipality that an offer reaches: the resolved set of ADR 0005, one row per NIS code."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="areas")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "municipality"], name="area_once")]

    def __str__(self) -> str:
        return f"{self.offer_id} -> {self.municipality_id}"


class Employment(ResolvedRow):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="employment")
    key = models.CharField(max_length=200, unique=True)
    year = models.PositiveSmallIntegerField()
    headcount = models.FloatField(null=True, blank=True)
    fte = models.FloatField(null=True, blank=True)
    target_group_headcount = models.FloatField(null=True, blank=True)
    target_group_fte = models.FloatField(null=True, blank=True)
    is_minimum = models.BooleanField(default=False)  # "more than 50"

    def __str__(self) -> str:
        return self.key
