"""Why an organisation matches a need, and what would have to be different, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schakel.core.matching import Condition, Reason
from schakel.wording import words
from schakel.wording.dates import date_words, km_words, number_words

PlaceName = Callable[[str], str]

_WHY: Mapping[str, str | Promise] = {
    "service": _("Doet dit werk: %(service)s"),
    "words": _("Noemt zelf: %(words)s"),
    "area_stated": _("Werkt in %(places)s, volgens een bron"),
    "area_assumed": _("Werkt wellicht in %(places)s (aanname: vraag het na)"),
    "part": _("Kan %(percent)s %% van wat je vraagt; voor de rest is iemand anders nodig"),
    "distance": _("Op %(km)s van de plaats"),
    "distance_about": _("Op ongeveer %(km)s van de plaats"),
    "distance_none": _("In dezelfde gemeente; hoe ver precies, weten we niet"),
    "place_unknown": _("Hoe ver ze zitten, weten we niet"),
    "capacity": _("Capaciteit: %(amount)s %(unit)s"),
    "capacity_unknown": _("Hoeveel ze aankunnen, weten we niet: vraag het"),
    "free_from": _("Vrij vanaf %(date)s"),
    "recognised": _("Erkend voor collectief maatwerk: vraag het attest, met datum"),
    "recognised_until": _("Erkend voor collectief maatwerk tot %(date)s: vraag het attest, met datum"),
    "newest": _("Jongste bron: %(date)s"),
    "turn": _("Kreeg het laatste jaar al %(count)s keer werk via Schakel"),
}
_MISSING: Mapping[str, str | Promise] = {
    "service": _("als ze ook dit doen: %(services)s"),
    "uncertain": _("als ze bevestigen dat ze dit nog doen"),
    "announced": _("als ze gestart zijn: het is aangekondigd, niet bevestigd"),
    "ended": _("als ze dit opnieuw doen: het is gestopt"),
    "customer": _("als ze ook werken voor: %(customer)s"),
    "area": _("als ze ongeveer %(km)s km verder werken: nu tot %(place)s"),
    "area_unknown": _("als ze hier werken: hun werkgebied kennen we niet"),
    "area_elsewhere": _("als ze ook in deze streek werken"),
    "from": _("als je kunt wachten: vrij vanaf %(date)s"),
    "capacity": _("als je het werk verdeelt: ze kunnen %(amount)s van de %(asked)s %(unit)s"),
    "recognition": _("als ze bewijzen dat minstens 30 %% van hun werknemers tot de doelgroep hoort (artikel 15)"),
    "recognition_ended": _("als ze een nieuw bewijs voor artikel 15 hebben: hun erkenning liep tot %(date)s"),
}
_REFUSED: Mapping[Condition, str | Promise] = {
    Condition.SERVICE: _("doen ander werk"),
    Condition.LIVE: _("bestaan niet zeker (meer)"),
    Condition.CUSTOMER: _("werken niet voor deze klanten"),
    Condition.AREA: _("werken niet in deze gemeente, of we weten het niet"),
    Condition.DATE: _("zijn dan nog niet vrij"),
    Condition.CAPACITY: _("kunnen zoveel niet aan"),
    Condition.RECOGNITION: _("tonen geen erkenning voor artikel 15"),
}
PARTS: Mapping[str, str | Promise] = {
    "fit": _("past bij het werk"),
    "area": _("werkgebied is zeker"),
    "proximity": _("dichtbij"),
    "capacity": _("capaciteit is bekend"),
    "freshness": _("verse gegevens"),
    "turn": _("komt aan de beurt"),
}


def why_words(reason: Reason, place_name: PlaceName) -> str:
    """One reason why somebody matches, or was asked although something was missing."""
    values: dict[str, Any] = dict(reason.values)
    code = reason.code
    if code == "although":
        missing = Reason(str(values.pop("code")), tuple(values.items()))
        said = {"missing": missing_words(missing, place_name)}
        return gettext("Gevraagd, al past het niet helemaal: zou passen %(missing)s") % said
    if code == "distance" and values["precision"] != "address":
        code = "distance_about" if values["km"] >= 0.1 else "distance_none"
    if code == "recognised" and values["until"]:
        code = "recognised_until"
    return _said(_WHY[code], values, place_name)


def missing_words(reason: Reason, place_name: PlaceName) -> str:
    """What would have to be different, as a clause: "would match …"."""
    values = dict(reason.values)
    code = "recognition_ended" if reason.code == "recognition" and values["ended"] else reason.code
    return _said(_MISSING[code], values, place_name)


def refused_words(condition: Condition) -> str:
    """What an organisation that does not match breaks: "12 organisations …"."""
    return str(_REFUSED[condition])


def _said(sentence: str | Promise, values: Mapping[str, Any], place_name: PlaceName) -> str:
    shown: dict[str, str] = {}
    for name, value in values.items():
        if name == "service":
            shown[name] = words.service_label(value)
        elif name == "services":
            shown[name] = ", ".join(words.service_label(code) for code in value)
        elif name == "places":
            shown[name] = words.joined([place_name(code) for code in value])
        elif name == "nearest":
            shown["place"] = place_name(value)
        elif name == "customer":
            shown[name] = words.word(words.CUSTOMERS, value)
        elif name in ("on", "until", "ended"):
            shown["date"] = date_words(value)
        elif name == "km":
            shown[name] = km_words(value) if isinstance(value, float) else str(value)
        elif name in ("amount", "asked"):
            shown[name] = number_words(float(value))
        else:
            shown[name] = str(value)
    if not shown.get("unit", "x"):
        shown["unit"] = gettext("(zonder eenheid)")
    return str(sentence) % shown
