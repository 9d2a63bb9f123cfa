"""Lists of suppliers in the database: sums that keep every cent, names that go, and what is remembered."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from schakel.accounts.models import User
from schakel.audit.models import Entry
from schakel.cooperation.models import SpendAmount, SpendCandidate, SpendList, SpendPair, SpendPeers
from schakel.cooperation.spend import write
from schakel.cooperation.spend.forget import KEEP_NAMES, KEEP_SUMS, forget_spend
from schakel.cooperation.spend.peers import newest_lists
from schakel.cooperation.spend.read import (
    SpendRecord,
    get_list,
    list_lists,
    list_pairs,
    list_peers,
    waiting_of,
)
from schakel.cooperation.spend.write import (
    Added,
    Hand,
    ListRefused,
    add_list,
    close_list,
    decide,
    forget_pair,
    name_accounts,
    remove_list,
)
from schakel.core.errors import InvalidInput
from schakel.core.spend import GROUP, Standing, compute_shares
from schakel.register.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
RONSE = "45041"
GREEN = "0407766422"
HEAD = "Ondernemingsnummer;Naam;Rekening;Omschrijving rekening;Bedrag\n"
LIST = f"""{HEAD}0407.766.422;Groene Loods;61400;Onderhoud groen;600,00
0417.497.106;Tuinen Peeters;61400;Onderhoud groen;300,00
;Strijkery Zwaluw;61500;Was en strijk;100,00
;Jan Janssens;61999;Allerlei;1000,00
"""


@pytest.fixture
def register(db: None) -> None:
    """Two social enterprises: one with a number, one without."""
    Organisation.objects.create(
        slug="groen", name="De Groene Loods", ondernemingsnummer=GREEN, kinds=["maatwerkbedrijf"]
    )
    Organisation.objects.create(slug="zwaluw", name="Strijkerij Zwaluw", kinds=["lokale_diensteneconomie"])


@pytest.fixture
def hand(register: None) -> Hand:
    return Hand(User.objects.create_user("an@voorbeeld.example"), f"municipality:{RONSE}")


def put(hand: Hand, text: str = LIST, nis_code: str = RONSE, year: int = 2025) -> Added:
    return add_list(nis_code, text.encode(), year=year, leave_out=False, hand=hand)


def got(number: int, nis_code: str = RONSE) -> SpendRecord:
    found = get_list(nis_code, number)
    assert found is not None
    return found


def cents(record: SpendRecord) -> dict[Standing, int]:
    return dict(compute_shares(record.amounts)[2025, None].cents)


def test_sums_are_kept_and_only_names_that_need_a_person(hand: Hand) -> None:
    added = put(hand)
    record = got(added.number)
    assert cents(record) == {
        Standing.SOCIAL: 60_000,
        Standing.NOT_FOUND: 30_000,
        Standing.NAME_ONLY: 100_000,
        Standing.UNKNOWN: 10_000,
    }
    (waiting,) = record.candidates
    assert (waiting.name, waiting.proposals[0][0], waiting.decision) == ("Strijkery Zwaluw", "zwaluw", None)
    everything = json.dumps([list(model._default_manager.values()) for model in apps.get_models()], default=str)
    assert "Strijkery" in everything
    for gone in ("Janssens", "Peeters", "0417497106", "Allerlei"):
        assert gone not in everything
    assert Entry.objects.get().action == "spend-add"
    assert waiting_of([RONSE]) == 1


def test_a_decision_counts_at_once_and_the_name_goes_when_the_list_is_closed(hand: Hand) -> None:
    number = put(hand).number
    (waiting,) = got(number).candidates
    decide(RONSE, number, {waiting.number: "zwaluw"})
    assert cents(got(number))[Standing.SOCIAL] == 70_000
    before = compute_shares(got(number).amounts)
    close_list(RONSE, number, hand)
    assert SpendCandidate.objects.count() == 0
    assert compute_shares(got(number).amounts) == before
    assert [(pair.name, pair.organisation) for pair in list_pairs(RONSE)] == [("Strijkery Zwaluw", "zwaluw")]
    with pytest.raises(InvalidInput, match="al nagekeken"):
        decide(RONSE, number, {waiting.number: ""})
    with pytest.raises(InvalidInput, match="al nagekeken"):
        close_list(RONSE, number, hand)


def test_what_was_said_holds_for_the_next_list_of_this_municipality_only(hand: Hand) -> None:
    number = put(hand).number
    (waiting,) = got(number).candidates
    decide(RONSE, number, {waiting.number: "zwaluw"})
    close_list(RONSE, number, hand)
    again = put(hand, LIST.replace("100,00", "200,00"))
    assert got(again.number).closed_at is not None  # nobody has to look
    assert cents(got(again.number))[Standing.SOCIAL] == 80_000
    other = put(hand, nis_code="45064")
    assert len(got(other.number, "45064").candidates) == 1
    forget_pair("45064", SpendPair.objects.get().pk, hand)  # not theirs
    assert SpendPair.objects.count() == 1
    forget_pair(RONSE, SpendPair.objects.get().pk, hand)
    assert len(got(put(hand, LIST.replace("100,00", "300,00")).number).candidates) == 1
    assert Entry.objects.filter(action="spend-forget").get().subject == "zwaluw"


def test_none_of_these_is_remembered_without_a_name_until_another_organisation_looks_like_it(hand: Hand) -> None:
    number = put(hand).number
    (waiting,) = got(number).candidates
    decide(RONSE, number, {waiting.number: ""})
    assert cents(got(number))[Standing.NAME_ONLY] == 110_000
    close_list(RONSE, number, hand)
    pair = SpendPair.objects.get()
    assert (pair.name, pair.organisation_key, pair.refused) == ("", "", ["zwaluw"])
    assert got(put(hand, LIST + "\n").number).candidates == ()
    Organisation.objects.create(slug="nieuw", name="Strijkery Zwaluwe", kinds=["maatwerkbedrijf"])
    (asked,) = got(put(hand, LIST + "\n\n").number).candidates
    assert [key for key, *_ in asked.proposals] == ["nieuw"]


def test_the_same_file_twice_is_one_list_and_a_refused_file_leaves_nothing(hand: Hand) -> None:
    first = put(hand)
    assert put(hand) == Added(first.number, known=True)
    assert put(hand, year=2024).known is False  # read another way
    with pytest.raises(ListRefused) as refused:
        put(hand, f"{HEAD};A;;;n.v.t.\n;B;;;1\n")
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(2, "Bedrag")]
    with pytest.raises(InvalidInput, match="geen rij met de namen"):
        put(hand, "zomaar;iets\n")
    assert SpendList.objects.count() == 2


def test_the_same_file_sent_at_the_same_moment_is_one_list(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second looked before the first was there."""
    first = put(hand)
    looks = iter([None])
    known = write._known
    monkeypatch.setattr(write, "_known", lambda *of: next(looks, known(*of)))
    assert put(hand) == Added(first.number, known=True)
    assert SpendList.objects.count() == 1
    assert Entry.objects.count() == 1


def test_an_organisation_that_was_not_proposed_and_a_list_of_another_are_refused(hand: Hand) -> None:
    number = put(hand).number
    (waiting,) = got(number).candidates
    with pytest.raises(InvalidInput, match="voorgestelde"):
        decide(RONSE, number, {waiting.number: "groen"})
    for act in (
        lambda: decide("45064", number, {waiting.number: "zwaluw"}),
        lambda: close_list("45064", number, hand),
        lambda: remove_list("45064", number, hand),
    ):
        with pytest.raises(InvalidInput, match="bestaat niet meer"):
            act()
    assert get_list("45064", number) is None
    assert got(number).candidates[0].decision is None


def test_an_account_gets_the_category_the_municipality_says(hand: Hand) -> None:
    number = put(hand).number
    assert compute_shares(got(number).amounts)[2025, ""].total == 100_000
    name_accounts(RONSE, {"61999": "catering"}, hand)
    shares = compute_shares(got(number).amounts)
    assert shares[2025, "catering"].total == 100_000
    assert (2025, "") not in shares
    with pytest.raises(InvalidInput, match="uit de lijst"):
        name_accounts(RONSE, {"61999": "green", "61998": "onzin"}, hand)
    name_accounts(RONSE, {"61999": ""}, hand)
    assert (2025, "") in compute_shares(got(number).amounts)


def test_names_go_after_a_month_and_sums_after_five_years(hand: Hand) -> None:
    number = put(hand).number
    now = timezone.now()
    assert forget_spend(now + KEEP_NAMES - timedelta(hours=1)) == 0
    before = compute_shares(got(number).amounts)
    assert forget_spend(now + KEEP_NAMES + timedelta(hours=1)) == 1
    assert compute_shares(got(number).amounts) == before
    assert SpendCandidate.objects.count() == SpendPair.objects.count() == 0
    assert forget_spend(now + KEEP_SUMS + timedelta(hours=1)) == 1
    assert list_lists(RONSE) == ()
    assert SpendAmount.objects.count() == 0


def test_lists_are_listed_newest_first_and_the_newest_closed_one_of_a_year_counts(hand: Hand) -> None:
    first, second = put(hand).number, put(hand, LIST + "\n").number
    assert [(line.number, line.years, line.waiting) for line in list_lists(RONSE)] == [
        (second, (2025,), 1),
        (first, (2025,), 1),
    ]
    assert newest_lists(2025) == {}
    close_list(RONSE, first, hand)
    assert newest_lists(2025) == {RONSE: first}
    close_list(RONSE, second, hand)
    assert newest_lists(2025) == {RONSE: second}
    remove_list(RONSE, second, hand)
    assert newest_lists(2025) == {RONSE: first}


def test_peers_show_from_six_and_never_one_that_joined(hand: Hand) -> None:
    def closed(place: int, green: int) -> int:
        text = f"{HEAD}{GREEN};x;;Onderhoud groen;{green},00\n0417497106;y;;Onderhoud groen;{100 - green},00\n"
        return put(hand, text, nis_code=f"4100{place}").number

    for place in range(GROUP - 1):
        closed(place, 10 + place)
    assert list_peers([2025]) == {}
    closed(8, 50)
    first = list_peers([2025])
    assert (first[2025, None].average, first[2025, None].count) == (1833, GROUP)  # (10+11+12+13+14+50)/6
    assert first[2025, "green"].average == 1833
    closed(9, 100)  # a seventh: the average stays, else the difference would say 100
    assert list_peers([2025]) == first
    assert SpendPeers.objects.get(category="*").shares.get("41009") is None


def test_no_more_suppliers_and_accounts_than_a_person_can_see_and_no_cent_lost(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schakel.cooperation.spend.write.MOST_CANDIDATES", 1)
    monkeypatch.setattr("schakel.cooperation.spend.write.MOST_ACCOUNTS", 2)
    text = f"{HEAD};Strijkery Zwaluw;;;5\n;Strijkerij Zwaluv;;;7\n;A;601;;1\n;A;602;;2\n;A;603;;3\n"
    record = got(put(hand, text).number)
    assert [one.name for one in record.candidates] == ["Strijkerij Zwaluv"]
    assert sum(amount.cents for amount in record.amounts) == 1800
    assert {amount.bucket.account for amount in record.amounts} == {"", "603"}
