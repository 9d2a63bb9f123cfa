"""The register as suppliers are matched with it: every name and number of every organisation."""

from __future__ import annotations

from collections import defaultdict

from schakel.core.spend import Party
from schakel.register import models


def list_parties() -> tuple[Party, ...]:
    """Every organisation, also closed ones (an old list names them), by slug; in two queries.

    Its names: today's, the legal one, earlier ones, those of what was merged into it, and those of its establishments.
    """
    places: dict[int, list[str]] = defaultdict(list)
    for number, name in models.Establishment.objects.exclude(name="").values_list("organisation_id", "name"):
        places[number].append(name)
    return tuple(
        Party(
            key=row.slug,
            name=row.name,
            names=tuple(
                dict.fromkeys(
                    name
                    for name in (
                        row.name,
                        row.legal_name,
                        *(past["name"] for past in row.previous_names),
                        *row.merged_names,
                        *sorted(places[row.pk]),
                    )
                    if name
                )
            ),
            number=row.ondernemingsnummer or None,
            kinds=frozenset(row.kinds),
        )
        for row in models.Organisation.objects.order_by("slug").only(
            "slug", "name", "legal_name", "previous_names", "merged_names", "ondernemingsnummer", "kinds"
        )
    )
