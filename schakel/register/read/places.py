"""Where organisations can be found, for a map."""

from __future__ import annotations

from collections.abc import Sequence

from schakel.core.model import FINDABLE, Point, PointPrecision
from schakel.register import models
from schakel.register.read.cards import LARGEST_LIST
from schakel.register.read.model import Place

_FIELDS = (
    "organisation__slug", "organisation__name", "key", "name", "street", "house_number", "postal_code", "locality",
    "nis_code", "lat", "lon", "precision",
)  # fmt: skip


def list_places(slugs: Sequence[str]) -> tuple[Place, ...]:
    """The establishments of these organisations that exist today, as far as is known; at most 1,000 organisations.

    Sorted by organisation and key. `point` is None when the place is not known.
    """
    rows = models.Establishment.objects.filter(
        organisation__slug__in=list(dict.fromkeys(slugs))[:LARGEST_LIST],
        status__in=FINDABLE,
        organisation__status__in=FINDABLE,
    )
    return tuple(
        Place(
            organisation=slug,
            organisation_name=owner,
            key=key,
            name=name or "",
            street=" ".join(filter(None, (street, number))),
            town=" ".join(filter(None, (postal_code, locality))),
            nis_code=nis_code,
            point=None if lat is None or lon is None or not precision else Point(lat, lon, PointPrecision(precision)),
        )
        for slug, owner, key, name, street, number, postal_code, locality, nis_code, lat, lon, precision in (
            rows.order_by("organisation__slug", "key").values_list(*_FIELDS)
        )
    )
