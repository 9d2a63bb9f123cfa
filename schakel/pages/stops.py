"""What pages know of public transport, kept in memory: the stops of the loaded extract, and who lives near one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext

from schakel.analyses.siting.ground import Ground
from schakel.core.geography.stops import NEAR, share_near_stop, walk_to_stop
from schakel.pages.standing import Standing
from schakel.register import read
from schakel.wording.dates import date_words, number_words

if TYPE_CHECKING:
    from schakel.sources.osm import KeptStops


@dataclass(frozen=True)
class NearStops:
    """Per NIS code the share of inhabitants near a stop; `by_area`: they were shared out over localities by area."""

    shares: Mapping[str, float]
    stops: KeptStops
    by_area: bool


def near_stops(region: Standing) -> NearStops | None:
    """Who lives near a stop; None when no extract with stops is loaded."""
    return region.keep(("stops-shares", _changed()), lambda: _near(_stops(region)))


def minutes_to_stop(region: Standing, ground: Ground) -> tuple[float, ...] | None:
    """Per column of the ground's sites the minutes on foot to a stop, infinite for none near; None: not loaded."""
    stops = _stops(region)
    if stops is None:
        return None
    return region.keep(
        ("stops-sites", _changed(), ground.revision), lambda: tuple(walk_to_stop(ground.sites, stops.places).tolist())
    )


def stops_words(found: NearStops | None, nis_code: str) -> str:
    """How many of a municipality live near a stop, with the source; what is not loaded is said to be so."""
    if found is None:
        return gettext("Openbaar vervoer: de haltes zijn niet geladen, dus we weten niet wie dichtbij woont.")
    if nis_code not in found.shares:
        return gettext(
            "Openbaar vervoer: het inwonertal is niet bekend, dus we weten niet hoeveel mensen dichtbij wonen."
        )
    told = {
        "share": round(100 * found.shares[nis_code]),
        "minutes": number_words(NEAR),
        "file": found.stops.file,
        "date": date_words(found.stops.dated),
    }
    text = gettext(
        "Openbaar vervoer: ongeveer %(share)s%% van de inwoners woont binnen %(minutes)s minuten te voet van een "
        "halte. Dat is een schatting in vogelvlucht, keer 1,3 voor de omweg; wat er stopt en hoe vaak, zegt ze niet."
    )
    spread = gettext("De inwoners zijn over de kernen verdeeld naar oppervlakte.") + " " if found.by_area else ""
    source = gettext("Bron: OpenStreetMap (%(file)s), %(date)s. © OpenStreetMap-bijdragers.")
    return f"{text % told} {spread}{source % told}"


def walk_words(minutes: float) -> str:
    """ "halte op 4 min te voet", or that there is none near."""
    if minutes > NEAR:
        return gettext("geen halte binnen %(minutes)s min te voet") % {"minutes": number_words(NEAR)}
    return gettext("halte op %(minutes)s min te voet") % {"minutes": number_words(max(1, round(minutes)))}


def _stops(region: Standing) -> KeptStops | None:
    return region.keep(("stops", _changed()), _read) if _changed() else None


def _read() -> KeptStops | None:
    from schakel.sources.osm import read_stops  # SciPy: not in a web process without roads

    return read_stops(Path(settings.ROADS_FILE))


def _changed() -> int:
    """When the kept roads changed; 0 without any."""
    file = Path(settings.ROADS_FILE)
    return file.stat().st_mtime_ns if file.exists() else 0


def _near(stops: KeptStops | None) -> NearStops | None:
    if stops is None:
        return None
    found = read.list_origins()
    return NearStops(share_near_stop(found.origins, stops.places), stops, by_area=not found.counted)
