"""Load a pack into the database of the tests from another process: `python -m tests.ingest.loading NAME FOLDER`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def start_load(folder: Path) -> subprocess.Popen[str]:
    """Start the load of a pack; each step is a line on its standard output."""
    from django.conf import settings
    from django.db import connection

    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "SCHAKEL_DATA": str(settings.DATA_FOLDER)}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ingest.loading", str(connection.settings_dict["NAME"]), str(folder)],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _main(database: str, folder: str) -> None:
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database
    from schakel.ingest.load import load_region_pack

    def tell(what: str, done: int, total: int) -> None:
        print(f"{what}|{done}|{total}", flush=True)  # noqa: T201

    summary = load_region_pack(Path(folder), progress=tell)
    print(f"changed|{int(summary.changed)}|{summary.run_id}", flush=True)  # noqa: T201


if __name__ == "__main__":
    _main(*sys.argv[1:])
