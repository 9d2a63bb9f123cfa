"""Write the log."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser

from schakel.audit.models import Entry
from schakel.core.model import Json


def record(
    action: str, subject: str, *, actor: AbstractBaseUser | None = None, details: dict[str, Json] | None = None
) -> None:
    """Add one line: `actor` did `action` to `subject` (a public key); `None` means the system did."""
    Entry.objects.create(
        actor_id=None if actor is None else actor.pk, action=action, subject=subject[:200], details=details or {}
    )
