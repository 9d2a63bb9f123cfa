"""One page for a council: what social enterprises do for the neighbours, and what could be let here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext, override

from schakel.cooperation.tasks import TaskCatalogue, TaskStanding
from schakel.core.model import Json, Municipality
from schakel.core.tasks import Where
from schakel.documents.blindspots import about_place, region_frame
from schakel.documents.templates import template
from schakel.register import read
from schakel.typesetting import set_pdf
from schakel.wording import words
from schakel.wording.dates import date_words
from schakel.wording.matching import missing_words

MOST_NEIGHBOURS = 7
MOST_NEW = 5
MOST_HERE = 8
_SIGNS = {Where.HERE: "served", Where.NEIGHBOURS: "no_data", Where.NOT_KNOWN: "no_data"}


def build_tasks_case(
    place: Municipality,
    found: TaskCatalogue,
    *,
    names: Mapping[str, str],
    language: str,
    on: date,
    base_url: str,
) -> bytes:
    """The page as a tagged PDF. `names`: of the organisations that could do it."""
    by_where = {where: [one for one in found.tasks if one.placed.where is where] for where in Where}
    with override(language):
        places = {one.nis_code: one.name for one in read.list_municipalities()}

        def line(one: TaskStanding) -> Json:
            return _line(one, found, names, places)

        data: dict[str, Json] = {
            **region_frame(on, language),
            "run": gettext("Register op %(day)s") % {"day": date_words(on.isoformat())},
            "site": base_url.removeprefix("https://").removeprefix("http://"),
            "place": place.name,
            **about_place(place),
            "title": gettext("Wat kan sociaal in %(place)s?") % {"place": place.name},
            "lead": _lead(place, by_where),
            "parts": _parts(by_where, line),
            "map": None,
            "doubts": [],
            "doubts_title": "",
            "there": [_there(one, found) for one in by_where[Where.HERE][:MOST_HERE]],
            "there_title": gettext("Dit gebeurt hier, volgens een bron"),
            "next": [
                gettext("Kies één taak, en bel de buur die het al doet."),
                gettext("Maak eerst een geschreven raming, zonder btw. Vraag daarna wie het kan."),
                gettext(
                    "We kennen alleen gepubliceerde voorbeelden. Gebeurt hier iets dat niet op dit blad staat? "
                    "Laat het weten."
                ),
            ],
            "next_title": gettext("Wat nu?"),
        }  # fmt: skip
    return set_pdf(template("case.typ"), data, on=on)


def _parts(by_where: Mapping[Where, Sequence[TaskStanding]], line: Callable[[TaskStanding], Json]) -> list[Json]:
    """What neighbours do, and what somebody here could do: those who certainly match first."""
    unknown = by_where[Where.NOT_KNOWN]
    possible = [*(one for one in unknown if one.candidates), *(one for one in unknown if one.near and not one.found)]
    return [
        {
            "title": gettext("Buren doen het, hier nog niet bekend"),
            "lines": [line(one) for one in by_where[Where.NEIGHBOURS][:MOST_NEIGHBOURS]],
            "nothing": gettext("Bij de buren kennen we geen voorbeeld dat hier ontbreekt."),
        },
        {
            "title": gettext("Nog niemand bekend, en er is wie het kan of bijna kan"),
            "lines": [line(one) for one in possible[:MOST_NEW]],
            "nothing": gettext("We kennen hier nog geen onderneming voor ander werk."),
        },
    ]


def _lead(place: Municipality, by_where: Mapping[Where, Sequence[TaskStanding]]) -> str:
    return gettext(
        "Een gemeente kan %(all)s taken sociaal laten doen. In %(place)s weten we het van %(here)s, alleen bij de "
        "buren van %(near)s; van de andere %(unknown)s weten we het niet."
    ) % {
        "all": sum(map(len, by_where.values())),
        "here": len(by_where[Where.HERE]),
        "near": len(by_where[Where.NEIGHBOURS]),
        "unknown": len(by_where[Where.NOT_KNOWN]),
        "place": place.name,
    }


def _line(
    one: TaskStanding, found: TaskCatalogue, names: Mapping[str, str], places: Mapping[str, str]
) -> dict[str, Json]:
    placed = one.placed
    near = dict.fromkeys(found.published[key].nis_code for key in placed.neighbours)
    facts: list[Json] = [
        gettext("Bij: %(example)s.") % {"example": _example(key, found, places)} for key in placed.neighbours[:1]
    ]
    who = [names[each.slug] for each in one.candidates if each.slug in names]
    if who:
        facts.append(gettext("Wie het hier wellicht kan: %(names)s.") % {"names": words.joined(who[:3])})
    if one.near and not who and one.near[0].slug in names:
        missing = [missing_words(reason, lambda code: places.get(code, code)) for reason in one.near[0].missing]
        said = {"name": names[one.near[0].slug], "missing": words.joined(missing)}
        facts.append(gettext("Bijna: %(name)s, %(missing)s.") % said)
    return {
        "label": words.in_language(placed.task.labels),
        "code": _SIGNS[placed.where],
        "words": words.joined([places.get(code, code) for code in near])
        if placed.where is Where.NEIGHBOURS
        else gettext("niet bekend"),
        "facts": facts,
    }


def _example(key: str, found: TaskCatalogue, places: Mapping[str, str]) -> str:
    task = found.published[key]
    year = str(task.year) if task.year else gettext("jaar niet bekend")
    status = words.word(words.STATUSES, task.status)
    return f"{places.get(task.nis_code, task.nis_code)}, “{task.title}” ({year}; {status})"


def _there(one: TaskStanding, found: TaskCatalogue) -> str:
    first = found.published[one.placed.here[0]]
    year = str(first.year) if first.year else gettext("jaar niet bekend")
    return f"{words.in_language(one.placed.task.labels)} ({year}; {words.word(words.STATUSES, first.status)})"
