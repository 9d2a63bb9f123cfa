"""Everything the register holds, to compare before and after."""

from __future__ import annotations

from typing import Any

from django.apps import apps


def register_content() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of the register."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("register").get_models()
    }


def register_sizes() -> dict[str, int]:
    return {name: len(rows) for name, rows in register_content().items()}
