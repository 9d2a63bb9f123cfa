"""From the register to the grid that is shown, under a run that never changes."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schakel.analyses import blind_spots, gathering, read, record
from schakel.analyses.blind_spots import is_current, run_blind_spots
from schakel.analyses.models import Published, Result, Run
from schakel.analyses.record import prune_runs
from schakel.analyses.stored import KIND
from schakel.cooperation.needs.read import Heard as Needs
from schakel.cooperation.write import count_searches
from schakel.core.access.blindspots import Certainty, State
from schakel.core.errors import InvalidInput
from schakel.register.models import Region
from schakel.register.write import state_negative

pytestmark = pytest.mark.slow
RONSE, MAARKEDAL, BRAKEL, KLUISBERGEN = "45041", "45064", "45059", "45060"
DAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def states(service: str) -> dict[str | None, State]:
    grid = read.blind_spots()
    assert grid is not None
    return {nis: cell.state for (code, nis), cell in grid.services.items() if code == service}


def test_without_a_region_there_is_nothing_to_work_out(db: None) -> None:
    assert run_blind_spots(DAY) is None
    assert read.blind_spots() is None
    assert is_current(NOW)


def test_the_small_region_by_hand(klein: None) -> None:
    """Maarkedal's green team works there and in the neighbours (assumed): all four. The ironing shop in Ronse is
    reached by car within 15 minutes from Ronse and what lies near. Kluisbergen was searched for a social restaurant.
    """
    run_blind_spots(DAY)
    grid = read.blind_spots()
    assert grid is not None
    assert states("green_maintenance") == dict.fromkeys((RONSE, MAARKEDAL, BRAKEL, KLUISBERGEN), State.SERVED)
    assert grid.services["green_maintenance", BRAKEL].certainty is Certainty.LOW
    searched = grid.services["social_restaurant", KLUISBERGEN]
    assert (searched.state, searched.dated) == (State.ABSENT, "2026-08-20")
    assert searched.searched is not None
    assert searched.searched.by == "Voorbeeldcoördinator"
    assert states("assembly") == {None: State.SERVED}
    assert states("textile_production") == {None: State.NO_DATA}  # the last evidence is old
    shop = grid.services["laundry_ironing", RONSE]
    assert (shop.state, shop.reached_by[0].how) == (State.SERVED, "travel")
    assert shop.reached_by[0].minutes == pytest.approx(1.0, abs=0.5)
    assert grid.services["social_grocery", RONSE].suspected  # announced is not an offer
    assert grid.run.counts["cells"] == len(grid.services)


def test_the_same_inputs_give_the_same_results_and_no_second_run(klein: None) -> None:
    first = run_blind_spots(DAY)
    again = run_blind_spots(DAY)
    assert first is not None
    assert again is not None
    assert (first.fresh, again.fresh, again.run) == (True, False, first.run)
    Published.objects.all().delete()  # as on another machine: work it out anew
    other = run_blind_spots(DAY)
    assert other is not None
    one, two = Run.objects.get(pk=first.run), Run.objects.get(pk=other.run)
    assert (one.fingerprint, one.digest) == (two.fingerprint, two.digest)
    assert read.compare_runs(first.run, other.run) == ()


def test_a_change_in_the_register_gives_a_run_that_can_be_compared(klein: None) -> None:
    before = run_blind_spots(DAY, now=NOW)
    assert before is not None
    assert is_current(NOW)
    state_negative(BRAKEL, "childcare", searched_by="gemeente", method="gebeld", searched_on="2026-11-24", author=None)
    assert not is_current(NOW)
    after = run_blind_spots(DAY, now=NOW)
    assert after is not None
    (change,) = read.compare_runs(before.run, after.run)
    assert (change.code, change.nis_code, change.before, change.after) == (
        "childcare",
        BRAKEL,
        State.NO_DATA,
        State.ABSENT,
    )
    assert states("childcare")[BRAKEL] is State.ABSENT
    assert Result.objects.filter(run_id=before.run).exists()
    assert [run.id for run in read.list_runs()] == [after.run, before.run]


def test_time_alone_can_change_an_answer(klein: None) -> None:
    first = run_blind_spots(DAY)
    same = run_blind_spots(date(2026, 12, 1))
    later = run_blind_spots(date(2028, 9, 1))
    assert first is not None
    assert same is not None
    assert later is not None
    assert (same.run, same.fresh) == (first.run, False)
    assert later.fresh
    assert states("social_restaurant")[KLUISBERGEN] is State.NO_DATA


def test_a_stored_run_is_never_changed(klein: None) -> None:
    run_blind_spots(DAY)
    run, result = Run.objects.get(), Result.objects.first()
    assert result is not None
    for row in (run, result):
        with pytest.raises(InvalidInput, match="nooit veranderd"):
            row.save()


def test_few_searches_are_hidden_before_they_are_stored(klein: None) -> None:
    count_searches({(DAY, ("green_maintenance",), RONSE, True): 3})
    count_searches({(DAY, ("green_maintenance",), BRAKEL, True): 7})
    run_blind_spots(DAY)
    grid = read.blind_spots()
    assert grid is not None
    assert grid.services["green_maintenance", RONSE].signs.searches is None
    assert grid.services["green_maintenance", BRAKEL].signs.searches == 7
    assert grid.services["green_maintenance", MAARKEDAL].signs.searches == 0
    stored = Result.objects.get(code="green_maintenance", nis_code=RONSE).content
    assert stored["heard"]["searches"] is None


def test_reading_the_grid_again_asks_one_query(klein: None) -> None:
    run_blind_spots(DAY)
    read.blind_spots()
    with CaptureQueriesContext(connection) as asked:
        assert read.blind_spots() is not None
    assert len(asked) == 1
    assert read.shown_run(KIND) is not None
    assert read.shown_run("nothing") is None


def test_the_region_sets_what_is_near(klein: None) -> None:
    """The bicycle repair shop in Ronse: with 15 minutes by bicycle Ronse itself, with 60 minutes also Maarkedal."""
    run_blind_spots(DAY)
    usual = states("bicycle_repair")
    assert (usual[RONSE], usual[BRAKEL]) == (State.SERVED, State.NO_DATA)
    region = Region.objects.get()
    region.settings["blind_spots"] = {"minutes": {"bicycle_repair": 120}, "search_months": 1}
    region.save()
    run_blind_spots(DAY)
    assert set(states("bicycle_repair").values()) == {State.SERVED}
    assert states("social_restaurant")[KLUISBERGEN] is State.NO_DATA  # searched three months ago
    grid = read.blind_spots()
    assert grid is not None
    assert grid.run.parameters["search_months"] == 1


def test_what_needs_say_counts_as_signs(klein: None, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = (
        Needs("green_maintenance", RONSE, needs=2, answered=0, unaware=2),
        Needs("green_maintenance", BRAKEL, needs=6, answered=6, unaware=0),
    )
    monkeypatch.setattr(gathering, "list_heard", lambda since: heard)
    run_blind_spots(DAY)
    grid = read.blind_spots()
    assert grid is not None
    unheard, known = grid.services["green_maintenance", RONSE], grid.services["green_maintenance", BRAKEL]
    assert (unheard.state, unheard.signs.unaware, unheard.signs.unmet) == (State.UNKNOWN, None, None)
    assert (known.state, known.signs.needs, "no_sign_of_use" in known.doubts) == (State.SERVED, 6, False)


def test_old_runs_go_but_the_last_of_each_month_and_the_one_shown_stay(
    klein: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "KEPT", 2)
    days = [date(2026, 9, 3), date(2026, 9, 20), date(2026, 10, 1), date(2026, 11, 2), date(2026, 11, 3)]
    numbers = []
    for number, day in enumerate(days):
        count_searches({(day, ("green_maintenance",), RONSE, True): 10 + number})  # another input: another run
        outcome = run_blind_spots(day)
        assert outcome is not None
        numbers.append(outcome.run)
    assert prune_runs(KIND) == 1
    assert [run.id for run in read.list_runs()] == [numbers[4], numbers[3], numbers[2], numbers[1]]
    assert read.blind_spots() is not None
    assert prune_runs(KIND) == 0


def test_of_many_offers_the_nearest_are_named_and_all_are_counted(klein: None, monkeypatch: pytest.MonkeyPatch) -> None:
    run_blind_spots(DAY, now=NOW)
    whole = read.blind_spots()
    assert whole is not None
    key, cell = next((key, cell) for key, cell in whole.themes.items() if len(cell.reached_by) > 1)
    wanted = sorted(
        cell.reached_by, key=lambda one: (one.how == "assumed", math.inf if one.minutes is None else one.minutes)
    )
    monkeypatch.setattr(blind_spots, "MOST_NAMED", 1)
    monkeypatch.setattr(blind_spots, "METHOD", 99)
    run_blind_spots(DAY, now=NOW)
    short = read.blind_spots()
    assert short is not None
    assert [one.minutes for one in short.themes[key].reached_by] == [wanted[0].minutes]
    assert short.themes[key].counted == cell.counted
    assert cell.counted["reached_by"] == len(cell.reached_by)
    assert {key: one.state for key, one in short.themes.items()} == {
        key: one.state for key, one in whole.themes.items()
    }


def test_a_newer_method_makes_the_grid_again(klein: None, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run_blind_spots(DAY, now=NOW)
    assert is_current(NOW)
    monkeypatch.setattr(blind_spots, "METHOD", 99)
    assert not is_current(NOW)
    second = run_blind_spots(DAY, now=NOW)
    assert first is not None
    assert second is not None
    assert second.fresh
    assert is_current(NOW)
