"""Where the tasks of the catalogue are known to be done, seen from one municipality."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from schakel.core.model import FINDABLE, LifeStatus
from schakel.core.tasks.catalogue import Task, is_about, list_catalogue


class Where(StrEnum):
    """What is known of a task seen from a municipality. NOT_KNOWN never says that it is not done."""

    HERE = "here"
    NEIGHBOURS = "neighbours"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Example:
    """A published example: its key, what, where, and whether it is alive."""

    key: str
    nis_code: str
    title: str
    services: tuple[str, ...]
    status: LifeStatus


@dataclass(frozen=True, slots=True)
class Placed:
    """A task with its published examples: of the municipality itself, of its neighbours, and elsewhere (keys)."""

    task: Task
    where: Where
    here: tuple[str, ...]
    neighbours: tuple[str, ...]
    elsewhere: tuple[str, ...]


def place_examples(
    examples: Iterable[Example], nis_code: str | None = None, neighbours: Collection[str] = ()
) -> tuple[Placed, ...]:
    """Every task of the catalogue with where it is known to be done; without a municipality all lie elsewhere.

    Only examples that are live or uncertain decide where it is done; those that ended or are announced are named and
    decide nothing. The order of the examples is kept.
    """
    known = tuple(examples)
    return tuple(_place(task, known, nis_code, neighbours) for task in list_catalogue())


def _place(task: Task, examples: Iterable[Example], nis_code: str | None, neighbours: Collection[str]) -> Placed:
    about = [one for one in examples if is_about(task, one.services, one.title)]
    sides: Mapping[str, list[Example]] = {"here": [], "neighbours": [], "elsewhere": []}
    for one in about:
        side = "here" if one.nis_code == nis_code else "neighbours" if one.nis_code in neighbours else "elsewhere"
        sides[side].append(one)
    where = next(
        (side for side in (Where.HERE, Where.NEIGHBOURS) if any(one.status in FINDABLE for one in sides[side])),
        Where.NOT_KNOWN,
    )
    here, near, far = (tuple(one.key for one in sides[side]) for side in ("here", "neighbours", "elsewhere"))
    return Placed(task, where, here, near, far)
