"""`schakel tick`: do what is due. Safe to run at any moment, as often as you like, from several places."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from schakel.analyses.blind_spots import is_current, run_blind_spots
from schakel.analyses.record import prune_runs
from schakel.analyses.siting.proof import prune_proofs
from schakel.cooperation.needs.alerts import send_alerts
from schakel.cooperation.needs.outcomes import close_and_ask
from schakel.cooperation.needs.waves import run_waves
from schakel.core.geography import build_geography
from schakel.mail import sender
from schakel.operations import logs, stale
from schakel.operations.models import JobMark
from schakel.operations.retention import forget_all
from schakel.operations.schedule import Daily, due
from schakel.register import read, write
from schakel.search.index import ensure_fresh
from schakel.upkeep.asking import run_daily as run_daily_asking
from schakel.upkeep.photos import sweep

_log = logging.getLogger("schakel.tick")
KEEP_FINISHED_TASKS = timedelta(days=30)
MEMBERSHIPS = "memberships"
ANALYSES = ("blind_spots", "thin_power")


@dataclass(frozen=True, slots=True)
class JobResult:
    """What one job did, in a few Dutch words; `failed` when it must be tried again."""

    key: str
    words: str
    failed: bool = False


def _reclaim() -> str:
    again, given_up = stale.reclaim(workers_folder())
    return f"{again} taken opnieuw klaargezet, {given_up} opgegeven" if again or given_up else "niets"


def _index() -> str:
    return "zoekindex opnieuw gemaakt" if ensure_fresh(wait=False) else "niets"


def _blind_spots(moment: datetime) -> str:
    """Again when the register changed, and once a day: what was recent may be old by now."""
    if is_current(moment):
        return "niets"
    outcome = run_blind_spots(now=moment)
    return f"blinde vlekken opnieuw bepaald: analyse {outcome.run}" if outcome and outcome.fresh else "niets"


def _old_runs(moment: datetime) -> str:
    count = sum(prune_runs(kind) for kind in ANALYSES) + prune_proofs(timezone.localdate(moment))
    return f"{count} oude analyses weg" if count else "niets"


def _rotate() -> str:
    return "logbestand opgeschoven" if logs.rotate(Path(settings.DATA_FOLDER) / "log" / "schakel.jsonl") else "niets"


def _mail() -> str:
    done = sender.send_due()
    return f"{done.sent} berichten verzonden, {done.not_sent} niet" if done.sent or done.not_sent else "niets"


def _finished_tasks(moment: datetime) -> str:
    count, _ = DBTaskResult.objects.finished().filter(finished_at__lt=moment - KEEP_FINISHED_TASKS).delete()
    return f"{count} oude taken weg"


def _photos(moment: datetime) -> str:
    count = sweep(moment)
    return f"{count} bestanden van weggehaalde foto's weg" if count else "niets"


def _guides(moment: datetime) -> str:
    from schakel.documents.kept import sweep as sweep_guides  # only here: Typst stays out of this process until then

    count = sweep_guides(timezone.localdate(moment))
    return f"{count} gidsen van vroeger weg" if count else "niets"


def _optimise(moment: datetime) -> str:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")
    return "databank bijgesteld"


def _memberships(moment: datetime) -> str:
    """Areas that name a cluster are resolved again on the day a municipality joins or leaves one."""
    today, before = timezone.localdate(moment), _resolved_on()
    if before is None or _members(before) == _members(today):
        return "niets"
    count = write.rebuild(now=moment)
    return f"werkgebieden van {count} organisaties opnieuw bepaald: een cluster kreeg of verloor een gemeente"


def _resolved_on() -> date | None:
    """The day up to which areas follow the clusters: of the last look, else of the last load; None without a load."""
    mark = JobMark.objects.filter(key=MEMBERSHIPS).values_list("done_for", flat=True).first()
    if mark is not None:
        return timezone.localdate(mark)
    runs = read.list_runs(limit=1)
    return timezone.localdate(runs[0].finished_at) if runs else None


def _members(day: date) -> Mapping[str, tuple[str, frozenset[str]]]:
    return build_geography(read.list_municipalities(), (), read.list_clusters(), rules={}, on=day).clusters


def _waves() -> str:
    count = run_waves(timezone.now())
    return f"{count} organisaties uitgenodigd" if count else "niets"


def _alerts(moment: datetime) -> str:
    return f"{send_alerts(moment)} mails over nieuwe vragen"


def _outcomes(moment: datetime) -> str:
    return f"{close_and_ask(moment)} vragen afgesloten"


EVERY_TICK: dict[str, Callable[[], str]] = {
    "reclaim": _reclaim,
    "index": _index,
    "rotate": _rotate,
    "waves": _waves,
    "mail": _mail,
}
DAILY: dict[str, tuple[Daily, Callable[[datetime], str]]] = {
    MEMBERSHIPS: (Daily(0, 1), _memberships),
    "outcomes": (Daily(6, 0), _outcomes),
    "retention": (Daily(3, 10), forget_all),
    "finished_tasks": (Daily(3, 20), _finished_tasks),
    "old_runs": (Daily(3, 25), _old_runs),
    "optimise": (Daily(3, 30), _optimise),
    "photos": (Daily(3, 40), _photos),
    "guides": (Daily(3, 42), _guides),
    "alerts": (Daily(7, 35), _alerts),
    "freshness": (Daily(7, 30), run_daily_asking),  # letters arrive when people begin to work
}


def workers_folder() -> Path:
    """Where living workers hold their lock."""
    return Path(settings.DATA_FOLDER) / "workers"


def run_daily(key: str, rhythm: Daily, action: Callable[[datetime], str], now: datetime) -> str | None:
    """Do one daily job if it is due and set its mark in the same transaction; None when it was not due.

    Two ticks at once: the second waits for the row and then sees the mark. A job that fails leaves no mark.
    """
    JobMark.objects.get_or_create(key=key)
    with transaction.atomic():
        mark = JobMark.objects.select_for_update().get(key=key)
        slot = due(rhythm, timezone.localtime(now), mark.done_for)
        if slot is None:
            return None
        words = action(now)
        mark.done_for = slot
        mark.save(update_fields=["done_for"])
        return words


def tick(now: datetime | None = None) -> list[JobResult]:
    """Run what is due at `now`. One job that fails is logged and reported, and does not stop the others."""
    moment = now or timezone.now()
    work: list[tuple[str, Callable[[], str | None]]] = list(EVERY_TICK.items())
    work.append(("blind_spots", lambda: _blind_spots(moment)))
    work += [
        (key, lambda key=key, rhythm=rhythm, action=action: run_daily(key, rhythm, action, moment))  # type: ignore[misc]
        for key, (rhythm, action) in DAILY.items()
    ]
    results = []
    for key, action in work:
        started = time.monotonic()
        try:
            words = action()
        except Exception:  # noqa: BLE001 (logged; the other jobs must go on)
            _log.exception("job %s failed", key)
            results.append(JobResult(key, "niet gelukt; zie het logbestand", failed=True))
            continue
        if words is not None and words != "niets":
            _log.debug("job %s: %s (%.2f s)", key, words, time.monotonic() - started)
            results.append(JobResult(key, words))
    return results
