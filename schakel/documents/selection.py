"""Who stands in a guide: the whole region, one municipality, one theme or a list somebody made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from schakel.core import taxonomy
from schakel.core.errors import CoreError, InvalidInput
from schakel.core.model import FINDABLE, Municipality, OfferRecord, OrganisationRecord
from schakel.register import read


class EmptySelection(InvalidInput):
    """Nobody is in the selection, so there is nothing to print."""


class TooMany(InvalidInput):
    """More organisations than the guide may hold."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to print. `municipality`: NIS code or slug; `theme`: its code; `slugs`: a list of organisations, in which
    those that do not exist are left out. What is None does not limit. `asked`: the search that gave the list, in words;
    empty for a list that somebody made."""

    municipality: str | None = None
    theme: str | None = None
    slugs: tuple[str, ...] | None = None
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One organisation of the guide with the offers that count there, and those that are only for elsewhere."""

    record: OrganisationRecord
    offers: tuple[OfferRecord, ...]
    elsewhere: tuple[OfferRecord, ...]


def theme_of(service: str) -> str:
    """The theme of a service; empty for a code outside the taxonomy."""
    try:
        return taxonomy.service(service).theme
    except CoreError:
        return ""


def seats_of(record: OrganisationRecord) -> frozenset[str]:
    """NIS codes of the establishments that exist today, as far as known."""
    return frozenset(place.nis_code for place in record.establishments if place.nis_code and place.status in FINDABLE)


def find_place(selection: Selection) -> Municipality | None:
    """The municipality of a selection; None for a selection without one. Raises InvalidInput when there is none."""
    if selection.municipality is None:
        return None
    place = read.get_municipality(selection.municipality)
    if place is None:
        raise InvalidInput(
            f"De gemeente {selection.municipality!r} zit niet in deze regio. Geef de NIS-code van een gemeente uit de "
            "regio, bijvoorbeeld uit municipalities.csv."
        )
    return place


def choose_all(selection: Selection, place: Municipality | None, most: int | None = None) -> list[Chosen]:
    """What `choose` gives, by name. Raises EmptySelection for nobody, and TooMany beyond `most` without reading on."""
    found = list(islice(choose(selection, place), None if most is None else most + 1))
    if not found:
        raise EmptySelection(
            "Er is niemand om in deze gids te zetten: we kennen niemand die bij deze keuze past. "
            "Kies een andere gemeente of een ander thema. Er is niets geschreven."
        )
    if most is not None and len(found) > most:
        raise TooMany(f"Een gids van meer dan {most} organisaties wordt te dik. Kies een gemeente of een thema.")
    return sorted(found, key=lambda one: (one.record.name.casefold(), one.record.slug))


def choose(selection: Selection, place: Municipality | None) -> Iterator[Chosen]:
    """Everybody in the selection who exists today or perhaps exists; never who closed or was only announced.

    In a municipality: those of whom an offer reaches it (stated or assumed), and those located there. Of the others
    located there every offer counts, reach or not: one can go there and ask.
    """
    if selection.theme is not None:
        taxonomy.theme(selection.theme)
    for record in read.iter_organisations(selection.slugs):
        if record.status not in FINDABLE:
            continue
        offers = tuple(offer for offer in record.offers if offer.status in FINDABLE)
        if selection.theme is not None:
            offers = tuple(offer for offer in offers if theme_of(offer.service) == selection.theme)
            if not offers:
                continue
        if place is None or place.nis_code in seats_of(record):
            yield Chosen(record, offers, ())
            continue
        here = tuple(offer for offer in offers if place.nis_code in offer.area.nis_codes)
        if here:
            yield Chosen(record, here, tuple(offer for offer in offers if offer not in here))
