"""What every test shares."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# No deadline: a busy machine is not a fault. The first example pays for imports, which is not a fault either.
settings.register_profile("schakel", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("schakel")
