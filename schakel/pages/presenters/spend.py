"""The lists of suppliers of a municipality: uploading one, and looking at names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from schakel.cooperation.spend.read import Candidate, ListLine, Pair, SpendRecord
from schakel.core.errors import InvalidInput
from schakel.core.identifiers import format_ondernemingsnummer
from schakel.core.model import Municipality
from schakel.pages.presenters.blocks import Link, crumbs, organisation_href
from schakel.pages.presenters.guide import Option
from schakel.sources.supplier_list import MOST_BYTES, MOST_ROWS
from schakel.wording.dates import number_words
from schakel.wording.spend import euro_words

YEARS = 8  # that the form offers
MOST_FAULTS = 30
NONE_OF_THESE = "geen"


@dataclass(frozen=True, slots=True)
class UploadForm:
    """What was chosen. `fault`: why nothing was kept; `rows`: which rows cannot be read; `more`: how many besides."""

    year: int
    leave_out: bool = False
    fault: str = ""
    rows: tuple[str, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class ListView:
    """One list: which, from when, and what is to be done."""

    link: Link
    detail: str
    waits: bool


@dataclass(frozen=True, slots=True)
class PairView:
    """A supplier that is known from before."""

    number: int
    name: str
    organisation: Link


@dataclass(frozen=True, slots=True)
class SpendPage:
    """Everything `pages/spend.html` shows."""

    place: str
    edits: bool
    lists: tuple[ListView, ...]
    pairs: tuple[PairView, ...]
    form: UploadForm
    years: tuple[Option, ...]
    most_mb: int
    most_rows: str
    crumbs: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to who a supplier is."""

    value: str
    label: str
    detail: str
    chosen: bool
    href: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A supplier to look at."""

    field: str
    name: str
    detail: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything `pages/spend_review.html` shows."""

    place: str
    edits: bool
    asked: tuple[Asked, ...]
    count: str
    back: str
    crumbs: tuple[Link, ...]


def read_upload(posted: Mapping[str, str], sent: UploadedFile[Any] | None, today: date) -> UploadForm:
    """The form as it was sent, with what is missing."""
    text = posted.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    if year not in _offered(today):
        return UploadForm(today.year - 1, fault=gettext("Kies het jaar van de lijst."))
    fault = ""
    if sent is None or not sent.size:
        fault = gettext("Kies het bestand met je leveranciers. Het mag niet leeg zijn.")
    elif sent.size > MOST_BYTES:
        fault = gettext("Het bestand is te groot: hoogstens %(most)s MB kan.") % {"most": MOST_BYTES // 1024**2}
    return UploadForm(year, posted.get("leave_out") == "yes", fault)


def present_spend(
    place: Municipality,
    lists: Sequence[ListLine],
    pairs: Sequence[Pair],
    names: Mapping[str, str],
    form: UploadForm,
    *,
    edits: bool,
    today: date,
) -> SpendPage:
    """The lists of a municipality, newest first, and the form for another."""
    href = organisation_href()
    return SpendPage(
        place=place.name,
        edits=edits,
        lists=tuple(_line(place, one) for one in lists),
        pairs=tuple(
            PairView(one.number, one.name, Link(names.get(one.organisation, one.organisation), href(one.organisation)))
            for one in pairs
        ),
        form=form,
        years=tuple(Option(str(year), str(year), year == form.year) for year in _offered(today)),
        most_mb=MOST_BYTES // 1024**2,
        most_rows=number_words(MOST_ROWS),
        crumbs=crumbs((gettext("Mijn werk"), reverse("my_work")), page=title_of(place)),
    )


def present_review(place: Municipality, record: SpendRecord, *, edits: bool) -> ReviewPage:
    """The suppliers of a list to look at, those of most money first."""
    count = len(record.candidates)
    return ReviewPage(
        place=place.name,
        edits=edits,
        asked=tuple(_asked(one) for one in record.candidates),
        count=ngettext(
            "%(count)s leverancier heeft een naam die op een organisatie uit het register lijkt.",
            "%(count)s leveranciers hebben een naam die op een organisatie uit het register lijkt.",
            count,
        )
        % {"count": number_words(count)},
        back=reverse("spend_list", kwargs={"slug": place.slug, "number": record.number}),
        crumbs=crumbs(
            (title_of(place), reverse("spend", kwargs={"slug": place.slug})),
            (list_words(record.at), reverse("spend_list", kwargs={"slug": place.slug, "number": record.number})),
            page=gettext("Namen nakijken"),
        ),
    )


def read_decisions(posted: Mapping[str, str], record: SpendRecord) -> dict[int, str | None]:
    """Candidate -> who it is, as the form says. Raises InvalidInput for an answer that was not offered."""
    found: dict[int, str | None] = {}
    for one in record.candidates:
        said = posted.get(_field(one))
        if said is None:
            continue
        if said not in {"", NONE_OF_THESE, *(key for key, *_ in one.proposals)}:
            raise InvalidInput(gettext("Kies een van de voorgestelde organisaties, of 'geen van deze'."))
        found[one.number] = {"": None, NONE_OF_THESE: ""}.get(said, said)
    return found


def title_of(place: Municipality) -> str:
    """What the pages of a municipality are called."""
    return gettext("Sociaal inkopen in %(place)s") % {"place": place.name}


def list_words(at: object) -> str:
    """A list, by when it was uploaded."""
    return gettext("Lijst van %(moment)s") % {"moment": date_format(timezone.localtime(at), "j F Y, H:i")}  # type: ignore[arg-type]  # always a moment


def _offered(today: date) -> range:
    return range(today.year, today.year - YEARS, -1)


def _field(one: Candidate) -> str:
    return f"wie-{one.number}"


def _line(place: Municipality, one: ListLine) -> ListView:
    years = ", ".join(map(str, one.years))
    rows = ngettext("%(count)s rij", "%(count)s rijen", one.rows) % {"count": number_words(one.rows)}
    state = gettext("nagekeken")
    if one.closed_at is None:
        state = ngettext("%(count)s naam na te kijken", "%(count)s namen na te kijken", one.waiting)
        state = state % {"count": number_words(one.waiting)}
    href = reverse("spend_list", kwargs={"slug": place.slug, "number": one.number})
    return ListView(Link(list_words(one.at), href), f"{years} · {rows} · {state}", one.closed_at is None)


def _asked(one: Candidate) -> Asked:
    href = organisation_href()
    number = format_ondernemingsnummer(one.ondernemingsnummer) if one.ondernemingsnummer else gettext("geen nummer")
    rows = ngettext("%(count)s rij", "%(count)s rijen", one.rows) % {"count": number_words(one.rows)}
    alike = gettext("lijkt voor %(likeness)s op 100")
    return Asked(
        field=_field(one),
        name=one.name,
        detail=f"{number} · {euro_words(one.cents)} · {rows}",
        choices=(
            *(
                Choice(key, name, alike % {"likeness": likeness}, one.decision == key, href(key))
                for key, name, likeness in one.proposals
            ),
            Choice(NONE_OF_THESE, gettext("Geen van deze"), "", one.decision == ""),
            Choice("", gettext("Ik weet het nog niet"), "", one.decision is None),
        ),
    )
