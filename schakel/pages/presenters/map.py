"""A map with points: what is on it, what is not and why, and the words that the script needs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from schakel.core.model import Json, Point, PointPrecision
from schakel.pages.presenters.blocks import organisation_href
from schakel.pages.standing import Standing
from schakel.register import read
from schakel.register.read import MapLayer, Place
from schakel.search.result import Counts
from schakel.wording import words
from schakel.wording.dates import date_words, number_words, organisations_words

MOST_ORGANISATIONS = 300  # on one map; more are counted per municipality
LAYERS = (read.MUNICIPALITIES, read.CANTONS)  # the first that is there


@dataclass(frozen=True, slots=True)
class MapBlock:
    """Everything `_components/map.html` shows. The script fetches points and lines; `words` is JSON for it."""

    ident: str
    words: str
    points_href: str
    ground_href: str  # lines behind the points; empty without
    ground_words: str  # what the lines are and from whom
    count_words: str
    here: str  # NIS code of the municipality to stress, or empty
    counted: bool  # the points are municipalities with a number
    approximate: bool
    exact: bool
    script: str
    style: str
    choice: MapChoice | None = None


@dataclass(frozen=True, slots=True)
class MapChoice:
    """A map on which places are chosen: the ticks of the form `form` stand on it too, and can be dragged.

    `today`: what is open now, as JSON: longitude, latitude and name of each; `any_today`: there is at least one.
    """

    form: str
    today: str
    any_today: bool


def ground_layer(region: Standing) -> MapLayer | None:
    """The best lines there are: municipal boundaries, else judicial cantons; kept."""

    def find() -> MapLayer | None:
        return next((layer for key in LAYERS if (layer := read.get_map_layer(key)) is not None), None)

    return region.keep("ground", find)


def present_places(
    places: Sequence[Place], *, region: Standing, title: str, points_href: str, here: str = "", found: int | None = None
) -> MapBlock:
    """The map of these establishments, whose `place_points` lie at `points_href`.

    `found`: how many organisations were searched for, to say of how many no place is known.
    """
    placed = [place.organisation for place in places if place.point is not None]
    precisions = {place.point.precision for place in places if place.point is not None}
    return _block(
        region,
        title,
        points_href,
        count_words=_counted(len(placed), len(set(placed)), found),
        here=here,
        approximate=bool(precisions - {PointPrecision.ADDRESS}),
        exact=PointPrecision.ADDRESS in precisions,
    )


def present_counts(*, region: Standing, title: str, points_href: str) -> MapBlock:
    """The map of too many organisations to show each, whose `count_points` lie at `points_href`."""
    count = gettext("Te veel om elk apart te tonen: het getal zegt hoeveel er in elke gemeente gevestigd zijn.")
    return _block(region, title, points_href, count_words=count, counted=True)


def present_choice(today: Sequence[tuple[Point, str]], *, region: Standing, title: str, form: str) -> MapBlock:
    """The map on which the ticks of a form can be dragged. `today`: what is open now, with its name."""
    keys = gettext("Kaart. Verschuif met de pijltjes, zoom met plus en min. Kiezen kan in de lijst onder de kaart.")
    spots: list[Json] = [[round(point.lon, 5), round(point.lat, 5), name] for point, name in today]
    block = _block(
        region,
        title,
        "",
        count_words=gettext(
            "Sleep een zeshoek naar een andere kern, of tik op een stip. De lijst eronder zegt hetzelfde."
        ),
        counted=True,
        keys=keys,
    )
    choice = MapChoice(form, json.dumps(spots, ensure_ascii=False), bool(spots))
    return replace(block, ident="kieskaart", choice=choice)


def place_points(places: Iterable[Place], region: Standing) -> Json:
    """The establishments with a point as GeoJSON, each with what its card on the map says."""
    return _collection([_place(place, place.point, region) for place in places if place.point is not None])


def count_points(seats: Counts, region: Standing, href: Mapping[str, str]) -> Json:
    """How many organisations are located in each municipality (by NIS code) as GeoJSON, each with its search."""
    features: list[Json] = []
    for nis_code, count in seats.items():
        place = region.by_nis.get(nis_code)
        if place is not None and place.point is not None:
            said: dict[str, Json] = {
                "name": place.name,
                "count": count,
                "href": href[nis_code],
                "about": organisations_words(count),
            }
            features.append(_feature(place.point, said))
    return _collection(features)


def _block(
    region: Standing,
    title: str,
    points_href: str,
    *,
    count_words: str,
    here: str = "",
    counted: bool = False,
    approximate: bool = False,
    exact: bool = False,
    keys: str = "",
) -> MapBlock:
    layer = ground_layer(region)
    return MapBlock(
        ident="kaart",
        words=json.dumps(_words(title, keys), ensure_ascii=False),
        points_href=points_href,
        ground_href=reverse("map_ground") if layer else "",
        ground_words=_ground_words(layer) if layer else gettext("Zonder lijnen: er zijn geen grenzen geladen."),
        count_words=count_words,
        here=here,
        counted=counted,
        approximate=approximate,
        exact=exact,
        script=static("maplibre/maplibre-gl.js"),
        style=static("maplibre/maplibre-gl.css"),
    )


def _collection(features: list[Json]) -> Json:
    return {"type": "FeatureCollection", "features": features}


def _place(place: Place, point: Point, region: Standing) -> Json:
    where = ", ".join(filter(None, (place.street, place.town or region.place_name(place.nis_code))))
    name = place.organisation_name
    said: dict[str, Json] = {
        "name": f"{name}: {place.name}" if place.name and place.name != name else name,
        "href": organisation_href()(place.organisation),
        "about": where,
        "precision": words.word(words.PRECISIONS, point.precision),
        "approximate": point.precision != PointPrecision.ADDRESS,
    }
    return _feature(point, said)


def _feature(point: Point, said: dict[str, Json]) -> Json:
    spot: list[Json] = [round(point.lon, 6), round(point.lat, 6)]
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": spot}, "properties": said}


def _counted(places: int, placed: int, found: int | None) -> str:
    """How many places the map shows; of a search also of how many organisations, and how many it cannot show."""
    count = ngettext("%(count)s plaats", "%(count)s plaatsen", places) % {"count": number_words(places)}
    if found is None:
        return gettext("%(places)s op de kaart.") % {"places": count}
    said = gettext("De kaart toont %(placed)s van de %(found)s organisaties, op %(places)s.") % {
        "placed": number_words(placed), "found": number_words(found), "places": count,
    }  # fmt: skip
    if found == placed:
        return said
    missing = ngettext(
        "Van %(count)s organisatie kennen we geen plaats: ze staat alleen in de tabel.",
        "Van %(count)s organisaties kennen we geen plaats: ze staan alleen in de tabel.",
        found - placed,
    )
    return f"{said} {missing % {'count': number_words(found - placed)}}"


def _ground_words(layer: MapLayer) -> str:
    what = gettext("gerechtelijke kantons") if layer.key == read.CANTONS else gettext("gemeentegrenzen")
    source = " · ".join(filter(None, (layer.source_title, layer.licence)))
    loaded = date_words(timezone.localdate(layer.loaded_at).isoformat())
    return gettext("Lijnen: %(what)s. Bron: %(source)s, geladen op %(date)s.") % {
        "what": what, "source": source, "date": loaded,
    }  # fmt: skip


def _words(title: str, keys: str) -> dict[str, Json]:
    """What the script says, in the language of the page. `keys`: what the keyboard does, if not the usual."""
    twin = gettext("De lijst of de tabel op deze pagina zegt hetzelfde.")
    no_webgl = gettext("Je toestel of je browser kan deze kaart niet tekenen (WebGL ontbreekt of staat uit).")
    failed = gettext("De kaart kon niet geladen worden. Probeer later opnieuw.")
    slow = gettext("De kaart laat op zich wachten.")
    return {
        "title": title,
        "loading": gettext("De kaart wordt geladen…"),
        "no_webgl": f"{no_webgl} {twin}",
        "failed": f"{failed} {twin}",
        "slow": f"{slow} {twin}",
        "cluster": gettext("{count} plaatsen dicht bij elkaar. Zoom in."),
        "together": gettext("{count} plaatsen op dezelfde plek"),
        "canton": gettext("gerechtelijk kanton {name}"),
        "zoom_in": gettext("Zoom in"),
        "zoom_out": gettext("Zoom uit"),
        "close": gettext("Sluit"),
        "keys": keys or gettext("Kaart. Verschuif met de pijltjes, zoom met plus en min. De punten zijn knoppen."),
        "scroll": gettext("Hou Ctrl ingedrukt en scrol om te zoomen"),
        "scroll_mac": gettext("Hou ⌘ ingedrukt en scrol om te zoomen"),
        "touch": gettext("Verschuif de kaart met twee vingers"),
    }
