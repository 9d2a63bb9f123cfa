"""The lists at the back of a guide: by municipality and by service, each name with the number of its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext

from schakel.core import taxonomy
from schakel.core.model import AreaKnowledge, Json, Municipality
from schakel.documents.selection import Chosen, seats_of
from schakel.wording import words

Entries = Sequence[tuple[str, str, Chosen]]  # id, name as printed, who


def index_by_service(entries: Entries) -> list[Json]:
    """Every service that somebody of the guide offers there, in the order of the themes."""
    found: dict[str, list[Json]] = {}
    for key, name, chosen in entries:
        for service in dict.fromkeys(offer.service for offer in chosen.offers):
            found.setdefault(service, []).append({"id": key, "name": name})
    order = [service.code for service in taxonomy.services()]
    known = [code for code in order if code in found]
    others = sorted(code for code in found if code not in set(order))
    return [
        {"title": words.service_label(code), "groups": [{"label": "", "names": found[code]}]}
        for code in (*known, *others)
    ]


def index_by_municipality(
    entries: Entries, municipalities: Sequence[Municipality], place: Municipality | None
) -> list[Json]:
    """Who is located in each municipality and, in a guide of the whole region, who works there and how that is known.

    Who works in the whole region is named once, at the start.
    """
    everywhere = frozenset(municipality.nis_code for municipality in municipalities)
    seats: dict[str, list[Json]] = {code: [] for code in everywhere}
    stated: dict[str, list[Json]] = {code: [] for code in everywhere}
    assumed: dict[str, list[Json]] = {code: [] for code in everywhere}
    whole: dict[AreaKnowledge, list[Json]] = {AreaKnowledge.STATED: [], AreaKnowledge.ASSUMED: []}
    for key, name, chosen in entries:
        item: Json = {"id": key, "name": name}
        located = seats_of(chosen.record) & everywhere
        reach = reach_of(chosen, everywhere)
        for code in located:
            seats[code].append(item)
        if place is not None:
            continue
        for knowledge, table in ((AreaKnowledge.STATED, stated), (AreaKnowledge.ASSUMED, assumed)):
            if reach[knowledge] == everywhere:
                whole[knowledge].append(item)
                continue
            for code in reach[knowledge] - located:
                table[code].append(item)
    labels = (gettext("Gevestigd"), gettext("Werkt hier"), gettext("Werkt hier (aanname)"))
    found: list[Json] = []
    groups = _groups(zip(labels[1:], whole.values(), strict=True))
    if groups:
        found.append({"title": gettext("De hele regio"), "groups": groups})
    for municipality in municipalities:
        code = municipality.nis_code
        groups = _groups(zip(labels, (seats[code], stated[code], assumed[code]), strict=True))
        if groups:
            found.append({"title": municipality.name, "groups": groups})
    return found


def reach_of(chosen: Chosen, everywhere: frozenset[str]) -> Mapping[AreaKnowledge, frozenset[str]]:
    """Where an organisation works as stated, and where only as assumed; what is stated is not assumed as well."""
    by = {AreaKnowledge.STATED: frozenset[str](), AreaKnowledge.ASSUMED: frozenset[str]()}
    for offer in chosen.offers:
        if offer.area.knowledge in by:
            by[offer.area.knowledge] |= offer.area.nis_codes & everywhere
    if by[AreaKnowledge.ASSUMED] != everywhere:
        by[AreaKnowledge.ASSUMED] -= by[AreaKnowledge.STATED]
    return by


def _groups(parts: Iterable[tuple[str, list[Json]]]) -> list[Json]:
    return [{"label": label, "names": names} for label, names in parts if names]
