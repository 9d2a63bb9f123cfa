"""The printable guide: who does what and where, for a region, a municipality, a theme or a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext, override

from schakel.core import taxonomy
from schakel.core.errors import InvalidInput, NotEnoughData
from schakel.core.model import Json, Municipality
from schakel.documents.buying import present_buying
from schakel.documents.entries import Surroundings, names_of, present_entry
from schakel.documents.index import index_by_municipality, index_by_service
from schakel.documents.labels import about_words, labels
from schakel.documents.selection import Chosen, Selection, choose, choose_all, find_place, seats_of, theme_of
from schakel.documents.templates import template
from schakel.figures import HexMap, draw_supply, icon_svg
from schakel.register import read
from schakel.register.read import RegionInfo
from schakel.typesetting import clean, set_pdf, set_pdf_apart
from schakel.wording import words
from schakel.wording.dates import date_words, number_words

LANGUAGES = ("nl", "en", "fr")
MAIN = "#0c5449"
SIGNS = ("old", "unknown", "served", "assumed", "warning")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a guide may cost that anybody can ask for: organisations in it, and seconds to set it."""

    organisations: int
    seconds: int


def build_guide(
    selection: Selection, *, language: str, large: bool, on: date, base_url: str, bounds: Bounds | None = None
) -> bytes:
    """The guide as a tagged PDF (PDF/UA-1), on A4.

    `language`: nl, en or fr; what sources say stays in Dutch and is marked so. `large`: nothing below 16 points but
    the words on the map. `on`: the date on the cover, from which ages and amounts are counted; the same register and
    date give the same bytes. `base_url`: the public address of this site, for the QR codes; empty: no codes.

    With `bounds` it is set in a process of its own.

    Raises EmptySelection when nobody is in it, InvalidInput for a municipality, theme or language that is not there,
    NotEnoughData before a region was loaded; with bounds TooMany and NotSet.
    """
    if language not in LANGUAGES:
        raise InvalidInput(f"De taal {language!r} kennen we niet. Kies uit: {', '.join(LANGUAGES)}.")
    region = read.region()
    if region is None:
        raise NotEnoughData("Er is nog geen regio geladen, dus er is geen gids. Laad eerst een regiopakket.")
    place = find_place(selection)
    everybody = choose_all(selection, place, bounds.organisations if bounds else None)
    with override(language):
        data = _present(everybody, region, selection, place, on=on, base_url=base_url.rstrip("/"), language=language)
    data["large"] = large
    if bounds is None:
        return set_pdf(template("guide.typ"), data, on=on)
    return set_pdf_apart(template("guide.typ"), data, on=on, seconds=bounds.seconds)


def _present(
    everybody: Sequence[Chosen],
    region: RegionInfo,
    selection: Selection,
    place: Municipality | None,
    *,
    on: date,
    base_url: str,
    language: str,
) -> dict[str, Json]:
    municipalities = read.list_municipalities()
    around = Surroundings(on, base_url, language, names_of(municipalities), place)
    entries = [present_entry(chosen, number, around) for number, chosen in enumerate(everybody, 1)]
    named = [(str(entry["id"]), str(entry["name"]), one) for entry, one in zip(entries, everybody, strict=True)]
    here = None if place is None else place.nis_code
    region_name = words.in_language(region.name)
    return {
        "language": language,
        "labels": labels(),
        "title": _title(selection, region_name, place),
        "asked": clean(selection.asked),
        "region": region_name if place is not None or selection.slugs is not None else "",
        "date": date_words(on.isoformat()),
        "day": [on.year, on.month, on.day],
        "count": ngettext("%(count)s organisatie", "%(count)s organisaties", len(entries))
        % {"count": number_words(len(entries))},
        "synthetic": region.synthetic,
        "buying": present_buying(on),
        **_by_theme(entries, everybody, selection, place),
        "by_municipality": index_by_municipality(named, municipalities, place),
        "by_service": index_by_service(named),
        "map": _map(draw_supply(municipalities, _counts(selection, everybody, place), ident="kaart", here=here)),
        "about": about_words(region, read.list_sources(), on=on, has_qr=bool(base_url)),
        "signs": {name: icon_svg(name, colour) for name, colour in _sign_colours().items()},
        "site": base_url.removeprefix("https://").removeprefix("http://"),
    }


def _sign_colours() -> Mapping[str, str]:
    return {"old": "#b8470f", "unknown": "#6a51a3", "served": "#1b7837", "assumed": "#1d2b2a", "warning": "#b8470f"}


def _map(drawn: HexMap) -> Json:
    """The drawing with its legend, and the same in words; None when too few places are known."""
    if not drawn.svg:
        return None
    return {
        "svg": drawn.svg,
        "ratio": drawn.width / drawn.height,
        "alt": "; ".join(f"{row.name}: {row.words}" for row in drawn.rows),
        "legend": [{"svg": line.svg, "words": line.words} for line in drawn.legend],
    }


def _title(selection: Selection, region: str, place: Municipality | None) -> str:
    name = region if place is None else place.name
    if selection.slugs is not None:
        name = gettext("Wat je zocht") if selection.asked else gettext("Mijn lijst")
    return name if selection.theme is None else f"{name}: {words.theme_label(selection.theme)}"


def _counts(selection: Selection, everybody: Sequence[Chosen], place: Municipality | None) -> Mapping[str, int]:
    """Municipality -> how many are located or work there, in the same theme or list."""
    counts: Counter[str] = Counter()
    whole = Selection(theme=selection.theme, slugs=selection.slugs)
    for one in everybody if place is None else choose(whole, None):
        reached = frozenset[str]().union(*(offer.area.nis_codes for offer in one.offers))
        counts.update(reached | seats_of(one.record))
    return counts


def _home(chosen: Chosen, order: Mapping[str, int]) -> str:
    """The theme under which somebody stands: that of most of its offers; empty when none is known."""
    counts = Counter(theme for offer in chosen.offers if (theme := theme_of(offer.service)))
    return min(counts, key=lambda theme: (-counts[theme], order[theme])) if counts else ""


def _by_theme(
    entries: Sequence[dict[str, Json]], everybody: Sequence[Chosen], selection: Selection, place: Municipality | None
) -> dict[str, Json]:
    """A chapter per theme: who stands there and who else does something of it; and the themes we know nobody of.

    That a list or a search has nobody for a theme says nothing, so there it is left out.
    """
    themes = [theme.code for theme in taxonomy.themes() if selection.theme in (None, theme.code)]
    order = {code: number for number, code in enumerate(themes)}
    inside: dict[str, list[Json]] = {code: [] for code in (*themes, "")}
    also: dict[str, list[Json]] = {code: [] for code in themes}
    for entry, one in zip(entries, everybody, strict=True):
        home = _home(one, order)
        inside[home].append(entry)
        for theme in {theme_of(offer.service) for offer in one.offers} - {home, ""}:
            also[theme].append({"id": entry["id"], "name": entry["name"]})
    sought = _sought(place)
    named: dict[str, dict[str, Json]] = {
        code: {"title": words.theme_label(code), "icon": icon_svg(code, MAIN), "sought": sought.get(code, [])}
        for code in themes
    }
    chapters: list[Json] = [
        {**named[code], "entries": inside[code], "also": also[code]} for code in themes if inside[code] or also[code]
    ]
    if inside[""]:
        other: dict[str, Json] = {"title": gettext("Ander aanbod, of nog niet bekend"), "sought": []}
        chapters.append({**other, "icon": icon_svg("hexagon", MAIN), "entries": inside[""], "also": []})
    lacking: list[Json] = [named[code] for code in themes if not inside[code] and not also[code]]
    return {
        "chapters": chapters,
        "lacking": {
            "title": gettext("Waar we nog niemand kennen"),
            "nobody": gettext("We kennen hier nog niemand."),
            "themes": lacking if selection.slugs is None else [],
        },
    }


def _sought(place: Municipality | None) -> Mapping[str, list[Json]]:
    """Theme -> what somebody searched in this municipality and did not find."""
    if place is None:
        return {}
    found: dict[str, list[Json]] = {}
    for statement in read.list_negative_statements(place.nis_code):
        line = gettext("Gezocht en niet gevonden: %(service)s (%(date)s).") % {
            "service": words.service_label(statement.service),
            "date": date_words(statement.searched_on),
        }
        found.setdefault(theme_of(statement.service), []).append(line)
    return found
