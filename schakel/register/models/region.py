"""The region and the facts about it that have one source each (see ADR 0004)."""

from __future__ import annotations

from django.db import models

from schakel.register.models.statements import Run, Source
from schakel.wording.words import STATUSES


class SourcedFact(models.Model):
    """A fact with its source: where it was published, when, and whether that was checked."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", verbose_name="bron")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source_url = models.CharField(max_length=1000, blank=True)
    source_date = models.CharField(max_length=10, null=True, blank=True)
    remarks = models.TextField(blank=True)
    verified = models.BooleanField("nagekeken", default=True)

    class Meta:
        abstract = True


class Region(models.Model):
    """The one region this register serves. `settings` holds goals, texts and rules of its pack."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.TextField("naam")
    settings = models.JSONField(default=dict)

    class Meta:
        verbose_name = "regio"
        verbose_name_plural = "regio's"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_region_row")]

    def __str__(self) -> str:
        return self.name


class Municipality(SourcedFact):
    nis_code = models.CharField(max_length=5, primary_key=True)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField("naam", max_length=100)
    arrondissement = models.CharField(max_length=100, blank=True)
    area_km2 = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    neighbours = models.JSONField(default=list)  # NIS codes
    population = models.JSONField(default=dict)  # year -> inhabitants

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"

    def __str__(self) -> str:
        return self.name


class Locality(SourcedFact):
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="localities", verbose_name="gemeente"
    )
    name = models.CharField("naam", max_length=100)
    postal_code = models.CharField(max_length=4)
    area_km2 = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)

    class Meta:
        verbose_name = "deelgemeente"
        verbose_name_plural = "deelgemeenten"
        constraints = [models.UniqueConstraint(fields=["municipality", "name", "postal_code"], name="locality_once")]

    def __str__(self) -> str:
        return f"{self.postal_code} {self.name}"


class Cluster(SourcedFact):
    slug = models.SlugField(max_length=80, unique=True)
    name = models.TextField("naam")
    description = models.TextField(blank=True)
    website = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "cluster"
        verbose_name_plural = "clusters"

    def __str__(self) -> str:
        return self.name


class ClusterMember(SourcedFact):
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="members")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="memberships", verbose_name="gemeente"
    )
    role = models.CharField(max_length=20, choices=[("lead", "lead"), ("participant", "participant")])
    since = models.CharField(max_length=10, null=True, blank=True)
    until = models.CharField(max_length=10, null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.municipality_id} in {self.cluster_id}"


class Partner(SourcedFact):
    key = models.CharField(max_length=200, unique=True)
    name = models.TextField("naam")
    kind = models.TextField("soort")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.SET_NULL, null=True, blank=True, related_name="partners", verbose_name="gemeente"
    )
    place = models.TextField("plaats", blank=True)  # as the source says, also outside the region
    website = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "partner"
        verbose_name_plural = "partners"

    def __str__(self) -> str:
        return self.name


class Initiative(SourcedFact):
    key = models.CharField(max_length=200, unique=True)
    title = models.TextField("titel")
    summary = models.TextField(blank=True)
    organisation_key = models.CharField("organisatie", max_length=120, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name="gemeente",
    )
    place = models.TextField("plaats", blank=True)
    year = models.PositiveSmallIntegerField("jaar", null=True, blank=True)
    goal = models.CharField("doel", max_length=40, blank=True)
    status = models.CharField("toestand", max_length=20, default="historical", choices=list(STATUSES.items()))

    class Meta:
        verbose_name = "initiatief"
        verbose_name_plural = "initiatieven"

    def __str__(self) -> str:
        return self.title


class Task(SourcedFact):
    """A published example of work that a local government lets a social enterprise do; not a contract."""

    key = models.CharField(max_length=200, unique=True)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="tasks", verbose_name="gemeente"
    )
    title = models.TextField("titel")
    services = models.JSONField(default=list)
    organisation_key = models.CharField("organisatie", max_length=120, blank=True)
    provider_name = models.TextField("uitvoerder", blank=True)
    year = models.PositiveSmallIntegerField("jaar", null=True, blank=True)
    status = models.CharField("toestand", max_length=20, default="historical", choices=list(STATUSES.items()))

    class Meta:
        verbose_name = "taak van een lokaal bestuur"
        verbose_name_plural = "taken van lokale besturen"

    def __str__(self) -> str:
        return self.title


class MunicipalFigure(SourcedFact):
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="figures", verbose_name="gemeente"
    )
    indicator = models.CharField("indicator", max_length=80)
    year = models.PositiveSmallIntegerField("jaar", null=True, blank=True)
    value = models.FloatField("waarde")
    unit = models.TextField("eenheid")

    class Meta:
        verbose_name = "cijfer van een gemeente"
        verbose_name_plural = "cijfers van gemeenten"

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.indicator} {self.year}"


class NegativeStatement(SourcedFact):
    """Somebody searched for a service in a municipality and found none."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="negatives", verbose_name="gemeente"
    )
    service = models.CharField(max_length=60)
    searched_by = models.TextField("wie zocht")
    method = models.TextField("hoe")
    searched_on = models.CharField("wanneer", max_length=10)  # partial ISO date

    class Meta:
        verbose_name = "gezocht en niet gevonden"
        verbose_name_plural = "gezocht en niet gevonden"

    def __str__(self) -> str:
        return f"{self.municipality_id}: {self.service}"


class PopulationPoint(SourcedFact):
    """Inhabitants at a point: of a statistical sector, a neighbourhood or another part of a municipality."""

    key = models.CharField("code", max_length=80, unique=True)
    name = models.CharField("naam", max_length=200)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="population_points", verbose_name="gemeente"
    )
    lat = models.FloatField()
    lon = models.FloatField()
    people = models.FloatField("inwoners", null=True, blank=True)  # null: not known, which is not nobody
    counted = models.BooleanField("hier geteld")  # False: shared out by area
    year = models.PositiveSmallIntegerField("jaar", null=True, blank=True)

    class Meta:
        verbose_name = "inwoners op een plaats"
        verbose_name_plural = "inwoners per plaats"

    def __str__(self) -> str:
        return f"{self.key} {self.name}"


class MapLayer(models.Model):
    """Lines behind the maps, whole as GeoJSON in WGS84: replaced in one go, or not at all."""

    key = models.CharField("laag", max_length=20, primary_key=True)  # municipalities, or cantons
    content = models.TextField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", verbose_name="bron")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+", verbose_name="lading")

    class Meta:
        verbose_name = "kaartlaag"
        verbose_name_plural = "kaartlagen"

    def __str__(self) -> str:
        return self.key
