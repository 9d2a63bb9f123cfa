"""What the pages about sites keep in memory: the ground per revision and day, the minutes per mode."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.conf import settings

from schakel.analyses.siting.answer import Case
from schakel.analyses.siting.ground import Ground, read_ground
from schakel.analyses.siting.minutes import Minutes, read_minutes
from schakel.analyses.siting.question import Question
from schakel.core.geography.travel import Mode
from schakel.pages.standing import Standing

MOST_CASES = 50  # questions kept ready for the next tick, some 200 kilobytes each


def ground_of(region: Standing, today: date) -> Ground:
    """Where people live and what is open, read once per revision and day."""
    return region.keep(("siting-ground", today), lambda: read_ground(today))


def case_of(region: Standing, question: Question, today: date) -> Case | None:
    """The question on its ground; None while the minutes are still being worked out."""
    ground = ground_of(region, today)
    minutes = _minutes(region, ground, question.mode, today)
    if minutes is None:
        return None
    cases: dict[Question, Case] = region.keep(("siting-cases", today), dict)
    found = cases.get(question)
    if found is None or found.minutes is not minutes:
        if len(cases) >= MOST_CASES:
            cases.clear()
        found = cases[question] = Case(question, ground, minutes)
    return found


def _minutes(region: Standing, ground: Ground, mode: Mode, today: date) -> Minutes | None:
    roads = Path(settings.ROADS_FILE)
    key = ("siting-minutes", today, mode, roads.stat().st_mtime_ns if roads.exists() else 0)
    found = region.keep(key, lambda: read_minutes(ground, mode))
    if found is None:  # being worked out: look again next time
        region.drop(key)
    return found
