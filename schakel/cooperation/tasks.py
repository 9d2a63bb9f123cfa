"""The tasks of a local government with where they are known to be done and who could do them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schakel.cooperation.matching import Supply, current_supply, place_of
from schakel.core.matching import NearMiss, Need, match
from schakel.core.model import Customer, Municipality
from schakel.core.tasks import Example, Placed, place_examples
from schakel.register import read
from schakel.register.read import Task as Published

MOST_CANDIDATES = 6
MOST_NEAR = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that matches. `stated`: a source says that it works there; otherwise we assume it."""

    slug: str
    stated: bool


@dataclass(frozen=True, slots=True)
class TaskStanding:
    """A task with its published examples and who could do it: the best matches, how many match in all, and who nearly
    does."""

    placed: Placed
    candidates: tuple[Candidate, ...]
    found: int
    near: tuple[NearMiss, ...]


@dataclass(frozen=True, slots=True)
class TaskCatalogue:
    """The whole catalogue seen from one municipality, or from the region; `published` by key."""

    tasks: tuple[TaskStanding, ...]
    published: Mapping[str, Published]


def task_catalogue(place: Municipality | None, on: date) -> TaskCatalogue:
    """Every task; `place` None: of the whole region, who could do it in at least one municipality.

    Who could do it is matched for a local government, on the services alone: any one of those of the task.
    """
    supply = current_supply()
    published = {one.key: one for one in read.list_tasks()}
    examples = [Example(one.key, one.nis_code, one.title, one.services, one.status) for one in published.values()]
    codes = (place.nis_code,) if place else tuple(supply.municipalities)
    placed = place_examples(examples, place.nis_code if place else None, place.neighbours if place else ())
    answers: dict[tuple[str, ...], tuple[tuple[Candidate, ...], int, tuple[NearMiss, ...]]] = {}
    for one in placed:
        services = one.task.services
        if services not in answers:
            answers[services] = candidates_for(supply, services, codes, on)
    return TaskCatalogue(
        tuple(TaskStanding(one, *answers[one.task.services]) for one in placed),
        published,
    )


def candidates_for(
    supply: Supply, services: Sequence[str], codes: Sequence[str], on: date
) -> tuple[tuple[Candidate, ...], int, tuple[NearMiss, ...]]:
    """Who could do any of these services for a local government in any of these municipalities (NIS codes): the best
    matches, how many match in all, and who nearly does."""
    if not codes:
        return (), 0, ()
    need = Need(
        services=tuple((code, 1.0) for code in services),
        places=tuple(place_of(supply, code) for code in codes),
        customer=Customer.LOCAL_GOVERNMENT,
    )
    found = match(supply.prepared, need, on=on, most=MOST_CANDIDATES, most_near=MOST_NEAR)
    candidates = tuple(
        Candidate(one.slug, any(reason.code == "area_stated" for reason in one.why)) for one in found.matches
    )
    return candidates, found.found, found.near_misses
