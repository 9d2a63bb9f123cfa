"""Invitations for many needs over thirty days, with kills in between: nobody is asked twice, no letter leaves twice.

    python -m bench waves     (SCHAKEL_BENCH_NEEDS=1000, SCHAKEL_BENCH_KILLS=60)

10,000 invented enterprises, real matching, real outbox, SQLite, a real mail server on loopback. The clock is turned by
hand, a day at a time; a day is a process of its own, and a kill is SIGKILL. Two in three fall at any moment of the work
of a day (inviting or sending), one in three at the worst one: the server has the letter and the sender does not know it
yet. Such a letter is uncertain: it is counted, shown to who manages the region and never sent again by itself.
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
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import Envelope

from bench import Row
from tests.mail.server import PostOffice, post_office

NEEDS = int(os.environ.get("SCHAKEL_BENCH_NEEDS", "1000"))
KILLS = int(os.environ.get("SCHAKEL_BENCH_KILLS", "60"))
ENTERPRISES, DAYS = 10_000, 30
LONGEST_LIFE = float(os.environ.get("SCHAKEL_BENCH_LIFE", "15"))  # seconds, of a day that is killed at any moment
HERE = Path(__file__).resolve().parents[1]

# One process loads the program and the supply; for every line on its input it forks a day, and kills it or waits.
_NURSERY = """
import gc, json, os, random, sys, time
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

NEEDS, ENTERPRISES = int(sys.argv[1]), int(sys.argv[2])
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
gc.freeze()  # so that a fork shares what is loaded
print("ready", flush=True)
for line in sys.stdin:
    day, seconds = json.loads(line)
    pid = os.fork()
    if pid == 0:
        moment = START + timedelta(days=day)
        timezone.now = lambda: moment
        waves.run_waves(moment)
        close_and_ask(moment)
        sender.send_due(seconds=36000)
        os._exit(0)
    print(pid, flush=True)
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
from django.test import Client
from schakel.accounts.models import User
from schakel.cooperation.needs.models import Invitation, Need
from schakel.mail.models import Message
client = Client(headers={"host": "127.0.0.1"})
client.force_login(User.objects.create_superuser("ann@voorbeeld.example"))
page = client.get("/beheer/mail/message/?status__exact=uncertain&all=").content.decode()
asked = Counter(Invitation.objects.values_list("need_id", "organisation_key"))
print(json.dumps({
    "invited": sum(asked.values()), "twice": sum(times > 1 for times in asked.values()),
    "most": max(Counter(Invitation.objects.values_list("need_id", "wave")).values(), default=0),
    "letters": Message.objects.count(), "states": dict(Counter(Message.objects.values_list("status", flat=True))),
    "closed": Need.objects.filter(state="closed").count(), "shown": page.count('name="_selected_action"'),
    "sent": list(Message.objects.filter(status="sent").values_list("message_id", flat=True)),
    "uncertain": list(Message.objects.filter(status="uncertain").values_list("message_id", flat=True)),
}))
"""


class Murderous(PostOffice):
    """Keeps which letters came, and kills the sender once it has `fatal` more, before it answers."""

    def __init__(self) -> None:
        super().__init__()
        self.came: Counter[str] = Counter()
        self.victim = self.fatal = 0

    def take(self, envelope: Envelope) -> None:
        assert isinstance(envelope.content, bytes)
        self.came[str(BytesHeaderParser().parsebytes(envelope.content)["Message-ID"]).strip()] += 1
        self.fatal -= 1
        if self.fatal == 0:
            os.kill(self.victim, signal.SIGKILL)


def run() -> Iterator[Row]:
    """How many were invited, twice, uncertain and lost, and how long it took."""
    with tempfile.TemporaryDirectory() as folder, post_office(Murderous()) as office:
        begun = time.monotonic()
        killed = _thirty_days(folder, office)
        around = _around(folder, office)
        around["env"] |= {"DJANGO_SETTINGS_MODULE": "tests.settings"}  # a page is asked, without a second factor
        counted = json.loads(subprocess.run(_python(_COUNT), **around, check=True, stdout=-1).stdout)
        took = time.monotonic() - begun
    came, states, unsure = office.came, counted["states"], set(counted["uncertain"])
    twice = sum(times > 1 for times in came.values())
    known = set(counted["sent"])
    vanished = len(known - set(came)) + len(set(came) - known - unsure)
    lost = counted["letters"] - len(known) - len(unsure) + vanished
    note = f"{counted['invited']} invitations, {counted['closed']} needs closed, {counted['letters']} letters, {states}"
    what = f"{NEEDS} needs, {ENTERPRISES} enterprises, {DAYS} days, {sum(killed)} kills"
    yield Row("waves", f"{what}: invited twice", counted["twice"], None, 0, None, "0", note)
    yield Row("waves", "letters that arrived twice", twice, None, 0, None, "0", f"{came.total()} arrived")
    arrived = sum(identifier in came for identifier in unsure)
    words = f"at most one a kill; {arrived} of them had arrived; {counted['shown']} stand on the page of who manages"
    yield Row("waves", "letters uncertain, shown", len(unsure), None, sum(killed), None, "<= kills", words)
    words = f"sent without arriving or arrived unknown: {vanished}; most in one group: {counted['most']}"
    yield Row("waves", "letters lost or still waiting", lost, None, 0, None, "0", words)
    words = f"kills: {killed[0]} at any moment, {killed[1]} at the worst"
    yield Row("waves", "all of it, s", took, None, None, None, "", words)


def _thirty_days(folder: str, office: Murderous) -> tuple[int, int]:
    """Every day until it ends by itself, and two more without kills; how many kills at any moment, and at the worst."""
    rng, killed = random.Random(5), [0, 0]
    command = [*_python(_NURSERY), str(NEEDS), str(ENTERPRISES)]
    with subprocess.Popen(command, **_around(folder, office), stdin=-1, stdout=-1) as nursery:
        assert nursery.stdin
        assert nursery.stdout
        first = nursery.stdout.readline()
        assert first == "ready\n", first
        for day in range(DAYS + 2):
            dying = -(-KILLS // DAYS) if day < DAYS and sum(killed) < KILLS else 0
            while True:
                worst = dying > 0 and sum(killed) % 3 == 0
                office.fatal = rng.randint(1, 20) if worst else 0
                order = [day, rng.uniform(0.02, LONGEST_LIFE) if dying > 0 and not worst else 0]
                nursery.stdin.write(json.dumps(order) + "\n")
                nursery.stdin.flush()
                office.victim = int(nursery.stdout.readline())
                if int(nursery.stdout.readline()) == 0:
                    break
                killed[worst] += 1
                dying -= 1
            print(f"day {day}: {office.came.total()} letters, {sum(killed)} kills", file=sys.stderr, flush=True)
        nursery.stdin.close()
    return killed[0], killed[1]


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def _around(folder: str, office: Murderous) -> dict[str, Any]:
    own = {"SCHAKEL_DATA": folder, "DJANGO_SETTINGS_MODULE": "schakel.config.settings", "SCHAKEL_SECRET_KEY": "x" * 60}
    own |= {"SCHAKEL_SMTP_URL": f"smtp://127.0.0.1:{office.port}", "SCHAKEL_MAIL_FROM": "schakel@voorbeeld.example"}
    own |= {"SCHAKEL_SITE_URL": "http://127.0.0.1:8000"}
    return {"cwd": HERE, "env": {**os.environ, **own}, "text": True}
