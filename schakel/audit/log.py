"""Write the log."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser

from schakel.audit.models import Entry
from schakel.core.model import Json


def record(
    action: str,
    subject: str,
    *,
    actor: AbstractBaseUser | None = None,
    body: str = "",
    details: dict[str, Json] | None = None,
) -> None:
    """Add one line: `actor` did `action` to `subject` (a public key), on behalf of `body` ("cluster:slug").

    `actor` None: the system did, or somebody with a link. `details` refers to rows by number; it holds no personal data
    and no copy of what changed.
    """
    Entry.objects.create(
        actor_id=None if actor is None else actor.pk,
        body=body[:250],
        action=action,
        subject=subject[:200],
        details=details or {},
    )
