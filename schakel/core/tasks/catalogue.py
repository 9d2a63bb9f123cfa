"""Reads the packaged catalogue of tasks and hands it out as frozen records."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from schakel.core.errors import InvalidInput
from schakel.core.procurement import ContractKind, RouteKind
from schakel.core.taxonomy import service

OFFICIAL_URL = "https://www.socialeeconomie.be/het-lokale-bestuur-als-regisseur"
"""Where the codes WSE-LR1 to WSE-LR4 are explained."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task that a local government can let.

    `services`: any one of them will do it. `text`: Dutch words to ask for it. `cpv`: eight digits without check digit;
    empty: not known. `route`: the way to look at first, a proposal of our own. `lr` "": which code of the regierol goes
    with it is not known. `words` "": every example of one of the services is about this task.
    """

    key: str
    labels: Mapping[str, str]
    text: str
    services: tuple[str, ...]
    contract: ContractKind
    route: RouteKind
    cpv: tuple[str, ...]
    lr: str
    words: tuple[str, ...]

    @property
    def theme(self) -> str:
        """The theme of its first service."""
        return service(self.services[0]).theme


@cache
def list_catalogue() -> tuple[Task, ...]:
    """All tasks, by theme in the order in which they are shown."""
    text = files(__package__).joinpath("tasks.toml").read_text(encoding="utf-8")
    return tuple(
        Task(
            key=row["key"],
            labels=MappingProxyType(row["labels"]),
            text=row["text"],
            services=tuple(row["services"]),
            contract=ContractKind(row["contract"]),
            route=RouteKind(row["route"]),
            cpv=tuple(row.get("cpv", ())),
            lr=row.get("lr", ""),
            words=tuple(row.get("words", ())),
        )
        for row in tomllib.loads(text)["task"]
    )


def get_task(key: str) -> Task:
    """The task with this key; raises InvalidInput when there is none."""
    for task in list_catalogue():
        if task.key == key:
            return task
    raise InvalidInput(f"De taak {key[:60]!r} staat niet in de takenlijst.")


def is_about(task: Task, services: Sequence[str], title: str) -> bool:
    """Whether a published example is about this task: a service in common, and one of its words in the title."""
    if not set(services) & set(task.services):
        return False
    folded = title.casefold()
    return not task.words or any(word in folded for word in task.words)
