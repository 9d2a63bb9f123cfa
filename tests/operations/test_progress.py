"""Progress of long work, as an operator reads it."""

from __future__ import annotations

import io

from schakel.operations.progress import Counting, run_steps, seconds


def test_steps_tell_what_they_did() -> None:
    out = io.StringIO()
    run_steps([("Databank", lambda: "in orde"), ("Regio", lambda: "staat er al")], out)
    assert out.getvalue() == "1/2 Databank … in orde (0,0 s)\n2/2 Regio … staat er al (0,0 s)\n"
    assert seconds(1.25) == "1,2 s"


def test_counting_tells_every_so_often() -> None:
    out = io.StringIO()
    tell = Counting(out, every_seconds=0, quiet_seconds=0)
    tell("uitspraken opslaan", 500, 2000)
    assert out.getvalue() == "  uitspraken opslaan: 25 % (500 van 2000)\n"


def test_counting_is_quiet_about_short_work_but_not_about_waiting() -> None:
    out = io.StringIO()
    tell = Counting(out)
    tell("regiopakket nakijken", 0, 0)
    tell("wachten op een andere lading", 0, 0)
    tell("wachten op een andere lading", 0, 0)
    tell("uitspraken opslaan", 500, 2000)
    assert out.getvalue() == "  wachten op een andere lading …\n"
