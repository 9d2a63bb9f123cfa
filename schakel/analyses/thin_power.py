"""How often a truly thin municipality is found at the sizes of this region: simulated once, shown with the method."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from schakel.analyses.models import Published, Result
from schakel.analyses.plain import plain_record
from schakel.analyses.record import Outcome, Row, digest_of, record_run
from schakel.core.access.blindspots.simulate import SPREAD, Power, simulate_thin
from schakel.core.model import Json
from schakel.register import read

KIND = "thin_power"
METHOD = 1
OFFERS = (10, 30, 100)
RUNS, SEED = 100, 20261125


@dataclass(frozen=True, slots=True)
class Powers:
    """What the simulation found, with the number of its run."""

    run: int
    spread: float
    powers: tuple[Power, ...]


def run_thin_power(*, now: datetime | None = None) -> Outcome | None:
    """Simulate at the populations and neighbours of this region; `None` with fewer than three known populations.

    Nothing is simulated again while those, the rules and the method stay the same.
    """
    started_at = now or timezone.now()
    municipalities = read.list_municipalities()
    people = {place.nis_code: max(place.population.items())[1] for place in municipalities if place.population}
    people = {code: count for code, count in people.items() if count > 0}
    if len(people) < 3:
        return None
    neighbours = {place.nis_code: place.neighbours for place in municipalities}
    rules = read.blind_spot_rules()
    parameters: dict[str, Json] = {"runs": RUNS, "seed": SEED, "offers": list(OFFERS), "spread": SPREAD}
    asked: Json = [
        METHOD,
        dict(people),
        {code: list[Json](sorted(around)) for code, around in neighbours.items()},
        plain_record(rules),
        parameters,
    ]
    fingerprint = digest_of(asked)
    shown = Published.objects.select_related("run").filter(kind=KIND).first()
    if shown is not None and shown.run.fingerprint == fingerprint:
        return Outcome(shown.run_id, fresh=False)
    powers = simulate_thin(people, neighbours, OFFERS, rules, runs=RUNS, seed=SEED)
    return record_run(
        KIND,
        [Row("offers", str(power.offers), "", "", plain_record(power)) for power in powers],
        day=timezone.localdate(started_at),
        revision=read.revision(),
        fingerprint=fingerprint,
        started_at=started_at,
        parameters=parameters,
        versions={"method": METHOD},
        counts={"simulated": RUNS * len(OFFERS)},
    )


def thin_power() -> Powers | None:
    """What was simulated last; `None` when nothing was."""
    shown = Published.objects.select_related("run").filter(kind=KIND).first()
    if shown is None:
        return None
    rows = Result.objects.filter(run=shown.run).order_by("position")
    spread = shown.run.parameters["spread"]
    return Powers(shown.run_id, spread, tuple(Power(**row.content) for row in rows))
