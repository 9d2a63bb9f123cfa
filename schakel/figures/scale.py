"""A sequential scale: figures in at most five classes with about as many cells each (quantiles).

Equal figures are always in the same class, so classes may be fewer than asked; each class names the lowest and the
highest figure that is in it, so nothing on the legend is empty.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from schakel.figures.look import STEPS


@dataclass(frozen=True, slots=True)
class Scale:
    """Classes from low to high, each as its lowest and highest figure. Empty: nothing is known."""

    classes: tuple[tuple[float, float], ...]

    def class_of(self, value: float) -> int:
        """The class of a figure, from 0. One between two classes is in the higher, one above all in the highest."""
        return min(bisect_left([high for _, high in self.classes], value), len(self.classes) - 1)

    def step_of(self, value: float) -> int:
        """The step of colour, from 0: few classes still use the whole of the scale."""
        return self.step(self.class_of(value))

    def step(self, number: int) -> int:
        """The step of colour of class `number`; a scale of one class is in the middle."""
        if len(self.classes) == 1:
            return len(STEPS) // 2 - 1
        return round(number * (len(STEPS) - 1) / (len(self.classes) - 1))

    def words(self, number: Callable[[float], str]) -> tuple[str, ...]:
        """The classes in words: "4–7"."""
        return tuple(number(low) if low == high else f"{number(low)}–{number(high)}" for low, high in self.classes)


def make_scale(values: Iterable[float | None], classes: int = len(STEPS)) -> Scale:
    """The scale of these figures; what is not known (None) does not count.

    `classes`: at most as many as there are steps of colour. Raises ValueError for more, for fewer than one, and for a
    figure that is not finite.
    """
    if not 1 <= classes <= len(STEPS):
        raise ValueError(f"classes must be 1 to {len(STEPS)}, not {classes}")
    known = sorted(value for value in values if value is not None)
    if not all(map(math.isfinite, known)):
        raise ValueError("a scale is made of finite figures")
    groups: dict[int, list[float]] = {}
    for value in known:
        groups.setdefault(classes * bisect_left(known, value) // len(known), []).append(value)
    return Scale(tuple((group[0], group[-1]) for _, group in sorted(groups.items())))
