"""Under which slug an organisation is known after merges."""

from __future__ import annotations

from collections.abc import Mapping

from schakel.register import models


def merges() -> dict[str, str]:
    """Merges that stand: merged slug -> slug it was merged into (which may have been merged in turn)."""
    return dict(models.Merge.objects.filter(undone_at__isnull=True).values_list("merged", "kept"))


def known_as(slug: str, into: Mapping[str, str]) -> str:
    """The slug at the end of the chain."""
    while slug in into:
        slug = into[slug]
    return slug


def also_known_as(slug: str, into: Mapping[str, str]) -> tuple[str, ...]:
    """Every slug under which an organisation was spoken of: its own and those that were merged into it."""
    return (slug, *(merged for merged in sorted(into) if known_as(merged, into) == slug))
