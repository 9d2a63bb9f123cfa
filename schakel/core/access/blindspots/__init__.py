"""Where the social economy is missing, thin, unheard of or simply not known: one state per service and municipality."""

from schakel.core.access.blindspots.changes import Change, list_changes
from schakel.core.access.blindspots.classify import classify
from schakel.core.access.blindspots.model import (
    REACHED,
    Cell,
    Certainty,
    Grid,
    Heard,
    Inputs,
    Nearest,
    Peers,
    Place,
    Rate,
    Reach,
    Rules,
    Searched,
    State,
    Travel,
)

__all__ = [
    "REACHED",
    "Cell",
    "Certainty",
    "Change",
    "Grid",
    "Heard",
    "Inputs",
    "Nearest",
    "Peers",
    "Place",
    "Rate",
    "Reach",
    "Rules",
    "Searched",
    "State",
    "Travel",
    "classify",
    "list_changes",
]
