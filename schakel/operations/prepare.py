"""What `schakel up` does before it serves: database, region, static files, index, first coordinator."""

from __future__ import annotations

import hashlib
import logging
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q

from schakel.accounts.links import first_coordinator_path
from schakel.accounts.roles import EDITORS
from schakel.audit import guard
from schakel.operations import region
from schakel.operations.errors import Interrupted, OperationFailed
from schakel.operations.folder import preparing
from schakel.operations.lifeline import die_with_parent, wait_or_kill
from schakel.operations.map_lines import draw_cantons
from schakel.operations.progress import run_steps
from schakel.register import read
from schakel.search.index import ensure_fresh

_log = logging.getLogger("schakel.prepare")
HANDLED_BY_EDITORS = ["report", "suggestion", "tasterplace", "searchtally"]  # needs are for who manages the region
UNUSED_STATIC = [
    *("htmx-4*", "htmax-*"),  # other versions in the same package
    *("htmx-2.js", "jquery.js", "select2.full.js", "xregexp.js"),  # for who reads them; pages ask for the .min.js
]


def missing_migrations() -> list[str]:
    """Names of migrations that this version has and the database has not."""
    executor = MigrationExecutor(connection)
    return [
        f"{migration.app_label}.{migration.name}"
        for migration, backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not backwards
    ]


def unknown_migrations() -> list[str]:
    """Names of migrations that the database has and this version has not: it was made by a newer version."""
    loader = MigrationExecutor(connection).loader
    known_apps = {app for app, _ in loader.disk_migrations}
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update(migration.replaces)
    return [
        f"{app}.{name}" for app, name in loader.applied_migrations if app in known_apps and (app, name) not in known
    ]


def migrate() -> str:
    """Bring the database up to date; a newer database is refused, since going back would lose data."""
    newer = unknown_migrations()
    if newer:
        raise OperationFailed(
            f"De databank is van een nieuwere versie van Schakel (onder meer {newer[0]}). "
            "Installeer die versie, of zet een back-up van deze versie terug."
        )
    missing = missing_migrations()
    if not missing:
        if not guard.LOG.stands():
            guard.LOG.put_up()  # whoever took it away, it stands again after a start
        return "in orde"
    call_command("migrate", interactive=False, verbosity=0)
    return f"{len(missing)} wijzigingen doorgevoerd"


def make_editors_group() -> None:
    """The group whose members edit the register and handle reports, unless somebody made one of that name."""
    group, fresh = Group.objects.get_or_create(name=EDITORS)
    if fresh:
        group.permissions.set(
            Permission.objects.filter(
                Q(content_type__app_label="register")
                | Q(content_type__app_label="cooperation", content_type__model__in=HANDLED_BY_EDITORS)
            ).exclude(codename__startswith="delete_")
        )


def load_region_if_empty(folder: Path | None) -> str:
    """Load the pack in `folder` (None: the built-in one) when the register holds no region yet."""
    if read.region() is not None:
        if not read.knows_map_layer(read.CANTONS):
            draw_cantons()
        return "staat er al"
    return region.load_pack(folder or region.built_in_pack())


def static_fingerprint() -> str:
    """Changes when a static file of any app changes (path, size, moment) or the way they are stored."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _static_mark() -> Path:
    return Path(settings.DATA_FOLDER) / "static-fingerprint"


def is_static_ready() -> bool:
    """Whether the static files of this version are complete in the data folder; without them no page can be made."""
    mark = _static_mark()
    return mark.is_file() and mark.read_text(encoding="ascii") == static_fingerprint()


def collect_static() -> str:
    """Gather, compress and name static files by content, unless nothing changed since they were last complete."""
    if is_static_ready():
        return "in orde"
    mark, wanted = _static_mark(), static_fingerprint()
    mark.unlink(missing_ok=True)  # interrupted half-way: there is no mark, so the next start does it all again
    call_command(
        "collectstatic",
        interactive=False,
        verbosity=0,
        clear=Path(settings.STATIC_ROOT).exists(),
        ignore_patterns=UNUSED_STATIC,
    )
    unfinished = mark.with_suffix(".new")
    unfinished.write_text(wanted, encoding="ascii")
    unfinished.replace(mark)
    return "klaargezet"


def build_index() -> str:
    """Make the search index when it is not there or older than the register."""
    ensure_fresh()
    return "actueel"


def analyse() -> str:
    """Work out the blind spots when they are not there yet or the register changed since."""
    from schakel.analyses.blind_spots import is_current, run_blind_spots  # heavy: in the child only
    from schakel.analyses.thin_power import run_thin_power

    if is_current():
        return "actueel"
    outcome = run_blind_spots()
    run_thin_power()
    return "niets te berekenen" if outcome is None else f"analyse {outcome.run}"


def first_coordinator(base_url: str, links: list[str]) -> str:
    """Add the one-time link to `links` when nobody can sign in yet."""
    path = first_coordinator_path()
    if path is None:
        return "in orde"
    make_editors_group()
    links.append(f"{base_url}{path}")
    return "nog niemand kan dit"


def prepare(pack: Path | None, base_url: str) -> None:
    """All steps, with progress. One process at a time per data folder."""
    links: list[str] = []

    def waiting() -> None:
        print("Een ander proces is deze gegevensmap aan het klaarzetten; even wachten …", flush=True)

    with preparing(Path(settings.DATA_FOLDER), waiting):
        run_steps(
            [
                ("Databank", migrate),
                ("Regio", lambda: load_region_if_empty(pack)),
                ("Stijlbladen en beelden", collect_static),
                ("Zoekindex", build_index),
                ("Blinde vlekken", analyse),
                ("Aanmelden", lambda: first_coordinator(base_url, links)),
            ]
        )
    for link in links:
        print(f"\nDe eerste coördinator kiest een wachtwoord met deze link. Ze werkt één keer:\n  {link}\n", flush=True)


def in_child(work: Callable[[], None], explain: Callable[[BaseException], int], meanwhile: Callable[[], None]) -> int:
    """Do `work` in a forked process and `meanwhile` here; returns the exit status of the work.

    The memory and the threads that loading and indexing need are gone before web workers fork from this process.
    `explain` turns an error into words on stderr and an exit status. Raises Interrupted on Ctrl-C.
    """
    parent = os.getpid()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            die_with_parent(parent)
            # On Ctrl-C at once, as with kill -9, which every step survives: an exception could be swallowed half-way.
            signal.signal(signal.SIGINT, lambda *_: os._exit(1))
            work()
            status = 0
        except BaseException as error:  # noqa: BLE001 (the process ends here: everything must be explained)
            status = explain(error)
        finally:
            connections.close_all()
            sys.stdout.flush()
            sys.stderr.flush()
            logging.shutdown()
            os._exit(status)
    asked: list[int] = []

    def stop(number: int, _frame: object) -> None:
        asked.append(number)  # an import may swallow the exception below; this stays
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, stop)
    try:
        meanwhile()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    except KeyboardInterrupt:
        wait_or_kill(child, patience_seconds=10.0)  # the terminal sends Ctrl-C to both
    finally:
        signal.signal(signal.SIGINT, before)
    if asked:
        raise Interrupted
    return status
