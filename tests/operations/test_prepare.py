"""Ctrl-C while something is prepared, also where Python would swallow it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.embedded]
BUSY_WHERE_EXCEPTIONS_ARE_SWALLOWED = """
import time
import django

django.setup()
from schakel.operations.prepare import in_child
from schakel.operations.errors import Interrupted


class Busy:
    def __del__(self):
        print("bezig", flush=True)
        time.sleep(60)


def work():
    Busy()


try:
    in_child(work, lambda error: 1, lambda: None)
except Interrupted:
    print("gestopt", flush=True)
"""


def test_ctrl_c_ends_the_work_at_once_and_without_a_traceback(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BUSY_WHERE_EXCEPTIONS_ARE_SWALLOWED],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "schakel.config.settings", "SCHAKEL_DATA": str(tmp_path)},
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "bezig\n"
            os.killpg(process.pid, signal.SIGINT)
            said, _ = process.communicate(timeout=8)  # the work would be killed after ten seconds of patience
        finally:
            process.kill()
    assert said == "gestopt\n"
