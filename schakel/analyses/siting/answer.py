"""From a question to sites and what they bring: a proposal at once, the proof with the solvers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from schakel.analyses.siting.ground import Ground
from schakel.analyses.siting.minutes import LIMIT, Minutes
from schakel.analyses.siting.question import Goal, Question
from schakel.core.errors import InvalidInput, NotEnoughData
from schakel.core.siting import Effect, Solution, effect_of, quick_sites

RULES = 1  # raise when the same question on the same ground would now be answered otherwise
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A question on its ground with the minutes known: everything that an answer follows from."""

    question: Question
    ground: Ground
    minutes: Minutes

    def __post_init__(self) -> None:
        if self.question.number > len(self.ground.candidates):
            raise InvalidInput(
                f"Er zijn {len(self.ground.candidates)} plaatsen om uit te kiezen; vraag er niet meer dan dat."
            )
        if not self.rows.size:
            raise NotEnoughData("Van geen enkele plaats kennen we het aantal inwoners. Laad eerst een regiopakket.")

    @cached_property
    def rows(self) -> NDArray[np.int64]:
        """Origins that count: with people, and known to be somewhere on the network."""
        counts = self.ground.people > 0
        counts[self.minutes.off_network] = False
        return np.flatnonzero(counts)

    @property
    def existing(self) -> tuple[int, ...]:
        """The columns of today's sites for this service."""
        return self.ground.existing[self.question.service]

    @cached_property
    def people(self) -> Numbers:
        """Inhabitants per row that counts."""
        return self.ground.people[self.rows]

    @cached_property
    def table(self) -> Numbers:
        """Minutes from the rows that count to every site."""
        return self.minutes.table[self.rows]

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Clusters that must get a site: those without one today, when that was asked."""
        if not self.question.each_cluster:
            return ()
        homes = self._municipalities_with_a_site()
        candidates = self.ground.candidates
        return tuple(
            columns
            for columns in self.ground.clusters.values()
            if not homes & {candidates[column].nis_code for column in columns}
        )

    def _municipalities_with_a_site(self) -> set[str]:
        """Of each site of today the municipality of the nearest candidate, which is where it lies or next door."""
        found = set()
        width = len(self.ground.candidates)
        lats, lons = self.ground.sites.lats, self.ground.sites.lons
        for column in self.existing:
            apart = (lats[:width] - lats[column]) ** 2 + (0.63 * (lons[:width] - lons[column])) ** 2
            found.add(self.ground.candidates[int(np.argmin(apart))].nis_code)
        return found

    @cached_property
    def proposal(self) -> tuple[int, ...]:
        """Good candidates at once, without a proof."""
        return propose(self)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the question and of everything that the answer follows from; not of the day or the time taken."""
        digest = hashlib.sha256(json.dumps([RULES, self.question.as_json(), self.minutes.fingerprint]).encode())
        for part in (self.table, self.people, self.ground.sites.lats, self.ground.sites.lons, np.array(self.existing)):
            digest.update(np.ascontiguousarray(part).tobytes())
        digest.update(json.dumps([[row.key for row in self.ground.candidates], self.groups]).encode())
        return digest.hexdigest()

    def effect(self, sites: Sequence[int]) -> Effect:
        """What opening these candidates beside today's sites brings."""
        return effect_of(self.table, self.people, [*self.existing, *sites], self.question.minutes)

    def by_municipality(self, effect: Effect) -> Mapping[str, tuple[float, float]]:
        """Per NIS code: inhabitants that count, and how many of them are reached."""
        codes, home = self._homes
        people = np.bincount(home, self.people, len(codes))
        reached = np.bincount(home, self.people * effect.reached, len(codes))
        return dict(zip(codes, zip(people.tolist(), reached.tolist(), strict=True), strict=True))

    @cached_property
    def _homes(self) -> tuple[list[str], NDArray[np.int64]]:
        """The NIS codes of the rows that count, and which of them each row has."""
        codes, home = np.unique([self.ground.origins[row].nis_code for row in self.rows], return_inverse=True)
        return codes.tolist(), home


def propose(case: Case) -> tuple[int, ...]:
    """Good candidates at once, without a proof."""
    width = len(case.ground.candidates)
    columns, goal = case.table[:, :width], case.question.goal
    today = case.table[:, list(case.existing)].min(axis=1, initial=np.inf)
    if goal is Goal.REACH:
        prices = np.where(columns <= case.question.minutes, 0.0, 1.0) * case.people[:, None]
        paid = np.where(today <= case.question.minutes, 0.0, 1.0) * case.people
    else:
        weight = case.people if goal is Goal.NEAR else np.ones_like(case.people)
        prices = np.minimum(columns, LIMIT) * weight[:, None]
        paid = np.minimum(today, LIMIT) * weight
    return quick_sites(prices, case.question.number, today=paid, groups=case.groups, furthest=goal is Goal.FAR)


def prove(case: Case, *, time_limit: float) -> Solution:
    """The best candidates with what is proven about them; see `core.siting`. Compiled: for the background process."""
    # Loaded here: compiled kernels take 60 MB that a web worker never uses.
    from schakel.core.siting import max_coverage, p_centre, p_median

    width = len(case.ground.candidates)
    columns = [*range(width), *case.existing]
    table = case.table[:, columns]
    existing = range(width, len(columns))
    number, groups = case.question.number, case.groups
    if case.question.goal is Goal.REACH:
        return max_coverage(
            table <= case.question.minutes, number, demand=case.people, time_limit=time_limit, existing=existing,
            candidates=range(width), at_least_one_of=groups,
        )  # fmt: skip
    if case.question.goal is Goal.NEAR:
        return p_median(
            table, number, demand=case.people, time_limit=time_limit, existing=existing, candidates=range(width),
            at_least_one_of=groups, unreached_cost=LIMIT,
        )  # fmt: skip
    reachable = np.isfinite(table.min(axis=1))
    return p_centre(
        table[reachable], number, time_limit=time_limit, existing=existing, candidates=range(width),
        at_least_one_of=groups,
    )  # fmt: skip
