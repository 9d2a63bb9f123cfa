"""Children that never outlive their parent, also when it is killed with kill -9."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time

_PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int) -> None:
    """Called in a forked child: leave as soon as process `parent` is gone.

    On Linux the kernel does it; elsewhere a thread looks every half second. Safe at any moment: what the child
    writes is in a database transaction, or a file that is renamed when complete.
    """
    told = False
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # no libc found by name: the thread below does it
            told = ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0
    if os.getppid() != parent:  # it died before we asked
        os._exit(1)
    if not told:
        threading.Thread(target=_watch, args=(parent,), daemon=True, name="lifeline").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def wait_or_kill(pid: int, *, patience_seconds: float) -> None:
    """Wait until child `pid` has ended; after `patience_seconds` it is killed, which is safe at any moment."""
    deadline = time.monotonic() + patience_seconds
    with contextlib.suppress(ChildProcessError, ProcessLookupError):  # collected by somebody else already
        while os.waitpid(pid, os.WNOHANG) == (0, 0):
            if time.monotonic() >= deadline:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                return
            time.sleep(0.05)
