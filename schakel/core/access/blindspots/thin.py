"""Is there too little of it for the people who live there? Supply per inhabitant, drawn towards the region.

Each offer is shared out over the inhabitants it reaches (a floating catchment over sets, Luo & Wang 2003). What a
municipality gets is then a sum of parts of different sizes; its effective number of offers (Kish 1965: the square of
the sum over the sum of squares) has about the spread of a count, also when the parts are staff instead of offers. That
number and its exposure go into the gamma-Poisson rates. One offer counts in every municipality it reaches, so these
know less together than they seem to: the fit of the region is told by how much (`overlap`). `simulate` measures how
well this works.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from schakel.core.access.blindspots.model import Rate, Reach, Rules
from schakel.core.errors import NotEnoughData

OFFERS, FTE = "offers", "fte"
SMALLEST_FTE = 0.01  # less is no staff: then it is as good as not known


def supply_rates(
    reached: Mapping[str, Sequence[Reach]],
    services: Collection[str],
    people: Mapping[str, int],
    fte: Mapping[str, float | None],
    rules: Rules,
) -> Mapping[str, Rate]:
    """Rate of supply per NIS code over the offers of `services`; empty when nothing can be told apart.

    `reached`: what reaches each place. `people`: inhabitants per NIS code; a place without is left out. `fte`: staff
    per offer; counted when it is known of every offer, else offers are counted. A place that nothing reaches takes
    part with no supply.
    """
    parts: dict[str, dict[str, float]] = defaultdict(dict)  # offer -> NIS code -> inhabitants it reaches there
    for nis_code, found in reached.items():
        for one in found:
            if one.counts and one.service in services and nis_code in people:
                parts[one.offer][nis_code] = one.share * people[nis_code]
    known = [fte.get(offer) or 0.0 for offer in parts]
    unit = FTE if known and min(known) >= SMALLEST_FTE else OFFERS
    units = {offer: (fte.get(offer) or 1.0) if unit == FTE else 1.0 for offer in parts}
    if not parts:
        return {}
    return _rates(parts, units, people, unit, rules)


def _rates(
    parts: Mapping[str, Mapping[str, float]],
    units: Mapping[str, float],
    people: Mapping[str, int],
    unit: str,
    rules: Rules,
) -> Mapping[str, Rate]:
    from schakel.core.access.rates import shrink_rates  # SciPy: only when there is something to count

    total: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(float)
    for offer, places in sorted(parts.items()):
        served = sum(places.values())
        for nis_code, inhabitants in places.items():
            part = units[offer] * inhabitants / served
            total[nis_code] += part
            squares[nis_code] += part * part
    codes = sorted(people)
    events = [total[code] ** 2 / squares[code] if code in total else 0.0 for code in codes]
    exposure = [people[code] * total[code] / squares[code] if code in total else float(people[code]) for code in codes]
    region = sum(units.values()) / sum(people.values())
    try:
        rates = shrink_rates(events, exposure, whole=False, overlap=max(1.0, sum(events) / _effective(units.values())))
    except NotEnoughData:
        return {}
    chance = rates.probability_below(region * rules.thin_part)
    return {
        code: Rate(unit, row.mean, row.low, row.high, region, float(below), len(parts), rates.reason is None)
        for code, row, below in zip(codes, rates.rows(), chance, strict=True)
        if row.mean is not None and row.low is not None and row.high is not None
    }


def _effective(units: Collection[float]) -> float:
    return sum(units) ** 2 / sum(unit * unit for unit in units)


def staff_per_offer(organisations: Mapping[str, str], fte: Mapping[str, float | None]) -> Mapping[str, float | None]:
    """FTE per offer: that of its organisation shared equally over its offers; `None` where not known.

    `organisations`: offer -> organisation, of the offers that count. `fte`: per organisation.
    """
    offers = Counter(organisations.values())
    return {
        offer: None if (known := fte.get(slug)) is None else known / offers[slug]
        for offer, slug in organisations.items()
    }
