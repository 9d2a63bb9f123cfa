"""The adviser: hand-worked cases at every threshold, on the first and the last day of every period."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.core.errors import InvalidInput
from schakel.core.procurement import (
    Advice,
    Buyer,
    Certainty,
    ContractKind,
    Possible,
    RouteKind,
    advise,
    get_threshold,
    list_thresholds,
)
from schakel.core.procurement.routes import PROCEDURES, euro
from schakel.core.procurement.thresholds import LABELS, list_texts

LOCAL, CENTRAL = Buyer.LOCAL_GOVERNMENT, Buyer.CENTRAL_GOVERNMENT
WORKS, SUPPLIES, SERVICES, SOCIAL = ContractKind
YES, NO, UNKNOWN = Possible


def possible(advice: Advice) -> dict[RouteKind, Possible]:
    return {route.kind: route.possible for route in advice.routes if route.kind in PROCEDURES}


def row(*answers: Possible) -> dict[RouteKind, Possible]:
    return dict(zip(PROCEDURES, (*answers, YES), strict=True))


@pytest.mark.parametrize(
    ("buyer", "contract", "estimate", "on", "expected"),
    [
        # 2026-27, local, services: 30,000 / 140,000 (inferred) / 216,000
        (LOCAL, SERVICES, 29_999.99, date(2026, 11, 23), row(YES, YES, YES)),
        (LOCAL, SERVICES, 30_000, date(2026, 11, 23), row(NO, YES, YES)),
        (LOCAL, SERVICES, 30_000.01, date(2026, 11, 23), row(NO, YES, YES)),
        (LOCAL, SERVICES, 139_999.99, date(2026, 1, 1), row(NO, YES, YES)),
        (LOCAL, SERVICES, 140_000, date(2026, 1, 1), row(NO, NO, YES)),
        (LOCAL, SUPPLIES, 215_999.99, date(2027, 12, 31), row(NO, NO, YES)),
        (LOCAL, SUPPLIES, 216_000, date(2027, 12, 31), row(NO, NO, NO)),
        (LOCAL, SUPPLIES, 216_000.01, date(2027, 12, 31), row(NO, NO, NO)),
        # 2024-25: 143,000 (inferred) / 221,000; the last day of one period and the first of the next differ
        (LOCAL, SERVICES, 142_999.99, date(2025, 12, 31), row(NO, YES, YES)),
        (LOCAL, SERVICES, 142_999.99, date(2026, 1, 1), row(NO, NO, YES)),
        (LOCAL, SERVICES, 143_000, date(2024, 1, 1), row(NO, NO, YES)),
        (LOCAL, SERVICES, 220_999.99, date(2025, 12, 31), row(NO, NO, YES)),
        (LOCAL, SERVICES, 220_999.99, date(2026, 1, 1), row(NO, NO, NO)),
        (LOCAL, SERVICES, 221_000, date(2025, 12, 31), row(NO, NO, NO)),
        # central government: 143,000 then 140,000
        (CENTRAL, SERVICES, 142_999, date(2025, 12, 31), row(NO, YES, YES)),
        (CENTRAL, SERVICES, 143_000, date(2025, 12, 31), row(NO, NO, NO)),
        (CENTRAL, SUPPLIES, 139_999, date(2026, 1, 1), row(NO, YES, YES)),
        (CENTRAL, SUPPLIES, 140_000, date(2026, 1, 1), row(NO, NO, NO)),
        # works
        (LOCAL, WORKS, 5_537_999, date(2025, 12, 31), row(NO, NO, YES)),
        (LOCAL, WORKS, 5_538_000, date(2025, 12, 31), row(NO, NO, NO)),
        (LOCAL, WORKS, 5_403_999, date(2026, 1, 1), row(NO, NO, YES)),
        (CENTRAL, WORKS, 5_404_000, date(2026, 1, 1), row(NO, NO, NO)),
        # social services: 750,000; the European amount has a source for 2024-25 only
        (LOCAL, SOCIAL, 749_999.99, date(2025, 12, 31), row(NO, YES, YES)),
        (LOCAL, SOCIAL, 750_000, date(2025, 12, 31), row(NO, NO, NO)),
        (LOCAL, SOCIAL, 749_999, date(2026, 1, 1), row(NO, YES, UNKNOWN)),
        (LOCAL, SOCIAL, 750_000, date(2026, 1, 1), row(NO, NO, UNKNOWN)),
        # 2020-21: 139,000 has a source, the European amount has none
        (LOCAL, SERVICES, 138_999.99, date(2021, 12, 31), row(NO, YES, UNKNOWN)),
        (LOCAL, SERVICES, 139_000, date(2020, 1, 1), row(NO, NO, UNKNOWN)),
        # gaps: 2022-23, after the table, before the table
        (LOCAL, SERVICES, 50_000, date(2022, 1, 1), row(NO, UNKNOWN, UNKNOWN)),
        (LOCAL, SERVICES, 50_000, date(2023, 12, 31), row(NO, UNKNOWN, UNKNOWN)),
        (LOCAL, SERVICES, 50_000, date(2028, 1, 1), row(NO, UNKNOWN, UNKNOWN)),
        (LOCAL, SERVICES, 10_000, date(2019, 12, 31), row(UNKNOWN, UNKNOWN, UNKNOWN)),
        (LOCAL, SERVICES, 10_000, date.max, row(YES, UNKNOWN, UNKNOWN)),
        (LOCAL, SERVICES, None, date(2026, 11, 23), row(UNKNOWN, UNKNOWN, UNKNOWN)),
    ],
)
def test_procedure_at_boundary(
    buyer: Buyer, contract: ContractKind, estimate: float | None, on: date, expected: dict[RouteKind, Possible]
) -> None:
    assert possible(advise(buyer, contract, estimate, on)) == expected


@pytest.mark.parametrize(
    ("estimate", "on", "lightest"),
    [
        (20_000, date(2026, 11, 23), RouteKind.ACCEPTED_INVOICE),
        (100_000, date(2026, 11, 23), RouteKind.WITHOUT_PUBLICATION),
        (200_000, date(2026, 11, 23), RouteKind.NATIONAL_PUBLICATION),
        (300_000, date(2026, 11, 23), RouteKind.EUROPEAN_PUBLICATION),
        (100_000, date(2022, 6, 1), None),  # the amount of 2022 has no source
        (None, date(2026, 11, 23), None),
    ],
)
def test_lightest_procedure_named_only_when_known(estimate: float | None, on: date, lightest: RouteKind | None) -> None:
    assert advise(LOCAL, SERVICES, estimate, on).lightest == lightest


def test_inferred_amount_says_so() -> None:
    advice = advise(LOCAL, SERVICES, 100_000, date(2026, 11, 23))
    inferred = [threshold for threshold in advice.thresholds if threshold.certainty is Certainty.INFERRED]
    assert [threshold.amount for threshold in inferred] == [140_000]
    assert any("140.000 euro" in warning and "bevestigen" in warning for warning in advice.warnings)
    route = next(route for route in advice.routes if route.kind is RouteKind.WITHOUT_PUBLICATION)
    assert any("afgeleid" in condition for condition in route.conditions)


def test_published_amount_of_2020_is_not_inferred() -> None:
    threshold = get_threshold("without_publication", date(2021, 12, 31))
    assert threshold is not None
    assert (threshold.amount, threshold.certainty) == (139_000, Certainty.PUBLISHED)


def test_unknown_period_is_named() -> None:
    advice = advise(LOCAL, SERVICES, 50_000, date(2022, 6, 1))
    assert advice.unknowns == (LABELS["without_publication"], LABELS["european_supplies_services_local"])
    assert all(any(unknown in warning for warning in advice.warnings) for unknown in advice.unknowns)


def test_reserved_contract_has_conditions_text_and_form_code() -> None:
    advice = advise(LOCAL, SERVICES, 100_000, date(2026, 11, 23))
    route = next(route for route in advice.routes if route.kind is RouteKind.RESERVE_CONTRACT)
    assert any("30 %" in condition and "gedateerd" in condition for condition in route.conditions)
    assert any("gelijkwaardig" in condition for condition in route.conditions)
    texts = {text.key: text.text for text in advice.texts}
    assert set(route.text_keys) <= set(texts)
    assert "artikel 15" in texts["reserve_contract"]
    assert "[" in texts["reserve_contract"]
    assert ("BT-71", "res-ws") in {(field.field, field.code) for field in advice.form_fields}
    assert any(field.field == "BT-736" and field.code is None for field in advice.form_fields)


def test_estimate_and_splitting_are_warned_of() -> None:
    warnings = " ".join(advise(LOCAL, SERVICES, 29_000, date(2026, 11, 23)).warnings)
    assert "Raad van State" in warnings
    assert "Splits" in warnings
    assert "dicht onder 30.000 euro" in warnings


def test_framework_and_central_purchasing_come_first() -> None:
    first = " ".join(advise(LOCAL, SERVICES, 29_000, date(2026, 11, 23)).first_checks)
    assert "raamovereenkomst" in first
    assert "aankoopcentrale" in first


@pytest.mark.parametrize("buyer", [Buyer.COMPANY, Buyer.CITIZEN])
def test_private_buyer_chooses_freely(buyer: Buyer) -> None:
    advice = advise(buyer, SERVICES, None, date(2026, 11, 23))
    assert advice.lightest is RouteKind.FREE_CHOICE
    assert "geen juridisch advies" in advice.disclaimer


@pytest.mark.parametrize(
    "estimate", [0, 0.0, -1, -0.01, 1e12, float("nan"), float("inf"), float("-inf"), True, "1000", Decimal("NaN")]
)
def test_estimate_that_is_no_amount(estimate: object) -> None:
    with pytest.raises(InvalidInput, match="Raming"):
        advise(LOCAL, SERVICES, estimate, date(2026, 11, 23))  # type: ignore[arg-type]


def test_date_that_is_no_date() -> None:
    with pytest.raises(InvalidInput, match="Datum"):
        advise(LOCAL, SERVICES, 100, "2026-11-23")  # type: ignore[arg-type]


def test_moment_counts_as_its_day() -> None:
    assert advise(LOCAL, SERVICES, 100, datetime(2026, 1, 1, 23, 59)) == advise(LOCAL, SERVICES, 100, date(2026, 1, 1))


@pytest.mark.parametrize(("buyer", "contract"), [("king", "works"), ("local_government", "gift")])
def test_unknown_kind_of_buyer_or_contract(buyer: str, contract: str) -> None:
    with pytest.raises(InvalidInput, match="Onbekende soort"):
        advise(buyer, contract, 100, date(2026, 11, 23))


def test_words_do_as_well_as_codes() -> None:
    assert advise("local_government", "works", Decimal("100.50"), date(2026, 1, 1)) == advise(
        LOCAL, WORKS, 100.5, date(2026, 1, 1)
    )


@given(
    st.sampled_from([LOCAL, CENTRAL]),
    st.sampled_from(ContractKind),
    st.floats(0.01, 1e10),
    st.floats(0.01, 1e10),
    st.dates(date(2018, 1, 1), date(2030, 12, 31)),
)
def test_higher_estimate_never_opens_a_lighter_route(
    buyer: Buyer, contract: ContractKind, one: float, other: float, on: date
) -> None:
    """Property: going up, a procedure stays as it was or closes; what is not known stays not known."""
    low, high = (possible(advise(buyer, contract, amount, on)) for amount in sorted((one, other)))
    for kind in PROCEDURES:
        assert low[kind] == high[kind] or (low[kind], high[kind]) == (YES, NO)


@given(st.sampled_from(Buyer), st.sampled_from(ContractKind), st.dates(), st.none() | st.floats(0.01, 1e10))
def test_advice_always_carries_sources_and_disclaimer(
    buyer: Buyer, contract: ContractKind, on: date, estimate: float | None
) -> None:
    advice = advise(buyer, contract, estimate, on)
    assert "geen juridisch advies" in advice.disclaimer
    assert "23-11-2026" in advice.disclaimer
    keys = {text.key for text in advice.texts}
    for route in advice.routes:
        assert route.why
        assert set(route.text_keys) <= keys
        assert route.threshold is None or route.threshold.source in advice.sources
        assert route.possible is not UNKNOWN or route.threshold is None or estimate is None
    for threshold in advice.thresholds:
        assert threshold.valid_from <= on
        assert threshold.valid_until is None or on <= threshold.valid_until


def test_every_figure_has_source_and_date() -> None:
    assert len(list_thresholds()) == 12
    for threshold in list_thresholds():
        assert threshold.key in LABELS
        assert threshold.source.url.startswith("https://")
        assert threshold.source.checked_on == date(2026, 11, 23)
        assert threshold.remarks
        assert threshold.valid_until is None or threshold.valid_from < threshold.valid_until
        assert (threshold.valid_until is None) == (threshold.certainty is Certainty.NO_END_DATE)


def test_periods_of_one_amount_never_overlap() -> None:
    for first, second in pairwise(list_thresholds()):
        if first.key == second.key:
            assert first.valid_until is not None
            assert first.valid_until < second.valid_from


def test_texts_are_complete() -> None:
    assert {text.key for text in list_texts()} == {
        "estimate", "reserve_contract", "reserve_lot", "execution_conditions", "award_criteria", "equivalence",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "words"), [(30_000, "30.000 euro"), (29_999.99, "29.999,99 euro"), (0.5, "0,50 euro")]
)
def test_euro_is_written_the_dutch_way(amount: float, words: str) -> None:
    assert euro(amount) == words
