"""The hexagon map: every municipality equally large, with a figure or with the sign of what is known.

One drawing for every indicator, on pages and on paper; with its legend and with the rows of a table that says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from schakel.core.geography.honeycomb import name_lines
from schakel.core.model import Point
from schakel.figures.honeycomb import OVER, OVER_SMALL, SHAPE, lay_out
from schakel.figures.icons import sign_glyph
from schakel.figures.look import ACCENT, HATCH, LOOKS, NO_DATA, STEPS, Look, State
from schakel.figures.scale import Scale
from schakel.wording import words
from schakel.wording.dates import number_words

LINE_HEIGHT = 12.0
BELOW = 20.0  # height of the figure or sign under the name
FONTS = "system-ui, 'Libertinus Serif', sans-serif"  # the second one is inside Typst


@dataclass(frozen=True, slots=True)
class HexCell:
    """One municipality on the map.

    `words`: what it says, in words ("12 organisaties"). With a `state` it looks like that state; else `value` gives its
    step on the scale; with neither it is "no data". `text`: what stands under the name. `here`: the one to stress.
    """

    key: str
    name: str
    point: Point | None
    words: str
    value: float | None = None
    text: str = ""
    state: State | None = None
    href: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class LegendLine:
    """A small hexagon and what it means."""

    svg: SafeString
    words: str


@dataclass(frozen=True, slots=True)
class HexRow:
    """One municipality in the table that says the same."""

    name: str
    href: str
    words: str
    sign: str  # name of the sign in the sprite; empty for a figure


@dataclass(frozen=True, slots=True)
class HexMap:
    """The drawing (empty when fewer than three places are known), its legend and its table."""

    ident: str
    svg: SafeString
    width: int  # in drawing units, for who sets it on paper
    height: int
    title: str
    legend: tuple[LegendLine, ...]
    rows: tuple[HexRow, ...]
    unplaced: tuple[str, ...]  # municipalities whose place is not known: in the table only


def draw_hexmap(
    cells: Sequence[HexCell],
    *,
    ident: str,
    title: str,
    description: str = "",
    scale: Scale | None = None,
    state_words: Mapping[State, str] | None = None,
    here_words: str = "",
    number: Callable[[float], str] = number_words,
) -> HexMap:
    """The map of these cells.

    `ident`: begins the ids in the drawing; one per map on a page. `title` and `description` are for who cannot see it.
    `scale`: from `make_scale`, needed when a cell has a value. `state_words`: the words of the legend, where they
    differ from the usual ones; `here_words`: of the stressed cell. `number` writes the figures of the legend.
    """
    placed = [(cell.key, cell.point) for cell in cells if cell.point is not None]
    layout = lay_out(placed)
    rows = tuple(HexRow(cell.name, cell.href, cell.words, _sign(cell, scale)) for cell in cells)
    legend = _legend(cells, scale, state_words or {}, here_words, number)
    if layout is None:
        return HexMap(ident, SafeString(""), 0, 0, title, legend, rows, tuple(cell.name for cell in cells))
    drawn = format_html_join(
        "",
        "{}",
        ((_cell(cell, layout.middles[cell.key], scale),) for cell in cells if cell.key in layout.middles),
    )
    svg = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="hexmap" viewBox="0 0 {} {}" role="{}" '
        'aria-labelledby="{}-title" aria-describedby="{}-desc" font-family="{}" text-anchor="middle">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}</svg>',
        layout.width,
        layout.height,
        "group" if any(cell.href for cell in cells) else "img",
        *(ident, ident, FONTS, ident, title, ident),
        description or "; ".join(f"{cell.name}: {cell.words}" for cell in cells),
        drawn,
    )
    unplaced = tuple(cell.name for cell in cells if cell.point is None)
    return HexMap(ident, svg, layout.width, layout.height, title, legend, rows, unplaced)


def look_of(cell: HexCell, scale: Scale | None) -> Look:
    """Its state, else its step on the scale, else "no data"."""
    if cell.state is not None:
        return LOOKS[cell.state]
    if cell.value is None or scale is None or not scale.classes:
        return LOOKS[State.NO_DATA]
    return STEPS[scale.step_of(cell.value)]


def _sign(cell: HexCell, scale: Scale | None) -> str:
    look = look_of(cell, scale)
    return look.sign or look.name.replace("-", "_") if look in LOOKS.values() else ""


def _cell(cell: HexCell, middle: tuple[float, float], scale: Scale | None) -> SafeString:
    look = look_of(cell, scale)
    body = format_html(
        '<g class="hm-{}{}" transform="translate({} {})"><title>{}</title>{}{}</g>',
        look.name,
        " hm-here" if cell.here else "",
        *(f"{place:.1f}" for place in middle),  # always with a point: an SVG knows no other
        f"{cell.name}: {cell.words}",
        _hexagon(look, here=cell.here),
        _words(cell, look),
    )
    if not cell.href:
        return body
    return format_html('<a href="{}" aria-label="{}: {}">{}</a>', cell.href, cell.name, cell.words, body)


def _hexagon(look: Look, *, here: bool = False, thick: float = 1.0) -> SafeString:
    """The hexagon with its hatch or dots. `thick`: how much heavier the lines are; over 1 for a legend."""
    dash = format_html(' stroke-dasharray="{}" stroke-linecap="round"', look.dash) if look.dash and not here else ""
    over = ""
    if look.over:
        colour, width = (HATCH, 1.4) if look.over == "hatch" else (NO_DATA, 2.2)
        over = format_html(
            '<path class="hm-{}" d="{}" fill="none" stroke="{}" stroke-width="{}" stroke-linecap="round"/>',
            *(look.over, (OVER if thick == 1 else OVER_SMALL)[look.over], colour, f"{width * thick:g}"),
        )
    edge = 4 if here else 2 if look.sign or look.dash else 1
    return format_html(
        '<path class="hm-shape" d="{}" fill="{}" stroke="{}" stroke-width="{}"{}/>{}',
        *(SHAPE, look.fill, ACCENT if here else look.stroke, f"{edge * thick:g}", dash, over),
    )


def _words(cell: HexCell, look: Look) -> SafeString:
    names = name_lines(cell.name)
    below = bool(look.sign or cell.text)
    top = -(LINE_HEIGHT * len(names) + (BELOW if below else 0)) / 2
    halo = _halo(look)
    lines = format_html_join(
        "",
        '<text class="hm-text" y="{}" font-size="{}" fill="{}"{}>{}</text>',
        (
            (
                f"{top + LINE_HEIGHT * index + 9.5:.1f}",
                f"{min(11.5, 105 / max(len(text), 1)):.1f}",
                look.text,
                halo,
                text,
            )
            for index, text in enumerate(names)
        ),
    )
    foot = top + LINE_HEIGHT * len(names)
    aside = 9 if look.sign and cell.text else 0
    sign = _glyph(look, -aside, foot + BELOW / 2) if look.sign else ""
    text = ""
    if cell.text:
        text = format_html(
            '<text class="hm-text hm-count" x="{}" y="{}" font-size="17" font-weight="600" fill="{}"{}>{}</text>',
            *(aside, f"{foot + 16.5:.1f}", look.text, halo, cell.text),
        )
    return format_html("{}{}{}", lines, sign, text)


def _size(text: str) -> str:
    """The size of letters with which a line fits in the hexagon."""
    return f"{min(11.5, 105 / max(len(text), 1)):.1f}"


def _halo(look: Look) -> SafeString:
    """Keeps words free of the hatch or dots behind them."""
    if not look.over:
        return SafeString("")
    return format_html(' stroke="{}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"', look.fill)


def _glyph(look: Look, x: float, y: float, size: float = 1.15) -> SafeString:
    """The sign without its own hexagon: the cell is one."""
    colour = look.text if look.name == "absent" else look.stroke
    return format_html(
        '<g class="hm-glyph" transform="translate({} {}) scale({}) translate(-12 -12)" fill="none" stroke="{}" '
        'color="{}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{}</g>',
        *(f"{x:g}", f"{y:.1f}", size, colour, colour),
        mark_safe(sign_glyph(look.sign)),  # noqa: S308 (our own sprite)
    )


def _legend(
    cells: Sequence[HexCell],
    scale: Scale | None,
    state_words: Mapping[State, str],
    here_words: str,
    number: Callable[[float], str],
) -> tuple[LegendLine, ...]:
    """What occurs on the map, and nothing else."""
    used = {look_of(cell, scale).name for cell in cells}
    lines = []
    if scale is not None and any(cell.state is None and cell.value is not None for cell in cells):
        for index, said in enumerate(scale.words(number)):
            lines.append(LegendLine(_swatch(STEPS[scale.step(index)]), said))
    for state, look in LOOKS.items():
        if look.name in used:
            lines.append(LegendLine(_swatch(look), state_words.get(state) or words.word(words.STATES, state)))
    if here_words and any(cell.here for cell in cells):
        lines.append(LegendLine(_swatch(STEPS[0], here=True), here_words))
    return tuple(lines)


def _swatch(look: Look, *, here: bool = False) -> SafeString:
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="hexmap-key" viewBox="-42 -44 84 88" aria-hidden="true" '
        'focusable="false"><g class="hm-{}{}">{}{}</g></svg>',
        *(look.name, " hm-here" if here else "", _hexagon(look, here=here, thick=2.4)),
        _glyph(look, 0, 0, 2.2) if look.sign else "",
    )
