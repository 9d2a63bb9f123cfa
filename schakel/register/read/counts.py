"""The register in numbers."""

from __future__ import annotations

import math

from django.db.models import Count, QuerySet

from schakel.core.linkage.resolve import newest
from schakel.core.model import FINDABLE, AreaKnowledge, LifeStatus
from schakel.register import models
from schakel.register.read.model import RegionCounts


def _seated_here() -> QuerySet[models.Organisation]:
    """Live organisations with a live establishment in the region.

    The staff of an enterprise from elsewhere is not work in this region: how much of it is, nobody says.
    """
    here = models.Establishment.objects.filter(
        status=LifeStatus.LIVE, nis_code__in=models.Municipality.objects.values("nis_code")
    )
    return models.Organisation.objects.filter(status=LifeStatus.LIVE, pk__in=here.values("organisation_id"))


def region_counts() -> RegionCounts:
    """What the register holds today; see `RegionCounts` for what each number means."""
    statuses = dict(models.Organisation.objects.order_by().values_list("status").annotate(number=Count("id")))
    live_offers = models.Offer.objects.filter(status=LifeStatus.LIVE)
    stated = live_offers.filter(area_knowledge=AreaKnowledge.STATED, area__isnull=False)
    areas = models.Area.objects.filter(pk__in=stated.order_by().values("area_id").distinct())
    served = {code for codes in areas.values_list("nis_codes", flat=True) for code in codes}
    latest: dict[int, tuple[int, float]] = {}
    for organisation, year, fte in (
        models.Employment.objects.filter(organisation__in=_seated_here(), fte__isnull=False, is_minimum=False)
        .order_by("year", "id")
        .values_list("organisation_id", "year", "fte")
    ):
        latest[organisation] = (year, fte or 0.0)
    years = [year for year, _ in latest.values()]
    dates = models.Organisation.objects.filter(status__in=FINDABLE).order_by()
    revision = models.Revision.objects.filter(id=1).first()
    live = statuses.get(LifeStatus.LIVE, 0)
    return RegionCounts(
        live_organisations=live,
        uncertain_organisations=statuses.get(LifeStatus.UNCERTAIN, 0),
        live_offers=live_offers.count(),
        municipalities=models.Municipality.objects.count(),
        municipalities_served=len(served),
        known_fte=math.fsum(fte for _, fte in latest.values()) if latest else None,
        fte_years=(min(years), max(years)) if years else None,
        fte_known=len(latest),
        fte_unknown=live - len(latest),
        newest_on=newest(dates.values_list("newest_on", flat=True).distinct()),
        run_id=models.Run.objects.exclude(source__in=models.MapLayer.objects.values("source"))
        .order_by("-id")
        .values_list("id", flat=True)
        .first(),
        changed_at=None if revision is None else revision.changed_at,
    )
