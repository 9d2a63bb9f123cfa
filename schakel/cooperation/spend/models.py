"""Lists of suppliers, added up. A row of a list is never kept; names only while a person has to look at them."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SpendList(models.Model):
    """One list that a municipality uploaded. `counts`: what was read and what was left out, in rows and cents."""

    nis_code = models.CharField("gemeente", max_length=5, db_index=True)
    at = models.DateTimeField("opgeladen op")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="door",
    )
    fingerprint = models.CharField("vingerafdruk", max_length=64)  # of the file and how it was read
    rows = models.PositiveIntegerField("rijen")
    counts = models.JSONField("wat gelezen werd", default=dict)
    closed_at = models.DateTimeField("nagekeken op", null=True, blank=True)

    class Meta:
        verbose_name = "uitgavenlijst"
        verbose_name_plural = "uitgavenlijsten"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["nis_code", "fingerprint"], name="spend_list_once")]

    def __str__(self) -> str:
        return f"{self.nis_code}: {self.at:%Y-%m-%d}"


class SpendAmount(models.Model):
    """Rows of a list that belong together, added up. `account`: only where nothing tells the category."""

    spend_list = models.ForeignKey(SpendList, on_delete=models.CASCADE, related_name="amounts", verbose_name="lijst")
    year = models.PositiveSmallIntegerField("jaar")
    category = models.CharField("categorie", max_length=30, blank=True)
    account = models.CharField("rekening", max_length=12, blank=True)
    standing = models.CharField("wat bekend is", max_length=12)
    organisation_key = models.CharField("organisatie", max_length=120, blank=True)
    cents = models.BigIntegerField("bedrag in cent")
    rows = models.PositiveIntegerField("rijen")

    class Meta:
        verbose_name = "bedrag"
        verbose_name_plural = "bedragen"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.year} {self.category} {self.standing}"


class SpendCandidate(models.Model):
    """A supplier whose name is like one of the register, until a person said whether it is the same."""

    spend_list = models.ForeignKey(SpendList, on_delete=models.CASCADE, related_name="candidates", verbose_name="lijst")
    mark = models.CharField("kenmerk", max_length=64)  # keyed: nobody reads the supplier from it
    name = models.CharField("naam", max_length=200)
    number = models.CharField("ondernemingsnummer", max_length=10, blank=True)
    proposals = models.JSONField("lijkt op", default=list)  # [key, name, likeness]
    amounts = models.JSONField("bedragen", default=list)  # [year, category, account, cents, rows]
    cents = models.BigIntegerField("bedrag in cent")
    decision = models.CharField("is", max_length=120, null=True, blank=True)  # None: open; "": none of these

    class Meta:
        verbose_name = "na te kijken leverancier"
        verbose_name_plural = "na te kijken leveranciers"
        ordering = ["-cents", "id"]

    def __str__(self) -> str:
        return f"{self.spend_list_id}: {self.pk}"


class SpendPair(models.Model):
    """What a person said of a supplier, for the next list of this municipality. A refusal keeps no name."""

    nis_code = models.CharField("gemeente", max_length=5)
    mark = models.CharField("kenmerk", max_length=64)
    organisation_key = models.CharField("organisatie", max_length=120, blank=True)
    refused = models.JSONField("is niet", default=list)  # keys of organisations
    name = models.CharField("naam", max_length=200, blank=True)
    at = models.DateTimeField("wanneer")

    class Meta:
        verbose_name = "onthouden leverancier"
        verbose_name_plural = "onthouden leveranciers"
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["nis_code", "mark"], name="spend_pair_once")]

    def __str__(self) -> str:
        return f"{self.nis_code}: {self.organisation_key}"


class SpendAccount(models.Model):
    """What a municipality says that one of its accounts is for."""

    nis_code = models.CharField("gemeente", max_length=5)
    account = models.CharField("rekening", max_length=12)
    category = models.CharField("categorie", max_length=30)

    class Meta:
        verbose_name = "rekening"
        verbose_name_plural = "rekeningen"
        ordering = ["account"]
        constraints = [models.UniqueConstraint(fields=["nis_code", "account"], name="spend_account_once")]

    def __str__(self) -> str:
        return f"{self.nis_code} {self.account}: {self.category}"


class SpendPeers(models.Model):
    """A released average. `shares`: what it was made of, to know when enough changed; shown to nobody."""

    year = models.PositiveSmallIntegerField("jaar")
    category = models.CharField("categorie", max_length=30)  # "*": everything together
    average = models.PositiveSmallIntegerField("gemiddelde in tienduizendsten", null=True, blank=True)
    count = models.PositiveSmallIntegerField("aantal gemeenten", default=0)
    shares = models.JSONField("aandelen", default=dict)
    at = models.DateTimeField("berekend op", null=True, blank=True)

    class Meta:
        verbose_name = "gemiddelde van gemeenten"
        verbose_name_plural = "gemiddelden van gemeenten"
        ordering = ["year", "category"]
        constraints = [models.UniqueConstraint(fields=["year", "category"], name="spend_peers_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.category}"
