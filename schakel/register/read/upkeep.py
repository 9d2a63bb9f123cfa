"""How the region keeps profiles current, and when somebody last spoke for an organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from schakel.core.linkage.resolve import newest
from schakel.core.model import LifeStatus, SourceRank
from schakel.core.upkeep import Asking, OwnerEdits, Rules
from schakel.register import models
from schakel.register.speakers import FRESHNESS


@dataclass(frozen=True, slots=True)
class Kept:
    """An organisation as the upkeep of profiles looks at it. `email`: what everybody can read, "" if not known."""

    slug: str
    name: str
    status: LifeStatus
    newest_on: str | None
    email: str


def list_kept(statuses: Iterable[LifeStatus], *, slug: str | None = None) -> tuple[Kept, ...]:
    """Every organisation with one of these statuses, or one of them; by slug."""
    rows = models.Organisation.objects.filter(status__in=list(statuses))
    if slug is not None:
        rows = rows.filter(slug=slug)
    found = rows.order_by("slug").values_list("slug", "name", "status", "newest_on", "email")
    return tuple(Kept(key, name, LifeStatus(status), on, email or "") for key, name, status, on, email in found)


def upkeep_rules() -> Rules:
    """The rules of the region's `[profiles]`; those of Schakel before a pack was loaded that has any."""
    row = models.Region.objects.filter(id=1).values_list("settings", flat=True).first()
    given = (row or {}).get("profiles") or {}
    rules = Rules()
    numbers = ("ageing_months", "old_months", "leaves_months", "ask_every_days")
    return replace(
        rules,
        owner_edits=OwnerEdits(given.get("owner_edits", rules.owner_edits)),
        ask=Asking(given.get("ask", rules.ask)),
        **{name: int(given[name]) for name in numbers if name in given},
    )


def last_spoken(slugs: Iterable[str]) -> dict[str, str]:
    """Per organisation the newest date on which she herself or an editor said something; those without are absent.

    Partial ISO dates, of statements that count under these very slugs.
    """
    rows = (
        models.Statement.objects.filter(
            organisation_key__in=list(slugs),
            source__rank__in=[SourceRank.OWNER, SourceRank.EDITOR],
            withdrawn_at__isnull=True,
            stated_on__isnull=False,
        )
        .exclude(source__key=FRESHNESS.key)
        .values_list("organisation_key", "stated_on")
    )
    dates: dict[str, str] = {}
    for slug, stated_on in rows:
        dates[slug] = newest((dates.get(slug), stated_on)) or ""
    return dates
