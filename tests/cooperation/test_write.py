"""Counting searches and reporting what is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from schakel.audit.models import Entry
from schakel.cooperation import read, write
from schakel.cooperation.models import SearchTally
from schakel.cooperation.moderation import handle_report
from schakel.cooperation.read import Tally
from schakel.core.errors import InvalidInput

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def test_search_is_counted_per_service() -> None:
    write.count_searches({(DAY, ("bicycle_repair", "laundry_ironing", "bicycle_repair"), "45041", True): 1})
    write.count_searches(
        {
            (DAY, ("bicycle_repair",), "45041", True): 1,
            (DAY, ("bicycle_repair",), "45041", False): 1,
            (DAY, (), "", False): 3,
        }
    )
    assert read.list_tallies(DAY) == (
        Tally(DAY, "", "", False, 3),
        Tally(DAY, "bicycle_repair", "45041", False, 1),
        Tally(DAY, "bicycle_repair", "45041", True, 2),
        Tally(DAY, "laundry_ironing", "45041", True, 1),
    )


def test_tallies_since_a_day_include_that_day() -> None:
    write.count_searches({(date(2026, 11, 22), ("x",), "", True): 1, (DAY, ("x",), "", True): 1})
    assert [tally.day for tally in read.list_tallies(DAY)] == [DAY]


def test_tally_keeps_nothing_about_the_person() -> None:
    assert {field.name for field in SearchTally._meta.fields} == {"id", "day", "service", "nis_code", "found", "count"}


def test_report_is_kept_and_handled_once() -> None:
    number = write.report_problem("fiets", "phone", "  Dit nummer bestaat niet.\0 ")
    (report,) = read.list_reports(only_open=True)
    assert (report.id, report.text, report.handled_at) == (number, "Dit nummer bestaat niet.", None)
    handle_report(number, outcome="Nummer aangepast.", author=None)
    assert read.list_reports(only_open=True) == ()
    assert read.list_reports()[0].outcome == "Nummer aangepast."
    assert Entry.objects.get().action == "handle-report"
    with pytest.raises(InvalidInput, match="iemand anders"):
        handle_report(number, outcome="Nog eens.", author=None)


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_report_without_or_with_too_much_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        write.report_problem("fiets", "", text)


def test_handling_a_report_needs_an_outcome() -> None:
    number = write.report_problem("fiets", "", "Fout.")
    with pytest.raises(InvalidInput):
        handle_report(number, outcome=" ", author=None)
