"""Which offers reach which place, and how that is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from schakel.core.access.blindspots.model import Inputs, Place, Reach, Rules, Travel
from schakel.core.identifiers import last_day
from schakel.core.model import AreaKnowledge, Delivered, LifeStatus, PointPrecision, SupplyOffer

_NOWHERE: Mapping[str, Travel] = {}
_ROUGHEST = (PointPrecision.MUNICIPALITY, PointPrecision.LOCALITY, PointPrecision.ADDRESS)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue  # that month is shorter
    raise AssertionError(day)


def is_since(stated: str | None, since: date) -> bool:
    """Whether a partial date may lie on or after `since`; a date that is not known does not."""
    return stated is not None and last_day(stated) >= since


def reaches(
    inputs: Inputs, delivered: Mapping[str, Delivered], rules: Rules, on: date
) -> dict[tuple[str, str], list[Reach]]:
    """Per service and NIS code, every findable offer that reaches it, in full or in part; services in `delivered` only.

    On site: the municipalities of its service area. To visit: those of which somebody gets there in the usual minutes.
    Remote: kept under "", for the region as a whole.
    """
    oldest = months_before(on, rules.offer_months)
    places = {place.nis_code for place in inputs.places}
    found: dict[tuple[str, str], list[Reach]] = defaultdict(list)
    for offer in inputs.offers:
        way = delivered.get(offer.service)
        old = offer.dated is not None and not is_since(offer.dated, oldest)
        if way is Delivered.REMOTE:
            found[offer.service, ""].append(_reach(offer, "remote", old))
        elif way is Delivered.ON_SITE:
            how = "stated" if offer.area.knowledge is AreaKnowledge.STATED else "assumed"
            reach = _reach(offer, how, old)
            for nis_code in sorted(offer.area.nis_codes & places):
                found[offer.service, nis_code].append(reach)
        elif way is Delivered.VISIT:
            for nis_code, travel in sorted(inputs.travel.get(offer.key, _NOWHERE).items()):
                if nis_code in places and travel.share > 0:
                    found[offer.service, nis_code].append(_reach(offer, "travel", old, travel))
    return dict(found)


def _reach(offer: SupplyOffer, how: str, old: bool, travel: Travel | None = None) -> Reach:
    precisions = {point.precision for point in offer.points}
    return Reach(
        offer=offer.key,
        organisation=offer.organisation,
        name=offer.name,
        service=offer.service,
        customers=offer.customers,
        how=how,
        share=1.0 if travel is None else travel.share,
        minutes=None if travel is None else travel.minutes,
        precision=next((one for one in _ROUGHEST if one in precisions), None) if travel is not None else None,
        dated=offer.dated,
        verified=offer.verified,
        uncertain=offer.status is not LifeStatus.LIVE,
        old=old,
    )


def people_of(places: Sequence[Place]) -> Mapping[str, int]:
    """Inhabitants per NIS code, of the places where they are known and somebody lives."""
    return {place.nis_code: place.people for place in places if place.people}
