"""The web server: gunicorn in this process, with the background process kept alive beside its workers."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from schakel.operations.collector import calm_collector
from schakel.operations.errors import OperationFailed
from schakel.operations.lifeline import die_with_parent, wait_or_kill

_log = logging.getLogger("schakel.web")
RESTART_SECONDS = 5.0


class QuietLogger(Logger):  # type: ignore[misc]
    """gunicorn's messages go to our structured log, from warnings on."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        self.error_log.setLevel(logging.WARNING)


class Keeper(Arbiter):  # type: ignore[misc]
    """gunicorn's arbiter that also keeps one background process alive."""

    def __init__(self, app: Any, background: Callable[[int], None] | None) -> None:
        self._background = background
        self._background_pid = 0
        self._started_at = -RESTART_SECONDS
        super().__init__(app)

    def manage_workers(self) -> None:
        super().manage_workers()
        if self._background is not None and not self._background_lives():
            if time.monotonic() - self._started_at < RESTART_SECONDS:
                return
            self._started_at = time.monotonic()
            self._spawn_background()

    def _background_lives(self) -> bool:
        """`reap_workers` collects any child that ended, so a process that is not ours any more has gone."""
        if not self._background_pid:
            return False
        try:
            os.kill(self._background_pid, 0)
        except ProcessLookupError:
            return False
        return True

    def _spawn_background(self) -> None:
        parent = os.getpid()
        pid = os.fork()
        if pid:
            self._background_pid = pid
            return
        status = 1
        try:
            for number in self.SIGNALS:
                signal.signal(number, signal.SIG_DFL)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            die_with_parent(parent)
            for listener in self.LISTENERS:
                listener.close()
            assert self._background is not None  # noqa: S101 (checked by the caller)
            self._background(parent)
            status = 0
        except Exception:  # noqa: BLE001 (logged; the process ends here and is started again)
            _log.exception("the background process stopped")
        finally:
            logging.shutdown()
            os._exit(status)

    def stop(self, graceful: bool = True) -> None:
        pid, self._background, self._background_pid = self._background_pid, None, 0
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        super().stop(graceful)
        if pid:
            wait_or_kill(pid, patience_seconds=5.0)


def _begin_worker(arbiter: Any, _worker: Any) -> None:
    die_with_parent(arbiter.pid)
    calm_collector()


class Server(BaseApplication):  # type: ignore[misc]
    """The site on one address. The application is loaded before the workers fork, so they share its memory."""

    def __init__(self, host: str, port: int, *, background: Callable[[int], None] | None, ready: Callable[[], None]):
        self._address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self._background = background
        self._ready = ready
        super().__init__()

    def load_config(self) -> None:
        values = {
            "bind": self._address,
            "worker_class": "gthread",
            "workers": settings.WEB_PROCESSES,
            "threads": settings.WEB_THREADS,
            "preload_app": True,
            "timeout": 60,
            "limit_request_line": 0,  # the application answers a question that is too long, in plain words
            "graceful_timeout": 10,
            "max_requests": 20_000,  # a slow leak never grows large
            "max_requests_jitter": 2_000,
            "control_socket_disable": True,
            "forwarded_allow_ips": "127.0.0.1,::1",
            "logger_class": QuietLogger,
            "post_fork": _begin_worker,
            "when_ready": lambda arbiter: self._ready(),
        }
        for name, value in values.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        application = import_string(settings.WSGI_APPLICATION)
        connections.close_all()  # a connection must not be shared by the processes that fork from here
        return application

    def run(self) -> None:
        """Serve until SIGINT or SIGTERM."""
        master = os.getpid()
        try:
            Keeper(self, self._background).run()
        except SystemExit as end:
            if os.getpid() != master:  # a worker that ends passes here too: it was forked below this line
                raise
            if end.code not in (0, None):
                raise OperationFailed(
                    f"De webserver op {self._address} stopte met een fout. Kijk in het logbestand."
                ) from end
