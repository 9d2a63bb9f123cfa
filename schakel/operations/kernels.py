"""Compile the kernels of siting a minute after the start, in a process of its own: then no proof waits for it."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading

_log = logging.getLogger("schakel.background")
AFTER_SECONDS = 60.0  # the start itself is over by then


class Warming:
    """One process at most, that ends by itself; `stop` ends it earlier. What it compiles stays on disk."""

    def __init__(self, after: float = AFTER_SECONDS) -> None:
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(after,), name="warming", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns once the process is gone."""
        self._stopped.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self, after: float) -> None:
        if self._stopped.wait(after):
            return
        command = [sys.executable, "-m", "schakel.core.siting.warming"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None and not self._stopped.wait(0.5):
                pass
            process.terminate()
        if process.returncode and not self._stopped.is_set():
            _log.warning("the kernels of siting could not be compiled beforehand; the first proof will take longer")
