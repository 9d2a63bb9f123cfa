"""Kill the sender, again and again, while it sends: no letter may arrive twice, none may vanish.

`python -m tests.mail.crashes` is the long version (5,000 letters, 50 kills); the suite has a short one. Half of the
kills fall at a random moment; the other half at the worst one: the mail server has the letter and the sender does not
know it yet.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.smtp import Envelope

from tests.mail.server import PostOffice, post_office

LEASE_SECONDS = 1.0
# One process loads the program; for every line on its input it forks a sender, says its number, and waits for its end.
NURSERY = f"""
import os, sys
from datetime import timedelta
from tests import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.SMTP_URL, settings.MAIL_FROM = sys.argv[2], "Schakel <schakel@voorbeeld.be>"
import django
django.setup()
from schakel.mail.sender import send_due
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        send_due(seconds=600, lease=timedelta(seconds={LEASE_SECONDS}))
        os._exit(0)
    print(pid, flush=True)
    os.waitpid(pid, 0)
    print("ended", flush=True)
"""


@dataclass(frozen=True, slots=True)
class CrashReport:
    """What arrived and what the outbox says about it."""

    mails: int
    kills: int
    arrived: int
    duplicates: int
    sent: int
    uncertain: int
    uncertain_that_arrived: int
    elsewhere: int  # neither sent nor uncertain: lost
    seconds: float


class Murderous(PostOffice):
    """Kills the sender once it has taken `fatal` letters more, before it answers."""

    victim = 0
    fatal = 0

    def take(self, envelope: Envelope) -> None:
        super().take(envelope)
        if self.fatal:
            self.fatal -= 1
            if self.fatal == 0:
                os.kill(self.victim, signal.SIGKILL)


def crash_trial(database: str, *, mails: int, kills: int, seed: int = 1) -> CrashReport:
    """Write `mails` letters, kill `kills` senders, let the last one finish, and count."""
    from schakel.mail import outbox
    from schakel.mail.models import Message

    chance = random.Random(seed)
    for number in range(mails):
        to = f"a{number}@voorbeeld.be"
        outbox.enqueue(key=f"crash:{number}", to=to, kind="trial", context={})
    started = time.monotonic()
    with post_office(Murderous()) as office:
        command = [sys.executable, "-c", NURSERY, database, f"smtp://127.0.0.1:{office.port}"]
        nursery = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for kill in range(kills + 1):
            share = (mails - len(office.taken)) // (kills + 1 - kill)
            at = chance.randint(1, max(1, share)) if kill < kills else None
            _live_and_die(nursery, office, chance, at=at, worst=kill % 2 == 1)
        nursery.communicate()
        time.sleep(LEASE_SECONDS + 0.1)
        from schakel.mail.sender import find_lost

        find_lost()
        arrived = Counter(str(mail["Message-ID"]) for mail in office.taken)
    states = Counter(Message.objects.values_list("status", flat=True))
    uncertain = Message.objects.filter(status="uncertain").values_list("message_id", flat=True)
    return CrashReport(
        mails=mails,
        kills=kills,
        arrived=len(arrived),
        duplicates=sum(arrived.values()) - len(arrived),
        sent=states["sent"],
        uncertain=states["uncertain"],
        uncertain_that_arrived=sum(identifier in arrived for identifier in uncertain),
        elsewhere=mails - states["sent"] - states["uncertain"],
        seconds=time.monotonic() - started,
    )


def _live_and_die(
    nursery: subprocess.Popen[str], office: Murderous, chance: random.Random, *, at: int | None, worst: bool
) -> None:
    """One sender, killed after `at` letters: with the last in its hands (`worst`) or at any moment. None: not."""
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    before = len(office.taken)
    office.fatal = 0
    nursery.stdin.write("\n")
    nursery.stdin.flush()
    office.victim = int(nursery.stdout.readline())
    if at is not None and worst:
        office.fatal = at
    elif at is not None:
        while len(office.taken) < before + at and Path(f"/proc/{office.victim}/stat").exists():
            time.sleep(0.0005)
        time.sleep(chance.random() * 0.01)
        with contextlib.suppress(ProcessLookupError):  # it was done before we came
            os.kill(office.victim, signal.SIGKILL)
    assert nursery.stdout.readline() == "ended\n"


def main() -> int:
    """The long version on an embedded database of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--mails", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=50)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SCHAKEL_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        report = crash_trial(str(Path(folder) / "schakel.sqlite3"), mails=given.mails, kills=given.kills)
        sys.stdout.write(f"{report}\n{_shown()} uncertain letters stand on the page for who manages\n")
    return 0 if report.duplicates == 0 and report.uncertain <= report.kills and report.elsewhere == 0 else 1


def _shown() -> int:
    """How many uncertain letters a coordinator finds at /beheer/."""
    from django.test import Client

    from schakel.accounts.models import User

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.create_superuser("ann@voorbeeld.be"))
    page = client.get("/beheer/mail/message/?status__exact=uncertain").content.decode()
    return page.count('name="_selected_action"')


if __name__ == "__main__":
    sys.exit(main())
