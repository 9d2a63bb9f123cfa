"""What the blind spots look at, read from the register and from what users did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from schakel.analyses.travel import travel_time
from schakel.analyses.visits import visit_travel
from schakel.cooperation.needs.read import list_heard
from schakel.cooperation.read import list_tallies
from schakel.core import taxonomy
from schakel.core.access.blindspots import Heard, Inputs, Place, Rules, Searched
from schakel.core.access.blindspots.reaching import months_before
from schakel.core.model import LifeStatus, Municipality
from schakel.register import read
from schakel.register.read import Task


def gather(rules: Rules, on: date) -> Inputs:
    """Everything the classification looks at, as it stands now; `on`: the day from which periods count back."""
    municipalities = read.list_municipalities()
    offers = read.list_supply()
    services = taxonomy.services()
    origins = read.list_origins()
    travel, estimated = visit_travel(travel_time(), origins.origins, services, offers, rules)
    return Inputs(
        places=tuple(map(_place, municipalities)),
        services=services,
        offers=offers,
        searched=tuple(
            Searched(
                service=said.service,
                nis_code=said.nis_code,
                by=said.searched_by,
                method=said.method,
                on=said.searched_on,
                verified=said.source.verified,
            )
            for said in read.list_negative_statements()
        ),
        heard=_heard(read.list_tasks(), months_before(on, rules.heard_months)),
        travel=travel,
        estimated=estimated,
        counted=origins.counted,
    )


def _place(municipality: Municipality) -> Place:
    people = max(municipality.population.items())[1] if municipality.population else None
    return Place(municipality.nis_code, people, municipality.point)


def _heard(tasks: Sequence[Task], since: date) -> Mapping[tuple[str, str], Heard]:
    """Signs since a day. A task without a year counts while it is live: then it goes on today."""
    let: Counter[tuple[str, str]] = Counter()
    for task in tasks:
        current = task.status is LifeStatus.LIVE if task.year is None else task.year >= since.year
        if current:
            let.update((service, task.nis_code) for service in task.services)
    searches: Counter[tuple[str, str]] = Counter()
    for tally in list_tallies(since):
        if tally.service and tally.nis_code:
            searches[tally.service, tally.nis_code] += tally.count
    needs = {(one.service, one.nis_code): one for one in list_heard(since)}
    return {
        key: Heard(
            tasks=let[key],
            searches=searches[key],
            needs=needs[key].answered if key in needs else 0,
            unaware=needs[key].unaware if key in needs else 0,
            unmet=needs[key].needs - needs[key].answered if key in needs else 0,
        )
        for key in sorted(let.keys() | searches.keys() | needs.keys())
    }
