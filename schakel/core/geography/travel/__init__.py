"""How many minutes from where people live to where a service is, behind one interface whatever the knowledge.

Names are loaded when first used, since SciPy and compiled kernels are heavy and a web worker often needs neither.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schakel.core.geography.travel.estimate import Estimate, side_by_side
    from schakel.core.geography.travel.graph import RoadGraph, Stretches
    from schakel.core.geography.travel.model import Basis, Mode, Places, Travel, TravelTime
    from schakel.core.geography.travel.modes import PACES, Pace
    from schakel.core.geography.travel.roads import Roads

__all__ = [
    "PACES",
    "Basis",
    "Estimate",
    "Mode",
    "Pace",
    "Places",
    "RoadGraph",
    "Roads",
    "Stretches",
    "Travel",
    "TravelTime",
    "side_by_side",
]

_HOME = {
    "Basis": "model",
    "Estimate": "estimate",
    "Mode": "model",
    "PACES": "modes",
    "Pace": "modes",
    "Places": "model",
    "RoadGraph": "graph",
    "Roads": "roads",
    "Stretches": "graph",
    "Travel": "model",
    "TravelTime": "model",
    "side_by_side": "estimate",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
