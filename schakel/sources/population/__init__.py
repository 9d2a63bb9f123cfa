"""Inhabitants per statistical sector, neighbourhood or municipality, with where those lie."""

from schakel.sources.population.areas import Area, Areas, read_areas
from schakel.sources.population.join import PlacedPopulation, PopulationFaults, place_population
from schakel.sources.population.table import PopulationRow, read_table

__all__ = [
    "Area",
    "Areas",
    "PlacedPopulation",
    "PopulationFaults",
    "PopulationRow",
    "place_population",
    "read_areas",
    "read_table",
]
