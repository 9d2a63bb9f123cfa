"""The background process: works off tasks and ticks every minute."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from types import FrameType

from django.db import OperationalError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from schakel.mail.sender import send_due
from schakel.operations.kernels import Warming
from schakel.operations.stale import WorkerLock
from schakel.operations.tick import tick, workers_folder

_log = logging.getLogger("schakel.background")
TICK_SECONDS = 60.0
POLL_SECONDS = 1.0
MAIL_SECONDS = 2.0  # then it looks at other work, and whether it must stop


class Background:
    """One loop in one process; SIGTERM ends it after the task it is doing."""

    def __init__(self) -> None:
        self.lock = WorkerLock(workers_folder())
        self._stop = threading.Event()
        self._worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.lock.worker_id,
            excluded_queue_names=[],
        )

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        self._worker.running = False
        self._stop.set()

    def run(self, parent: int | None = None) -> None:
        """Until stopped, or until process `parent` is gone."""
        next_tick = time.monotonic()
        self.lock.hold()  # not before: whoever is not yet told what a signal means would leave it behind
        try:
            while not self._stop.is_set() and (parent is None or os.getppid() == parent):
                if time.monotonic() >= next_tick:
                    next_tick = time.monotonic() + TICK_SECONDS
                    tick()
                self.work_off()
                self._stop.wait(POLL_SECONDS)
        finally:
            self.lock.release()

    def work_off(self) -> None:
        """Do every task that is ready and send the mail that is due.

        A database that is busy or away for a moment is tried again next time.
        """
        try:
            close_old_connections()
            if DBTaskResult.objects.ready().exists():
                self._worker.run()
            send_due(seconds=MAIL_SECONDS)
        except OperationalError:
            _log.warning("the database is busy or away; trying again", exc_info=True)


def run_background(parent: int | None = None) -> None:
    """Run the loop in this process with its signals: Ctrl-C is for the parent when there is one."""
    background = Background()
    signal.signal(signal.SIGTERM, background.stop)
    signal.signal(signal.SIGINT, background.stop if parent is None else signal.SIG_IGN)
    warming = Warming()
    warming.start()
    try:
        background.run(parent)
    finally:
        warming.stop()
