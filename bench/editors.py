"""Fifty editors saving at once, over HTTP on loopback, on SQLite and on PostgreSQL: nothing that was accepted is lost.

Five people share each of ten organisations and save the telephone number as fast as the site lets them: read the form,
change it, send it. Every number is used once, so afterwards each accepted one must be in the register as a statement of
its author. A refusal because somebody else was first is an answer; anything else but a redirect is a fault.
`python -m bench editors`; seconds in SCHAKEL_BENCH_SECONDS (60).
"""

from __future__ import annotations

import http.client
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from bench import Row
from tests.postgres import a_server

EDITORS, ORGANISATIONS = 50, 10
SECONDS = int(os.environ.get("SCHAKEL_BENCH_SECONDS", "60"))
HERE = Path(__file__).resolve().parents[1]

# Runs in a process of its own, with the settings of the measured site.
_PEOPLE = """
import django, json, sys; django.setup()
from datetime import date
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from schakel.accounts.models import Membership, User
from schakel.register.models import Organisation
made = []
live = Organisation.objects.filter(status="live").order_by("slug").values_list("slug", flat=True)
slugs = list(live[:int(sys.argv[2])])
for number in range(int(sys.argv[1])):
    slug = slugs[number % len(slugs)]
    user = User.objects.create_user(f"editor-{number}@voorbeeld.example")
    Membership.objects.create(user=user, kind="organisation", key=slug, role="editor", since=date(2020, 1, 1))
    store = SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store.save()
    made.append([slug, store.session_key])
print(json.dumps(made))
"""
_KEPT = """
import django, json; django.setup()
from schakel.register.models import Statement
said = Statement.objects.filter(source__key="eigenaar").values_list("values", flat=True)
print(json.dumps([values.get("phone") for values in said]))
"""


def run() -> Iterator[Row]:
    """Attempted, accepted, refused with a message, faults and lost, on each database."""
    yield from _measure("SQLite", {})
    with a_server() as (_, address):
        yield from _measure("PostgreSQL", {"SCHAKEL_DATABASE_URL": address})


def _measure(database: str, more: dict[str, str]) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            **more,
            "SCHAKEL_DATA": folder,
            "SCHAKEL_SECRET_KEY": secrets.token_urlsafe(48),
            "DJANGO_SETTINGS_MODULE": "schakel.config.settings",
            "PYTHONPATH": str(HERE),
        }
        port = _free_port()
        command = [sys.executable, "-m", "schakel", "up", "--data", folder, "--port", str(port)]
        with subprocess.Popen(command, env=environment, cwd=HERE, stdout=subprocess.DEVNULL) as site:
            try:
                _wait(port)
                people = json.loads(_inside(environment, _PEOPLE, str(EDITORS), str(ORGANISATIONS)))
                counts, accepted = _everybody(port, people)
                kept = set(json.loads(_inside(environment, _KEPT)))
            finally:
                site.terminate()
        lost = len(set(accepted) - kept)
        told = ", ".join(f"{what} {count}" for what, count in sorted(counts.items()))
        note = f"{EDITORS} editors, {SECONDS} s; {told}"
        yield Row("editors", f"{database}: saves accepted", counts["accepted"], None, None, None, "", note)
        yield Row("editors", f"{database}: accepted and lost", lost, None, None, None, "0", "")


def _everybody(port: int, people: list[list[str]]) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter(attempted=0, accepted=0, refused=0, faults=0)
    accepted: list[str] = []
    lock, until = threading.Lock(), time.monotonic() + SECONDS

    def edit(number: int, slug: str, session: str) -> None:
        turn = 0
        while time.monotonic() < until:
            turn += 1
            phone = f"0470 {number:02d} {turn // 100:02d} {turn % 100:02d}"
            outcome = _save(port, slug, session, phone)
            with lock:
                counts["attempted"] += 1
                counts[outcome] += 1
                if outcome == "accepted":
                    accepted.append(phone)

    threads = [threading.Thread(target=edit, args=(number, *person)) for number, person in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return counts, accepted


def _save(port: int, slug: str, session: str, phone: str) -> str:
    """Read the form, send it with another number; what became of it."""
    address = f"/mijn/organisatie/{slug}/contact"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", address, headers={"Cookie": f"sessionid={session}"})
        response = connection.getresponse()
        page = response.read().decode()
        cookies = dict(part.split(";")[0].split("=", 1) for part in response.headers.get_all("Set-Cookie", []))
        sent = {name: _value(page, name) for name in ("csrfmiddlewaretoken", "based_on", "email", "website")}
        body = urlencode({**sent, "phone": phone})
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={cookies.get('csrftoken', '')}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request("POST", address, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
    except OSError:
        return "faults"
    finally:
        connection.close()
    if answer.status == 302 and answer.headers["Location"].endswith(slug):
        return "accepted"
    return "refused" if answer.status == 409 and "Iemand anders bewaarde" in text else "faults"


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def _inside(environment: dict[str, str], code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, cwd=HERE, check=True, capture_output=True, text=True
    )
    return done.stdout.strip().splitlines()[-1]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/gezondheid")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError("the site did not start")
