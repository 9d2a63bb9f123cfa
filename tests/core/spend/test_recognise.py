"""Who got what: by hand, against a slow twin, and that no cent is lost or counted twice."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.core.linkage.names import comparable
from schakel.core.spend import (
    Line,
    Party,
    Said,
    Standing,
    Supplier,
    category_of,
    compute_shares,
    list_categories,
    recognise,
    unmatched,
)
from schakel.core.taxonomy import service

GREEN, IRON, TOWN = "0407766422", "0417497106", "0207504888"
REGISTER = (
    Party("groen", "De Groene Loods", ("De Groene Loods", "Loods Groen Werkt"), GREEN, frozenset({"maatwerkbedrijf"})),
    Party("strijk", "Strijkerij Zwaluw", ("Strijkerij Zwaluw",), None, frozenset({"lokale_diensteneconomie"})),
    Party("stad", "Stedelijke Klusdienst", ("Stedelijke Klusdienst",), TOWN, frozenset({"local_government_service"})),
)


def line(name: str, cents: int, number: str | None = None, text: str = "Onderhoud groen", year: int = 2025) -> Line:
    return Line(1, number, name, cents, year, "", text)


def nobody(supplier: Supplier) -> Said:
    return Said()


def test_shares_worked_by_hand() -> None:
    """1,000 euro: 200 social by number, 50 to a public body, 400 to a known other, 100 by name only, 50 to nobody that
    is named, 200 that a person has to look at. At least 20%; of the 750 that are recognised 200, or 26.7%."""
    lines = [
        line("Groene Loods vzw", 25_000, GREEN),
        line("Groene Loods vzw", -5_000, GREEN),  # a credit note
        line("Klusdienst", 5_000, TOWN),
        line("Tuinen Peeters", 40_000, IRON),
        line("Bakkerij Janssens", 10_000),
        line("", 5_000),
        line("STRIJKERIJ ZWALUW VZW", 20_000, text="Was en strijk"),
    ]
    found = recognise(lines, REGISTER, nobody)
    (waiting,) = found.pending
    assert waiting.name == "STRIJKERIJ ZWALUW VZW"
    assert [one.key for one in waiting.proposals] == ["strijk"]
    total = compute_shares(found.amounts)[2025, None]
    assert dict(total.cents) == {
        Standing.SOCIAL: 20_000,
        Standing.OTHER: 5_000,
        Standing.NOT_FOUND: 40_000,
        Standing.NAME_ONLY: 10_000,
        Standing.UNKNOWN: 5_000,
    }
    assert sum(cents for _, cents, _ in waiting.amounts) == 20_000
    assert total.recognised == 75_000
    assert total.of_recognised == 20_000 / 75_000


def test_a_name_counts_only_once_a_person_said_so() -> None:
    lines = [line("Strijkerij Zwaluw", 100)]
    assert recognise(lines, REGISTER, nobody).amounts == ()
    (yes,) = recognise(lines, REGISTER, lambda supplier: Said("strijk")).amounts
    assert (yes.standing, yes.organisation) == (Standing.SOCIAL, "strijk")
    (no,) = recognise(lines, REGISTER, lambda supplier: Said(refused=frozenset({"strijk"}))).amounts
    assert (no.standing, no.organisation) == (Standing.NAME_ONLY, "")
    gone = recognise(lines, REGISTER, lambda supplier: Said("weg-uit-het-register"))
    assert gone.amounts == ()
    assert len(gone.pending) == 1


def test_the_number_comes_before_the_name_and_before_what_a_person_said() -> None:
    (found,) = recognise([line("Strijkerij Zwaluw", 100, GREEN)], REGISTER, lambda supplier: Said("strijk")).amounts
    assert found.organisation == "groen"


def test_a_number_alone_says_nothing_while_the_register_misses_numbers() -> None:
    (found,) = recognise([line("", 100, IRON)], REGISTER, nobody).amounts
    assert found.standing is Standing.UNKNOWN
    (found,) = recognise([line("", 100, IRON)], REGISTER[:1], nobody).amounts
    assert found.standing is Standing.NOT_FOUND


def test_share_is_not_said_where_credit_notes_make_it_senseless() -> None:
    amounts = recognise([line("x", -100, GREEN), line("Bakker", 50, IRON)], REGISTER, nobody).amounts
    share = compute_shares(amounts)[2025, None]
    assert share.total == -50
    assert share.at_least is None
    assert share.of_recognised is None


def test_an_account_is_kept_only_where_nothing_tells_the_category() -> None:
    lines = [Line(1, GREEN, "", 1, 2025, "61400", "Onderhoud groen"), Line(2, GREEN, "", 1, 2025, "61999", "Diversen")]
    assert [one.bucket.account for one in recognise(lines, REGISTER, nobody).amounts] == ["61999", ""]


NAMES = ("Groene Loods", "De Groene Loods vzw", "Zwaluw Strijkerij", "Bakkerij", "", "V.Z.W.", "Stedelijke klusdienst")
SAID = (Said(), Said("strijk"), Said("stad"), Said(refused=frozenset({"groen", "strijk"})))
LINES = st.builds(
    Line,
    row=st.integers(1, 9),
    number=st.sampled_from([None, GREEN, IRON, TOWN]),
    name=st.sampled_from(NAMES),
    cents=st.integers(-500, 10_000),
    year=st.sampled_from([2024, 2025]),
    code=st.sampled_from(["", "61400"]),
    text=st.sampled_from(["Onderhoud groen", "Diversen", ""]),
)


@pytest.mark.slow
@given(st.lists(LINES), st.sampled_from(SAID))
def test_every_cent_and_every_row_is_somewhere_exactly_once(lines: list[Line], said: Said) -> None:
    found = recognise(lines, REGISTER, lambda supplier: said)
    waiting = [cell for one in found.pending for cell in one.amounts]
    assert sum(one.cents for one in found.amounts) + sum(cents for _, cents, _ in waiting) == sum(
        one.cents for one in lines
    )
    assert sum(one.rows for one in found.amounts) + sum(rows for *_, rows in waiting) == len(lines)
    shares = compute_shares(found.amounts)
    for (year, category), share in shares.items():
        if category is None:
            parts = [one for (at, of), one in shares.items() if at == year and of is not None]
            assert sum(one.total for one in parts) == share.total
            assert sum(one.rows for one in parts) == share.rows


@pytest.mark.slow
@given(st.lists(LINES), st.sampled_from(SAID))
def test_what_is_settled_equals_a_slow_twin(lines: list[Line], said: Said) -> None:
    """One line at a time, without adding up."""
    found = recognise(lines, REGISTER, lambda supplier: said)
    waiting = {one.supplier for one in found.pending}
    expected: Counter[tuple[int, Standing, str]] = Counter()
    for one in lines:
        supplier = Supplier(one.number or "", "" if one.number else comparable(one.name))
        if supplier in waiting:
            continue
        by_number = [party for party in REGISTER if one.number and party.number == one.number]
        if by_number:
            who = (by_number[0].standing, by_number[0].key)
        elif not supplier.mark:
            who = (Standing.UNKNOWN, "")
        elif said.key:
            who = (next(party.standing for party in REGISTER if party.key == said.key), said.key)
        elif any(comparable(other.name) for other in lines if _same(other, one)):
            who = (unmatched(supplier), "")
        else:
            who = (Standing.UNKNOWN, "")
        expected[one.year, *who] += one.cents
    got: Counter[tuple[int, Standing, str]] = Counter()
    for amount in found.amounts:
        got[amount.bucket.year, amount.standing, amount.organisation] += amount.cents
    assert {key: cents for key, cents in got.items() if cents} == {
        key: cents for key, cents in expected.items() if cents
    }


def _same(one: Line, other: Line) -> bool:
    return one.number == other.number and (one.number is not None or comparable(one.name) == comparable(other.name))


def test_categories_point_at_services_that_exist_and_say_unknown() -> None:
    rows = list_categories()
    words = [word for row in rows for word in row.words]
    assert len({row.code for row in rows}) == len(rows)
    assert len(set(words)) == len(words)
    for row in rows:
        assert set(row.labels) == {"nl", "en", "fr"}
        assert all(service(code) for code in row.services)
        assert all(word == word.lower() for word in row.words)
    assert category_of("Onderhoud GROEN en bermen") == "green"
    assert category_of("Brandverzekering gebouwen") == "insurance"
    assert category_of("Openbare verlichting") == "roadworks"
    assert category_of("Gastenverblijf") == ""  # gas does not stand alone
    assert category_of("diversen") == category_of("") == ""
