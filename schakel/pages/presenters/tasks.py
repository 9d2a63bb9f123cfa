"""The tasks of a local government: the whole list, and seen from one municipality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from schakel.cooperation.tasks import Candidate, TaskCatalogue, TaskStanding
from schakel.core import taxonomy
from schakel.core.model import Customer, Municipality
from schakel.core.tasks import Task, Where
from schakel.core.tasks.catalogue import OFFICIAL_URL
from schakel.pages.presenters.blocks import Link, crumbs, organisation_href
from schakel.pages.presenters.facts import FactRow, Value
from schakel.pages.presenters.guide import Option
from schakel.pages.presenters.items import Item, present_tasks
from schakel.pages.presenters.notes import Note, Notebook
from schakel.pages.standing import Standing
from schakel.wording import words
from schakel.wording.dates import number_words
from schakel.wording.matching import missing_words
from schakel.wording.needs import CONTRACTS
from schakel.wording.tasks import ROUTES, WHERE

LONGEST = 80


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task: where it is known, who could do it, and what one has to know to ask for it.

    `near`: who nearly can, with what is missing; only when nobody can.
    """

    ident: str
    icon: str
    label: str
    examples: tuple[Item, ...]
    stated: tuple[Link, ...]
    assumed: tuple[Link, ...]
    more: str
    near: tuple[tuple[Link, str], ...]
    facts: tuple[FactRow, ...]
    ask_href: str


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks that stand together: a theme, or what is known of them here."""

    ident: str
    title: str
    lead: str
    tasks: tuple[TaskView, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of the list is asked for."""

    words: str
    theme: str


@dataclass(frozen=True, slots=True)
class TasksPage:
    """Everything `pages/tasks.html` shows. `place` "": the whole region."""

    title: str
    lead: str
    place: str
    chosen: Chosen
    themes: tuple[Option, ...]
    action: str
    count: str
    groups: tuple[TaskGroup, ...]
    places: tuple[Link, ...]
    case_href: str
    notes: tuple[Note, ...]
    crumbs: tuple[Link, ...]


def read_chosen(asked: QueryDict) -> Chosen:
    """Read leniently: an unknown theme is none."""
    known = {theme.code for theme in taxonomy.themes()}
    theme = asked.get("theme", "")
    return Chosen(" ".join(asked.get("q", "").split())[:LONGEST], theme if theme in known else "")


def present_tasks_page(
    found: TaskCatalogue,
    chosen: Chosen,
    names: Mapping[str, str],
    *,
    place: Municipality | None,
    region: Standing,
    today: date,
) -> TasksPage:
    """The list by theme, or (with a municipality) by what is known of each task there."""
    notebook = Notebook(today)
    tasks = [one for one in found.tasks if _is_asked(one.placed.task, chosen)]
    view = _Writer(found, names, place, region, notebook)
    groups = _by_place(tasks, view, place) if place else _by_theme(tasks, view)
    own = gettext("Taken: wat kan sociaal in %(place)s?") % {"place": place.name} if place else ""
    kwargs = {"slug": place.slug} if place else {}
    name = "tasks_place" if place else "tasks"
    above = ((gettext("Taken"), reverse("tasks")),) if place else ()
    return TasksPage(
        title=own or gettext("Taken van een lokaal bestuur"),
        lead=_lead(place),
        place=place.name if place else "",
        chosen=chosen,
        themes=(
            Option("", gettext("alle thema's"), not chosen.theme),
            *(Option(one.code, words.theme_label(one.code), one.code == chosen.theme) for one in taxonomy.themes()),
        ),
        action=reverse(name, kwargs=kwargs),
        count=ngettext("%(count)s taak", "%(count)s taken", len(tasks)) % {"count": len(tasks)},
        groups=groups,
        places=tuple(_here(one) for one in region.municipalities),
        case_href=reverse("tasks_case", kwargs=kwargs) if place else "",
        notes=notebook.all(),
        crumbs=crumbs(*above, page=place.name if place else gettext("Taken")),
    )  # fmt: skip


def _here(place: Municipality) -> Link:
    return Link(place.name, reverse("tasks_place", kwargs={"slug": place.slug}))


def _lead(place: Municipality | None) -> str:
    if place is None:
        return gettext(
            "Werk dat sociale ondernemingen voor gemeenten en OCMW's doen of kunnen doen: met wie het kan, een eerste "
            "idee hoe je het uitbesteedt, en voorbeelden uit de streek. Kies je gemeente voor wat er bij jou kan."
        )
    return gettext(
        "Wat hier gebeurt, wat de buren doen, en waarvan we het niet weten. We kennen alleen voorbeelden die "
        "gepubliceerd zijn: staat er geen, dan weten we het niet. Dat wil niet zeggen dat het niet gebeurt."
    )


def _is_asked(task: Task, chosen: Chosen) -> bool:
    """Every word has to stand in its labels, its text, or the words of its services."""
    if chosen.theme and task.theme != chosen.theme:
        return False
    services = [taxonomy.service(code) for code in task.services]
    own = " ".join([*task.labels.values(), task.text, *task.cpv])
    more = " ".join(" ".join([*one.labels.values(), *one.synonyms]) for one in services)
    folded = f"{own} {more}".casefold()
    return all(word in folded for word in chosen.words.casefold().split())


def _by_theme(tasks: Sequence[TaskStanding], view: _Writer) -> tuple[TaskGroup, ...]:
    groups = []
    for theme in taxonomy.themes():
        own = tuple(view.write(one) for one in tasks if one.placed.task.theme == theme.code)
        if own:
            groups.append(TaskGroup(theme.code, words.theme_label(theme.code), "", own))
    return tuple(groups)


def _by_place(tasks: Sequence[TaskStanding], view: _Writer, place: Municipality) -> tuple[TaskGroup, ...]:
    leads = {
        Where.HERE: gettext("Er is een voorbeeld gepubliceerd. Is het oud, vraag dan na of het nog loopt."),
        Where.NEIGHBOURS: gettext("Vraag je buur hoe het gaat, en nodig dezelfde onderneming uit."),
        Where.NOT_KNOWN: gettext(
            "In %(place)s en bij de buren kennen we geen voorbeeld. Gebeurt het toch? Laat het weten."
        )
        % {"place": place.name},
    }
    groups = []
    for where, lead in leads.items():
        own = tuple(view.write(one) for one in tasks if one.placed.where is where)
        if own:
            title = f"{words.word(WHERE, where)} ({number_words(len(own))})"
            groups.append(TaskGroup(where.value, title, lead, own))
    return tuple(groups)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes one task after the other, with one list of sources."""

    found: TaskCatalogue
    names: Mapping[str, str]
    place: Municipality | None
    region: Standing
    notebook: Notebook

    def write(self, one: TaskStanding) -> TaskView:
        task, placed = one.placed.task, one.placed
        keys = (*placed.here, *placed.neighbours, *placed.elsewhere)
        examples = [self.found.published[key] for key in keys]
        shown = len(one.candidates)
        return TaskView(
            ident=task.key,
            icon=task.theme,
            label=words.in_language(task.labels),
            examples=present_tasks(examples, self.region, self.notebook, with_municipality=True, names=self.names),
            stated=self._links(one.candidates, stated=True),
            assumed=self._links(one.candidates, stated=False),
            more=gettext("en nog %(count)s") % {"count": number_words(one.found - shown)} if one.found > shown else "",
            near=self._near(one),
            facts=_facts(task),
            ask_href=f"{reverse('need_form')}?{urlencode(self._asked(task))}",
        )

    def _links(self, candidates: Sequence[Candidate], *, stated: bool) -> tuple[Link, ...]:
        """Who could do it; whether that is stated or assumed is said of a municipality only."""
        href = organisation_href()
        return tuple(
            Link(self.names[one.slug], href(one.slug))
            for one in candidates
            if one.slug in self.names and (one.stated if self.place else True) is stated
        )

    def _near(self, one: TaskStanding) -> tuple[tuple[Link, str], ...]:
        href = organisation_href()
        return tuple(
            (
                Link(self.names[miss.slug], href(miss.slug)),
                words.joined([missing_words(reason, self.region.place_name) for reason in miss.missing]),
            )
            for miss in one.near
            if not one.found and miss.slug in self.names
        )

    def _asked(self, task: Task) -> dict[str, str]:
        asked = {"text": task.text, "customer": Customer.LOCAL_GOVERNMENT.value, "contract": task.contract.value}
        return {**asked, **({"municipality": self.place.nis_code} if self.place else {})}


def _facts(task: Task) -> tuple[FactRow, ...]:
    services = tuple(Value(words.service_label(code), f"{reverse('guide')}?service={code}") for code in task.services)
    return (
        FactRow(gettext("Diensten"), services, None, ""),
        FactRow(gettext("Soort opdracht"), (Value(words.word(CONTRACTS, task.contract)),), None, ""),
        FactRow(gettext("Kijk eerst naar"), (Value(words.word(ROUTES, task.route), reverse("advice")),), None, ""),
        FactRow(
            gettext("CPV-code"),
            tuple(Value(code) for code in task.cpv),
            None,
            gettext("niet bekend: geen van onze bronnen noemt er een"),
        ),
        FactRow(
            gettext("Code van de regierol"),
            (Value(task.lr, OFFICIAL_URL, outside=True),) if task.lr else (),
            None,
            gettext("niet bekend: dat hangt af van je meerjarenplan"),
        ),
    )
