"""`schakel up` and `schakel serve`."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from django.conf import settings

from schakel.operations.collector import loading
from schakel.operations.errors import OperationFailed
from schakel.operations.prepare import in_child, is_static_ready, missing_migrations, prepare
from schakel.operations.progress import seconds


def base_url(host: str, port: int) -> str:
    """Where a person on this machine (or, behind https, anywhere) opens the site."""
    if settings.HTTPS:
        return f"https://{settings.ALLOWED_HOSTS[0]}"
    everywhere = ("0.0.0.0", "::", "localhost")  # noqa: S104 (only compared with)
    shown = "127.0.0.1" if host in everywhere else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def _load_addresses() -> None:
    with loading():
        import_module(settings.ROOT_URLCONF)


def up(
    host: str,
    port: int,
    *,
    pack: Path | None,
    prepare_only: bool,
    explain: Callable[[BaseException], int],
    started: float,
) -> int:
    """Prepare everything, then serve and work in the background until stopped. Returns the exit status.

    `started`: when the command began, on the monotonic clock.
    """
    url = base_url(host, port)
    status = in_child(lambda: prepare(pack, url), explain, (lambda: None) if prepare_only else _load_addresses)
    if status != 0:
        return status if status > 0 else 1
    if prepare_only:
        print(f"Alles staat klaar ({seconds(time.monotonic() - started)}).", flush=True)
        return 0
    return _run(host, port, started, _background)


def serve(host: str, port: int, *, started: float) -> int:
    """Only the site. Refuses when the database, style sheets or scripts are not prepared for this version."""
    _refuse_unprepared()
    if not is_static_ready():
        raise OperationFailed("De stijlbladen van deze versie ontbreken. Voer uit: schakel up --prepare-only")
    return _run(host, port, started, None)


def work() -> None:
    """Only the background work, until it is stopped. Refuses when the database is not prepared."""
    _refuse_unprepared()
    from schakel.operations.background import run_background

    print("Het achtergrondwerk loopt. Stoppen: Ctrl-C.", flush=True)
    run_background()
    print("\nHet achtergrondwerk is gestopt.", flush=True)


def _refuse_unprepared() -> None:
    if missing_migrations():
        raise OperationFailed("De databank is nog niet klaar voor deze versie. Voer uit: schakel up --prepare-only")


def _background(parent: int) -> None:
    from schakel.operations.background import run_background  # a fresh process: import what it needs there

    run_background(parent)


def _run(host: str, port: int, started: float, background: Callable[[int], None] | None) -> int:
    from schakel.operations.web import Server

    def ready() -> None:
        took = seconds(time.monotonic() - started)
        print(f"Schakel staat klaar op {base_url(host, port)} ({took}). Stoppen: Ctrl-C.", flush=True)

    Server(host, port, background=background, ready=ready).run()
    print("\nSchakel is gestopt.", flush=True)
    return 0
