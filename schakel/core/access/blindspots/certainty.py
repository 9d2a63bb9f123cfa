"""How far an answer can be trusted: every doubt caps it, the lowest cap counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schakel.core.access.blindspots.heard import is_silent
from schakel.core.access.blindspots.model import Certainty, Heard, Rate, Reach, Rules, Searched, State
from schakel.core.access.blindspots.reaching import is_since, months_before
from schakel.core.model import PointPrecision

SEARCH_FRESH_MONTHS = 12
VERY_PROBABLE = 0.975

# what each doubt caps certainty at; the order is that in which doubts are shown
CAPS: Mapping[str, Certainty] = {
    "nothing_known": Certainty.LOW,
    "old_offer": Certainty.LOW,
    "uncertain_offer": Certainty.LOW,
    "old_search": Certainty.LOW,
    "too_far": Certainty.LOW,
    "assumed_area": Certainty.LOW,
    "rough_point": Certainty.LOW,
    "too_few_to_say": Certainty.LOW,
    "searched_none": Certainty.LOW,
    "assumed_offer": Certainty.MIDDLE,
    "estimated_travel": Certainty.MIDDLE,
    "people_by_area": Certainty.MIDDLE,
    "unverified": Certainty.MIDDLE,
    "undated": Certainty.MIDDLE,
    "dated_long_ago": Certainty.MIDDLE,
    "no_sign_of_use": Certainty.MIDDLE,
    "only_silence": Certainty.LOW,
    "just_probable": Certainty.MIDDLE,
    "single_search": Certainty.MIDDLE,
    "search_over_a_year": Certainty.MIDDLE,
    "unverified_search": Certainty.MIDDLE,
    "partly_reached": Certainty.MIDDLE,
    "doubtful_offer": Certainty.MIDDLE,
}
_ORDER = (Certainty.HIGH, Certainty.MIDDLE, Certainty.LOW)


@dataclass(frozen=True, slots=True)
class Basis:
    """What travel rests on: minutes that are estimated, and people of whom is counted where they live."""

    estimated: bool
    counted: bool


@dataclass(frozen=True, slots=True)
class DecidedBy:
    """A state with the offers that count for it. `recent`: a search in the period that counts found none."""

    state: State
    reached: tuple[Reach, ...]
    recent: bool


def certainty_of(state: State, doubts: Sequence[str]) -> Certainty:
    """The lowest that any doubt allows; high without doubt. What we cannot say is never certain."""
    if state is State.NO_DATA:
        return Certainty.LOW
    return max((CAPS[doubt] for doubt in doubts), key=_ORDER.index, default=Certainty.HIGH)


def no_data_doubts(
    doubtful: Sequence[Reach], partly: Sequence[Reach], searched: Searched | None, basis: Basis
) -> tuple[str, ...]:
    """Why we cannot say: nothing known, or only what is uncertain, too old or too far."""
    found = [
        ("uncertain_offer", any(one.uncertain for one in doubtful)),
        ("old_offer", any(one.old and not one.uncertain for one in doubtful)),
        ("old_search", searched is not None),
        ("too_far", bool(partly)),
        ("estimated_travel", bool(partly) and basis.estimated),
        ("people_by_area", bool(partly) and not basis.counted),
    ]
    return tuple(code for code, holds in found if holds) or ("nothing_known",)


def absent_doubts(
    searched: Searched,
    searchers: int,
    assumed: Sequence[Reach],
    doubtful: Sequence[Reach],
    partly: Sequence[Reach],
    on: date,
) -> tuple[str, ...]:
    """What weakens that nobody offers it. `searchers`: how many different people or bodies searched lately."""
    found = [
        ("single_search", searchers < 2),
        ("assumed_offer", bool(assumed)),
        ("search_over_a_year", not is_since(searched.on, months_before(on, SEARCH_FRESH_MONTHS))),
        ("unverified_search", not searched.verified),
        ("partly_reached", bool(partly)),
        ("doubtful_offer", bool(doubtful)),
    ]
    return tuple(code for code, holds in found if holds)


def reached_doubts(
    decided: DecidedBy, best: Reach, rate: Rate | None, signs: Heard, rules: Rules, on: date, basis: Basis
) -> tuple[str, ...]:
    """What weakens that it is there (or thin, or unheard of); `best`: the offer that is known best."""
    thin = decided.state is State.THIN
    found = [
        ("too_few_to_say", not thin and (rate is None or not rate.apart) and decided.reached[0].how != "remote"),
        ("searched_none", decided.recent),
        ("no_sign_of_use", decided.state is not State.UNKNOWN and is_silent(signs)),
        ("only_silence", decided.state is State.UNKNOWN and signs.unaware == 0),
        ("just_probable", thin and rate is not None and rate.probability < VERY_PROBABLE),
    ]
    return (*_offer_doubts(best, rules, on, basis), *(code for code, holds in found if holds))


def known_best(reached: Sequence[Reach], rules: Rules, on: date, basis: Basis) -> Reach:
    """The offer with the lightest doubts: it decides how certain the answer is, and gives it its date."""
    weights: dict[object, tuple[int, int, tuple[str, ...]]] = {}  # of many offers few differ in what is doubtful

    def weight(one: Reach) -> tuple[tuple[int, int, tuple[str, ...]], str]:
        kind = (one.how, one.precision, one.verified, one.dated)
        if kind not in weights:
            weights[kind] = _weight(_offer_doubts(one, rules, on, basis))
        return weights[kind], one.offer

    return min(reached, key=weight)


def _offer_doubts(one: Reach, rules: Rules, on: date, basis: Basis) -> tuple[str, ...]:
    rough = one.precision is PointPrecision.MUNICIPALITY
    found = [
        ("assumed_area", one.how == "assumed"),
        ("rough_point", one.how == "travel" and rough),
        ("estimated_travel", one.how == "travel" and basis.estimated),
        ("people_by_area", one.how == "travel" and not basis.counted),
        ("unverified", not one.verified),
        ("undated", one.dated is None),
        ("dated_long_ago", one.dated is not None and not is_since(one.dated, months_before(on, rules.fresh_months))),
    ]
    return tuple(code for code, holds in found if holds)


def _weight(doubts: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
    return (max((_ORDER.index(CAPS[doubt]) for doubt in doubts), default=0), len(doubts), doubts)
