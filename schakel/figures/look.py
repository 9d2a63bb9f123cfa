"""How a hexagon looks: one state, one sign, one colour; and the steps of the scale.

The colours are those of the light scheme in the stylesheet (a test compares them); names of classes give the dark one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

PAPER, INK, SHEET, ACCENT = "#fbf8f3", "#1d2b2a", "#fffdfa", "#b8470f"
LINE, EDGE, SOFT, WARM = "#d9d2c5", "#7b7565", "#e4eee8", "#faeee3"
MAIN, ABSENT, THIN, UNKNOWN, SERVED, NO_DATA = "#0c5449", "#8c2d04", "#c96a00", "#6a51a3", "#1b7837", "#6b6f6e"
HATCH = "#c9c9c4"


class State(StrEnum):
    """What is known of a cell that has no figure. Never two of these for one thing."""

    SERVED = "served"
    ASSUMED = "assumed"
    THIN = "thin"
    ABSENT = "absent"  # searched for, and not found
    UNKNOWN = "unknown"
    NO_DATA = "no_data"
    SUSPECTED = "suspected"  # no data, and probably nobody: worth a call
    HIDDEN = "hidden"  # known, and not shown to protect people


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of one kind of cell; `dash`: of its border; `over`: hatch, dots or nothing behind the words."""

    name: str
    fill: str
    text: str
    stroke: str
    dash: str = ""
    over: str = ""
    sign: str = ""


LOOKS: Mapping[State, Look] = {
    State.SERVED: Look("served", SOFT, INK, SERVED, sign="served"),
    State.ASSUMED: Look("assumed", SHEET, INK, MAIN, dash="5 4", sign="assumed"),
    State.THIN: Look("thin", WARM, INK, THIN, sign="thin"),
    State.ABSENT: Look("absent", ABSENT, PAPER, ABSENT, sign="absent"),
    State.UNKNOWN: Look("unknown", SHEET, INK, UNKNOWN, dash="5 4", sign="unknown"),
    State.NO_DATA: Look("no-data", SHEET, INK, NO_DATA, over="hatch"),
    State.SUSPECTED: Look("suspected", SHEET, INK, ABSENT, dash="5 4", over="hatch", sign="suspected"),
    State.HIDDEN: Look("hidden", SHEET, INK, NO_DATA, dash="0.1 5", over="dots"),
}
# One hue, each step darker than the one before: also without colour the order can be seen.
STEPS: tuple[Look, ...] = (
    Look("step-1", "#e4eee8", INK, EDGE),
    Look("step-2", "#b9d8cc", INK, EDGE),
    Look("step-3", "#83b8a8", INK, MAIN),
    Look("step-4", "#2f7a6b", PAPER, MAIN),
    Look("step-5", "#0c5449", PAPER, MAIN),
)
