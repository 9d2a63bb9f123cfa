"""Run every bench: `python -m bench [NAME …]`. `docs/handbook/metingen.md` keeps what was measured last."""

from __future__ import annotations

import importlib
import platform
import sys
from pathlib import Path

from bench import Row

HEADER = "| what | ours | peer | limit | ratio | target | note |\n|---|---|---|---|---|---|---|"


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"


def main(names: list[str]) -> int:
    """Run the modules of this folder that have a `run`, and print their rows as one table."""
    found = sorted(file.stem for file in Path(__file__).parent.glob("*.py") if not file.stem.startswith("_"))
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}\n\n{HEADER}", flush=True)
    for name in names or found:
        run = getattr(importlib.import_module(f"bench.{name}"), "run", None)
        for row in run() if run is not None else ():
            assert isinstance(row, Row)
            cells = [_cell(value) for value in (row.ours, row.peer, row.limit, row.ratio)]
            print("|", " | ".join([f"{row.name}: {row.what}", *cells, row.target, row.note]), "|", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
