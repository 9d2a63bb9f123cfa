"""Kernels are compiled in a process of their own, which ends with the background process."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

import pytest

from schakel.core.siting import warming
from schakel.operations import kernels
from schakel.operations.kernels import Warming


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every process that was started, each one that would sleep for long."""
    found: list[Any] = []
    real = subprocess.Popen

    def popen(command: list[str], **more: Any) -> Any:
        found.append((command, real([sys.executable, "-c", "import time; time.sleep(60)"], **more)))
        return found[-1][1]

    monkeypatch.setattr(kernels.subprocess, "Popen", popen)
    return found


def test_before_its_time_nothing_is_started(started: list[Any]) -> None:
    one = Warming(after=60)
    one.start()
    one.stop()
    assert started == []


def test_stopping_ends_the_process(started: list[Any]) -> None:
    one = Warming(after=0)
    one.start()
    until = time.monotonic() + 20
    while not started and time.monotonic() < until:
        time.sleep(0.05)
    one.stop()
    ((command, process),) = started
    assert command[-1] == warming.__name__
    assert process.poll() is not None


@pytest.mark.slow
def test_it_answers_a_question_of_every_kind() -> None:
    warming.warm()
