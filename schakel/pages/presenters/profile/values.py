"""A value of the register in the words of the page, for differences and history."""

from __future__ import annotations

from django.utils.translation import gettext

from schakel.core.model import EntityKind, Json
from schakel.pages.presenters.facts import opening_hours
from schakel.pages.standing import Standing
from schakel.register.fields import FIELDS
from schakel.wording import words
from schakel.wording.dates import date_words, number_words

_TABLES = {"languages": words.LANGUAGES, "customers": words.CUSTOMERS, "status": words.STATUSES}
_DATES = ("status_date", "capacity_from")


def field_words(name: str) -> str:
    """What a field is called."""
    return {
        "phone": gettext("Telefoon"),
        "email": gettext("E-mail"),
        "website": gettext("Website"),
        "description": gettext("Wat jullie doen"),
        "languages": gettext("Talen"),
        "service": gettext("Dienst"),
        "words": gettext("In jullie woorden"),
        "customers": gettext("Voor wie"),
        "establishment": gettext("Vestiging"),
        "area": gettext("Werkgebied"),
        "capacity_amount": gettext("Hoeveel kan erbij"),
        "capacity_unit": gettext("Geteld in"),
        "capacity_from": gettext("Nieuw werk vanaf"),
        "opening_hours": gettext("Openingsuren"),
        "headcount": gettext("Mensen aan het werk"),
        "fte": gettext("Voltijdse banen (VTE)"),
        "target_group_headcount": gettext("Doelgroepwerknemers"),
        "target_group_fte": gettext("Doelgroep, in VTE"),
        "is_minimum": gettext("Minstens"),
        "status": gettext("Toestand"),
        "status_date": gettext("Sinds"),
        "status_note": gettext("Uitleg"),
    }.get(name, words.word(words.FIELDS, name))


def value_words(entity: EntityKind, name: str, value: Json, region: Standing) -> str:
    """`value` as people read it; "niets" in the language of the page when there is none."""
    if value in (None, "", []):
        return gettext("niets")
    if name == "area" and isinstance(value, list):
        return ", ".join(area_token_words(str(token), region) for token in value)
    if isinstance(value, list) and name in _TABLES:
        return ", ".join(words.word(_TABLES[name], str(code)) for code in value)
    if name in _TABLES:
        return words.word(_TABLES[name], str(value))
    if name == "service":
        return words.service_label(str(value))
    if name == "opening_hours":
        return "; ".join(line.text for line in opening_hours(value)) or gettext("altijd gesloten")
    if name in _DATES:
        return date_words(str(value))
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nee")
    if isinstance(value, int | float):
        return number_words(value)
    rule = FIELDS[entity].get(name)
    return rule.text(value) if rule else str(value)


def area_token_words(token: str, region: Standing) -> str:
    """One part of an area in words."""
    kind, _, value = token.partition(":")
    if kind == "nis":
        return region.place_name(value)
    if kind == "cluster":
        return next((cluster.name for cluster in region.clusters if cluster.slug == value), value)
    if kind == "radius":
        return gettext("%(km)s km rond de vestiging") % {"km": value.replace(".", ",")}
    return gettext("de hele streek") if kind == "region" else gettext("ook buiten de streek")
