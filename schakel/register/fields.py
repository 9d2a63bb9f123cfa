"""The fields a statement can speak of: Dutch words for editors, and how a text becomes a value and back.

Both the forms of the admin and `register.write.edit` use these, so that there is one rule per field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from schakel.core.errors import InvalidInput
from schakel.core.identifiers import (
    format_ondernemingsnummer,
    format_vestigingseenheidsnummer,
    parse_nis_code,
    parse_ondernemingsnummer,
    parse_partial_date,
    parse_postal_code,
    parse_vestigingseenheidsnummer,
)
from schakel.core.model import EntityKind, Json
from schakel.core.taxonomy import services
from schakel.sources.region_pack import cells
from schakel.wording import words

Parse: TypeAlias = Callable[[str], Json]
Show: TypeAlias = Callable[[Json], str]
_DAYS = dict(zip(("ma", "di", "wo", "do", "vr", "za", "zo"), cells.DAYS, strict=True))


def plain(value: Json) -> str:
    """A text or number as people type it; 12.0 as 12."""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def line(text: str) -> str:
    """One line: inner line breaks and double spaces become one space."""
    return re.sub(r"\s+", " ", cells.parse_text(text)).strip()


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `parse` gets a text that is not empty; an empty text means "said to be empty" (`None`).

    `choices`: code -> Dutch words, for a field with a closed list. `many`: a list of those codes.
    """

    name: str
    label: str
    help: str
    parse: Parse = line
    show: Show = plain
    required: bool = False
    long: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    many: bool = False

    def text(self, value: Json) -> str:
        """`value` as people read and type it; "" for `None`."""
        return "" if value is None else self.show(value)

    def check(self, value: Json) -> Json:
        """The normal form of `value`. Raises `InvalidInput` in Dutch, ready to stand after "Verwacht:"."""
        if value is None or value == "" or value == []:
            if self.required:
                raise InvalidInput("een waarde: dit vak mag niet leeg zijn")
            return None
        try:
            text = self.show(value)
        except (TypeError, KeyError, AttributeError, ValueError):
            raise InvalidInput(f"een waarde van de juiste soort voor '{self.label}'") from None
        return self.parse(text) if text.strip() else self.check(None)


def _chosen(choices: Mapping[str, str]) -> Parse:
    def parse(text: str) -> Json:
        if text not in choices:
            raise InvalidInput("een keuze uit de lijst: " + ", ".join(choices.values()))
        return text

    return parse


def _chosen_many(choices: Mapping[str, str]) -> Parse:
    one = _chosen(choices)

    def parse(text: str) -> Json:
        return [one(part) for part in dict.fromkeys(text.split(";"))]

    return parse


def _choice(name: str, label: str, help_text: str, choices: Mapping[str, str], *, required: bool = False) -> Field:
    return Field(name, label, help_text, _chosen(choices), required=required, choices=choices)


def _choices(name: str, label: str, help_text: str, choices: Mapping[str, str], *, required: bool = False) -> Field:
    return Field(name, label, help_text, _chosen_many(choices), join, required=required, choices=choices, many=True)


def join(value: Json) -> str:
    """A list of codes as `a;b`."""
    if not isinstance(value, list):
        raise TypeError("expected a list")
    return ";".join(str(item) for item in value)


def _parse_area(text: str) -> Json:
    return list(cells.list_of(cells.parse_area)(text))


def _parse_names(text: str) -> Json:
    return [{"name": past.name, "until": past.until} for past in cells.list_of(cells.parse_previous_name)(text)]


def _show_names(value: Json) -> str:
    if not isinstance(value, list):
        raise TypeError("expected a list")
    parts: list[str] = []
    for item in value:
        if not isinstance(item, dict):
            raise TypeError("expected a name with until when")
        parts.append(f"{item['name']}@{item['until']}" if item.get("until") else str(item["name"]))
    return "; ".join(parts)


def _parse_hours(text: str) -> Json:
    english = re.sub(r"\b(ma|di|wo|do|vr|za|zo)\b", lambda day: _DAYS[day[0]], text.lower())
    try:
        parsed = cells.parse_opening_hours(english)
    except InvalidInput:
        raise InvalidInput(
            "openingsuren zoals: ma 09:00-12:00,13:00-17:00; di 09:00-12:00. Elke dag één keer, de uren oplopend"
        ) from None
    return {day: [[opens, closes] for opens, closes in ranges] for day, ranges in parsed.items()}


def _show_hours(value: Json) -> str:
    if not isinstance(value, dict):
        raise TypeError("expected days with hours")
    dutch = {english: day for day, english in _DAYS.items()}
    parts: list[str] = []
    for day in cells.DAYS:
        ranges = value.get(day)
        if ranges and not isinstance(ranges, list):
            raise TypeError("expected hours per day")
        if isinstance(ranges, list) and ranges:
            parts.append(f"{dutch[day]} " + ",".join("-".join(map(str, _pair(part))) for part in ranges))
    return "; ".join(parts)


def _pair(value: Json) -> list[Json]:
    if not isinstance(value, list) or len(value) != 2:
        raise TypeError("expected when it opens and closes")
    return value


def _yes_no(text: str) -> Json:
    if text not in ("True", "False"):
        raise InvalidInput("ja of nee")
    return text == "True"


def _yes_or_no(name: str, label: str, help_text: str) -> Field:
    return Field(name, label, help_text, _yes_no, choices={"True": "ja", "False": "nee"})


def _number(format_number: Callable[[str], str]) -> Show:
    return lambda value: format_number(str(value))


_DATE_HELP = "Zo precies als je het weet: 2024, 2024-09 of 2024-09-30."
_LIVING = (
    _choice(
        "status",
        "Toestand",
        "Bestaat dit vandaag? Alleen wat bestaat, telt als aanbod. Kies 'onzeker' als het laatste bewijs oud is.",
        words.STATUSES,
        required=True,
    ),
    Field("status_note", "Uitleg bij de toestand", "In één of twee zinnen, voor iedereen te lezen.", long=True),
    Field("status_date", "Toestand sinds", _DATE_HELP, parse_partial_date),
)
_SERVICES = {service.code: service.labels["nl"] for service in services()}

ORGANISATION = (
    Field(
        "name",
        "Naam",
        "De naam die mensen kennen. Kreeg de organisatie een nieuwe naam? Zet de oude hieronder.",
        required=True,
    ),
    Field("legal_name", "Naam volgens de statuten", "Met de rechtsvorm, zoals 'De Loods vzw'."),
    Field(
        "previous_names",
        "Vroegere namen",
        "Met een ; ertussen. Tot wanneer? Zet dat achter een @, zoals: De Strijk@2019; Het Atelier@2021-06.",
        _parse_names,
        _show_names,
    ),
    Field(
        "ondernemingsnummer",
        "Ondernemingsnummer",
        "Tien cijfers, het eerste 0 of 1, zoals 0407.766.422. Het controlegetal wordt nagerekend.",
        parse_ondernemingsnummer,
        _number(format_ondernemingsnummer),
    ),
    _choices(
        "kinds",
        "Soorten",
        "Wat ze is. Je mag er meer dan één kiezen. Sociale onderneming: zonder een andere erkenning.",
        words.KINDS,
        required=True,
    ),
    Field(
        "description",
        "Beschrijving",
        "Wat doet deze organisatie? Korte zinnen, gewone woorden.",
        long=True,
        parse=lambda text: cells.parse_text(text).strip(),
    ),
    Field("website", "Website", "Het volledige adres, zoals https://www.voorbeeld.be.", cells.parse_url),
    Field("email", "E-mailadres", "Eén adres waarop iemand antwoordt.", cells.parse_email),
    Field("phone", "Telefoon", "Eén nummer, zoals 055 23 27 11.", cells.parse_phone),
    _choices("languages", "Talen", "In welke talen kan je er terecht?", words.LANGUAGES),
    *_LIVING,
    Field(
        "succeeded_by",
        "Opgevolgd door",
        "De organisatie die dit overnam: haar naam, ondernemingsnummer of sleutel.",
        cells.parse_slug,
    ),
)
ESTABLISHMENT = (
    Field("name", "Naam van de vestiging", "Als die een eigen naam heeft, zoals 'Fietspunt station'."),
    Field(
        "vestigingseenheidsnummer",
        "Vestigingseenheidsnummer",
        "Tien cijfers, het eerste van 2 tot 8, zoals 2.147.652.881. Het controlegetal wordt nagerekend.",
        parse_vestigingseenheidsnummer,
        _number(format_vestigingseenheidsnummer),
    ),
    _yes_or_no("is_seat", "Zetel", "Is dit de zetel van de organisatie?"),
    Field("street", "Straat", "Zonder huisnummer."),
    Field("house_number", "Huisnummer", "Met bus als die er is, zoals '2 bus 3'."),
    Field("postal_code", "Postcode", "Vier cijfers.", parse_postal_code),
    Field("locality", "Plaats", "De deelgemeente of gemeente, zoals in het adres."),
    Field("nis_code", "Gemeente", "Een gemeente van de regio. Leeg: niet bekend, of buiten de regio.", parse_nis_code),
    Field(
        "lat",
        "Breedtegraad",
        "In graden, zoals 50.7475. Vul lat en lon allebei in, of geen van beide.",
        cells.parse_lat,
    ),
    Field("lon", "Lengtegraad", "In graden, zoals 3.6005.", cells.parse_lon),
    Field(
        "opening_hours",
        "Openingsuren",
        "Zoals: ma 09:00-12:00,13:00-17:00; di 09:00-12:00. Een dag die er niet bij staat, is gesloten.",
        _parse_hours,
        _show_hours,
    ),
    *_LIVING,
    Field("replaced_by", "Vervangen door", "Verhuisd? De nieuwe vestiging: haar nummer of sleutel.", cells.parse_key),
)
OFFER = (
    _choice("service", "Dienst", "Kies de dienst uit de lijst die het best past.", _SERVICES, required=True),
    Field("words", "In woorden", "Zoals de organisatie het zelf noemt, zoals 'strijkatelier'."),
    _choices(
        "customers", "Voor wie", "Wie kan dit vragen? Je mag er meer dan één kiezen.", words.CUSTOMERS, required=True
    ),
    Field("establishment", "Vestiging", "Vanuit welke vestiging? Leeg: de hele organisatie.", cells.parse_key),
    Field(
        "area",
        "Werkgebied",
        "Waar kan men dit vragen? Duid aan wat een bron zegt; wat je aanduidt, telt samen. "
        "Niets aangeduid: niemand zegt het, en de site toont een aanname of 'niet bekend'.",
        _parse_area,
        join,
    ),
    Field("capacity_amount", "Capaciteit", "Hoeveel kan erbij? Een getal, zoals 12 of 12.5.", cells.parse_amount),
    Field("capacity_unit", "Eenheid van de capaciteit", "Zoals 'kg per week' of 'dagen per maand'."),
    Field("capacity_from", "Capaciteit vanaf", _DATE_HELP, parse_partial_date),
    *_LIVING,
)
RECOGNITION = (
    _choice("law", "Erkenning", "Volgens welke regeling is de organisatie erkend?", words.LAWS, required=True),
    Field("establishment", "Vestiging", "De sleutel van de vestiging. Leeg: de hele organisatie.", cells.parse_key),
    Field("valid_from", "Geldig vanaf", _DATE_HELP, parse_partial_date),
    Field("valid_until", "Geldig tot", _DATE_HELP, parse_partial_date),
    *_LIVING,
)
EMPLOYMENT = (
    Field(
        "headcount",
        "Personen",
        "Hoeveel mensen werken er? Leeg als je het niet weet; nooit 0 als gok.",
        cells.parse_amount,
    ),
    Field("fte", "Voltijdse equivalenten", "Alle medewerkers samen, omgerekend naar voltijds.", cells.parse_amount),
    Field(
        "target_group_headcount", "Doelgroepwerknemers", "Hoeveel daarvan zijn doelgroepwerknemer?", cells.parse_amount
    ),
    Field("target_group_fte", "Doelgroep, voltijdse equivalenten", "Omgerekend naar voltijds.", cells.parse_amount),
    _yes_or_no("is_minimum", "Minstens", "Zegt de bron 'meer dan' of 'minstens'?"),
)
FIELDS: dict[EntityKind, Mapping[str, Field]] = {
    EntityKind.ORGANISATION: {row.name: row for row in ORGANISATION},
    EntityKind.ESTABLISHMENT: {row.name: row for row in ESTABLISHMENT},
    EntityKind.OFFER: {row.name: row for row in OFFER},
    EntityKind.RECOGNITION: {row.name: row for row in RECOGNITION},
    EntityKind.EMPLOYMENT: {row.name: row for row in EMPLOYMENT},
}
