"""A card on "Mijn werk": what a feature shows of itself to who may use it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from schakel.core.permissions import Actor
from schakel.pages.presenters.blocks import Link
from schakel.pages.standing import Standing


@dataclass(frozen=True, slots=True)
class WorkCard:
    """One thing to do: what it is, where it is done, and how much waits (`None`: nothing can wait there)."""

    title: str
    text: str
    links: tuple[Link, ...]
    waiting: int | None = None


# Gives the card for somebody on a day, or None when it is not theirs.
CardMaker = Callable[[Actor, Standing, date], WorkCard | None]
