"""How complete a profile is, in percent, with what to do about it.

Method: a fixed list of checks with points, the most for what somebody who needs the service misses most. The score is
the share of the points that apply; each gap says how many percent it would bring. No statistics, so that an owner can
predict it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

SHORT_DESCRIPTION = 40  # characters: less says little
RECENT_YEARS = 2  # employment figures of this many years back still count


class Section(StrEnum):
    """The part of the profile where something is mended."""

    CONTACT = "contact"
    ABOUT = "about"
    OFFERS = "offers"
    PLACES = "places"
    PEOPLE = "people"
    PHOTOS = "photos"
    CONFIRM = "confirm"


class GapCode(StrEnum):
    """What is missing."""

    NO_OFFER = "no_offer"
    OFFER_WITHOUT_AREA = "offer_without_area"
    OFFER_WITHOUT_CAPACITY = "offer_without_capacity"
    NO_DESCRIPTION = "no_description"
    SHORT_DESCRIPTION = "short_description"
    NOT_CONFIRMED = "not_confirmed"
    NEVER_CONFIRMED = "never_confirmed"
    NO_PHONE = "no_phone"
    NO_EMAIL = "no_email"
    NO_WEBSITE = "no_website"
    NO_LANGUAGES = "no_languages"
    NO_ADDRESS = "no_address"
    NO_HOURS = "no_hours"
    NO_EMPLOYMENT = "no_employment"
    OLD_EMPLOYMENT = "old_employment"
    NO_PHOTO = "no_photo"


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """One offer of today. `area_stated`: somebody said where, so it is not an assumption."""

    key: str
    area_stated: bool
    has_capacity: bool


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """What the score looks at. `places` are establishments of today, `True` for one with opening hours.

    `confirmed_months`: whole months since the organisation itself or an editor last spoke, `None` if never.
    """

    description: str
    has_phone: bool
    has_email: bool
    has_website: bool
    has_languages: bool
    has_address: bool
    places: tuple[bool, ...]
    offers: tuple[OfferFacts, ...]
    employment_year: int | None
    photos: int
    confirmed_months: int | None


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing to do: what, where, for which offer (its key), and how many percent of the score it brings.

    `months` goes with NOT_CONFIRMED, `year` with OLD_EMPLOYMENT.
    """

    code: GapCode
    section: Section
    percent: float
    subject: str = ""
    months: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """`percent` from 0 to 100, rounded down: 100 only when nothing is missing. Gaps, the most worth first."""

    percent: int
    gaps: tuple[Gap, ...]


_Check = tuple[Fraction, Fraction, Gap | None]  # points that apply, points earned, what is missing


def score(facts: ProfileFacts, *, ageing_months: int, on: date) -> Quality:
    """The score of a profile on a day. `ageing_months`: from how many months without a confirmation that is a gap."""
    checks = [
        *_words(facts),
        *_contact(facts),
        *_offers(facts.offers),
        *_places(facts),
        _employment(facts.employment_year, on),
        _confirmed(facts.confirmed_months, ageing_months),
        _check(5, facts.photos > 0, GapCode.NO_PHOTO, Section.PHOTOS),
    ]
    most = sum((applies for applies, _, _ in checks), Fraction(0))
    earned = sum((got for _, got, _ in checks), Fraction(0))
    order = list(GapCode)
    gaps = [
        Gap(
            gap.code,
            gap.section,
            round(float((applies - got) * 100 / most), 1),
            gap.subject,
            gap.months,
            gap.year,
        )
        for applies, got, gap in checks
        if gap is not None
    ]
    gaps.sort(key=lambda gap: (-gap.percent, order.index(gap.code), gap.subject))
    return Quality(int(earned * 100 / most), tuple(gaps))


def _check(points: int | Fraction, is_there: bool, code: GapCode, section: Section, subject: str = "") -> _Check:
    whole = Fraction(points)
    return (whole, whole, None) if is_there else (whole, Fraction(0), Gap(code, section, 0, subject))


def _words(facts: ProfileFacts) -> Iterator[_Check]:
    length = len(facts.description.strip())
    if 0 < length < SHORT_DESCRIPTION:
        yield Fraction(15), Fraction(10), Gap(GapCode.SHORT_DESCRIPTION, Section.ABOUT, 0)
    else:
        yield _check(15, length > 0, GapCode.NO_DESCRIPTION, Section.ABOUT)
    yield _check(5, facts.has_languages, GapCode.NO_LANGUAGES, Section.ABOUT)


def _contact(facts: ProfileFacts) -> Iterator[_Check]:
    yield _check(10, facts.has_phone, GapCode.NO_PHONE, Section.CONTACT)
    yield _check(10, facts.has_email, GapCode.NO_EMAIL, Section.CONTACT)
    yield _check(5, facts.has_website, GapCode.NO_WEBSITE, Section.CONTACT)


def _offers(offers: Sequence[OfferFacts]) -> Iterator[_Check]:
    """Twenty points for an offer, and over all offers together twenty for where and five for how much."""
    yield _check(20, bool(offers), GapCode.NO_OFFER, Section.OFFERS)
    for offer in offers:
        share = Fraction(1, len(offers))
        yield _check(20 * share, offer.area_stated, GapCode.OFFER_WITHOUT_AREA, Section.OFFERS, offer.key)
        yield _check(5 * share, offer.has_capacity, GapCode.OFFER_WITHOUT_CAPACITY, Section.OFFERS, offer.key)


def _places(facts: ProfileFacts) -> Iterator[_Check]:
    yield _check(5, facts.has_address, GapCode.NO_ADDRESS, Section.PLACES)
    if facts.places:
        yield _check(5, any(facts.places), GapCode.NO_HOURS, Section.PLACES)


def _employment(year: int | None, on: date) -> _Check:
    if year is not None and year < on.year - RECENT_YEARS:
        return Fraction(5), Fraction(2), Gap(GapCode.OLD_EMPLOYMENT, Section.PEOPLE, 0, year=year)
    return _check(5, year is not None, GapCode.NO_EMPLOYMENT, Section.PEOPLE)


def _confirmed(months: int | None, ageing_months: int) -> _Check:
    if months is not None and months >= ageing_months:
        return Fraction(15), Fraction(0), Gap(GapCode.NOT_CONFIRMED, Section.CONFIRM, 0, months=months)
    return _check(15, months is not None, GapCode.NEVER_CONFIRMED, Section.CONFIRM)
