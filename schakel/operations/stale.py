"""Background tasks whose worker died: found by a lock that only a living process can hold."""

from __future__ import annotations

import fcntl
import re
import secrets
import socket
from datetime import timedelta
from pathlib import Path
from typing import IO, Self

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

MOST_ATTEMPTS = 3
OTHER_MACHINE_AFTER = timedelta(hours=24)


def _host() -> str:
    return re.sub(r"[^a-z0-9]", "", socket.gethostname().lower())[:30] or "host"


class WorkerLock:
    """Proof of life of one worker: an open, locked file named after it. The kernel lets go when the worker dies."""

    def __init__(self, folder: Path) -> None:
        self.worker_id = f"{_host()}-{secrets.token_hex(8)}"
        self._file = folder / f"{self.worker_id}.lock"
        self._stream: IO[str] | None = None

    def hold(self) -> Self:
        """From now on this worker is alive."""
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._stream = self._file.open("w")
        fcntl.flock(self._stream, fcntl.LOCK_EX)
        return self

    def release(self) -> None:
        """It is no longer."""
        self._file.unlink(missing_ok=True)
        if self._stream is not None:
            self._stream.close()


def is_alive(worker_id: str, folder: Path) -> bool:
    """Whether the worker of that name still holds its lock. Removes the file of a dead one."""
    file = folder / f"{worker_id}.lock"
    try:
        with file.open("r+") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    file.unlink(missing_ok=True)
    return False


def reclaim(folder: Path) -> tuple[int, int]:
    """Give tasks of dead workers back; returns how many are ready again and how many were given up.

    A task is given up after MOST_ATTEMPTS workers died on it: it probably kills them. A worker of another machine
    cannot be looked at from here; its task is taken back after OTHER_MACHINE_AFTER.
    """
    again = given_up = 0
    for task in DBTaskResult.objects.running():
        last = str(task.worker_ids[-1]) if task.worker_ids else ""
        here = last.rsplit("-", 1)[0] == _host()
        too_long = task.started_at is None or task.started_at <= timezone.now() - OTHER_MACHINE_AFTER
        if is_alive(last, folder) if here else not too_long:
            continue
        mine = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
        if len(task.worker_ids) >= MOST_ATTEMPTS:
            given_up += mine.update(status="FAILED", finished_at=timezone.now(), traceback="worker died on it")
        else:
            again += mine.update(status="READY", started_at=None)
    return again, given_up
