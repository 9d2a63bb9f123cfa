"""A PDF from a process of its own: the same bytes, and an end to what takes too long or has a fault."""

from __future__ import annotations

from datetime import date

import pytest

from schakel.core.model import Json
from schakel.typesetting import NotSet, set_pdf, set_pdf_apart

pytestmark = pytest.mark.slow

ON = date(2026, 11, 23)
PAGE = b"""#let data = json(bytes(sys.inputs.data))
#set document(title: data.words)
#set text(font: data.fonts, lang: "nl")
#data.words"""


def test_set_apart_gives_the_same_bytes() -> None:
    data: dict[str, Json] = {"words": '#import "x" *vet* é 🚲'}
    made = set_pdf_apart(PAGE, data, on=ON, seconds=60)
    assert made.startswith(b"%PDF-")
    assert made == set_pdf(PAGE, data, on=ON)


def test_set_apart_stops_what_takes_too_long() -> None:
    endless = PAGE + b"\n#let n = 0\n#while n < 2 { n = calc.rem(n + 1, 2) }"
    slow = PAGE + b"\n#range(3000000).map(n => calc.sin(n)).sum()\n" * 60
    for source in (endless, slow):
        with pytest.raises(NotSet):
            set_pdf_apart(source, {"words": "x"}, on=ON, seconds=2)


def test_set_apart_says_what_is_wrong_with_a_template() -> None:
    with pytest.raises(NotSet, match="unknown variable: niets"):
        set_pdf_apart(PAGE + b"#niets", {"words": "x"}, on=ON, seconds=60)
