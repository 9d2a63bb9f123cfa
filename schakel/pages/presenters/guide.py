"""The guide: what was asked, how it was understood, what was found and how to go on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from schakel.core import taxonomy
from schakel.core.model import Json, OrganisationCard
from schakel.pages.presenters.blocks import Empty, Link, Notice
from schakel.pages.presenters.files import file_links
from schakel.pages.presenters.hits import HitCard, present_hits
from schakel.pages.presenters.map import MapBlock, count_points, place_points, present_counts, present_places
from schakel.pages.presenters.paging import PageLink, page_links
from schakel.pages.presenters.printing import PrintOffer, print_search
from schakel.pages.standing import Standing
from schakel.register.read import Place
from schakel.search.query import LARGEST_PAGE, SORTS, SearchQuery
from schakel.search.reasons import relaxed_words
from schakel.search.reasons import words as reason_words
from schakel.search.result import Counts, SearchPage
from schakel.wording import words
from schakel.wording.dates import number_words

LIST, TABLE, MAP = "list", "table", "map"
VIEWS = (LIST, TABLE, MAP)
RADII_KM = (2, 5, 10, 15, 25)
MOST_CLOSED = 60


class Option(NamedTuple):
    """A choice in a drop-down list."""

    value: str
    label: str
    selected: bool = False


class FacetChoice(NamedTuple):
    """One value of a facet with how many organisations it leaves."""

    value: str
    label: str
    organisations: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of filters; open when one of them is chosen."""

    key: str
    title: str
    open: bool
    chosen: int
    values: tuple[FacetChoice, ...]


@dataclass(frozen=True, slots=True)
class ViewLink:
    """List, table or map."""

    label: str
    icon: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class GuidePage:
    """Everything `pages/guide.html` shows."""

    __getitem__ = object.__getattribute__  # as in `Frame`

    title: str
    q: str
    here: str
    robots: str
    view: str
    views: tuple[ViewLink, ...]
    map: MapBlock | None
    count_words: str
    status_words: str
    facets: tuple[Facet, ...]
    places: SafeString
    radii: tuple[Option, ...]
    seats: tuple[Option, ...]
    sorts: tuple[Option, ...]
    chips: tuple[Link, ...]
    chosen: str  # how many chips, written here: a template that formats a number takes a fifth of a millisecond
    clear_href: str
    notices: tuple[Notice, ...]
    hits: tuple[HitCard, ...]
    alternatives: tuple[HitCard, ...]
    history: tuple[HitCard, ...]
    pages: tuple[PageLink, ...]
    files: tuple[Link, ...]  # the same result in every format
    print: PrintOffer | None
    empty: Empty | None  # when there are no hits


def guide_address(query: SearchQuery, view: str = LIST) -> str:
    """The address of a search in the guide, without what is not chosen."""
    pairs = query.to_params()
    return _viewed(_guide(get_language(), get_script_prefix()) + (f"?{urlencode(pairs)}" if pairs else ""), view)


def _viewed(as_list: str, view: str) -> str:
    """The address of the same search in another view, from that of the list."""
    return as_list if view == LIST else f"{as_list}{'&' if '?' in as_list else '?'}view={view}"


def _page_address(first: SearchQuery, view: str) -> Callable[[int], str]:
    """The addresses of all pages of a search, of which the first is given: all but the number is written once."""
    before, _, after = guide_address(replace(first, page=LARGEST_PAGE), view).rpartition(str(LARGEST_PAGE))
    return lambda page: guide_address(first, view) if page == 1 else f"{before}{page}{after}"


@lru_cache(maxsize=16)
def _guide(language: str | None, prefix: str) -> str:
    return reverse("guide")


def present_guide(
    query: SearchQuery,
    found: SearchPage,
    cards: Sequence[OrganisationCard],
    *,
    region: Standing,
    view: str,
    chosen: Collection[str],
    places: Sequence[Place] | None = None,
) -> GuidePage:
    """The guide page for one search. `chosen`: slugs on the list of this visitor.

    `places`: where everybody found can be visited, for the map; None when they are too many, or for another view.
    """
    first, as_list = replace(query, page=1), guide_address(query)
    chips = _chips(first, region, view)
    count_words = ngettext("%(count)s organisatie", "%(count)s organisaties", found.count) % {
        "count": number_words(found.count)
    }
    return GuidePage(
        title=f"{query.q} – {gettext('Gids')}" if query.q else gettext("Gids"),
        q=query.q,
        here=_viewed(as_list, view),
        robots="" if query.page == 1 and not query.q else "noindex",
        view=view,
        views=_views(as_list, view),
        map=_map(query, found, places, region) if view == MAP and found.hits else None,
        count_words=count_words,
        status_words=gettext("%(count)s gevonden") % {"count": count_words},
        facets=_facets(query, found.facets, region),
        places=_places(query, region),
        radii=_radii(query),
        seats=_seats(query, region),
        sorts=tuple(
            Option(sort, words.word(words.SORTS, sort), sort == _sort(found.effective))
            for sort in _sorts(found.effective)
        ),
        chips=chips,
        chosen=str(len(chips)),
        clear_href=guide_address(SearchQuery(q=query.q), view),
        notices=_notices(query, found, view),
        hits=present_hits(found.hits, cards, region=region, chosen=chosen),
        alternatives=present_hits(found.alternatives, cards, region=region, chosen=chosen),
        history=present_hits(found.history, cards, region=region),
        pages=page_links(query.page, found.pages, _page_address(first, view)),
        files=file_links(query) if found.count else (),
        print=print_search(query, found.count),
        empty=None if found.hits else _nothing(query, found, view),
    )


def _views(as_list: str, view: str) -> tuple[ViewLink, ...]:
    names = _view_names(get_language())
    return tuple([ViewLink(label, icon, _viewed(as_list, one), one == view) for one, label, icon in names])


@lru_cache(maxsize=8)
def _view_names(language: str | None) -> tuple[tuple[str, str, str], ...]:
    return ((LIST, gettext("Lijst"), "list"), (TABLE, gettext("Tabel"), "table"), (MAP, gettext("Kaart"), "place"))


def _map(query: SearchQuery, found: SearchPage, places: Sequence[Place] | None, region: Standing) -> MapBlock:
    title = gettext("Kaart van wat je zocht") if query.q else gettext("Kaart van de gids")
    href = _points_address(query)
    if places is None:
        return present_counts(region=region, title=title, points_href=href)
    return present_places(places, region=region, title=title, points_href=href, found=found.count)


def _points_address(query: SearchQuery) -> str:
    """Where the points of everybody found lie, whatever the page and the order."""
    pairs = replace(query, page=1, size=SearchQuery().size, sort="").to_params()
    return reverse("map_points") + (f"?{urlencode(pairs)}" if pairs else "")


def present_points(query: SearchQuery, found: SearchPage, places: Sequence[Place] | None, region: Standing) -> Json:
    """What the map of a search shows as GeoJSON: the places of everybody found, or (None) counts per municipality."""
    if places is not None:
        return place_points(places, region)
    seats = found.facets.get("seat", {})
    href = {seat: guide_address(replace(query, seat=(seat,), page=1), MAP) for seat in seats}
    return count_points(seats, region, href)


def _sort(query: SearchQuery) -> str:
    if query.sort:
        return query.sort
    return "relevance" if query.q else "distance" if query.near else "name"


def _sorts(query: SearchQuery) -> tuple[str, ...]:
    return tuple(sort for sort in SORTS if sort != "distance" or query.near is not None or sort == query.sort)


def _labels(facet: str, region: Standing, language: str | None) -> Mapping[str, str]:
    """The values of a facet in the order in which they are shown, with their labels; kept."""
    return region.keep(("labels", facet, language), lambda: _read_labels(facet, region))


def _read_labels(facet: str, region: Standing) -> dict[str, str]:
    if facet == "theme":
        return {theme.code: words.in_language(theme.labels) for theme in taxonomy.themes()}
    if facet == "service":
        return {service.code: words.in_language(service.labels) for service in taxonomy.services()}
    if facet in ("municipality", "seat"):
        return {place.nis_code: place.name for place in region.municipalities}
    if facet == "cluster":
        return {cluster.slug: cluster.name for cluster in region.clusters}
    table = {"customer": words.CUSTOMERS, "kind": words.KINDS, "delivered": words.DELIVERED}[facet]
    return {code: words.word(table, code) for code in table}


def _titles() -> Mapping[str, str]:
    return _titles_in(get_language())


@lru_cache(maxsize=8)
def _titles_in(language: str | None) -> Mapping[str, str]:
    return {
        "theme": gettext("Thema"),
        "service": gettext("Dienst"),
        "customer": gettext("Voor wie"),
        "municipality": gettext("Werkt in gemeente"),
        "cluster": gettext("Werkt in cluster"),
        "delivered": gettext("Hoe het werkt"),
        "kind": gettext("Soort organisatie"),
    }


@lru_cache(maxsize=4096)
def _count_words(count: int, language: str | None) -> str:
    return number_words(count)


def _facets(query: SearchQuery, counted: Mapping[str, Counts], region: Standing) -> tuple[Facet, ...]:
    facets = []
    language = get_language()
    for key, title in _titles().items():
        counts = counted.get(key, {})
        chosen = query.selected(key)
        values = tuple(
            [
                FacetChoice(code, label, _count_words(counts.get(code, 0), language), code in chosen)
                for code, label in _labels(key, region, language).items()
                if code in counts or code in chosen
            ]
        )
        if values:
            facets.append(Facet(key, title, bool(chosen) or key == "theme", len(chosen), values))
    return tuple(facets)


def near_value(lat: float, lon: float) -> str:
    """A point as the address writes it."""
    return f"{lat:.6g},{lon:.6g}"


def _places(query: SearchQuery, region: Standing) -> SafeString:
    """The options of "near": every locality; the point of the question comes first when it is none of them."""
    options = region.keep(("places", get_language()), lambda: _place_options(region))
    if not query.near:
        return options
    current = near_value(*query.near)
    name = _near_names(region).get(current) or gettext("Jouw plek")
    return format_html('<option value="{}" selected>{}</option>{}', current, name, options)


def _place_options(region: Standing) -> SafeString:
    known = format_html_join(
        "",
        '<option value="{}">{} ({})</option>',
        (
            (near_value(place.point.lat, place.point.lon), place.name, place.postal_code)
            for place in region.localities
            if place.point
        ),
    )
    return format_html('<option value="">{}</option>{}', gettext("Overal"), known)


def _near_names(region: Standing) -> Mapping[str, str]:
    """The name of the first locality at each point."""

    def read() -> dict[str, str]:
        points = [(place.name, place.point) for place in region.localities if place.point]
        return {near_value(point.lat, point.lon): name for name, point in reversed(points)}

    return region.keep("near names", read)


def _radii(query: SearchQuery) -> tuple[Option, ...]:
    return _radius_options(query.radius_km, get_language())


@lru_cache(maxsize=64)
def _radius_options(chosen: float | None, language: str | None) -> tuple[Option, ...]:
    options = [Option("", gettext("Geen grens"), chosen is None)]
    radii: list[float] = sorted({*RADII_KM, *([chosen] if chosen else [])})
    options += [Option(f"{km:g}", gettext("Tot %(km)s km") % {"km": number_words(km)}, km == chosen) for km in radii]
    return tuple(options)


def _seats(query: SearchQuery, region: Standing) -> tuple[Option, ...]:
    first, language = query.seat[0] if query.seat else "", get_language()
    return region.keep(("seats", first, language), lambda: _seat_options(first, region, language))


def _seat_options(first: str, region: Standing, language: str | None) -> tuple[Option, ...]:
    labels = _labels("seat", region, language)
    return (
        Option("", gettext("Eender waar"), not first),
        *(Option(code, name, code == first) for code, name in labels.items()),
    )


def _chosen(query: SearchQuery, region: Standing) -> Iterator[tuple[str, SearchQuery]]:
    """Every condition beside the words: what it is called, and the search without it."""
    titles = {**_titles(), "seat": gettext("Gevestigd in")}
    for facet in titles:
        labels = _labels(facet, region, get_language()) if query.selected(facet) else {}
        for code in query.selected(facet):
            label = labels.get(code, code)
            if facet in ("seat", "municipality"):
                label = f"{titles[facet]}: {label}"
            yield label, _without(query, facet, code)
    if query.near is not None:
        within = gettext("tot %(km)s km") % {"km": number_words(query.radius_km)} if query.radius_km else ""
        name = _near_name(query, region)
        label = gettext("In de buurt van %(place)s") % {"place": name} + (f", {within}" if within else "")
        gone = replace(query, near=None, radius_km=None, sort="" if query.sort == "distance" else query.sort)
        yield label, gone


def chosen_words(query: SearchQuery, region: Standing) -> tuple[str, ...]:
    """The conditions of a search beside its words, each as the guide calls it."""
    return tuple(label for label, _ in _chosen(query, region))


def _chips(query: SearchQuery, region: Standing, view: str) -> tuple[Link, ...]:
    return tuple(Link(label, guide_address(without, view)) for label, without in _chosen(query, region))


def _without(query: SearchQuery, facet: str, code: str) -> SearchQuery:
    """The same search without one chosen value."""
    changes: dict[str, Any] = {facet: tuple(value for value in query.selected(facet) if value != code)}
    return replace(query, **changes)


def _near_name(query: SearchQuery, region: Standing) -> str:
    value = near_value(*query.near) if query.near else ""
    return _near_names(region).get(value) or gettext("jouw plek")


def _notices(query: SearchQuery, found: SearchPage, view: str) -> tuple[Notice, ...]:
    """How the text was read, what was left out, and a better spelling."""
    language = get_language() or "nl"
    notices = []
    if found.interpreted:
        sentences = " ".join(reason_words(reason, language) for reason in found.interpreted)
        literal = Link(gettext("Zoek letterlijk"), guide_address(replace(query, literal=True, page=1), view))
        notices.append(Notice("info", "", sentences, (literal,)))
    if found.ignored:
        notices.append(Notice("attention", "", " ".join(reason_words(reason, language) for reason in found.ignored)))
    if found.suggestion:
        better = guide_address(replace(query, q=found.suggestion, page=1), view)
        notices.append(
            Notice("info", "", "", (Link(gettext("Bedoelde je “%(words)s”?") % {"words": found.suggestion}, better),))
        )
    if found.alternatives:
        dropped = "; ".join(relaxed_words(condition, language) for condition in found.relaxed)
        notices.append(Notice("info", gettext("Precies wat je vroeg, vonden we niet."), dropped))
    if query.cut:
        notices.append(Notice("attention", "", gettext("Je vraag was erg lang. We zochten met de eerste 200 tekens.")))
    return tuple(notices)


def _nothing(query: SearchQuery, found: SearchPage, view: str) -> Empty:
    if found.count and found.page > found.pages:
        back = Link(gettext("Naar de laatste bladzijde"), guide_address(replace(query, page=found.pages), view))
        return Empty(gettext("Deze bladzijde is er niet."), gettext("Er zijn minder resultaten dan je dacht."), (back,))
    links = [Link(gettext("Bekijk de hele gids"), guide_address(SearchQuery(), view))]
    if any(query.selected(facet) for facet in _titles()) or query.near or query.seat:
        links.insert(0, Link(gettext("Zoek zonder filters"), guide_address(SearchQuery(q=query.q), view)))
    return Empty(
        gettext("We vonden niemand die dit doet."),
        gettext("Dat wil niet zeggen dat er niemand is: we weten alleen wat onze bronnen zeggen."),
        tuple(links),
    )
