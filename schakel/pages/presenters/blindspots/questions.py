"""What we do not know yet: every open cell as a question that one click answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from schakel.analyses.read import BlindSpots
from schakel.analyses.stored import GridCell
from schakel.core import taxonomy
from schakel.core.access.blindspots import State
from schakel.core.errors import InvalidInput
from schakel.core.model import Municipality
from schakel.pages.presenters.blindspots.cell import REGION, Elsewhere, elsewhere
from schakel.pages.presenters.blindspots.grid import cell_href, run_link, sign_of
from schakel.pages.presenters.blindspots.place import by_priority
from schakel.pages.presenters.blindspots.service import why
from schakel.pages.presenters.blocks import Link, Notice, Sign, crumbs
from schakel.pages.presenters.guide import Option
from schakel.pages.presenters.paging import PageLink, page_links
from schakel.pages.standing import Standing
from schakel.register.read import paginate
from schakel.wording import blindspots as said
from schakel.wording import words
from schakel.wording.dates import number_words

SIZE = 20
NONE, ONE, UNDO = "none", "one", "undo"
METHODS: Mapping[str, str] = {  # stored in Dutch, as every statement is
    "asked": "Nagevraagd bij mensen die het kunnen weten",
    "phoned": "Gebeld met de gemeente of het OCMW",
    "web": "Gezocht op het web",
}
_LABELS = {
    "asked": gettext_lazy("Nagevraagd bij mensen die het kunnen weten"),
    "phoned": gettext_lazy("Gebeld met de gemeente of het OCMW"),
    "web": gettext_lazy("Gezocht op het web"),
}
LONGEST = 1000
MOST_NUMBERS = 1000  # municipalities in a region, by far


@dataclass(frozen=True, slots=True)
class Question:
    """One open cell. `may`: this visitor may answer it; what is answered once for the region has `REGION` as place.

    `everywhere`: the address where the same service is answered for every municipality at once; empty for who may not.
    """

    service: str
    nis_code: str
    ident: str
    title: str
    href: str
    sign: Sign
    why: str
    nearest: tuple[Elsewhere, ...]
    may: bool
    everywhere: str


@dataclass(frozen=True, slots=True)
class Everywhere:
    """Every open question about one service, to be answered at once: who may, sees for which municipalities."""

    service: str
    title: str
    places: str


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """Everything `pages/blind_spot_questions.html` shows."""

    lead: str
    count: str
    places: tuple[Option, ...]
    services: tuple[Option, ...]
    everywhere: Everywhere | None
    questions: tuple[Question, ...]
    methods: tuple[Option, ...]
    pages: tuple[PageLink, ...]
    sign_in: bool
    notice: Notice | None
    undo: tuple[str, str] | None  # the numbers of the statements just made, and for where
    run: Link
    crumbs: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered: `kind` none, one or undo; `place` None: for the whole region.

    `numbers`: the statements to undo.
    """

    kind: str
    service: str
    place: Municipality | None
    method: str
    text: str
    numbers: tuple[int, ...] = ()


def open_cells(
    grid: BlindSpots,
    answered: Collection[tuple[str, str]],
    region: Standing,
    *,
    nis_code: str = "",
    service: str = "",
) -> list[GridCell]:
    """The cells of which we cannot say, by priority, without those that were answered after the run.

    `answered`: service and NIS code of the searches that still count; what is answered once for the region is so when
    every municipality was searched. `nis_code`: only of this municipality, or with `REGION` only what is answered once
    for the region; `service`: only of this one. Cells of municipalities that have gone meanwhile are left out.
    """

    def is_answered(code: str, where: str | None) -> bool:
        return all((code, one) in answered for one in ([where] if where else region.by_nis))

    return by_priority(
        [
            cell
            for (code, where), cell in grid.services.items()
            if cell.state is State.NO_DATA
            and nis_code in ("", where or REGION)
            and service in ("", code)
            and (where is None or where in region.by_nis)
            and not is_answered(code, where)
        ]
    )


def places_to_note(answer: Answer, cells: Sequence[GridCell], region: Standing) -> tuple[str, ...]:
    """The municipalities for which "searched, none found" is written down.

    `cells`: the open ones of the service. For the region as a whole those are all municipalities of what is answered
    once, else those with an open question. Raises InvalidInput when nothing is open any more.
    """
    if answer.place is not None:
        return (answer.place.nis_code,)
    if not cells:
        raise InvalidInput(gettext("Deze vraag is al beantwoord."))
    if any(cell.nis_code is None for cell in cells):
        return tuple(region.by_nis)
    asked = {cell.nis_code for cell in cells}
    return tuple(code for code in region.by_nis if code in asked)


def present_questions(
    cells: Sequence[GridCell],
    grid: BlindSpots,
    region: Standing,
    *,
    may: Collection[str],
    nis_code: str,
    service: str,
    page: int,
    made: tuple[str, str] | None,
    told: bool,
) -> QuestionsPage:
    """The page. `may`: NIS codes for which this visitor may answer; `made`: the statements just made and where."""
    shown = paginate(tuple(cells), page, SIZE)
    every = Option("", gettext("Alle gemeenten"), selected=not nis_code)
    chosen = {name: value for name, value in (("municipality", nis_code), ("service", service)) if value}
    return QuestionsPage(
        lead=gettext(
            "Elk antwoord telt: ook “gezocht, niemand gevonden”. De vragen waarvan een antwoord het meest leert, "
            "staan bovenaan."
        ),
        count=ngettext("%(count)s open vraag", "%(count)s open vragen", len(cells))
        % {"count": number_words(len(cells))},
        places=(
            every,
            Option(REGION, gettext("De hele regio"), nis_code == REGION),
            *(Option(one.nis_code, one.name, one.nis_code == nis_code) for one in region.municipalities),
        ),
        services=(
            Option("", gettext("Alle diensten"), selected=not service),
            *(
                Option(one.code, words.in_language(one.labels), one.code == service)
                for one in sorted(taxonomy.services(), key=lambda one: words.in_language(one.labels).casefold())
            ),
        ),
        everywhere=_everywhere(cells, service, region) if service and not nis_code and REGION in may else None,
        questions=tuple(
            _question(cell, region.by_nis[cell.nis_code] if cell.nis_code else None, may, among=service)
            for cell in shown.items
        ),
        methods=tuple(Option(code, str(label)) for code, label in _LABELS.items()),
        pages=page_links(
            shown.number, -(-shown.total // SIZE), lambda number: f"?{urlencode({**chosen, 'page': number})}"
        ),
        sign_in=not may,
        notice=_notice(made is not None, told),
        undo=made,
        run=run_link(grid),
        crumbs=crumbs((gettext("Blinde vlekken"), reverse("blind_spots")), page=gettext("Wat we nog niet weten")),
    )


def _question(cell: GridCell, place: Municipality | None, may: Collection[str], *, among: str) -> Question:
    """One question; `among`: the page shows those of this service only, so it is answered for everywhere there."""
    where = place.nis_code if place else REGION
    return Question(
        service=cell.code,
        nis_code=where,
        ident=f"{cell.code}-{where}",
        title=said.question_words(cell.code, place.name if place else gettext("de hele regio")),
        href=cell_href(cell.code, place.slug if place else REGION),
        sign=sign_of(cell),
        why=why(cell),
        nearest=elsewhere(cell.nearest[:1]),
        may=where in may,
        everywhere=f"?{urlencode({'service': cell.code})}" if REGION in may and place and not among else "",
    )


def _everywhere(cells: Sequence[GridCell], service: str, region: Standing) -> Everywhere | None:
    """The one answer to all open questions about a service; None with one question or none."""
    names = [region.by_nis[cell.nis_code].name for cell in cells if cell.nis_code]
    if len(names) < 2:
        return None
    title = said.question_words(service, gettext("de hele regio"))
    return Everywhere(service, title, words.joined(sorted(names)))


def _notice(made: bool, told: bool) -> Notice | None:
    if told:
        return Notice(
            "done",
            gettext("Bedankt."),
            gettext("De redactie bekijkt je tip. Daarna komt het aanbod in de gids en verdwijnt de vraag."),
        )
    if not made:
        return None
    return Notice(
        "done",
        gettext("Genoteerd."),
        gettext("Wie, hoe en wanneer staat erbij. Binnen een minuut telt dit mee op de kaart."),
    )


def read_answer(params: Mapping[str, str], region: Standing) -> Answer:
    """What was sent. Raises InvalidInput in plain words; nothing is written then."""
    kind = params.get("answer", "")
    if kind not in (NONE, ONE, UNDO):
        raise InvalidInput(gettext("Kies een antwoord: gezocht en niet gevonden, of er is er een."))
    where = str(params.get("municipality", ""))
    place = region.by_nis.get(where)
    if place is None and where != REGION:
        raise InvalidInput(gettext("Deze gemeente hoort niet bij de regio."))
    if kind == UNDO:
        return Answer(UNDO, "", place, "", "", read_numbers(str(params.get("number", ""))))
    service = taxonomy.service(str(params.get("service", ""))).code
    text = str(params.get("text", "")).replace("\0", "").strip()
    if kind == ONE and not text:
        raise InvalidInput(gettext("Schrijf wie het is: een naam, een website of een telefoonnummer."))
    if len(text) > LONGEST:
        raise InvalidInput(gettext("Schrijf hoogstens %(most)s tekens.") % {"most": LONGEST})
    method = str(params.get("method", "")) or "asked"
    if method not in METHODS:
        raise InvalidInput(gettext("Kies uit de lijst hoe je zocht."))
    return Answer(kind, service, place, METHODS[method], text)


def read_numbers(text: str) -> tuple[int, ...]:
    """Numbers of statements from "12,13"; none when it is not that."""
    parts = text.split(",")
    if len(parts) > MOST_NUMBERS or not all(one.isascii() and one.isdigit() and len(one) < 12 for one in parts):
        return ()
    return tuple(map(int, parts))


__all__ = [
    "METHODS",
    "NONE",
    "ONE",
    "UNDO",
    "Answer",
    "open_cells",
    "places_to_note",
    "present_questions",
    "read_answer",
    "read_numbers",
    "words",
]
