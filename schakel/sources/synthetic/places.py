"""Where invented organisations are: real municipalities by their population, real localities, points nearby."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from schakel.core.errors import InvalidInput
from schakel.core.identifiers import list_postal_codes
from schakel.sources.region_pack.cells import EAST, NORTH, SOUTH, WEST
from schakel.sources.region_pack.model import LocalityRow, MunicipalityRow, RegionPack

_SPREAD_KM = 1.0
_KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Spot:
    """One invented address; coordinates are texts as in the pack, empty where only the locality is given."""

    nis_code: str
    postal_code: str
    locality: str
    lat: str
    lon: str


class Places:
    """Draws municipalities and spots of a region."""

    def __init__(self, pack: RegionPack) -> None:
        self.municipalities: Sequence[MunicipalityRow] = pack.municipalities
        if not self.municipalities:
            raise InvalidInput(
                "Het regiopakket heeft geen gemeenten; een verzonnen register heeft er minstens één nodig."
            )
        inhabitants = [max(row.population.values(), default=1) for row in pack.municipalities]
        self._weights = list(accumulate(max(1, count) for count in inhabitants))
        self._localities: dict[str, list[LocalityRow]] = {row.nis_code: [] for row in pack.municipalities}
        for locality in pack.localities:
            self._localities[locality.nis_code].append(locality)
        self.by_code: Mapping[str, MunicipalityRow] = {row.nis_code: row for row in pack.municipalities}

    def draw_municipality(self, random: Random) -> MunicipalityRow:
        """A municipality, likelier where more people live."""
        return random.choices(self.municipalities, cum_weights=self._weights)[0]

    def draw_spot(self, random: Random, municipality: MunicipalityRow) -> Spot:
        """An address in the municipality: mostly with a point about a kilometre around that of a locality."""
        localities = self._localities[municipality.nis_code]
        locality = random.choice(localities) if localities else None
        postal_code = locality.postal_code if locality else next(iter(list_postal_codes(municipality.nis_code)), "")
        lat, lon = (locality.lat, locality.lon) if locality else (municipality.lat, municipality.lon)
        name = locality.name if locality else ""
        if lat is None or lon is None or random.random() < 0.06:
            return Spot(municipality.nis_code, postal_code, name, "", "")
        lat += random.gauss(0, _SPREAD_KM / _KM_PER_DEGREE)
        lon += random.gauss(0, _SPREAD_KM / (_KM_PER_DEGREE * math.cos(math.radians(lat))))
        within = SOUTH <= lat <= NORTH and WEST <= lon <= EAST
        return Spot(
            municipality.nis_code, postal_code, name, f"{lat:.5f}" if within else "", f"{lon:.5f}" if within else ""
        )

    def draw_near(self, random: Random, municipality: MunicipalityRow) -> list[str]:
        """NIS codes of the municipality and some of its neighbours."""
        neighbours = list(municipality.neighbours)
        return [municipality.nis_code, *random.sample(neighbours, random.randint(0, min(3, len(neighbours))))]
