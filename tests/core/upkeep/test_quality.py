"""The score of a profile: by hand, beside an obvious twin, and what must always hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from schakel.core.upkeep import GapCode, OfferFacts, ProfileFacts, Section, score

ON = date(2026, 11, 25)
WHOLE = ProfileFacts(
    description="We strijken en wassen voor gezinnen en bedrijven.",
    has_phone=True,
    has_email=True,
    has_website=True,
    has_languages=True,
    has_address=True,
    places=(True,),
    offers=(OfferFacts("o/a", True, True), OfferFacts("o/b", True, True)),
    employment_year=2025,
    photos=1,
    confirmed_months=2,
)


def test_score_worked_by_hand() -> None:
    """125 points apply (15+5 words, 25 contact, 20+20+5 offers, 5+5 place, 5 people, 15 confirmed, 5 photo).

    Missing: phone 10, one area of two 10, confirmed 15. Left: 90 of 125 is 72 percent.
    """
    facts = replace(
        WHOLE,
        has_phone=False,
        offers=(OfferFacts("o/a", True, True), OfferFacts("o/b", False, True)),
        confirmed_months=11,
    )
    quality = score(facts, ageing_months=9, on=ON)
    assert quality.percent == 72
    assert [(gap.code, gap.section, gap.percent, gap.subject, gap.months) for gap in quality.gaps] == [
        (GapCode.NOT_CONFIRMED, Section.CONFIRM, 12.0, "", 11),
        (GapCode.OFFER_WITHOUT_AREA, Section.OFFERS, 8.0, "o/b", None),
        (GapCode.NO_PHONE, Section.CONTACT, 8.0, "", None),
    ]


def test_whole_profile_has_nothing_to_do() -> None:
    assert score(WHOLE, ageing_months=9, on=ON) == score(replace(WHOLE, photos=4), ageing_months=9, on=ON)
    assert (score(WHOLE, ageing_months=9, on=ON).percent, score(WHOLE, ageing_months=9, on=ON).gaps) == (100, ())


def test_figures_of_long_ago_are_worth_less_than_recent_ones_and_more_than_none() -> None:
    old, none = (score(replace(WHOLE, employment_year=year), ageing_months=9, on=ON) for year in (2019, None))
    assert 100 > old.percent > none.percent
    assert (old.gaps[0].code, old.gaps[0].year) == (GapCode.OLD_EMPLOYMENT, 2019)


FACTS = st.builds(
    ProfileFacts,
    description=st.sampled_from(["", "  ", "Kort.", "Een tekst die lang genoeg is om iets te zeggen."]),
    has_phone=st.booleans(),
    has_email=st.booleans(),
    has_website=st.booleans(),
    has_languages=st.booleans(),
    has_address=st.booleans(),
    places=st.lists(st.booleans(), max_size=3).map(tuple),
    offers=st.lists(st.tuples(st.booleans(), st.booleans()), max_size=7).map(
        lambda rows: tuple(OfferFacts(f"o/{n}", area, capacity) for n, (area, capacity) in enumerate(rows))
    ),
    employment_year=st.none() | st.integers(2010, 2026),
    photos=st.integers(0, 3),
    confirmed_months=st.none() | st.integers(0, 40),
)


def twin(facts: ProfileFacts) -> float:
    """The same rules written as one sum."""
    text = len(facts.description.strip())
    earned = 15.0 if text >= 40 else 10.0 if text else 0.0
    earned += 10 * facts.has_phone + 10 * facts.has_email + 5 * facts.has_website + 5 * facts.has_languages
    earned += 5 * facts.has_address + (5 if any(facts.places) else 0) + (5 if facts.photos else 0)
    earned += 0 if facts.employment_year is None else 2 if facts.employment_year < 2024 else 5
    earned += 15 if facts.confirmed_months is not None and facts.confirmed_months < 9 else 0
    most = 15 + 25 + 5 + 20 + 5 + 5 + 5 + 15 + (5 if facts.places else 0) + (25 if facts.offers else 0)
    if facts.offers:
        areas = sum(offer.area_stated for offer in facts.offers) / len(facts.offers)
        known = sum(offer.has_capacity for offer in facts.offers) / len(facts.offers)
        earned += 20 + 20 * areas + 5 * known
    return earned * 100 / most


@given(FACTS)
def test_score_equals_the_obvious_sum(facts: ProfileFacts) -> None:
    assert abs(score(facts, ageing_months=9, on=ON).percent + 0.5 - twin(facts)) <= 0.5 + 1e-9


@given(FACTS)
def test_gaps_bring_the_score_to_a_hundred_and_mending_never_lowers_it(facts: ProfileFacts) -> None:
    quality = score(facts, ageing_months=9, on=ON)
    assert 0 <= quality.percent <= 100
    assert (quality.percent == 100) == (quality.gaps == ())
    assert abs(twin(facts) + sum(gap.percent for gap in quality.gaps) - 100) < 1.2  # each is rounded to 0.1
    mended = replace(facts, has_phone=True, photos=1, employment_year=2026, confirmed_months=0)
    assert score(mended, ageing_months=9, on=ON).percent >= quality.percent
