"""My list: slugs kept in the session of this browser, nowhere else."""

from __future__ import annotations

from django.http import HttpRequest

KEY = "my_list"
LONGEST = 100


def slugs(request: HttpRequest) -> tuple[str, ...]:
    """What is on the list, oldest first. A browser without a session has an empty list and gets no cookie."""
    kept = request.session.get(KEY, [])
    return tuple(str(slug) for slug in kept) if isinstance(kept, list) else ()


def change(request: HttpRequest, *, add: str = "", remove: str = "", clear: bool = False) -> bool:
    """Adds, removes or empties; whether the wish could be met (a full list takes no more)."""
    before = [] if clear else [slug for slug in slugs(request) if slug != remove]
    if add and add not in before:
        if len(before) >= LONGEST:
            return False
        before.append(add[:120])
    if before:
        request.session[KEY] = before
    else:
        request.session.pop(KEY, None)
    return True
