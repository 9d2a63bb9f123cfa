"""What every page knows: the region and whether its data are invented."""

from __future__ import annotations

from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Context for the frame of every page."""
    return {}
