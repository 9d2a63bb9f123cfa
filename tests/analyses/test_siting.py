"""Where to open: the question checked, the proposal and the proof agree, the run never changes, roads or not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from schakel.analyses.models import Run
from schakel.analyses.siting.answer import Case, propose, prove
from schakel.analyses.siting.ground import Ground, read_ground
from schakel.analyses.siting.minutes import make_minutes, read_minutes
from schakel.analyses.siting.proof import (
    Progress,
    ask_proof,
    progress_of,
    prune_proofs,
    read_proof,
    store_proof,
    work_out,
)
from schakel.analyses.siting.question import Goal, Question, list_visited, read_question
from schakel.core.errors import InvalidInput, NotEnoughData
from schakel.core.geography.travel import Basis, Mode
from schakel.ingest.roads import load_roads
from schakel.register import read
from tests.pages.loaded import load_klein
from tests.sources.osm.extracts import HIGHWAY, STEP, write_extract

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 25)


@pytest.fixture
def ground(settings: Settings, tmp_path: Path) -> Ground:
    settings.SEARCH_INDEX_FOLDER = tmp_path / "search"
    settings.ROADS_FILE = tmp_path / "roads" / "roads.npz"
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # wait, as they do outside tests
    load_klein()
    return read_ground(DAY)


def case_of(ground: Ground, **said: str) -> Case:
    question = read_question({"service": "bicycle_point", "number": "2", **said})
    return Case(question, ground, make_minutes(ground, question.mode))


def test_what_is_not_told_is_the_usual_of_the_service() -> None:
    assert read_question({"service": "bicycle_point"}) == Question(
        "bicycle_point", 1, Mode.CYCLE, 10, Goal.REACH, False
    )
    assert all(service.mode and service.minutes for service in list_visited())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"service": "bestaat-niet"}, "bestaat niet"),
        ({"service": "green_maintenance"}, "niet naar een plaats"),
        ({"service": "bicycle_point", "number": "0"}, "van 1 tot 10"),
        ({"service": "bicycle_point", "number": "11"}, "van 1 tot 10"),
        ({"service": "bicycle_point", "number": "²"}, "van 1 tot 10"),
        ({"service": "bicycle_point", "minutes": "-5"}, "van 1 tot 60"),
        ({"service": "bicycle_point", "minutes": "NaN"}, "van 1 tot 60"),
        ({"service": "bicycle_point", "mode": "rocket"}, "kies uit walk, cycle, car"),
        ({"service": "bicycle_point", "goal": "best"}, "kies uit reach"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_plainly(said: dict[str, str], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        read_question(said)


def test_a_question_survives_being_stored() -> None:
    question = read_question({"service": "social_grocery", "number": "3", "goal": "far", "each_cluster": "1"})
    assert Question.from_json(question.as_json()) == question


@pytest.mark.parametrize("goal", list(Goal))
@pytest.mark.parametrize("each_cluster", ["", "1"])
def test_the_proposal_is_never_better_than_what_is_proven(ground: Ground, goal: Goal, each_cluster: str) -> None:
    case = case_of(ground, goal=goal, each_cluster=each_cluster, minutes="20")
    quick, proven = propose(case), prove(case, time_limit=20)
    assert proven.optimal
    assert len(quick) == len(proven.sites) == 2
    mine, best = case.effect(quick), case.effect(proven.sites)
    if goal is Goal.REACH:
        assert mine.people <= best.people + 1e-6
        assert best.people == pytest.approx(proven.objective)
    elif goal is Goal.NEAR and best.mean is not None and mine.mean is not None:
        assert mine.mean >= best.mean - 1e-9
    elif best.furthest is not None and mine.furthest is not None:
        assert mine.furthest >= best.furthest - 1e-9


def test_people_add_up_over_municipalities(ground: Ground) -> None:
    case = case_of(ground)
    parts = case.by_municipality(case.effect(propose(case)))
    assert sum(reached for _, reached in parts.values()) == pytest.approx(case.effect(propose(case)).people)
    assert sum(people for people, _ in parts.values()) == pytest.approx(float(case.people.sum()))
    known = {row.nis_code for row in read.list_municipalities() if row.population}
    assert set(parts) <= known


def test_more_sites_never_reach_fewer(ground: Ground) -> None:
    reached = [case_of(ground, number=str(p)).effect(propose(case_of(ground, number=str(p)))).people for p in (1, 2, 3)]
    assert reached == sorted(reached)


def test_more_sites_than_candidates_and_an_empty_register_are_refused(ground: Ground) -> None:
    few = Ground(**{**vars(ground), "candidates": ground.candidates[:1]})
    with pytest.raises(InvalidInput, match="1 plaatsen om uit te kiezen"):
        case_of(few)
    nobody = Ground(**{**vars(ground), "people": np.zeros_like(ground.people)})
    with pytest.raises(NotEnoughData, match="inwoners"):
        case_of(nobody)


def test_an_empty_register_is_no_crash(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.ROADS_FILE = tmp_path / "roads.npz"
    with pytest.raises(InvalidInput, match="0 plaatsen"):
        case_of(read_ground(DAY))


def test_a_proof_is_stored_once_and_read_back(ground: Ground) -> None:
    case = case_of(ground)
    assert read_proof(case.fingerprint) is None
    number = store_proof(case, NOW)
    proof = read_proof(case.fingerprint)
    assert proof is not None
    assert (proof.run, proof.optimal, proof.gap) == (number, True, 0.0)
    assert len(proof.sites) == 2
    assert store_proof(case, NOW) == number  # the same answer: no second run, whatever the time it took
    run = Run.objects.get(pk=number)
    assert run.parameters["service"] == "bicycle_point"
    assert "milliseconds" in run.counts
    with pytest.raises(InvalidInput, match="nooit veranderd"):
        run.save()


def test_the_fingerprint_follows_question_and_ground_and_nothing_else(ground: Ground) -> None:
    assert case_of(ground).fingerprint == case_of(read_ground(date(2027, 1, 1))).fingerprint
    others = {case_of(ground, **said).fingerprint for said in ({"number": "1"}, {"minutes": "11"}, {"mode": "car"})}
    assert len(others | {case_of(ground).fingerprint}) == 4


def test_a_time_limit_of_zero_still_gives_an_answer_with_its_doubt(ground: Ground) -> None:
    solution = prove(case_of(ground), time_limit=0)
    assert len(solution.sites) == 2
    assert solution.optimal or solution.gap is None or solution.gap >= 0


def test_the_background_works_a_question_out_once(ground: Ground, settings: Settings) -> None:
    question = read_question({"service": "bicycle_point", "number": "1"})
    assert progress_of(question) is Progress.NOT_ASKED
    assert ask_proof(question) is Progress.WAITING
    assert ask_proof(question) is Progress.WAITING
    assert DBTaskResult.objects.filter(task_path=work_out.module_path).count() == 1
    run = work_out.func(question.as_json())
    assert work_out.func(question.as_json()) == run


def test_over_roads_the_web_waits_for_the_background(ground: Ground, tmp_path: Path) -> None:
    first = ground.candidates[0].point
    row, column = (first.lat - 50.90) / STEP, (first.lon - 4.00) / STEP
    nodes = {number: (row + 5 * number, column) for number in range(4)}
    load_roads(write_extract(tmp_path / "r.osm.pbf", nodes, [([0, 1, 2, 3], HIGHWAY)]))
    assert read_minutes(ground, Mode.CYCLE) is None
    made = make_minutes(ground, Mode.CYCLE)
    assert made.basis is Basis.ROADS
    kept = read_minutes(ground, Mode.CYCLE)
    assert kept is not None
    assert np.array_equal(kept.table, made.table)
    assert kept.off_network.size < len(ground.origins)
    for file in (tmp_path / "roads").glob("minutes-*.npz"):
        file.write_bytes(b"kapot")
    assert read_minutes(ground, Mode.CYCLE) is None


def test_old_answers_go_and_so_do_all_but_the_last(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [store_proof(case_of(ground, minutes=str(minutes)), NOW, time_limit=5) for minutes in (10, 15, 20)]
    old = store_proof(case_of(ground, minutes="25"), NOW - timedelta(days=500), time_limit=5)
    assert prune_proofs(DAY) == 1
    assert not Run.objects.filter(pk=old).exists()
    assert read_proof(case_of(ground, minutes="10").fingerprint) is not None
    monkeypatch.setattr("schakel.analyses.siting.proof.MOST_KEPT", 2)
    assert prune_proofs(DAY) == 1
    assert read_proof(case_of(ground, minutes="10").fingerprint) is None  # the oldest; a new question makes it again
    assert sorted(Run.objects.filter(kind__startswith="siting:").values_list("pk", flat=True)) == kept[1:]
    assert prune_proofs(DAY) == 0
