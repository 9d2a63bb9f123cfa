"""A question about sites: which service, how many, how people travel, and what counts as good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TypeVar

from schakel.core import taxonomy
from schakel.core.errors import InvalidInput
from schakel.core.geography.travel import Mode
from schakel.core.model import Delivered, Json
from schakel.core.taxonomy import Service

MOST_SITES = 10
MOST_MINUTES = 60
Choice = TypeVar("Choice", bound=StrEnum)


class Goal(StrEnum):
    """What counts as good."""

    REACH = "reach"  # most people within the minutes
    NEAR = "near"  # least travelling for all together
    FAR = "far"  # the furthest least far


@dataclass(frozen=True, slots=True)
class Question:
    """`number` new sites for `service`; `each_cluster`: every cluster gets one, as far as it has none yet."""

    service: str
    number: int
    mode: Mode
    minutes: int
    goal: Goal
    each_cluster: bool

    def as_json(self) -> dict[str, Json]:
        """Plain values, to store and to send to the background."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Json]) -> Question:
        """The opposite; the same checks as for what a visitor asks."""
        return read_question({name: str(int(v) if isinstance(v, bool) else v) for name, v in values.items()})


def list_visited() -> tuple[Service, ...]:
    """The services for which people go to a place: only for these does it matter where that is."""
    return tuple(service for service in taxonomy.services() if service.delivered is Delivered.VISIT)


def read_question(said: Mapping[str, str]) -> Question:
    """What a visitor asked; what was not told is the usual of the service. Raises InvalidInput in plain Dutch."""
    service = taxonomy.service(said.get("service", ""))
    if service.delivered is not Delivered.VISIT or service.mode is None or service.minutes is None:
        raise InvalidInput(
            f"Voor {service.labels['nl']} gaan mensen niet naar een plaats, dus maakt het niet uit waar die ligt. "
            "Kies een dienst waar mensen zelf naartoe gaan."
        )
    return Question(
        service=service.code,
        number=_whole(said.get("number"), "het aantal plaatsen", 1, MOST_SITES, 1),
        mode=_one_of(Mode, said.get("mode") or service.mode, "een manier om te reizen"),
        minutes=_whole(said.get("minutes"), "het aantal minuten", 1, MOST_MINUTES, service.minutes),
        goal=_one_of(Goal, said.get("goal") or Goal.REACH, "een doel"),
        each_cluster=said.get("each_cluster", "") in {"1", "on", "True"},
    )


def _whole(text: str | None, what: str, least: int, most: int, usual: int) -> int:
    if text is None or text.strip() == "":
        return usual
    plain = text.strip()
    if not plain.isascii() or not plain.isdigit() or len(plain) > 4 or not least <= int(plain) <= most:
        raise InvalidInput(f"{plain[:40]!r} past niet als {what}: geef een geheel getal van {least} tot {most}.")
    return int(plain)


def _one_of(kind: type[Choice], text: str, what: str) -> Choice:
    try:
        return kind(text)
    except ValueError:
        raise InvalidInput(f"{text[:40]!r} is niet {what} dat we kennen: kies uit {', '.join(kind)}.") from None
