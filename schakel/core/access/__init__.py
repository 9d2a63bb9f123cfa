"""Who can reach what: floating catchments, opportunities, gravity and small-area rates.

Names are loaded when first used, since SciPy is heavy and a web worker often needs none of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schakel.core.access.rates import RateRow, Rates, shrink_rates
    from schakel.core.access.reach import Reach, cumulative_opportunities, floating_catchment, gravity

__all__ = [
    "RateRow",
    "Rates",
    "Reach",
    "cumulative_opportunities",
    "floating_catchment",
    "gravity",
    "shrink_rates",
]

_HOME = {
    "RateRow": "rates",
    "Rates": "rates",
    "Reach": "reach",
    "cumulative_opportunities": "reach",
    "floating_catchment": "reach",
    "gravity": "reach",
    "shrink_rates": "rates",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
