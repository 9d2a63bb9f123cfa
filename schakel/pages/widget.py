"""The widget on other people's websites: what its address asks, read strictly and written back the same way."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext

from schakel.core import taxonomy
from schakel.core.contrast import LEAST_FOR_TEXT, MIDDLE, contrast_ratio, luminance, parse_colour
from schakel.core.errors import InvalidInput
from schakel.pages.standing import Standing
from schakel.wording.dates import number_words

MOST_CHOSEN = 60  # on an own list: an address stays below what browsers and servers take
_LONGEST_SHOWN = 20  # characters of what is no colour
_LONGEST_SLUG = 120


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as six hexadecimal digits: behind everything, of words, of links."""

    paper: str = "ffffff"
    ink: str = "1d2b2a"
    main: str = "0c5449"

    def to_params(self) -> list[tuple[str, str]]:
        """What differs from the usual colours."""
        pairs = (("paper", self.paper), ("ink", self.ink), ("main", self.main))
        usual = (USUAL.paper, USUAL.ink, USUAL.main)
        return [(name, colour) for (name, colour), standard in zip(pairs, usual, strict=True) if colour != standard]


USUAL = Palette()


@dataclass(frozen=True, slots=True)
class Widget:
    """A municipality (NIS code), a theme, or both; or the slugs of an own list. Nothing at all shows nothing."""

    municipality: str = ""
    theme: str = ""
    chosen: tuple[str, ...] = ()
    palette: Palette = field(default_factory=Palette)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen."""
        return not (self.municipality or self.theme or self.chosen)

    def to_params(self) -> list[tuple[str, str]]:
        """The parameters of its address; `read_widget` reads them back."""
        places = [("municipality", self.municipality)] if self.municipality else []
        themes = [("theme", self.theme)] if self.theme else []
        return [*places, *themes, *(("o", slug) for slug in self.chosen), *self.palette.to_params()]


def read_palette(params: QueryDict) -> Palette:
    """The colours an address asks for; the usual one for what it leaves out.

    Raises InvalidInput for what is no colour, and for words or links that cannot be read on what lies behind them.
    """
    words, links = gettext("De kleur van de tekst"), gettext("De kleur van de links")
    palette = Palette(
        _colour(params.get("paper") or USUAL.paper, gettext("De kleur van de achtergrond")),
        _colour(params.get("ink") or USUAL.ink, words),
        _colour(params.get("main") or USUAL.main, links),
    )
    _check_readable(palette.ink, palette.paper, words)
    _check_readable(palette.main, palette.paper, links)
    return palette


def _colour(text: str, name: str) -> str:
    found = parse_colour(text)
    if found is None:
        shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
        said = gettext("%(name)s is %(shown)s. Schrijf zes cijfers of letters a tot f, zoals 0c5449.")
        raise InvalidInput(said % {"name": name, "shown": repr(shown)})
    return found


def _check_readable(words: str, behind: str, name: str) -> None:
    """The ratio is not rounded before it is compared, and is never said to be more than it is."""
    ratio = contrast_ratio(words, behind)
    if ratio >= LEAST_FOR_TEXT:
        return
    unread = gettext(
        "%(name)s (#%(words)s) is niet te lezen op de achtergrond (#%(behind)s): "
        "het contrast is %(ratio)s en moet minstens %(least)s zijn."
    )
    about = {
        "name": name,
        "words": words,
        "behind": behind,
        "ratio": number_words(int(ratio * 100) / 100),
        "least": number_words(LEAST_FOR_TEXT),
    }
    way_on = (
        gettext("Kies een donkerdere kleur, of een andere achtergrond.")
        if luminance(behind) > MIDDLE
        else gettext("Kies een lichtere kleur, of een andere achtergrond.")
    )
    raise InvalidInput(f"{unread % about} {way_on}")


def as_typed(params: QueryDict, region: Standing) -> Widget:
    """What a form asked that was refused, as far as it can be shown again."""
    colours = {name: value.removeprefix("#") for name in ("paper", "ink", "main") if (value := params.get(name))}
    municipality = params.get("municipality", "")
    return Widget(
        municipality=municipality if municipality in region.by_nis else "",
        chosen=tuple(params.getlist("o")),
        palette=Palette(**{name: value for name, value in colours.items() if parse_colour(value)}),
    )


def read_widget(params: QueryDict, region: Standing) -> Widget:
    """What an address asks to show. Raises InvalidInput, in plain Dutch, for what is not known or cannot be."""
    municipality, theme = params.get("municipality", ""), params.get("theme", "")
    chosen = tuple(dict.fromkeys(slug for slug in params.getlist("o") if 0 < len(slug) <= _LONGEST_SLUG))
    if municipality and municipality not in region.by_nis:
        raise InvalidInput(gettext("Deze gemeente ligt niet in de streek. Kies een gemeente uit de lijst."))
    if theme and theme not in {known.code for known in taxonomy.themes()}:
        raise InvalidInput(gettext("Dit thema kennen we niet. Kies een thema uit de lijst."))
    if chosen and (municipality or theme):
        raise InvalidInput(gettext("Kies een gemeente of een thema, of een eigen lijst: niet allebei."))
    if len(chosen) > MOST_CHOSEN:
        said = gettext("Op een eigen lijst passen %(most)s organisaties. Dit zijn er %(count)s.")
        raise InvalidInput(said % {"most": MOST_CHOSEN, "count": len(chosen)})
    return Widget(municipality, theme, chosen, read_palette(params))
