"""One organisation as it stands in a guide: who, what, for whom, where, how to reach them, how old and how sure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext

from schakel.core.model import AreaKnowledge, Fact, Json, LifeStatus, Municipality, OfferRecord
from schakel.documents.qr import qr_svg
from schakel.documents.selection import Chosen
from schakel.typesetting import clean
from schakel.wording import words
from schakel.wording.dates import date_words, is_old

LONGEST_LINK = 300  # an address longer than this is printed, not followed


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every entry of one guide shares. `base_url` is empty when this site has no public address."""

    on: date
    base_url: str
    language: str
    names: Mapping[str, str]  # NIS code -> municipality
    place: Municipality | None


def page_address(slug: str, around: Surroundings) -> str:
    """The address of the page of an organisation, in the language of the guide."""
    prefix = "" if around.language == "nl" else f"/{around.language}"
    return f"{around.base_url}{prefix}/organisatie/{quote(slug)}"


def present_entry(chosen: Chosen, number: int, around: Surroundings) -> dict[str, Json]:
    """Everything the template prints of one organisation; texts cleaned, nothing in them is markup."""
    record, facts = chosen.record, chosen.record.facts
    address = page_address(record.slug, around) if around.base_url else ""
    entry: dict[str, Json] = {
        "id": f"o{number}",
        "name": clean(record.name) or record.slug,
        "kinds": words.words(words.KINDS, record.kinds),
        "uncertain": _doubt(record.status, facts),
        "description": clean(_text(facts, "description")),
        "description_age": _age(facts, "description", around.on),
        "offers": _offers(chosen, around),
        "reaches": _reaches(chosen, around),
        "elsewhere": ", ".join(dict.fromkeys(words.service_label(offer.service) for offer in chosen.elsewhere)),
        "contact": _contact(chosen, around),
        "addresses": _addresses(chosen, around),
        "source": _source(chosen, around.on),
        "page": clean(address.removeprefix("https://").removeprefix("http://")),
        "url": address,
        "qr": qr_svg(address) if address else "",
    }
    entry["signs"] = len(json.dumps(entry, ensure_ascii=False)) - len(str(entry["qr"]))
    return entry


def _text(facts: Mapping[str, Fact], field: str) -> str:
    fact = facts.get(field)
    return "" if fact is None or fact.value in (None, "") else str(fact.value)


def _age(facts: Mapping[str, Fact], field: str, on: date) -> str:
    """Since when a fact stands, in words, when that is more than 24 months ago; else empty."""
    fact = facts.get(field)
    stated = fact.provenance.stated_on if fact is not None and fact.provenance is not None else None
    return gettext("van %(date)s") % {"date": date_words(stated)} if is_old(stated, on) else ""


def _doubt(status: LifeStatus, facts: Mapping[str, Fact]) -> str:
    if status is not LifeStatus.UNCERTAIN:
        return ""
    note = clean(_text(facts, "status_note"))
    said = words.word(words.STATUSES, status)
    return f"{said}: {note}" if note else said


def _offers(chosen: Chosen, around: Surroundings) -> list[Json]:
    """Every offer; why it is doubtful is said in full once."""
    doubtful = chosen.record.status is LifeStatus.UNCERTAIN
    said = {_doubt(chosen.record.status, chosen.record.facts)}
    found: list[Json] = []
    for offer in chosen.offers:
        doubt = _doubt(offer.status, offer.facts)
        again = "" if doubtful else words.word(words.STATUSES, offer.status)
        found.append(_offer(offer, again if doubt and doubt in said else doubt, around))
        said.add(doubt)
    return found


def _offer(offer: OfferRecord, doubt: str, around: Surroundings) -> Json:
    return {
        "service": words.service_label(offer.service),
        "words": clean(_text(offer.facts, "words")),
        "customers": words.words(words.CUSTOMERS, offer.customers).lower() or gettext("niet bekend voor wie"),
        "age": _age(offer.facts, "service", around.on),
        "uncertain": doubt,
    }


def _reach(offer: OfferRecord, around: Surroundings) -> tuple[str, str]:
    """How sure and where, for one offer."""
    area, place = offer.area, around.place
    if area.knowledge is AreaKnowledge.UNKNOWN:
        return area.knowledge.value, gettext("niet bekend waar")
    names = [around.names[code] for code in area.nis_codes if code in around.names]
    if place is not None and place.nis_code in area.nis_codes:
        others = len(names) - 1
        where = place.name if not others else gettext("%(place)s en elders in de regio") % {"place": place.name}
    elif names and len(names) == len(around.names):
        where = gettext("de hele regio")
    else:
        where = words.joined(sorted(names)) or clean(area.words) or gettext("buiten deze regio")
    if area.knowledge is AreaKnowledge.ASSUMED:
        where = gettext("%(where)s (aanname)") % {"where": where}
    return area.knowledge.value, where


def _reaches(chosen: Chosen, around: Surroundings) -> list[Json]:
    """Where they work: one line when all offers reach the same, else one line per reach with its services."""
    groups: dict[tuple[str, str], list[str]] = {}
    for offer in chosen.offers:
        groups.setdefault(_reach(offer, around), []).append(words.service_label(offer.service))
    return [
        {"sure": sure, "where": where, "services": ", ".join(dict.fromkeys(names)) if len(groups) > 1 else ""}
        for (sure, where), names in groups.items()
    ]


def _contact(chosen: Chosen, around: Surroundings) -> list[Json]:
    facts = chosen.record.facts
    found: list[Json] = []
    for field in ("phone", "email", "website"):
        text = _text(facts, field)
        if not text:
            continue
        follow = _followed(field, text)
        shown = text.removeprefix("https://").removeprefix("http://").rstrip("/") if field == "website" else text
        found.append(
            {
                "label": words.word(words.FIELDS, field),
                "text": clean(shown),
                "url": follow,
                "age": _age(facts, field, around.on),
            }
        )
    return found


def _followed(field: str, text: str) -> str:
    """What a click opens; empty for what cannot safely be followed."""
    if len(text) > LONGEST_LINK or not text.isascii() or any(sign.isspace() for sign in text):
        return ""
    if field == "phone":
        return ""
    if field == "email":
        return f"mailto:{text}" if "@" in text else ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.netloc else ""


def _addresses(chosen: Chosen, around: Surroundings) -> list[Json]:
    """Every known address once; a municipality when no street is known."""
    found: dict[str, str] = {}
    for place in chosen.record.establishments:
        if place.status not in (LifeStatus.LIVE, LifeStatus.UNCERTAIN):
            continue
        street = f"{_text(place.facts, 'street')} {_text(place.facts, 'house_number')}".strip()
        town = f"{_text(place.facts, 'postal_code')} {_text(place.facts, 'locality')}".strip()
        town = town or around.names.get(place.nis_code or "", "")
        line = clean(", ".join(part for part in (street, town) if part))
        if line:
            found.setdefault(line, _age(place.facts, "street", around.on))
    return [{"text": line, "age": age} for line, age in found.items()]


def _source(chosen: Chosen, on: date) -> dict[str, Json]:
    """The date of the youngest source, whether that is long ago, and whether anybody checked it."""
    record = chosen.record
    name = record.facts.get("name")
    checked = name is None or name.provenance is None or name.provenance.verified
    return {
        "date": date_words(record.newest_on),
        "old": is_old(record.newest_on, on),
        "unverified": "" if checked else gettext("nog na te kijken"),
    }


def names_of(municipalities: Sequence[Municipality]) -> Mapping[str, str]:
    """NIS code -> name."""
    return {municipality.nis_code: municipality.name for municipality in municipalities}
