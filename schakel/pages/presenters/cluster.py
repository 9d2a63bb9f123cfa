"""A cluster: its members today, and who was one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from schakel.core.model import Cluster, Membership
from schakel.pages.presenters.blocks import Link, crumbs
from schakel.pages.presenters.notes import Note, Notebook, host, web_address
from schakel.pages.standing import Standing
from schakel.wording.dates import date_words, last_day, number_words


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One membership."""

    name: str
    href: str
    role: str
    since: str
    until: str
    note: Note | None


@dataclass(frozen=True, slots=True)
class ClusterPage:
    """Everything `pages/cluster.html` shows."""

    name: str
    description: str
    note: Note | None
    website: str
    website_host: str
    guide_href: str
    members_words: str
    members: tuple[MemberLine, ...]
    history: tuple[MemberLine, ...]
    notes: tuple[Note, ...]
    crumbs: tuple[Link, ...]


def is_member(membership: Membership, today: date) -> bool:
    """Whether a membership counts today. One that ends this year and says no more than the year still counts."""
    until = last_day(membership.until) if membership.until else None
    since = membership.since
    started = since is None or since <= today.isoformat()[: len(since)]
    return started and (until is None or until >= today)


def role_words(role: str) -> str:
    """The role of a member."""
    return gettext("Trekker") if role == "lead" else gettext("Deelnemer")


def present_cluster(cluster: Cluster, *, region: Standing, today: date) -> ClusterPage:
    """The page of one cluster."""
    notebook = Notebook(today)
    note = notebook.note(cluster.source)
    now = [member for member in cluster.members if is_member(member, today)]
    before = [member for member in cluster.members if not is_member(member, today)]
    people = [region.by_nis[member.nis_code].population for member in now if member.nis_code in region.by_nis]
    website = web_address(cluster.website)
    return ClusterPage(
        name=cluster.name,
        description=cluster.description,
        note=note,
        website=website,
        website_host=host(website) if website else "",
        guide_href=f"{reverse('guide')}?cluster={cluster.slug}",
        members_words=_members_words(len(now), people),
        members=tuple(_line(member, region, notebook) for member in now),
        history=tuple(_line(member, region, notebook) for member in before),
        notes=notebook.all(),
        crumbs=crumbs((gettext("Gemeenten"), reverse("municipalities")), page=cluster.name),
    )


def _members_words(count: int, populations: Sequence[object]) -> str:
    text = ngettext("%(count)s gemeente", "%(count)s gemeenten", count) % {"count": count}
    newest = [max(population.items()) for population in populations if isinstance(population, dict) and population]
    years = {year for year, _ in newest}
    if newest and len(newest) == count and len(years) == 1:
        total = number_words(sum(people for _, people in newest))
        return gettext("%(members)s, samen %(people)s inwoners in %(year)s.") % {
            "members": text,
            "people": total,
            "year": years.pop(),
        }
    return f"{text}."


def _line(member: Membership, region: Standing, notebook: Notebook) -> MemberLine:
    place = region.by_nis.get(member.nis_code)
    return MemberLine(
        name=region.place_name(member.nis_code),
        href=reverse("municipality", kwargs={"slug": place.slug if place else member.nis_code}),
        role=role_words(member.role),
        since=date_words(member.since) if member.since else gettext("niet bekend"),
        until=date_words(member.until) if member.until else gettext("niet bekend"),
        note=notebook.note(member.source),
    )
