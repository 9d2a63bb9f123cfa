"""Who said what, when: sources, the runs that brought them in, statements, and merges."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from schakel.wording.words import ENTITIES, RANKS


class Source(models.Model):
    """A body or a list that makes statements: the region pack, an editor, the organisation itself, a register."""

    key = models.SlugField("sleutel", max_length=80, unique=True)
    title = models.TextField("titel")
    rank = models.CharField("rang", max_length=20, choices=list(RANKS.items()))
    url = models.URLField(max_length=1000, blank=True)
    licence = models.TextField("licentie", blank=True)
    synthetic = models.BooleanField("verzonnen", default=False)  # invented data says so wherever it is shown
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    class Meta:
        verbose_name = "bron"
        verbose_name_plural = "bronnen"

    def __str__(self) -> str:
        return self.title


class Run(models.Model):
    """One recorded load of one source. Immutable once finished; every figure on a page names one."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="runs", verbose_name="bron")
    started_at = models.DateTimeField("begonnen")
    finished_at = models.DateTimeField("klaar")
    fingerprint = models.CharField(max_length=64)  # SHA-256 of the input
    counts = models.JSONField(default=dict)
    version = models.CharField("versie", max_length=40)

    class Meta:
        verbose_name = "lading"
        verbose_name_plural = "ladingen"

    def __str__(self) -> str:
        return f"{self.source} #{self.pk}"


class Statement(models.Model):
    """What one source said about one thing. Never changed; withdrawn when the source no longer says it."""

    entity = models.CharField("over", max_length=20, choices=list(ENTITIES.items()))
    key = models.CharField("sleutel", max_length=200)
    organisation_key = models.CharField(max_length=120)  # the organisation it belongs to, before merging
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="statements", verbose_name="bron")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, null=True, blank=True, related_name="statements")
    author = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    values = models.JSONField()
    stated_on = models.CharField("datum", max_length=10, null=True, blank=True)  # partial ISO date
    recorded_at = models.DateTimeField("vastgelegd")
    url = models.CharField(max_length=1000, blank=True)
    remarks = models.TextField(blank=True)
    verified = models.BooleanField("nagekeken", default=True)
    digest = models.CharField(max_length=64)  # of everything said, so that the same load changes nothing
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    class Meta:
        verbose_name = "uitspraak"
        verbose_name_plural = "uitspraken"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "entity", "key", "digest"],
                condition=Q(withdrawn_at__isnull=True),
                name="statement_said_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_key", "entity"], name="statement_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.entity} {self.key}"


class Merge(models.Model):
    """Two organisations that turned out to be one. Both histories stay; undoing sets `undone_at`."""

    kept = models.CharField("gehouden", max_length=120)
    merged = models.CharField("samengevoegd", max_length=120)
    reason = models.TextField("waarom")
    at = models.DateTimeField("wanneer")
    by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField("ongedaan op", null=True, blank=True)
    undone_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "samenvoeging"
        verbose_name_plural = "samenvoegingen"
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="merged_into_one_only"
            ),
            models.CheckConstraint(condition=~Q(kept=models.F("merged")), name="merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"


class Revision(models.Model):
    """One row: a number that grows with every write to the register, so that readers know what they hold."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_revision_row")]

    def __str__(self) -> str:
        return str(self.number)
