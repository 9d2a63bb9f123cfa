"""The table of attacks in the handbook names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HANDBOOK = (ROOT / "docs" / "handbook" / "beheerders.md").read_text(encoding="utf-8")
TABLE = HANDBOOK.split("## Aanvallen en hun test\n")[1].split("\n## ")[0]


def test_every_line_names_a_test_and_every_test_exists() -> None:
    lines = [line for line in TABLE.splitlines() if line.startswith("| ")][1:]
    assert len(lines) >= 16
    missing = [
        f"{file}::{name}"
        for line in lines
        for file, name in re.findall(r"`(tests/[a-z_/]+\.py)::(\w+)`", line)
        if not re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert missing == []
    assert [line for line in lines if "::" not in line] == []
