"""A municipality: who works there, how sure that is, who sits there, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from schakel.analyses.read import BlindSpots
from schakel.core import taxonomy
from schakel.core.model import Municipality
from schakel.figures import HexMap
from schakel.pages.presenters.blindspots.cell import REGION
from schakel.pages.presenters.blindspots.grid import cell_href, sign_of
from schakel.pages.presenters.blocks import Empty, Link, Sign, crumbs, organisation_href
from schakel.pages.presenters.cluster import is_member, role_words
from schakel.pages.presenters.hexmap import present_hexmap
from schakel.pages.presenters.items import Item, present_initiatives, present_partners, present_tasks
from schakel.pages.presenters.map import MapBlock, present_places
from schakel.pages.presenters.notes import Note, Notebook
from schakel.pages.presenters.printing import PrintOffer, print_offer
from schakel.pages.standing import Standing
from schakel.pages.stops import NearStops, stops_words
from schakel.register.read import Figure, Initiative, NegativeStatement, Partner, Place, Task
from schakel.search.result import SearchPage
from schakel.search.servers import Server
from schakel.wording import words
from schakel.wording.dates import date_words, number_words, organisations_words

MOST_NAMES = 12
NOT_KNOWN = ("unknown", "no_data", "suspected")


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """Who serves the municipality in one theme: those a source names, and those we assume."""

    icon: str
    label: str
    href: str
    count: str
    stated: tuple[Link, ...]
    assumed: tuple[Link, ...]
    more: str


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """What is known of one service here."""

    label: str
    href: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One published figure."""

    label: str
    year: str
    value: str
    note: Note | None


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """A cluster this municipality is or was in."""

    label: str
    href: str
    words: str
    note: Note | None


@dataclass(frozen=True, slots=True)
class MunicipalityFacts:
    """What the register says of one municipality beside organisations."""

    tasks: Sequence[Task]
    initiatives: Sequence[Initiative]
    partners: Sequence[Partner]
    figures: Sequence[Figure]
    negatives: Sequence[NegativeStatement]


@dataclass(frozen=True, slots=True)
class MunicipalitySupply:
    """What the index says: how many serve it, per service who does, who is located there; and all their names.

    `everywhere`: how many organisations work in each municipality of the region. `places`: the establishments in this
    one, with a point.
    """

    overall: SearchPage
    by_service: Mapping[str, Sequence[Server]]
    located: SearchPage
    names: Mapping[str, str]
    everywhere: Mapping[str, int]
    places: Sequence[Place]


@dataclass(frozen=True, slots=True)
class MunicipalityPage:
    """Everything `pages/municipality.html` shows."""

    name: str
    nis_code: str
    kicker: str
    lead: str
    print: PrintOffer | None  # none when we know nobody
    hexmap: HexMap
    themes: tuple[ThemeLine, ...]
    nobody: Empty
    legend: tuple[Sign, ...]
    missing: Link
    services_words: str
    services: tuple[ServiceLine, ...]
    negatives: tuple[Item, ...]
    located: tuple[Link, ...]
    located_more: Link
    map: MapBlock | None
    figures: tuple[FigureLine, ...]
    transport: str
    clusters: tuple[ClusterLine, ...]
    tasks: tuple[Item, ...]
    tasks_more: Link
    initiatives: tuple[Item, ...]
    more_initiatives: int  # beyond the first six
    partners: tuple[Item, ...]
    notes: tuple[Note, ...]
    crumbs: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """One municipality in the list of all."""

    name: str
    href: str
    population: str
    served: str
    clusters: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MunicipalitiesPage:
    """Everything `pages/municipalities.html` shows."""

    lead: str
    rows: tuple[MunicipalityRow, ...]
    hexmap: HexMap


def present_municipalities(served: Mapping[str, int], *, region: Standing, today: date) -> MunicipalitiesPage:
    """The list of all municipalities. `served`: NIS code -> how many organisations work there."""
    rows = []
    for place in region.municipalities:
        clusters = [
            Link(cluster.name, reverse("cluster", kwargs={"slug": cluster.slug}))
            for cluster in region.clusters
            if any(member.nis_code == place.nis_code and is_member(member, today) for member in cluster.members)
        ]
        rows.append(
            MunicipalityRow(
                name=place.name,
                href=reverse("municipality", kwargs={"slug": place.slug}),
                population=_population(place),
                served=number_words(served.get(place.nis_code, 0)) if served.get(place.nis_code) else "",
                clusters=tuple(clusters),
            )
        )
    lead = ngettext("%(count)s gemeente werkt hier samen.", "%(count)s gemeenten werken hier samen.", len(rows))
    return MunicipalitiesPage(lead % {"count": len(rows)}, tuple(rows), present_hexmap(region, served))


def present_municipality(
    place: Municipality,
    supply: MunicipalitySupply,
    facts: MunicipalityFacts,
    *,
    region: Standing,
    today: date,
    grid: BlindSpots | None = None,
    stops: NearStops | None = None,
) -> MunicipalityPage:
    """The page of one municipality. `grid`: what the last analysis says of every service; without it the index does.

    `stops`: who lives near public transport; None when no extract with stops is loaded.
    """
    notebook = Notebook(today)
    clusters = _clusters(place, region, notebook, today)
    figures = tuple(_figure(figure, notebook) for figure in facts.figures)
    negatives = tuple(_negative(item, notebook) for item in facts.negatives)
    services = _services_by_run(place, grid) or _services(place, supply, facts.negatives)
    unknown = sum(1 for service in services if service.sign.code in NOT_KNOWN)
    return MunicipalityPage(
        name=place.name,
        nis_code=place.nis_code,
        kicker=gettext("Gemeente") + (f" · {_population(place)} " + gettext("inwoners") if place.population else ""),
        lead=gettext("Wie hier kan helpen, wie hier gevestigd is, en wat we nog niet weten."),
        print=_print(place, supply),
        hexmap=present_hexmap(region, supply.everywhere, here=place.nis_code),
        themes=tuple(line for theme in taxonomy.themes() if (line := _theme(theme.code, place, supply)) is not None),
        nobody=_nobody(),
        legend=tuple(dict.fromkeys(service.sign for service in services)),
        missing=_missing(place),
        services_words=gettext("Toon de %(all)s diensten. Van %(unknown)s weten we niets.")
        % {"all": len(services), "unknown": unknown},
        services=services,
        negatives=negatives,
        located=_links((hit.slug for hit in supply.located.hits), supply.names),
        located_more=_more_located(place, supply.located),
        map=_map(place, supply, region),
        figures=figures,
        transport=stops_words(stops, place.nis_code),
        clusters=clusters,
        tasks=present_tasks(facts.tasks, region, notebook),
        tasks_more=_tasks_more(place),
        initiatives=present_initiatives(facts.initiatives, region, notebook),
        more_initiatives=max(0, len(facts.initiatives) - 6),
        partners=present_partners(facts.partners, notebook),
        notes=notebook.all(),
        crumbs=crumbs((gettext("Gemeenten"), reverse("municipalities")), page=place.name),
    )


def _nobody() -> Empty:
    return Empty(
        gettext("We kennen hier nog niemand."),
        gettext("Dat wil niet zeggen dat er niemand is. Ken jij iemand? Laat het weten."),
        (Link(gettext("Bekijk de hele gids"), reverse("guide")),),
    )


def _print(place: Municipality, supply: MunicipalitySupply) -> PrintOffer | None:
    """The guide of who works or is located here; most who are located here work here too."""
    count = max(supply.overall.count, supply.located.count)
    return print_offer("municipality_pdf", count, place.slug) if count else None


def _map(place: Municipality, supply: MunicipalitySupply, region: Standing) -> MapBlock | None:
    title = gettext("Kaart: gevestigd in %(name)s") % {"name": place.name}
    if not supply.places:
        return None
    href = reverse("map_municipality", kwargs={"slug": place.slug})
    return present_places(supply.places, region=region, title=title, points_href=href, here=place.nis_code)


def _missing(place: Municipality) -> Link:
    label = gettext("Wat ontbreekt in %(place)s?") % {"place": place.name}
    return Link(label, reverse("blind_spots_place", kwargs={"slug": place.slug}))


def _tasks_more(place: Municipality) -> Link:
    label = gettext("Wat kan sociaal in %(place)s? Bekijk de taken") % {"place": place.name}
    return Link(label, reverse("tasks_place", kwargs={"slug": place.slug}))


def known_signs() -> dict[str, Sign]:
    """The signs of what is known of a service in a municipality."""
    return {
        "served": Sign("served", gettext("Een bron zegt dat dit hier kan")),
        "assumed": Sign("assumed", gettext("Aanname: dit kan hier waarschijnlijk")),
        "absent": Sign("absent", gettext("Gezocht en niet gevonden")),
        "unknown": Sign("unknown", gettext("Niet bekend")),
    }


def _population(place: Municipality) -> str:
    if not place.population:
        return gettext("niet bekend")
    year, people = max(place.population.items())
    return f"{number_words(people)} ({year})"


def _links(slugs: Iterable[str], names: Mapping[str, str]) -> tuple[Link, ...]:
    """Each organisation once, in this order; one that disappeared meanwhile is left out."""
    href = organisation_href()
    return tuple(Link(names[slug], href(slug)) for slug in dict.fromkeys(slugs) if slug in names)


def _theme(code: str, place: Municipality, supply: MunicipalitySupply) -> ThemeLine | None:
    """One theme: an organisation is stated when a source says so for at least one of its services in this theme."""
    servers = [one for service, found in supply.by_service.items() if words.theme_of(service) == code for one in found]
    certain = {one.slug for one in servers if one.stated}
    stated = _links((one.slug for one in servers if one.stated), supply.names)
    assumed = _links((one.slug for one in servers if one.slug not in certain), supply.names)
    if not stated and not assumed:
        return None
    count = supply.overall.facets.get("theme", {}).get(code, 0)
    more = count - min(len(stated), MOST_NAMES) - min(len(assumed), MOST_NAMES)
    return ThemeLine(
        icon=code,
        label=words.theme_label(code),
        href=f"{reverse('guide')}?theme={code}&municipality={place.nis_code}",
        count=organisations_words(count),
        stated=stated[:MOST_NAMES],
        assumed=assumed[:MOST_NAMES],
        more=gettext("Nog %(count)s in de gids") % {"count": number_words(more)} if more > 0 else "",
    )


def _services_by_run(place: Municipality, grid: BlindSpots | None) -> tuple[ServiceLine, ...]:
    """Every service with the answer of the grid, each leading to its evidence; none for a place it does not know."""
    if grid is None or all(nis_code != place.nis_code for _, nis_code in grid.services):
        return ()
    cells = [cell for cell in grid.services.values() if cell.nis_code in (None, place.nis_code)]
    return tuple(
        ServiceLine(
            words.service_label(cell.code), cell_href(cell.code, place.slug if cell.nis_code else REGION), sign_of(cell)
        )
        for cell in cells
    )


def _services(
    place: Municipality, supply: MunicipalitySupply, negatives: Sequence[NegativeStatement]
) -> tuple[ServiceLine, ...]:
    reached = supply.by_service.keys()
    stated = {service for service, found in supply.by_service.items() if any(one.stated for one in found)}
    absent = {item.service for item in negatives}
    signs = known_signs()
    guide = reverse("guide")
    lines = []
    for service in taxonomy.services():
        code = service.code
        known = (
            "served" if code in stated else "assumed" if code in reached else "absent" if code in absent else "unknown"
        )
        href = f"{guide}?service={code}&municipality={place.nis_code}"
        lines.append(ServiceLine(words.in_language(service.labels), href, signs[known]))
    return tuple(lines)


def _more_located(place: Municipality, located: SearchPage) -> Link:
    more = located.count - len(located.hits)
    if more <= 0:
        return Link("")
    label = gettext("Nog %(count)s in de gids") % {"count": number_words(more)}
    return Link(label, f"{reverse('guide')}?seat={place.nis_code}")


def _figure(figure: Figure, notebook: Notebook) -> FigureLine:
    unit = words.word(words.UNITS, figure.unit)
    return FigureLine(
        label=words.word(words.INDICATORS, figure.indicator),
        year=str(figure.year) if figure.year else gettext("jaar niet bekend"),
        value=f"{number_words(figure.value)} {unit}".strip(),
        note=notebook.note(figure.source),
    )


def _negative(item: NegativeStatement, notebook: Notebook) -> Item:
    detail = gettext("Gezocht door %(who)s op %(date)s: %(how)s") % {
        "who": item.searched_by,
        "date": date_words(item.searched_on),
        "how": item.method,
    }
    return Item(words.service_label(item.service), "", "", detail, "", notebook.note(item.source))


def _clusters(place: Municipality, region: Standing, notebook: Notebook, today: date) -> tuple[ClusterLine, ...]:
    lines = []
    for cluster in region.clusters:
        for member in cluster.members:
            if member.nis_code != place.nis_code:
                continue
            since = gettext("sinds %(date)s") % {"date": date_words(member.since)} if member.since else ""
            until = gettext("tot %(date)s") % {"date": date_words(member.until)} if member.until else ""
            now = gettext("Lid") if is_member(member, today) else gettext("Vroeger lid")
            text = ", ".join(part for part in (now, role_words(member.role).lower(), since, until) if part)
            lines.append(
                ClusterLine(
                    cluster.name, reverse("cluster", kwargs={"slug": cluster.slug}), text, notebook.note(member.source)
                )
            )
    return tuple(lines)
