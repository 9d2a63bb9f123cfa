"""Tasks, initiatives and partners as short entries with their source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from schakel.core.model import LifeStatus
from schakel.pages.presenters.notes import Note, Notebook, web_address
from schakel.pages.standing import Standing
from schakel.register.read import Initiative, Partner, Task
from schakel.wording import words


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: `detail` says where and when, `tag` what is not simply alive."""

    title: str
    href: str
    text: str
    detail: str
    tag: str
    note: Note | None


def present_tasks(
    tasks: Iterable[Task],
    region: Standing,
    notebook: Notebook,
    *,
    with_municipality: bool = False,
    names: Mapping[str, str] | None = None,
) -> tuple[Item, ...]:
    """Published examples of work a local government lets a social enterprise do.

    `names` of organisations: then each example also says by whom, with a link to it.
    """
    return tuple(
        Item(
            title=task.title,
            href=_organisation(task.organisation) if names else "",
            text="",
            detail=_details(
                region.place_name(task.nis_code) if with_municipality else "",
                _provider(task, names or {}) if names or not with_municipality else "",
                _year(task.year),
            ),
            tag=_tag(task.status),
            note=notebook.note(task.source),
        )
        for task in tasks
    )


def present_initiatives(items: Iterable[Initiative], region: Standing, notebook: Notebook) -> tuple[Item, ...]:
    """What was done or is being done together."""
    return tuple(
        Item(
            title=item.title,
            href=_organisation(item.organisation),
            text=item.summary,
            detail=_details(
                region.place_name(item.nis_code) or item.place,
                _year(item.year),
                words.word(words.GOALS, item.goal) if item.goal else "",
            ),
            tag=_tag(item.status),
            note=notebook.note(item.source),
        )
        for item in items
    )


def present_partners(partners: Iterable[Partner], notebook: Notebook) -> tuple[Item, ...]:
    """Who helps to make the social economy grow."""
    return tuple(
        Item(
            title=partner.name,
            href=web_address(partner.website),
            text="",
            detail=words.word(words.PARTNER_KINDS, partner.kind),
            tag="",
            note=notebook.note(partner.source),
        )
        for partner in partners
    )


def _provider(task: Task, names: Mapping[str, str]) -> str:
    if task.provider_name or task.organisation in names:
        return gettext("door %(name)s") % {"name": task.provider_name or names[task.organisation or ""]}
    return gettext("door een organisatie uit het register") if task.organisation else gettext("uitvoerder niet bekend")


def _organisation(slug: str | None) -> str:
    return reverse("organisation", kwargs={"slug": slug}) if slug else ""


def _year(year: int | None) -> str:
    return str(year) if year else gettext("jaar niet bekend")


def _tag(status: LifeStatus) -> str:
    return "" if status == LifeStatus.LIVE else words.word(words.STATUSES, status)


def _details(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
