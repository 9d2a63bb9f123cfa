"""The hexagon map: no state looks like another, also in words; it stands alone; nobody falls off silently."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from schakel.core.model import Point
from schakel.figures import HexCell, HexMap, State, draw_hexmap, icon_svg, make_scale
from schakel.figures.icons import sign_glyph
from schakel.figures.look import LOOKS, STEPS
from tests.pages.test_stylesheet import contrast, luminance, tokens

SVG = "{http://www.w3.org/2000/svg}"
CELLS = (
    HexCell("45041", "Ronse", Point(50.75, 3.60), "12 organisaties", 12, "12", href="/gemeente/ronse"),
    HexCell("45060", "Kluisbergen", Point(50.78, 3.50), "4 organisaties", 4, "4", href="/gemeente/kluisbergen"),
    HexCell("45059", "Brakel", Point(50.77, 3.79), "nog niemand bekend", state=State.UNKNOWN, here=True),
    HexCell("41063", "Sint-Lievens-Houtem", Point(50.92, 3.85), "geen gegevens"),
)


def drawn(*cells: HexCell) -> HexMap:
    return draw_hexmap(
        cells, ident="proef", title="Organisaties", scale=make_scale(c.value for c in cells), here_words="deze"
    )


def tree(found: HexMap) -> ElementTree.Element:
    return ElementTree.fromstring(found.svg)  # noqa: S314 (our own drawing)


def test_drawing_is_a_whole_svg_with_title_description_and_named_links() -> None:
    root = tree(drawn(*CELLS))
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "group"
    assert root.findtext(f"{SVG}title") == "Organisaties"
    assert "Brakel: nog niemand bekend" in str(root.findtext(f"{SVG}desc"))
    links = {link.get("href"): link.get("aria-label") for link in root.iter(f"{SVG}a")}
    assert links == {
        "/gemeente/ronse": "Ronse: 12 organisaties",
        "/gemeente/kluisbergen": "Kluisbergen: 4 organisaties",
    }


def test_drawing_without_links_is_one_picture() -> None:
    assert tree(drawn(*(replace(cell, href="") for cell in CELLS))).get("role") == "img"


def test_drawing_holds_no_script_no_style_and_nothing_from_elsewhere() -> None:
    svg = drawn(*CELLS).svg
    assert "<script" not in svg
    assert "style=" not in svg
    assert svg.count("http") == svg.count("http://www.w3.org/2000/svg")


def test_names_are_text_whatever_they_hold() -> None:
    strange = replace(CELLS[0], name='<script>"&', words="<b>", href='/x"onclick="y')
    root = tree(drawn(strange, *CELLS[1:]))
    assert next(link.get("href") for link in root.iter(f"{SVG}a")) == '/x"onclick="y'
    assert not list(root.iter("script"))


def test_rows_and_legend_say_what_the_drawing_shows() -> None:
    found = drawn(*CELLS)
    assert [(row.name, row.words, row.sign) for row in found.rows] == [
        ("Ronse", "12 organisaties", ""),
        ("Kluisbergen", "4 organisaties", ""),
        ("Brakel", "nog niemand bekend", "unknown"),
        ("Sint-Lievens-Houtem", "geen gegevens", "no_data"),
    ]
    assert [line.words for line in found.legend] == ["4", "12", "niet bekend", "geen gegevens", "deze"]


def test_municipality_without_a_place_stays_in_the_table_and_is_named() -> None:
    lost = replace(CELLS[0], key="x", name="Nergens", point=None)
    found = drawn(*CELLS, lost)
    assert found.unplaced == ("Nergens",)
    assert "Nergens" in [row.name for row in found.rows]
    assert "transform" in found.svg


def test_too_few_places_give_the_table_only() -> None:
    found = drawn(*CELLS[:2])
    assert found.svg == ""
    assert [row.name for row in found.rows] == ["Ronse", "Kluisbergen"]
    assert found.unplaced == ("Ronse", "Kluisbergen")


def test_no_state_looks_like_another_without_colour() -> None:
    """Sign, hatch or dots, and border: a copy in black and white still tells them apart."""
    assert set(LOOKS) == set(State)
    assert len({(look.sign, look.over, look.dash) for look in LOOKS.values()}) == len(State)


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.name)
def test_every_state_has_its_sign_in_the_sprite(look: object) -> None:
    name = look.name.replace("-", "_")  # type: ignore[attr-defined]
    assert "<svg" in icon_svg(name, "#000000")
    assert sign_glyph(name) != ""


# --- colours: those of the stylesheet, readable, in order ---

FILLS = {
    **{f"step-{number}": f"step-{letter}" for number, letter in enumerate("abcde", 1)},
    "served": "soft", "assumed": "sheet", "thin": "warm", "absent": "absent", "unknown": "sheet",
    "no-data": "sheet", "suspected": "sheet", "hidden": "sheet",
}  # fmt: skip
WORDS = {
    **{f"step-{n}": "on-low" for n in (1, 2, 3)},
    **{f"step-{n}": "on-high" for n in (4, 5)},
    "absent": "on-absent",
}
EVERY = [*STEPS, *LOOKS.values()]


@pytest.mark.parametrize("look", EVERY, ids=lambda look: look.name)
def test_colours_of_the_drawing_are_those_of_the_light_scheme(look: object) -> None:
    light = tokens("light")
    assert look.fill == light[FILLS[look.name]]  # type: ignore[attr-defined]
    assert look.text == light[WORDS.get(look.name, "ink")]  # type: ignore[attr-defined]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", FILLS)
def test_words_on_every_cell_can_be_read(scheme: str, name: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[WORDS.get(name, "ink")], colours[FILLS[name]]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_steps_of_the_scale_keep_their_order_without_colour(scheme: str) -> None:
    colours = tokens(scheme)
    steps = [luminance(colours[f"step-{letter}"]) for letter in "abcde"]
    assert steps == sorted(steps, reverse=scheme == "light")
    pairs = [(colours[f"step-{a}"], colours[f"step-{b}"]) for a, b in zip("abcd", "bcde", strict=True)]
    assert min(contrast(one, other) for one, other in pairs) >= 1.2
