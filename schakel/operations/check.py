"""`schakel check` and `/gezondheid`: what is in order and what is not, each with a remedy."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from schakel.audit import guard
from schakel.mail import outbox
from schakel.operations.prepare import missing_migrations, unknown_migrations
from schakel.register import read
from schakel.search.index import index_file
from schakel.search.store import read_revision

LATE_MAIL = timedelta(hours=1)
LEAST_FREE_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `remedy` is empty when it is in order."""

    title: str
    ok: bool
    words: str
    remedy: str = ""


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", sys.version_info >= (3, 11), version, "Installeer Python 3.11 of nieuwer.")


def _folder() -> Finding:
    folder = Path(settings.DATA_FOLDER)
    others = stat.S_IMODE(folder.stat().st_mode) & 0o077
    if others:
        return Finding("Gegevensmap", False, f"{folder} is leesbaar voor anderen", f"Voer uit: chmod 700 {folder}")
    if not os.access(folder, os.W_OK):
        return Finding("Gegevensmap", False, f"{folder} is niet te beschrijven", "Geef deze gebruiker schrijfrecht.")
    secret = folder / "secret-key"
    if secret.exists() and stat.S_IMODE(secret.stat().st_mode) & 0o077:
        return Finding("Gegevensmap", False, "secret-key is leesbaar voor anderen", f"Voer uit: chmod 600 {secret}")
    return Finding("Gegevensmap", True, str(folder))


def _space() -> Finding:
    free = shutil.disk_usage(settings.DATA_FOLDER).free
    words = f"{free // 1024**2} MB vrij"
    return Finding("Schijfruimte", free >= LEAST_FREE_BYTES, words, "Maak minstens 500 MB vrij.")


def _database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Finding("Databank", True, "PostgreSQL" if connection.vendor == "postgresql" else "SQLite")


def _migrations() -> Finding:
    newer, missing = unknown_migrations(), missing_migrations()
    if newer:
        return Finding("Tabellen", False, "van een nieuwere versie", "Installeer de nieuwere versie van Schakel.")
    if missing:
        return Finding("Tabellen", False, f"{len(missing)} wijzigingen te doen", "Voer uit: schakel up")
    return Finding("Tabellen", True, "bij deze versie")


def _log() -> Finding:
    if guard.LOG.stands():
        return Finding("Logboek", True, "de databank weigert wijzigingen")
    return Finding("Logboek", False, "er kan aan gewijzigd worden", "Voer uit: schakel up --prepare-only")


def _region() -> Finding:
    region = read.region()
    if region is None:
        return Finding("Regio", False, "nog geen", "Voer uit: schakel load")
    return Finding("Regio", True, str(region.name.get("nl", region.slug)))


def register_revision() -> int:
    """The number of the register's content."""
    return read.revision()


def index_revision() -> int | None:
    """The register revision that the index on disk holds; None when there is no index."""
    return read_revision(index_file())


def _index() -> Finding:
    register, index = register_revision(), index_revision()
    words = f"versie {index} van register {register}" if index is not None else "nog geen"
    return Finding("Zoekindex", register == index, words, "Voer uit: schakel tick")


def _mail() -> Finding:
    counts = outbox.count()
    words = f"{counts.waiting} wachten, {counts.uncertain} onzeker, {counts.failed} niet verzonden"
    if not settings.SMTP_URL:
        remedy = "Zet SCHAKEL_SMTP_URL, SCHAKEL_MAIL_FROM en SCHAKEL_SITE_URL."
        return Finding("Mail", counts.waiting == 0, f"geen mailserver ingesteld; {words}", remedy)
    late = counts.oldest_due is not None and counts.oldest_due < timezone.now() - LATE_MAIL
    return Finding("Mail", not late, words, "Kijk in /beheer/ bij Berichten wat de mailserver antwoordt.")


def _roads() -> Finding:
    from schakel.analyses.travel import known_travel  # SciPy: only when it is asked for

    known = known_travel()
    if known.problem:
        return Finding("Wegen", False, "reistijden zijn nu een schatting", known.problem)
    return Finding(
        "Wegen", True, f"{known.file}, {known.dated}" if known.file else "geen: reistijden zijn een schatting"
    )


CHECKS: tuple[tuple[str, Callable[[], Finding]], ...] = (
    ("Python", _python),
    ("Gegevensmap", _folder),
    ("Schijfruimte", _space),
    ("Databank", _database),
    ("Tabellen", _migrations),
    ("Logboek", _log),
    ("Regio", _region),
    ("Zoekindex", _index),
    ("Mail", _mail),
    ("Wegen", _roads),
)


def run_checks() -> list[Finding]:
    """Look at everything; a check that breaks is itself a finding, and ends the ones that need the database."""
    findings = []
    for title, look in CHECKS:
        try:
            finding = look()
        except Exception as error:  # noqa: BLE001 (reported as a finding)
            words = str(error).strip().splitlines() or [type(error).__name__]
            finding = Finding(title, False, words[0], _remedy_when_broken(title))
        findings.append(finding)
        if title in ("Databank", "Tabellen") and not finding.ok:  # the next ones could only break
            break
    return findings


def _remedy_when_broken(title: str) -> str:
    if title == "Databank":
        return "Kijk of de databankserver draait en of SCHAKEL_DATABASE_URL klopt."
    return "Kijk in het logbestand en voer uit: schakel up"


def print_checks(findings: list[Finding]) -> int:
    """One line per finding; returns 0 when everything is in order, else 1."""
    for finding in findings:
        print(f"{'in orde     ' if finding.ok else 'NIET in orde'}  {finding.title}: {finding.words}")
        if not finding.ok:
            print(f"              → {finding.remedy}")
    return 0 if all(finding.ok for finding in findings) else 1
