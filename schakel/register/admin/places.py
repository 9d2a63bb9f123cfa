"""The municipalities of the region, to choose from."""

from __future__ import annotations

from schakel.register import models
from schakel.register.folding import fold


def municipality_choices() -> list[tuple[str, str]]:
    """NIS code and name, sorted by name, after the choice of none."""
    rows = models.Municipality.objects.values_list("nis_code", "name")
    return [("", "niet bekend, of buiten de regio"), *sorted(rows, key=lambda row: fold(row[1]))]
