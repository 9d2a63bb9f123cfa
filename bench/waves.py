"""Invitations for many needs over thirty days, with kills in between: nobody is asked twice, no letter leaves twice.

    python -m bench waves     (SCHAKEL_BENCH_NEEDS=1000, SCHAKEL_BENCH_KILLS=60)

10,000 invented enterprises, real matching, real outbox, SQLite. The clock is turned by hand, a day at a time. What
"left" is a line in a file, written where the mail server would have answered: a kill between that line and the note of
the outbox leaves a letter uncertain, which is counted and never sent again. Every third kill falls exactly there.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import Row

NEEDS = int(os.environ.get("SCHAKEL_BENCH_NEEDS", "1000"))
KILLS = int(os.environ.get("SCHAKEL_BENCH_KILLS", "60"))
ENTERPRISES, DAYS = 10_000, 30
HERE = Path(__file__).resolve().parents[1]

# One process loads the program and the supply; for every line on its input it forks a day, and kills it or waits.
_NURSERY = """
import json, os, random, sys, time
import django; django.setup()
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from bench.matching import TEXTS, suppliers_of
from bench.search_records import invent_records, read_places
from schakel.cooperation import matching
from schakel.cooperation.needs import waves
from schakel.cooperation.needs.models import Need
from schakel.cooperation.needs.outcomes import close_and_ask
from schakel.core.matching import prepare
from schakel.core.model import WaveRules
from schakel.mail import sender
from schakel.mail.smtp import Outcome, Result

NEEDS, ENTERPRISES, LEFT = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
START = datetime(2026, 12, 1, 8, tzinfo=ZoneInfo("Europe/Brussels"))
municipalities, localities = read_places()
records = list(invent_records(ENTERPRISES, seed=1, municipalities=municipalities))
supply = matching.Supply(1, prepare(suppliers_of(records), municipalities),
                         {one.nis_code: one for one in municipalities}, localities)
waves.current_supply = lambda: supply

class Card:
    def __init__(self, slug):
        self.slug, self.name, self.email = slug, slug, slug + "@voorbeeld.example"

class Reads:
    wave_rules = staticmethod(WaveRules)
    list_cards = staticmethod(lambda slugs: [Card(slug) for slug in slugs])

waves.read = Reads

class Courier:
    fatal = 0
    def __init__(self, *_): pass
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def hand_in(self, email, to):
        with open(LEFT, "a") as file:
            file.write(email["Message-ID"] + "\\n"); file.flush()
        Courier.fatal -= 1
        if Courier.fatal == 0:
            os.kill(os.getpid(), 9)
        return Result(Outcome.SENT, "")

sender.Courier = Courier
call_command("migrate", verbosity=0)
rng, codes = random.Random(3), [one.nis_code for one in municipalities]
Need.objects.bulk_create(
    Need(key=f"need{number:08d}", form_key=f"form{number}", state="open", created_at=START, opened_at=START,
         text=rng.choice(TEXTS), places=[rng.choice(codes)], customer=rng.choice(("local_government", "company")),
         buyer_name="Voorbeeld", contract="services", email="vraag@voorbeeld.example",
         answer_by=(START + timedelta(days=day + 10)).date(), next_wave_at=START + timedelta(days=day))
    for number in range(NEEDS) for day in [rng.randrange(20)]
)
connections.close_all()
print("ready", flush=True)
for line in sys.stdin:
    day, Courier.fatal, seconds = json.loads(line)
    pid = os.fork()
    if pid == 0:
        moment = START + timedelta(days=day)
        timezone.now = lambda: moment
        waves.run_waves(moment)
        close_and_ask(moment)
        sender.send_due(seconds=36000)
        os._exit(0)
    ended, stop = (0, 0), time.monotonic() + seconds
    while seconds and ended[0] == 0 and time.monotonic() < stop:
        time.sleep(0.005)
        ended = os.waitpid(pid, os.WNOHANG)
    if ended[0] == 0:
        if seconds:
            os.kill(pid, 9)
        ended = os.waitpid(pid, 0)
    print(ended[1], flush=True)
"""
_COUNT = """
import json
import django; django.setup()
from collections import Counter
from schakel.cooperation.needs.models import Invitation, Need
from schakel.mail.models import Message
asked = Counter(Invitation.objects.values_list("need_id", "organisation_key"))
print(json.dumps({
    "invited": sum(asked.values()), "twice": sum(times > 1 for times in asked.values()),
    "most": max(Counter(Invitation.objects.values_list("need_id", "wave")).values(), default=0),
    "letters": Message.objects.count(), "states": dict(Counter(Message.objects.values_list("status", flat=True))),
    "closed": Need.objects.filter(state="closed").count(),
    "uncertain": list(Message.objects.filter(status="uncertain").values_list("message_id", flat=True)),
}))
"""


def run() -> Iterator[Row]:
    """How many were invited, twice, uncertain and lost, and how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        left = Path(folder) / "left"
        left.touch()
        killed = _thirty_days(folder, left)
        counted = json.loads(subprocess.run(_python(_COUNT), **_around(folder), check=True, stdout=-1).stdout)
        took = time.monotonic() - begun
        sent = Counter(left.read_text().split())
    twice = sum(times > 1 for times in sent.values())
    states = counted["states"]
    lost = counted["letters"] - states.get("sent", 0) - states.get("uncertain", 0) - states.get("waiting", 0)
    note = f"{counted['invited']} invitations, {counted['closed']} needs closed, {counted['letters']} letters, {states}"
    what = f"{NEEDS} needs, {ENTERPRISES} enterprises, {DAYS} days, {killed} kills"
    yield Row("waves", f"{what}: invited twice", counted["twice"], None, 0, None, "0", note)
    yield Row("waves", "letters that left twice", twice, None, 0, None, "0", f"{sent.total()} left")
    arrived = sum(identifier in sent for identifier in counted["uncertain"])
    unsure = f"at most one a kill; {arrived} of them had left"
    yield Row("waves", "letters uncertain, shown", len(counted["uncertain"]), None, killed, None, "<= kills", unsure)
    yield Row("waves", "letters lost", lost, None, 0, None, "0", f"most in one group: {counted['most']}")
    yield Row("waves", "all of it, s", took, None, None, None, "", "")


def _thirty_days(folder: str, left: Path) -> int:
    """Every day until it ends by itself; the kills fall on the first days of work, at random or at the worst moment."""
    rng, killed = random.Random(5), 0
    command = [*_python(_NURSERY), str(NEEDS), str(ENTERPRISES), str(left)]
    with subprocess.Popen(command, **_around(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as nursery:
        assert nursery.stdin
        assert nursery.stdout
        first = nursery.stdout.readline()
        assert first == "ready\n", first
        for day in range(DAYS):
            dying = -(-KILLS // DAYS)
            while True:
                worst = dying > 0 and killed % 3 == 0
                order = [
                    day,
                    rng.randint(1, 20) if worst else 0,
                    rng.uniform(0.02, 4) if dying > 0 and not worst else 0,
                ]
                nursery.stdin.write(json.dumps(order) + "\n")
                nursery.stdin.flush()
                ended = int(nursery.stdout.readline())
                if ended == 0:
                    break
                assert ended == signal.SIGKILL, "a day ended by a fault of its own"
                killed, dying = killed + 1, dying - 1
        nursery.stdin.close()
    return killed


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def _around(folder: str) -> dict[str, Any]:
    own = {"SCHAKEL_DATA": folder, "DJANGO_SETTINGS_MODULE": "schakel.config.settings", "SCHAKEL_SECRET_KEY": "x" * 60}
    own |= {"SCHAKEL_SMTP_URL": "smtp://127.0.0.1:1", "SCHAKEL_MAIL_FROM": "schakel@voorbeeld.example"}
    own |= {"SCHAKEL_SITE_URL": "http://127.0.0.1:8000"}
    return {"cwd": HERE, "env": {**os.environ, **own}, "text": True}
