"""How the text of one cell becomes a value. Each function raises InvalidInput that says what is expected, in Dutch."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar
from urllib.parse import urlsplit

from schakel.core.errors import InvalidInput
from schakel.core.geography import parse_area_token
from schakel.core.identifiers import parse_partial_date
from schakel.sources.region_pack.model import PreviousName

Parser: TypeAlias = Callable[[str], Any]
E = TypeVar("E", bound=StrEnum)

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
SOUTH, NORTH, WEST, EAST = 49.49, 51.51, 2.54, 6.41  # a box around Belgium, in degrees
MAX_AMOUNT = 1e12

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEY = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_WHOLE = re.compile(r"[0-9]{1,12}")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+")
_HOST = re.compile(r"[^\s.@:]+(?:\.[^\s.@:]+)+")
_PHONE = re.compile(r"\+?[0-9][0-9 ./()-]{5,}")
_TIMES = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])")


def parse_text(text: str) -> str:
    """Any text without control characters; line breaks and tabs are kept."""
    if _CONTROL.search(text):
        raise InvalidInput("tekst zonder onzichtbare stuurtekens")
    return text


def parse_slug(text: str) -> str:
    """Lower-case words with hyphens, as in an address: `de-loods`."""
    if not _SLUG.fullmatch(text):
        raise InvalidInput("kleine letters, cijfers en koppeltekens, zoals de-loods")
    return text


def parse_key(text: str) -> str:
    """A slug that may have parts: `de-loods/strijk`."""
    if not _KEY.fullmatch(text):
        raise InvalidInput("een sleutel: kleine letters, cijfers, koppeltekens en /, zoals de-loods/strijk")
    return text


def parse_yes_no(text: str) -> bool:
    """`yes` or `no`."""
    if text not in ("yes", "no"):
        raise InvalidInput("yes of no, of leeg als het niet bekend is")
    return text == "yes"


def parse_number(text: str) -> float:
    """A number with a point for decimals, no thousands separators; may be below zero."""
    if "," in text and _NUMBER.fullmatch(text.replace(",", ".", 1)):
        raise InvalidInput(f"een getal met een punt in plaats van een komma: {text.replace(',', '.', 1)}")
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)) or abs(float(text)) > MAX_AMOUNT:
        raise InvalidInput("een getal zoals 12 of 12.5, of leeg als het niet bekend is")
    return float(text)


def parse_amount(text: str) -> float:
    """A number of zero or more."""
    number = parse_number(text)
    if number < 0:
        raise InvalidInput("een getal van 0 of meer, of leeg als het niet bekend is")
    return number


def parse_count(text: str) -> int:
    """A whole number of zero or more."""
    if not _WHOLE.fullmatch(text):
        raise InvalidInput("een geheel getal van 0 of meer zonder punten of spaties, of leeg als het niet bekend is")
    return int(text)


def parse_lat(text: str) -> float:
    """Degrees north inside a box around Belgium."""
    return _parse_degrees(text, SOUTH, NORTH, "een breedtegraad in België", "50.75")


def parse_lon(text: str) -> float:
    """Degrees east inside a box around Belgium."""
    return _parse_degrees(text, WEST, EAST, "een lengtegraad in België", "3.60")


def _parse_degrees(text: str, low: float, high: float, what: str, example: str) -> float:
    number = parse_number(text)
    if low <= number <= high:
        return number
    swapped = WEST <= number <= EAST or SOUTH <= number <= NORTH
    hint = "; lat en lon zijn misschien verwisseld" if swapped else ""
    raise InvalidInput(f"{what}, tussen {low} en {high}, zoals {example}{hint}")


def parse_url(text: str) -> str:
    """A web address with http or https and a host name with a dot."""
    expected = "een webadres dat met https:// of http:// begint, zonder spaties, zoals https://www.ronse.be"
    if re.search(r"\s|[\x00-\x1f\x7f<>\"]", text):
        raise InvalidInput(expected)
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _ = parts.port  # raises when it is no number
    except ValueError:
        raise InvalidInput(expected) from None
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        raise InvalidInput(expected)
    return text


def parse_email(text: str) -> str:
    """One mail address, by form only."""
    if not _EMAIL.fullmatch(text) or ".." in text:
        raise InvalidInput("één mailadres, zoals info@voorbeeld.be")
    return text


def parse_phone(text: str) -> str:
    """One telephone number, kept as people write it."""
    if not _PHONE.fullmatch(text):
        raise InvalidInput("één telefoonnummer met cijfers en spaties, zoals +32 55 00 00 00")
    return text


def one_of(*choices: str) -> Parser:
    """A parser for one word of a closed list."""
    expected = choices[0] if len(choices) == 1 else ", ".join(choices[:-1]) + " of " + choices[-1]

    def parse(text: str) -> str:
        if text not in choices:
            raise InvalidInput(expected)
        return text

    return parse


def member_of(enumeration: type[E]) -> Parser:
    """A parser for one value of an enumeration."""
    words = one_of(*(member.value for member in enumeration))

    def parse(text: str) -> E:
        return enumeration(words(text))

    return parse


def list_of(parse_item: Parser) -> Parser:
    """A parser for items separated by `;`; an empty or repeated item is refused."""

    def parse(text: str) -> tuple[Any, ...]:
        parts = [part.strip() for part in text.split(";")]
        if "" in parts:
            raise InvalidInput("waarden met één ; ertussen, zonder ; aan het begin of einde")
        items: list[Any] = []
        for part in parts:
            try:
                items.append(parse_item(part))
            except InvalidInput as refusal:
                raise InvalidInput(f"in plaats van {part!r}: {refusal}" if len(parts) > 1 else str(refusal)) from None
        if len(set(items)) < len(items):
            raise InvalidInput("elke waarde één keer")
        return tuple(items)

    return parse


def parse_language(text: str) -> str:
    """A language code of two letters."""
    if not re.fullmatch(r"[a-z]{2}", text):
        raise InvalidInput("een taalcode van twee kleine letters, zoals nl of fr")
    return text


def parse_area(text: str) -> str:
    """One token of a stated area, kept as text once its form is right."""
    parse_area_token(text)
    return text


def parse_previous_name(text: str) -> PreviousName:
    """`Oude naam` or `Oude naam@2019-06`: until when it was used."""
    name, at, until = parse_text(text).rpartition("@")
    if not at:
        return PreviousName(name=text)
    if not name.strip() or not until.strip():
        raise InvalidInput("een naam, of naam@datum: tot wanneer hij gebruikt werd, zoals De Strijk@2019")
    return PreviousName(name=name.strip(), until=parse_partial_date(until.strip()))


def parse_opening_hours(text: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """`mo 09:00-12:00,13:00-17:00; tu 09:00-12:00`: days in any order, hours ascending and apart."""
    expected = "openingsuren zoals: mo 09:00-12:00,13:00-17:00; tu 09:00-12:00 (mo tu we th fr sa su)"
    hours: dict[str, tuple[tuple[str, str], ...]] = {}
    for part in text.split(";"):
        day, _, times = part.strip().partition(" ")
        if day not in DAYS:
            raise InvalidInput(expected)
        if day in hours:
            raise InvalidInput(f"elke dag één keer; {day} staat er twee keer")
        ranges: list[tuple[str, str]] = []
        for period in times.split(","):
            match = _TIMES.fullmatch(period.strip())
            if match is None:
                raise InvalidInput(expected)
            opens, closes = f"{match[1]}:{match[2]}", f"{match[3]}:{match[4]}"
            if not (ranges[-1][1] if ranges else "00:00") <= opens < closes <= "24:00":
                raise InvalidInput(f"uren die oplopen en elkaar niet overlappen, op {day}")
            ranges.append((opens, closes))
        hours[day] = tuple(ranges)
    return {day: hours[day] for day in DAYS if day in hours}
