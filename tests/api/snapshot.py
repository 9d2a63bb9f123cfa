"""Write docs/openapi.json from the code: `python -m tests.api.snapshot`."""

from __future__ import annotations

import json
import os
from pathlib import Path

SNAPSHOT = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def current() -> str:
    """The description of the API as it is in the code, as text."""
    from schakel.api.app import openapi

    return json.dumps(openapi(), ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    SNAPSHOT.write_text(current(), encoding="utf-8")


if __name__ == "__main__":
    main()
