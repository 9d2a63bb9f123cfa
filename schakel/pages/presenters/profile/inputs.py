"""What each part of a profile asks: one question per field, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from schakel.core.model import EstablishmentRecord
from schakel.core.taxonomy import services, themes
from schakel.pages.presenters.facts import text_of
from schakel.wording import words
from schakel.wording.dates import date_words

Choices = tuple[tuple[str, str], ...]
MONTHS_AHEAD = 12


@dataclass(frozen=True, slots=True)
class Input:
    """One question. `kind`: line, long, phone, email, url, number, choice, many. `fault`: what to do when it cannot be.

    `groups`: choices under a heading, for a long list; a heading without words holds the choices that stand alone.
    """

    name: str
    label: str
    kind: str
    hint: str = ""
    fault: str = ""
    longest: int = 200
    required: bool = False
    groups: tuple[tuple[str, Choices], ...] = ()

    @property
    def html_type(self) -> str:
        """The type of the field in HTML: what a phone shows as keyboard, and fills in."""
        return {"phone": "tel", "email": "email", "url": "url"}.get(self.kind, "text")

    @property
    def inputmode(self) -> str:
        """Which keyboard a phone shows."""
        return {"phone": "tel", "email": "email", "url": "url", "number": "decimal"}.get(self.kind, "text")

    @property
    def choices(self) -> Choices:
        """All choices, without their headings."""
        return tuple(choice for _, group in self.groups for choice in group)


def contact_inputs() -> tuple[Input, ...]:
    """How people reach the organisation."""
    return (
        Input(
            "phone",
            gettext("Telefoon"),
            "phone",
            gettext("Het nummer dat iemand opneemt, zoals 055 23 27 11."),
            gettext("Schrijf één telefoonnummer, zoals 055 23 27 11."),
            40,
        ),
        Input(
            "email",
            gettext("E-mail"),
            "email",
            gettext("Iedereen kan dit adres zien. Neem er een van de organisatie, niet van een mens."),
            gettext("Schrijf één e-mailadres, zoals info@voorbeeld.be."),
        ),
        Input(
            "website",
            gettext("Website"),
            "url",
            gettext("Zoals https://www.voorbeeld.be."),
            gettext("Schrijf het volledige adres, met https:// ervoor."),
            500,
        ),
    )


def about_inputs() -> tuple[Input, ...]:
    """Who they are."""
    return (
        Input(
            "description",
            gettext("Wat doen jullie?"),
            "long",
            gettext("Twee of drie korte zinnen, in gewone woorden. Wie helpen jullie, en waarmee?"),
            gettext("Schrijf hoogstens 2000 tekens."),
            2000,
        ),
        Input(
            "languages",
            gettext("In welke talen kan men bij jullie terecht?"),
            "many",
            groups=(("", _choices(words.LANGUAGES)),),
            fault=gettext("Kies talen uit de lijst."),
        ),
    )


def offer_inputs(
    places: Sequence[EstablishmentRecord], *, new: bool, today: date, capacity_from: str
) -> tuple[Input, ...]:
    """One thing they do. `capacity_from`: what stands there now, so that an old month stays a choice."""
    found = [
        Input(
            "words",
            gettext("Hoe noem je het zelf?"),
            "line",
            gettext("Zoals op je website: 'strijkatelier', 'klusjesdienst'."),
            gettext("Schrijf hoogstens 200 tekens."),
        ),
        Input(
            "customers",
            gettext("Wie kan dit vragen?"),
            "many",
            groups=(("", _choices(words.CUSTOMERS)),),
            fault=gettext("Kies minstens één groep."),
            required=True,
        ),
    ]
    if new:
        found.insert(0, _service_input())
    if len(places) > 1:
        found.append(_place_input(places))
    return (*found, *_capacity_inputs(today, capacity_from))


def people_inputs() -> tuple[Input, ...]:
    """Who works there, in one year."""
    number = gettext("Schrijf een getal van 0 of meer. Weet je het niet? Laat het leeg.")
    part = gettext("Hoeveel daarvan zijn doelgroepwerknemer?")
    return (
        Input(
            "headcount", gettext("Hoeveel mensen werkten er?"), "number", gettext("Gemiddeld over het jaar."), number
        ),
        Input("fte", gettext("Hoeveel is dat in voltijdse banen (VTE)?"), "number", "", number),
        Input("target_group_headcount", part, "number", gettext("In personen."), number),
        Input("target_group_fte", part, "number", gettext("In voltijdse banen (VTE)."), number),
    )


def _service_input() -> Input:
    labels = {theme.code: words.theme_label(theme.code) for theme in themes()}
    groups = tuple(
        (label, tuple((one.code, words.service_label(one.code)) for one in services() if one.theme == theme))
        for theme, label in labels.items()
    )
    return Input(
        "service",
        gettext("Wat doen jullie?"),
        "choice",
        gettext("Kies wat het best past. In het volgende vak zeg je het met je eigen woorden."),
        gettext("Kies een dienst uit de lijst."),
        required=True,
        groups=(("", (("", gettext("kies een dienst")),)), *groups),
    )


def _place_input(places: Sequence[EstablishmentRecord]) -> Input:
    listed = tuple((place.key, _place_words(place)) for place in places)
    return Input(
        "establishment",
        gettext("Vanuit welke vestiging?"),
        "choice",
        fault=gettext("Kies een vestiging uit de lijst."),
        groups=(("", (("", gettext("de hele organisatie")), *listed)),),
    )


def _place_words(place: EstablishmentRecord) -> str:
    town = text_of(place.facts, "locality")
    return ", ".join(part for part in (text_of(place.facts, "name"), town) if part) or place.key


def _capacity_inputs(today: date, standing: str) -> tuple[Input, ...]:
    units = tuple((unit, words.word(words.UNITS, unit)) for unit in words.UNITS)
    return (
        Input(
            "capacity_from",
            gettext("Vanaf wanneer kunnen jullie nieuw werk aannemen?"),
            "choice",
            fault=gettext("Kies een maand uit de lijst."),
            groups=(("", _months(today, standing)),),
        ),
        Input(
            "capacity_amount",
            gettext("Hoeveel kan er dan bij?"),
            "number",
            gettext("Ongeveer, zoals 12. Weet je het niet? Laat het leeg."),
            gettext("Schrijf een getal, zoals 12 of 12,5."),
        ),
        Input(
            "capacity_unit",
            gettext("Waarin tel je dat?"),
            "line",
            gettext("Zoals: uren per week, dagen per maand, kg per week."),
            gettext("Schrijf hoogstens 60 tekens."),
            60,
            groups=(("", units),),
        ),
    )


def _months(today: date, standing: str) -> Choices:
    found = [("", gettext("dat zeggen we niet"))]
    for ahead in range(MONTHS_AHEAD + 1):
        years, month = divmod(today.month - 1 + ahead, 12)
        first = date(today.year + years, month + 1, 1)
        label = date_format(first, "F Y")
        found.append((first.isoformat()[:7], gettext("nu al (%(month)s)") % {"month": label} if not ahead else label))
    if standing and standing not in dict(found):
        found.append((standing, date_words(standing)))
    return tuple(found)


def _choices(table: Mapping[str, object]) -> Choices:
    return tuple((str(code), str(label)) for code, label in table.items())
