"""Is what is there also heard of? Silence says something only where people speak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from schakel.core.access.blindspots.model import Heard, Rules


def expected_searches(heard: Mapping[tuple[str, str], Heard]) -> Mapping[tuple[str, str], float]:
    """Searches to expect per service and municipality if every municipality searched alike.

    All searches for the service x the municipality's part of all searches; the keys are those that can have any.
    """
    services, places = Counter[str](), Counter[str]()
    for (service, nis_code), signs in heard.items():
        services[service] += signs.searches
        places[nis_code] += signs.searches
    everything = sum(services.values())
    return {
        (service, nis_code): count * places[nis_code] / everything
        for service, count in services.items()
        for nis_code in places
        if everything
    }


def is_unheard(signs: Heard, expected: float, rules: Rules) -> bool:
    """Whether supply that is there is not known to those who could use it.

    Only where no task was let and no need answered. Then: buyers said that they did not know it, or nobody searched
    for it while at least `silent_expected` searches were to be expected (none by chance: exp(-3) is 5%). Without
    such evidence silence proves nothing; it lowers the certainty instead.
    """
    if signs.tasks or signs.needs:
        return False
    return signs.unaware > 0 or (signs.searches == 0 and expected >= rules.silent_expected)


def is_silent(signs: Heard) -> bool:
    """Whether there is no sign at all that anybody knows it."""
    return not (signs.tasks or signs.needs or signs.searches)
