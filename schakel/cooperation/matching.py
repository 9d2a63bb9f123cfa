"""Matching against the register of today: the arrays are made once per revision and kept in memory."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from threading import Lock

from django.utils.translation import gettext

from schakel.core.errors import InvalidInput
from schakel.core.geography import distance_km
from schakel.core.matching import Place, Prepared, Supplier, prepare
from schakel.core.model import Locality, Municipality, Point
from schakel.register import read
from schakel.register.folding import fold

FARTHEST_KM = 15.0
"""A position farther than this from every locality of the region is outside it."""


@dataclass(frozen=True, slots=True)
class Supply:
    """The register as matching needs it, at one revision."""

    revision: int
    prepared: Prepared
    municipalities: dict[str, Municipality]
    localities: tuple[Locality, ...]


_lock = Lock()
_kept: Supply | None = None


def current_supply() -> Supply:
    """The supply of now. Asks the register for its revision each time; reads the rest only when that changed."""
    global _kept
    revision = read.revision()
    with _lock:
        if _kept is None or _kept.revision != revision:
            municipalities = read.list_municipalities()
            _kept = Supply(
                revision=revision,
                prepared=prepare(read.list_suppliers(), municipalities),
                municipalities={row.nis_code: row for row in municipalities},
                localities=read.list_localities(),
            )
        return _kept


def forget_supply() -> None:
    """Forget what is kept. For tests, whose revisions start again at zero."""
    global _kept
    with _lock:
        _kept = None


def place_of(supply: Supply, nis_code: str) -> Place:
    """A municipality of the region as a place of work. Raises InvalidInput for any other code."""
    found = supply.municipalities.get(nis_code)
    if found is None:
        said = gettext("Gemeente %(code)s hoort niet bij deze regio. Geef de NIS-code van een gemeente.")
        raise InvalidInput(said % {"code": repr(nis_code[:20])})
    return Place(nis_code, found.point)


def place_near(supply: Supply, lat: float, lon: float) -> Place:
    """The municipality of the nearest locality, measured from the position itself.

    Raises InvalidInput for what is no position, or farther than FARTHEST_KM from every locality of the region.
    """
    if not (math.isfinite(lat) and math.isfinite(lon) and -90 <= lat <= 90 and -180 <= lon <= 180):
        raise InvalidInput("near: geef breedtegraad en lengtegraad in graden, zoals 50.7459,3.6004.")
    here = Point(lat, lon)
    spots = [(distance_km(here, row.point), row.nis_code) for row in supply.localities if row.point is not None]
    spots += [(distance_km(here, row.point), code) for code, row in supply.municipalities.items() if row.point]
    km, nis_code = min(spots, default=(math.inf, ""))
    if km > FARTHEST_KM:
        raise InvalidInput("near: deze plaats ligt buiten de regio. Kies een plaats in de regio, of geef een gemeente.")
    return Place(nis_code, here)


def find_by_name(supply: Supply, typed: str, most: int = 5) -> tuple[Supplier, ...]:
    """Organisations whose name has all typed words; one with exactly this name comes alone."""
    asked = fold(typed).split()
    if not asked:
        return ()
    named = [(fold(one.name), one) for one in supply.prepared.suppliers]
    exact = tuple(one for name, one in named if name.split() == asked)
    return exact[:most] or tuple(one for name, one in named if all(word in name for word in asked))[:most]


def today_or(day: date | None, today: date) -> date | None:
    """A wished start; refuses a day that is long past or more than ten years ahead."""
    if day is None:
        return None
    if day < today:
        said = gettext("De begindatum %(day)s is voorbij. Kies vandaag of later.")
        raise InvalidInput(said % {"day": f"{day:%d-%m-%Y}"})
    if day.year > today.year + 10:
        said = gettext("De begindatum %(day)s ligt meer dan tien jaar vooruit. Kijk het jaartal na.")
        raise InvalidInput(said % {"day": f"{day:%d-%m-%Y}"})
    return day
