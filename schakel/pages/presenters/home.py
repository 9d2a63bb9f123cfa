"""The home page: the question, the themes, the goals of the region and how it stands today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from schakel.core import taxonomy
from schakel.figures import HexMap
from schakel.pages.presenters.blocks import Empty, Link
from schakel.pages.presenters.hexmap import present_hexmap
from schakel.pages.presenters.notes import host, web_address
from schakel.pages.standing import Standing
from schakel.register.read import RegionCounts
from schakel.search.result import Counts
from schakel.wording import words
from schakel.wording.dates import date_words, number_words, organisations_words

EXAMPLES = (
    "strijk in Ronse",
    "fietsherstelling bij Zottegem",
    "iemand die zwerfvuil opruimt in Erpe-Mere",
    "kringloop",
)


@dataclass(frozen=True, slots=True)
class Tile:
    """A theme."""

    href: str
    icon: str
    label: str
    count: str


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A goal of the region; `lang` when it is not in the language of the page."""

    number: int
    title: str
    text: str
    lang: str
    href: str
    host: str


@dataclass(frozen=True, slots=True)
class FigureCard:
    """A live figure with the run it comes from."""

    value: str
    words: str
    more: str
    source: str
    href: str


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """A cluster with its members in words."""

    label: str
    href: str
    words: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything `pages/home.html` shows."""

    lead: str
    examples: tuple[Link, ...]
    hexmap: HexMap
    themes: tuple[Tile, ...]
    goals_title: str
    goals: tuple[GoalCard, ...]
    figures: tuple[FigureCard, ...]
    municipalities: tuple[Link, ...]
    clusters: tuple[ClusterLine, ...]
    nothing: Empty | None


def present_home(counts: RegionCounts, facets: Mapping[str, Counts], region: Standing) -> HomePage:
    """The home page. `facets`: those of a search without any condition."""
    info = region.region
    return HomePage(
        lead=gettext("Van groenonderhoud tot strijkwerk: zoek wie het doet met een sociaal hart."),
        examples=tuple(Link(text, f"{reverse('guide')}?{urlencode({'q': text})}") for text in EXAMPLES),
        hexmap=present_hexmap(region, facets.get("municipality", {})),
        themes=theme_tiles(facets.get("theme", {})),
        goals_title=gettext("Waar we samen aan werken"),
        goals=_goals(region),
        figures=_figures(counts),
        municipalities=tuple(
            Link(place.name, reverse("municipality", kwargs={"slug": place.slug})) for place in region.municipalities
        ),
        clusters=tuple(_clusters(region)),
        nothing=None
        if info
        else Empty(
            gettext("Hier staat nog geen streek."),
            gettext("De beheerder laadt een regiopakket met de opdracht “schakel region load MAP”."),
        ),
    )


def theme_tiles(counts: Mapping[str, int]) -> tuple[Tile, ...]:
    """The ten themes with how many organisations each has today."""
    return tuple(
        Tile(
            href=reverse("theme", kwargs={"code": theme.code}),
            icon=theme.code,
            label=words.in_language(theme.labels),
            count=organisations_words(counts.get(theme.code, 0)),
        )
        for theme in taxonomy.themes()
    )


def _goals(region: Standing) -> tuple[GoalCard, ...]:
    if region.region is None:
        return ()
    language = get_language() or "nl"
    return tuple(
        GoalCard(
            number=number,
            title=words.in_language(goal.title),
            text=words.in_language(goal.text),
            lang="" if words.speaks(goal.title) == language else words.speaks(goal.title),
            href=web_address(goal.source_url),
            host=host(goal.source_url) if goal.source_url else "",
        )
        for number, goal in enumerate(region.region.goals, start=1)
    )


def _figures(counts: RegionCounts) -> tuple[FigureCard, ...]:
    if counts.run_id is None:
        return ()
    href = f"{reverse('sources')}#run-{counts.run_id}"
    source = gettext("Bron: het register, %(date)s") % {
        "date": date_words(counts.changed_at.date().isoformat() if counts.changed_at else None)
    }
    unsure = counts.uncertain_organisations
    return (
        FigureCard(
            number_words(counts.live_organisations),
            gettext("organisaties bestaan vandaag"),
            gettext("Van %(count)s andere is dat onzeker.") % {"count": number_words(unsure)} if unsure else "",
            source,
            href,
        ),
        FigureCard(number_words(counts.live_offers), gettext("keer bieden ze een dienst aan"), "", source, href),
        FigureCard(
            gettext("%(some)s van %(all)s")
            % {"some": number_words(counts.municipalities_served), "all": number_words(counts.municipalities)},
            gettext("gemeenten hebben een aanbod dat een bron uitdrukkelijk noemt"),
            gettext("Voor de andere hebben we een aanname, of weten we het niet."),
            source,
            href,
        ),
        _fte(counts, source, href),
    )


def _fte(counts: RegionCounts, source: str, href: str) -> FigureCard:
    unknown = gettext("Van %(count)s organisaties is het niet bekend.") % {"count": number_words(counts.fte_unknown)}
    if counts.known_fte is None or counts.fte_years is None:
        return FigureCard("?", gettext("voltijdse banen: niet bekend"), unknown, source, href)
    first, last = counts.fte_years
    years = str(last) if first == last else f"{first}–{last}"
    known = ngettext(
        "voltijdse banen bij %(count)s organisatie (%(years)s)",
        "voltijdse banen bij %(count)s organisaties (%(years)s)",
        counts.fte_known,
    ) % {"count": number_words(counts.fte_known), "years": years}
    return FigureCard(number_words(round(counts.known_fte)), known, unknown, source, href)


def _clusters(region: Standing) -> list[ClusterLine]:
    lines = []
    for cluster in region.clusters:
        members = sorted({region.place_name(member.nis_code) for member in cluster.members if member.until is None})
        lines.append(
            ClusterLine(cluster.name, reverse("cluster", kwargs={"slug": cluster.slug}), words.joined(members))
        )
    return lines
