"""What every test shares."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

# No deadline: a busy machine is not a fault. The first example pays for imports, which is not a fault either.
settings.register_profile("schakel", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("schakel")


@pytest.fixture(autouse=True)
def in_dutch() -> Iterator[None]:
    """Every test begins in the language of the site, whatever the one before it spoke."""
    translation.deactivate()
    yield
    translation.deactivate()
