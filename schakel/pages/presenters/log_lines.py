"""Lines of the log in words: who did what to which thing on whose behalf, and what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from schakel.accounts.erased import person_words
from schakel.audit.read import Line
from schakel.audit.words import action_words
from schakel.core.errors import InvalidInput
from schakel.core.model import EntityKind, Json
from schakel.core.permissions import Target, read_body
from schakel.pages.bodies import body_names
from schakel.pages.presenters.blocks import Link
from schakel.pages.presenters.profile.overview import Difference
from schakel.pages.presenters.profile.values import field_words, value_words
from schakel.pages.standing import Standing
from schakel.register import read
from schakel.wording import words

_ROWS: dict[str, Callable[[], str]] = {  # what a subject such as "mail:3" is
    "mail": lambda: gettext("bericht"),
    "person": lambda: gettext("account"),
    "report": lambda: gettext("melding"),
    "spend": lambda: gettext("uitgavenlijst"),
    "suggestion": lambda: gettext("voorstel"),
    "taster": lambda: gettext("aanbod van een bedrijf"),
    "user": lambda: gettext("account"),
}
_OF_SOURCE = ("load", "withdraw-source")  # actions whose subject is a source


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line as a page shows it. `about` has no address when there is no page about it."""

    at: str
    who: str
    body: str
    action: str
    about: Link
    rows: tuple[Difference, ...]


def present_lines(lines: Sequence[Line], region: Standing) -> tuple[LogLine, ...]:
    """The lines with the names of today; what changed is read from the statements they refer to. Five queries."""
    named = {text for line in lines for text in (line.body, line.subject)}
    names = body_names([body for text in named if (body := _body(text)) is not None], region)
    names |= read.source_titles({line.subject for line in lines if line.action in _OF_SOURCE})
    organisations = read.list_names([line.subject.split("/")[0] for line in lines])
    said = read.list_said(number for line in lines for number in _numbers(line))
    return tuple(
        LogLine(
            at=moment_words(line.at),
            who=person_words(line.actor) or gettext("het systeem"),
            body=names.get(line.body, line.body),
            action=action_words(line.action),
            about=_about(line, organisations, names, region),
            rows=_differences(line, said, region),
        )
        for line in lines
    )


def moment_words(at: object) -> str:
    """A moment as "28 november 2026, 14:05"."""
    return date_format(timezone.localtime(at), "j F Y, H:i")  # type: ignore[arg-type]  # always a moment


def _body(text: str) -> Target | None:
    try:
        return read_body(text)
    except InvalidInput:
        return None


def _before(line: Line) -> dict[str, int]:
    before = line.details.get("before")
    return {name: int(str(number)) for name, number in before.items()} if isinstance(before, dict) else {}


def _numbers(line: Line) -> list[int]:
    number = line.details.get("statement")
    return [*([number] if isinstance(number, int) else []), *_before(line).values()]


def _differences(line: Line, said: Mapping[int, Mapping[str, Json]], region: Standing) -> tuple[Difference, ...]:
    number, entity = line.details.get("statement"), line.details.get("entity")
    if not isinstance(number, int) or entity not in set(EntityKind):
        return ()
    kind, before = EntityKind(str(entity)), _before(line)
    after, undone = said.get(number, {}), line.action == "undo"

    def shown(name: str) -> Difference:
        then = value_words(kind, name, said.get(before.get(name, 0), {}).get(name), region)
        now = value_words(kind, name, after.get(name), region)
        return Difference(
            field_words(name), now if undone else then, gettext("wat er vroeger stond") if undone else now
        )

    return tuple(shown(name) for name in sorted(after))


def _about(line: Line, organisations: Mapping[str, str], names: Mapping[str, str], region: Standing) -> Link:
    first, _, rest = line.subject.partition("/")
    if first in organisations:
        name = organisations[first]
        label = f"{name} ({rest})" if rest else name
        return Link(label, reverse("profile_history", kwargs={"slug": first}))
    if first in region.by_nis and rest:
        return Link(f"{words.service_label(rest)}, {region.by_nis[first].name}", "")
    kind, _, number = line.subject.partition(":")
    return Link(f"{_ROWS[kind]()} {number}" if kind in _ROWS else names.get(line.subject, line.subject), "")
