"""Dates, ages and numbers in words. A date may be partial: `2024`, `2024-09` or `2024-09-30`."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext, ngettext

OLD_AFTER_MONTHS = 24


def last_day(partial: str) -> date | None:
    """The last day a partial ISO date can mean; None when it is not a date.

    >>> last_day("2024-02")
    datetime.date(2024, 2, 29)
    """
    parts = partial.split("-")
    try:
        year = int(parts[0])
        month = int(parts[1]) if len(parts) > 1 else 12
        day = int(parts[2]) if len(parts) > 2 else calendar.monthrange(year, month)[1]
        return date(year, month, day)
    except (ValueError, IndexError):
        return None


def date_words(partial: str | None) -> str:
    """A partial date as people say it; "datum niet bekend" for None."""
    if not partial:
        return gettext("datum niet bekend")
    day = last_day(partial)
    if day is None:
        return partial
    return date_format(day, {4: "Y", 7: "F Y"}.get(len(partial), "j F Y"))


def age_months(partial: str | None, today: date) -> int | None:
    """Whole months since the last day the date can mean; 0 for the future; None when not known."""
    day = last_day(partial) if partial else None
    if day is None:
        return None
    months = (today.year - day.year) * 12 + today.month - day.month - (1 if today.day < day.day else 0)
    return max(months, 0)


def is_old(partial: str | None, today: date) -> bool:
    """Whether the date lies more than 24 months back: the age mark of a fact."""
    months = age_months(partial, today)
    return months is not None and months > OLD_AFTER_MONTHS


def age_words(partial: str | None, today: date) -> str:
    """ "5 jaar oud"; empty for what is younger than the age mark or has no date."""
    months = age_months(partial, today)
    if months is None or months <= OLD_AFTER_MONTHS:
        return ""
    years = months // 12
    return ngettext("%(years)s jaar oud", "%(years)s jaar oud", years) % {"years": years}


def number_words(value: float | int) -> str:
    """A number as the language writes it: at most two decimals, groups of three."""
    rounded = round(value, 2)
    whole = float(rounded).is_integer()
    return number_format(int(rounded) if whole else rounded, use_l10n=True, force_grouping=True)


def km_words(km: float, language: str | None = None) -> str:
    """A distance: one decimal under 10 km, whole kilometres above.

    `language`: the one in use, from a caller that asked for it already: looking it up takes longer than the rest.
    """
    rounded = 0 if km < 0.1 else round(km, 1) if km < 10 else round(km)
    return _km_words(rounded, language or get_language())


@lru_cache(maxsize=1024)
def _km_words(rounded: float, language: str | None) -> str:
    """What lists say on line after line; `language` only tells the kept ones apart. 0: less than 100 metres."""
    if not rounded:
        return gettext("minder dan 100 m")
    return gettext("%(km)s km") % {"km": number_format(rounded, use_l10n=True)}


def organisations_words(count: int) -> str:
    """ "3 organisaties"; for none: that we know of nobody, not that there is nobody."""
    if count == 0:
        return gettext("nog niemand bekend")
    return ngettext("%(count)s organisatie", "%(count)s organisaties", count) % {"count": number_words(count)}
