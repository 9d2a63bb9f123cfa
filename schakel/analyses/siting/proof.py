"""The proof of an answer: asked once, worked out by the background process, stored as a run that never changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from schakel import __version__
from schakel.analyses.models import Result
from schakel.analyses.record import Row, prune_answers, record_run
from schakel.analyses.siting.answer import RULES, Case, prove
from schakel.analyses.siting.ground import read_ground
from schakel.analyses.siting.minutes import make_minutes
from schakel.analyses.siting.question import Question
from schakel.core.errors import InvalidInput
from schakel.core.model import Json

KIND = "siting"
SECONDS = 30.0  # for the solvers: longer than the region needs, and nobody waits longer
MOST_WAITING = 20  # questions in the queue: more is not what people ask
KEPT_FOR = timedelta(days=365)
MOST_KEPT = 1000  # answers, some 25 rows each


class Progress(StrEnum):
    """How far a proof is."""

    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    RUNNING = "running"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Proof:
    """A stored answer: candidates by key, what they score, what no choice can beat, and how long it took.

    `bound` and `gap` are None when nothing could be proven in time.
    """

    run: int
    at: datetime
    sites: tuple[str, ...]
    objective: float
    bound: float | None
    gap: float | None
    optimal: bool
    seconds: float


def read_proof(fingerprint: str) -> Proof | None:
    """The stored answer with this fingerprint."""
    answers = Result.objects.select_related("run").filter(level="answer", run__kind=_kind(fingerprint))
    row = answers.filter(run__fingerprint=fingerprint).order_by("-run_id").first()
    if row is None:
        return None
    said, run = row.content, row.run
    return Proof(
        run=run.pk,
        at=run.finished_at,
        sites=tuple(said["sites"]),
        objective=said["objective"],
        bound=said["bound"],
        gap=said["gap"],
        optimal=said["optimal"],
        seconds=run.counts["milliseconds"] / 1000,
    )


def progress_of(question: Question) -> Progress:
    """How far the proof of this question is, as long as no answer is stored."""
    tasks = DBTaskResult.objects.filter(task_path=work_out.module_path).order_by("-enqueued_at")[: 2 * MOST_WAITING]
    mine = [found for found in tasks if found.args_kwargs["args"] == [question.as_json()]]
    if not mine:
        return Progress.NOT_ASKED
    state = mine[0].status
    if state == "READY":
        return Progress.WAITING
    if state == "RUNNING":
        return Progress.RUNNING
    return Progress.FAILED if state == "FAILED" else Progress.NOT_ASKED


def ask_proof(question: Question) -> Progress:
    """Put the question in the queue, unless it is there already. Raises InvalidInput when the queue is full."""
    now = progress_of(question)
    if now in (Progress.WAITING, Progress.RUNNING):
        return now
    if DBTaskResult.objects.ready().filter(task_path=work_out.module_path).count() >= MOST_WAITING:
        raise InvalidInput("Er wachten al veel vragen. Probeer het over enkele minuten opnieuw.")
    work_out.enqueue(question.as_json())
    return Progress.WAITING


@task()
def work_out(asked: dict[str, Json]) -> int:
    """Work out the minutes and the proof, and store them; returns the number of the run."""
    question = Question.from_json(asked)
    started = timezone.now()
    ground = read_ground(timezone.localdate(started))
    case = Case(question, ground, make_minutes(ground, question.mode))
    stored = read_proof(case.fingerprint)
    return stored.run if stored is not None else store_proof(case, started)


def store_proof(case: Case, started: datetime, *, time_limit: float = SECONDS) -> int:
    """Prove and store; returns the number of the run. How long it took is no part of what identifies the run."""
    solution = prove(case, time_limit=time_limit)
    after, before = case.effect(solution.sites), case.effect(())
    reached, today = case.by_municipality(after), case.by_municipality(before)
    answer: dict[str, Json] = {
        "sites": [case.ground.candidates[site].key for site in solution.sites],
        "objective": solution.objective,
        "bound": solution.bound,
        "gap": solution.gap,
        "optimal": solution.optimal,
        "reached": round(after.people),
        "reached_today": round(before.people),
    }
    rows = [Row("answer", case.question.service, "", "proven" if solution.optimal else "open", answer)]
    rows += [
        Row("municipality", case.question.service, nis, "", _counts(people, today[nis][1], count))
        for nis, (people, count) in sorted(reached.items())
    ]
    done = record_run(
        _kind(case.fingerprint),
        rows,
        day=timezone.localdate(started),
        revision=case.ground.revision,
        fingerprint=case.fingerprint,
        started_at=started,
        parameters={**case.question.as_json(), "travel": case.minutes.fingerprint, "time_limit": time_limit},
        versions={"schakel": __version__, "siting": RULES},
        counts={"milliseconds": round(1000 * solution.seconds), "origins": int(case.rows.size)},
    )
    return done.run


def prune_proofs(on: date) -> int:
    """Throw away answers that are over a year old on this day, and all but the last thousand; returns how many."""
    return prune_answers(f"{KIND}:", since=on - KEPT_FOR, most=MOST_KEPT)


def _counts(people: float, today: float, after: float) -> Mapping[str, Json]:
    return {"people": round(people), "today": round(today), "after": round(after)}


def _kind(fingerprint: str) -> str:
    return f"{KIND}:{fingerprint[:32]}"
