"""Numbers and dates: what is accepted, what is refused, and that the refusal says how to do it right."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.be import vat

from schakel.core import identifiers as ids
from schakel.core.errors import InvalidInput


@pytest.mark.parametrize("text", ["0407766422", "0407.766.422", "BE 0407.766.422", "be0407766422", " 0407 766 422 "])
def test_ondernemingsnummer_in_any_notation_gives_ten_digits(text: str) -> None:
    assert ids.parse_ondernemingsnummer(text) == "0407766422"


def test_ondernemingsnummer_starting_with_one_is_valid() -> None:
    assert ids.parse_ondernemingsnummer("1000.000.021") == "1000000021"  # 10000000 mod 97 = 76; 97 - 76 = 21


def test_ondernemingsnummer_wrong_check_says_which_digits_belong() -> None:
    with pytest.raises(InvalidInput, match="na 05669882 komt 59"):
        ids.parse_ondernemingsnummer("0566.988.258")


@pytest.mark.parametrize(
    "text",
    ["", "407766422", "2407766422", "04077664220", "0407.766.42x", "0000000097", "0000000000", "٠407766422", "\0" * 10],
)
def test_ondernemingsnummer_of_wrong_form_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        ids.parse_ondernemingsnummer(text)


def test_ondernemingsnummer_of_nine_digits_names_the_spreadsheet() -> None:
    with pytest.raises(InvalidInput, match="rekenblad"):
        ids.parse_ondernemingsnummer("407766422")


def test_check_digits_beyond_97_are_refused_although_the_sum_fits() -> None:
    first_eight = next(f"{n:08d}" for n in range(4_000_000, 4_001_000) if n % 97 == 96)
    assert ids.parse_ondernemingsnummer(first_eight + "01")
    assert vat.is_valid(first_eight + "98")
    with pytest.raises(InvalidInput):
        ids.parse_ondernemingsnummer(first_eight + "98")


@pytest.mark.slow
@settings(deadline=None)
@given(st.integers(min_value=1, max_value=19_999_999), st.integers(0, 9), st.integers(1, 9))
def test_ondernemingsnummer_valid_passes_and_one_changed_digit_fails(number: int, place: int, shift: int) -> None:
    valid = f"{number:08d}" + ids.check_digits(f"{number:08d}")
    if number < 100:  # all zeros but the last two: no such number
        return
    assert ids.parse_ondernemingsnummer(ids.format_ondernemingsnummer(valid)) == valid
    assert vat.is_valid(valid)
    changed = valid[:place] + str((int(valid[place]) + shift) % 10) + valid[place + 1 :]
    with pytest.raises(InvalidInput):
        ids.parse_ondernemingsnummer(changed)


@pytest.mark.slow
@settings(deadline=None)
@given(st.integers(min_value=20_000_000, max_value=89_999_999), st.integers(0, 9), st.integers(1, 9))
def test_vestigingseenheidsnummer_valid_passes_and_one_changed_digit_fails(n: int, place: int, shift: int) -> None:
    valid = f"{n}{97 - n % 97:02d}"
    assert ids.parse_vestigingseenheidsnummer(ids.format_vestigingseenheidsnummer(valid)) == valid
    changed = valid[:place] + str((int(valid[place]) + shift) % 10) + valid[place + 1 :]
    with pytest.raises(InvalidInput):
        ids.parse_vestigingseenheidsnummer(changed)


def test_numbers_are_shown_as_people_write_them() -> None:
    assert ids.format_ondernemingsnummer("0407766422") == "0407.766.422"
    assert ids.format_vestigingseenheidsnummer("2999000072") == "2.999.000.072"


def test_nis_code_of_a_municipality_is_accepted_and_others_refused() -> None:
    assert ids.parse_nis_code("45041") == "45041"
    assert ids.get_municipality_name("45041") == "Ronse"
    for wrong in ("", "4504", "45017", "99999", "45041 "):  # 45017 went up in Kruisem
        with pytest.raises(InvalidInput):
            ids.parse_nis_code(wrong)


def test_postal_code_knows_its_municipality() -> None:
    assert ids.parse_postal_code("9600") == "9600"
    assert ids.list_postal_code_municipalities("9600") == {"45041"}
    assert ids.list_postal_codes("45064") == ("9680", "9681", "9688")
    assert ids.list_postal_code_municipalities("9999") == frozenset()
    for wrong in ("", "960", "9999", "B-9600"):
        with pytest.raises(InvalidInput):
            ids.parse_postal_code(wrong)


@pytest.mark.parametrize("text", ["2024", "2024-09", "2024-09-30", "2024-02-29"])
def test_partial_date_is_kept_as_precise_as_it_is(text: str) -> None:
    assert ids.parse_partial_date(text) == text


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("45992", "2025-12-01"),
        ("23/11/2026", "misschien 2026-11-23$"),
        ("1/2/2026", "2026-02-01 of 2026-01-02"),
        ("3/3/2026", "misschien 2026-03-03$"),
        ("99/99/2026", "2024-09-30$"),
        ("2023-02-29", "28 dagen"),
        ("2024-13", "maand"),
        ("1024", "tussen 1800 en 2100"),
        ("2024-9", "JJJJ-MM"),
        ("", "JJJJ"),
        ("nu", "JJJJ"),
        ("01/01/0000", "JJJJ"),
        ("２０２４", "JJJJ"),
    ],
)
def test_date_of_wrong_form_is_refused_with_a_remedy(text: str, remedy: str) -> None:
    with pytest.raises(InvalidInput, match=remedy):
        ids.parse_partial_date(text)


def test_partial_dates_compare_by_the_days_they_can_mean() -> None:
    assert ids.is_certainly_before("2023", "2024-01")
    assert not ids.is_certainly_before("2024", "2024-06")
    assert not ids.is_certainly_before("2024-06", "2024")
    assert ids.last_day("2024-02") == date(2024, 2, 29)
    assert ids.is_within(date(2022, 12, 31), "2018", "2022")
    assert not ids.is_within(date(2023, 1, 1), "2018", "2022")
    assert ids.is_within(date(1900, 1, 1), None, None)
    assert ids.newest(["2023-05", "2024", "2024-12-31", "2022"]) == "2024-12-31"
    assert ids.newest([]) is None


@pytest.mark.slow
@settings(deadline=None)
@given(st.dates(date(1800, 1, 1), date(2100, 12, 31)), st.sampled_from([4, 7, 10]))
def test_partial_date_contains_the_day_it_was_cut_from(day: date, length: int) -> None:
    partial = ids.parse_partial_date(day.isoformat()[:length])
    assert ids.first_day(partial) <= day <= ids.last_day(partial)
    following = ids.last_day(partial) + timedelta(days=1)
    assert following.isoformat()[:length] != partial


@pytest.mark.slow
@settings(deadline=None)
@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    for parse in (
        ids.parse_ondernemingsnummer,
        ids.parse_vestigingseenheidsnummer,
        ids.parse_nis_code,
        ids.parse_postal_code,
        ids.parse_year,
        ids.parse_partial_date,
    ):
        with suppress(InvalidInput):
            parse(text)
