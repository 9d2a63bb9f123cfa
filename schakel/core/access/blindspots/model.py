"""What goes into the classification of blind spots and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from schakel.core.model import Customer, Point, PointPrecision, SupplyOffer
from schakel.core.taxonomy import Service


class State(StrEnum):
    """What is known of one service in one place, in the order in which it is decided."""

    NO_DATA = "no_data"  # we cannot say
    ABSENT = "absent"  # searched, none found
    THIN = "thin"  # there is too little of it
    UNKNOWN = "unknown"  # it is there, but unheard of
    SERVED = "served"


REACHED = (State.THIN, State.UNKNOWN, State.SERVED)


class Certainty(StrEnum):
    """How far a state can be trusted."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a region can set. Shares and probabilities run from 0 to 1."""

    search_months: int = 24  # a negative statement counts this long
    offer_months: int = 60  # an offer whose newest date is older says nothing of today
    fresh_months: int = 24  # evidence older than this lowers certainty
    heard_months: int = 24  # tasks, needs and searches count this long
    reached_share: float = 0.5  # part of the inhabitants within the usual minutes that makes a place reached
    thin_part: float = 0.5  # thin: under this part of the region's level ...
    thin_probability: float = 0.9  # ... with at least this posterior probability
    offers_per_service: int = 30  # with fewer offers a single service cannot be called thin
    comparable: int = 10  # municipalities nearest in population
    prior_places: float = 2.0  # weight of the region's own share when shares are drawn together
    silent_expected: float = 3.0  # searches to expect before silence says something: none by chance under 5%
    minutes: Mapping[str, int] = field(default_factory=dict)  # service -> minutes, other than the usual


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality: inhabitants (`None`: not known) and a point to measure distances from."""

    nis_code: str
    people: int | None
    point: Point | None


@dataclass(frozen=True, slots=True)
class Travel:
    """How a municipality reaches an offer: part of its inhabitants within the usual minutes, and the mean minutes.

    `minutes` is `None` where nobody gets there within the time that was looked at.
    """

    share: float
    minutes: float | None


@dataclass(frozen=True, slots=True)
class Searched:
    """Somebody searched for a service in a municipality and found none; `on` may be partial."""

    service: str
    nis_code: str
    by: str
    method: str
    on: str
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Heard:
    """Signs, in the period that counts, that somebody in a municipality knows a service, or does not.

    `needs`: asked and found. `unmet`: asked, and not found or not yet. `unaware`: buyers who answered that they did not
    know this offer.
    """

    tasks: int = 0
    needs: int = 0
    searches: int = 0
    unaware: int = 0
    unmet: int = 0


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that the classification looks at. `travel` has, per offer to visit, a `Travel` per NIS code.

    An offer that is not in `travel` has no known place. `estimated`: travel times are an estimate as the crow flies.
    `counted`: it is known where in a municipality people live; else they are shared out by area.
    """

    places: tuple[Place, ...]
    services: tuple[Service, ...]
    offers: tuple[SupplyOffer, ...]
    searched: tuple[Searched, ...] = ()
    heard: Mapping[tuple[str, str], Heard] = field(default_factory=dict)
    travel: Mapping[str, Mapping[str, Travel]] = field(default_factory=dict)
    estimated: bool = True
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Reach:
    """One offer that reaches the place. `how`: stated, assumed, travel or remote; `old`: too old to count."""

    offer: str
    organisation: str
    name: str
    service: str
    customers: tuple[str, ...]
    how: str
    share: float
    minutes: float | None
    precision: PointPrecision | None
    dated: str | None
    verified: bool
    uncertain: bool
    old: bool

    @property
    def counts(self) -> bool:
        """Whether it is supply of today."""
        return not self.uncertain and not self.old


@dataclass(frozen=True, slots=True)
class Rate:
    """Supply per inhabitant with its 95% interval, against the region's; `unit` is offers or fte.

    `probability`: that the true rate is under the part of the region's level that counts as thin. `apart`: whether the
    places of the region differ more than chance would make them.
    """

    unit: str
    mean: float
    low: float
    high: float
    region: float
    probability: float
    offers: int  # in the whole region
    apart: bool


@dataclass(frozen=True, slots=True)
class Peers:
    """How often comparable municipalities do have it: `have` of `of`; `share` is drawn towards the region's.

    `priority` is people concerned x share; `rank` 1 is where a phone call teaches most.
    """

    have: int
    of: int
    share: float
    people: int | None
    priority: float
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """An offer of today elsewhere: kilometres as the crow flies from the municipality's point."""

    offer: str
    organisation: str
    name: str
    service: str
    km: float
    minutes: float | None


@dataclass(frozen=True, slots=True)
class Cell:
    """The answer for one service (or theme) in one municipality; `nis_code` is `None` for the region as a whole.

    `dated`: of the evidence that decided, may be partial, `None` if no source gives a date. `doubts`: codes of what
    keeps the certainty down. `by_customer`: the state if only offers to these customers counted.
    """

    code: str
    nis_code: str | None
    state: State
    suspected: bool
    certainty: Certainty
    dated: str | None
    doubts: tuple[str, ...]
    reached_by: tuple[Reach, ...]
    doubtful: tuple[Reach, ...]  # uncertain or too old: known of, but not counted
    partly: tuple[Reach, ...]  # too few inhabitants get there in the usual minutes
    searched: Searched | None
    rate: Rate | None
    heard: Heard
    peers: Peers | None
    nearest: tuple[Nearest, ...]
    by_customer: Mapping[Customer, State]


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells per service and per theme, in the order of the taxonomy and of the places."""

    services: tuple[Cell, ...]
    themes: tuple[Cell, ...]
