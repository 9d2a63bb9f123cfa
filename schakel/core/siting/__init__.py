"""Where to open sites, always with a proven bound: p-median, maximal covering, p-centre.

Names are loaded when first used, since compiled kernels and solvers are heavy and a web worker often needs neither.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schakel.core.siting.centre import p_centre
    from schakel.core.siting.coverage import max_coverage, within
    from schakel.core.siting.effect import Effect, effect_of
    from schakel.core.siting.median import p_median
    from schakel.core.siting.quick import quick_sites
    from schakel.core.siting.solution import Solution

__all__ = ["Effect", "Solution", "effect_of", "max_coverage", "p_centre", "p_median", "quick_sites", "within"]

_HOME = {
    "Effect": "effect",
    "Solution": "solution",
    "effect_of": "effect",
    "quick_sites": "quick",
    "max_coverage": "coverage",
    "p_centre": "centre",
    "p_median": "median",
    "within": "coverage",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
