"""The printed guide, read back: who stands in it, that text stays text, tags for screen readers, the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from schakel.core.errors import InvalidInput, NotEnoughData
from schakel.core.model import AreaKnowledge, Kind, LifeStatus
from schakel.documents import Bounds, EmptySelection, Selection, TooMany, build_guide
from schakel.register import read
from schakel.sources.region_pack.model import EstablishmentRow, OfferRow, OrganisationRow
from tests.register.packs import BRAKEL, MAARKEDAL, MUNICIPALITIES, RONSE, load, small_pack, sourced

WHOLE = Selection()
pytestmark = pytest.mark.slow

ON = date(2026, 11, 23)
SITE = "https://voorbeeld.example"
LITERAL = (
    '#import "@preview/tiaoma:0.3.0": *',
    "#panic(1) #sys.inputs *vet* _schuin_ @label <o1> $x^2$ `code` // weg /* ook */ = kop - lijst",
    r"\#eval(1) \u{41} ~ -- --- ' \" ]#[ ",
    "https://kwaad.example/#read(/etc/passwd)",
)
STRANGE = (
    "🚲 Fiets 中文",
    "سلام עברית",
    "om\u202edraai\u202c \x07\t\n\u2028regel",
    "e\u0301\u0301 👩\u200d🔧 \U000e0041",
)


def made(selection: Selection = WHOLE, *, language: str = "nl", large: bool = False, site: str = SITE) -> bytes:
    return build_guide(selection, language=language, large=large, on=ON, base_url=site)


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader(content).pages).split())


def squeezed(text: str) -> str:
    """Without spaces: lines break where they like."""
    return re.sub(r"[\s\u200b]+", "", text)


def rightmost(page: PageObject) -> float:
    """Where the last piece of text on a page begins, in points from the left, at most; 0 without text."""
    found = [0.0]

    def note(text: str, matrix: Any, text_matrix: Any, _font: Any, _size: float) -> None:
        if text.strip():
            found.append(float(text_matrix[4]))

    page.extract_text(visitor_text=note)
    return max(found)


def bookmarks(content: bytes) -> list[tuple[int, str]]:
    def walk(items: list[Any], level: int) -> Iterator[tuple[int, str]]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item, level + 1)
            else:
                yield level, " ".join(str(item.title).split())

    return list(walk(reader(content).outline, 1))


def tags(content: bytes) -> list[DictionaryObject]:
    """All structure elements of the tag tree, in reading order."""
    found: list[DictionaryObject] = []

    def walk(node: Any) -> None:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, ArrayObject):
            for item in node:
                walk(item)
        elif isinstance(node, DictionaryObject) and "/S" in node:
            found.append(node)
            walk(node.get("/K"))

    root: Any = reader(content).root_object["/StructTreeRoot"]
    walk(root["/K"])
    return found


def with_names(*names: str, **more: Any) -> None:
    """A register of organisations with these names, each repairing bicycles in Ronse."""
    load(
        small_pack(
            organisations=tuple(
                OrganisationRow(
                    **sourced(
                        slug=f"naam-{number}",
                        name=name,
                        description=name,
                        kinds=(Kind.COOPERATIVE,),
                        email=f"x{number}@voorbeeld.example",
                        **more,
                    )
                )
                for number, name in enumerate(names)
            ),
            establishments=tuple(
                EstablishmentRow(
                    **sourced(key=f"naam-{n}/plek", organisation=f"naam-{n}", name=name, street=name, nis_code=RONSE)
                )
                for n, name in enumerate(names)
            ),
            offers=tuple(
                OfferRow(
                    **sourced(
                        key=f"naam-{n}/aanbod",
                        organisation=f"naam-{n}",
                        service="bicycle_repair",
                        words=name,
                        customers=(),
                        area=(f"nis:{RONSE}",),
                    )
                )
                for n, name in enumerate(names)
            ),
            **dict.fromkeys(("recognitions", "employment", "tasks", "initiatives"), ()),
        )
    )


@pytest.fixture
def small(db: None) -> None:
    load(small_pack())


@pytest.mark.usefixtures("small")
def test_guide_has_everybody_who_exists_once_and_nobody_who_closed() -> None:
    guide = made()
    titles = [title for level, title in bookmarks(guide) if level == 2]
    alive = [one.name for one in read.iter_organisations() if one.status in (LifeStatus.LIVE, LifeStatus.UNCERTAIN)]
    for name in alive:
        assert titles.count(name) == 1
    assert alive
    printed = squeezed(text_of(guide))
    for one in read.iter_organisations():
        # the address of its page stands with the entry, and nowhere else
        times = len(re.findall(rf"voorbeeld\.example/organisatie/{one.slug}(?![a-z-])", printed))
        assert times == (one.name in alive), one.slug
    assert "Voorbeeld Oud" not in text_of(guide)


@pytest.mark.usefixtures("small")
def test_guide_says_how_many_when_and_of_what() -> None:
    said = text_of(made())
    assert "Voorbeeldstreek" in said
    assert "2 organisaties" in said
    assert "23 november 2026" in said
    assert "Verzonnen gegevens" in said  # the fixture is synthetic
    assert "17 juni 2016" in said
    assert "140.000 euro" in said
    assert "afgeleid uit een ander bedrag" in said
    assert "tenderwolf.com, nagekeken op 23 november 2026" in said


@pytest.mark.usefixtures("small")
def test_guide_of_a_municipality_has_who_serves_it_or_is_there() -> None:
    for place in (RONSE, MAARKEDAL, BRAKEL):
        expected = {
            one.name
            for one in read.iter_organisations()
            if one.status is LifeStatus.LIVE
            and (
                any(place in offer.area.nis_codes and offer.status is LifeStatus.LIVE for offer in one.offers)
                or any(seat.nis_code == place for seat in one.establishments)
            )
        }
        titles = {title for level, title in bookmarks(made(Selection(municipality=place))) if level == 2}
        assert expected == titles & {one.name for one in read.iter_organisations()}


@pytest.mark.usefixtures("small")
def test_guide_says_assumption_where_nobody_stated_the_area() -> None:
    (green,) = (one for one in read.iter_organisations() if one.slug == "groen")
    assert green.offers[0].area.knowledge is AreaKnowledge.ASSUMED
    said = text_of(made(Selection(municipality=MAARKEDAL)))
    assert "Maarkedal en elders in de regio (aanname)" in said


@pytest.mark.usefixtures("small")
def test_guide_of_a_municipality_says_unknown_where_nobody_is_known_and_what_was_searched() -> None:
    said = text_of(made(Selection(municipality=MAARKEDAL)))
    assert "We kennen hier nog niemand." in said
    assert re.search(r"Gezocht en niet gevonden: Fietsherstelling.{0,40}\(20 augustus 2026\)", said)


def test_guide_marks_what_is_old_and_what_is_uncertain(db: None) -> None:
    with_names(
        "Voorbeeld Oudje", source_date="2019-03", status=LifeStatus.UNCERTAIN, status_note="Laatste bewijs 2019."
    )
    said = text_of(made())
    assert "Onzeker of dit nog bestaat: Laatste bewijs 2019." in said
    assert "van maart 2019" in said


def test_guide_marks_nothing_that_is_recent(db: None) -> None:
    with_names("Voorbeeld Nieuw")
    said = text_of(made())
    assert "ouder dan 2 jaar" not in said
    assert "Onzeker of dit nog bestaat" not in said


def test_guide_prints_markup_as_text(db: None) -> None:
    with_names(*LITERAL)
    said = squeezed(text_of(made()))
    for text in LITERAL:
        assert squeezed(text) in said


def test_guide_survives_long_names_and_signs_no_font_has(db: None) -> None:
    with_names("N" * 300, *STRANGE)
    guide = made()
    assert squeezed(text_of(guide)).count("N" * 300) >= 3  # name, description, offer
    for page in reader(guide).pages:
        assert rightmost(page) <= page.mediabox.width - 40
    assert "Het teken ▯ staat voor" in text_of(guide)
    assert len([title for level, title in bookmarks(guide) if level == 2 and "▯ Fiets ▯▯" in title]) == 1
    assert "\u202e" not in str(bookmarks(guide))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("language", "title", "chapter"),
    [
        ("nl", "Gids van de sociale economie: Voorbeeldstreek", "Zo koop je sociaal"),
        ("en", "Guide to the social economy: Example region", "How to buy socially"),
        ("fr", "Guide de l’économie sociale: Région d’exemple", "Acheter social, comment faire"),
    ],
)
def test_guide_says_its_title_and_language(language: str, title: str, chapter: str) -> None:
    guide = made(language=language)
    found = reader(guide)
    assert found.metadata is not None
    assert found.metadata.title == title
    assert found.root_object["/Lang"] == language
    assert found.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert (1, chapter) in bookmarks(guide)


@pytest.mark.usefixtures("small")
def test_guide_claims_the_standard_and_is_tagged_all_through() -> None:
    guide = made()
    found = reader(guide)
    assert found.root_object["/MarkInfo"]["/Marked"]
    metadata: Any = found.root_object["/Metadata"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata.get_object().get_data()
    kinds = [str(tag["/S"]) for tag in tags(guide)]
    assert {"/Document", "/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure", "/Link"} <= set(kinds)
    figures = [tag for tag in tags(guide) if tag["/S"] == "/Figure"]
    assert figures
    assert all(str(tag.get("/Alt", "")).strip() for tag in figures)


@pytest.mark.usefixtures("small")
def test_guide_headings_never_skip_a_level() -> None:
    levels = [int(kind[2:]) for tag in tags(made()) if re.fullmatch(r"/H[1-6]", kind := str(tag["/S"]))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.usefixtures("small")
def test_guide_embeds_its_fonts() -> None:
    names = {
        str(font.get_object()["/BaseFont"])
        for page in reader(made()).pages
        for font in page["/Resources"].get_object().get("/Font", {}).values()  # type: ignore[union-attr]
    }
    assert names
    assert all(re.match(r"/[A-Z]{6}\+(Libertinus|DejaVuSansMono)", name) for name in names)


@pytest.mark.usefixtures("small")
def test_same_register_and_date_give_the_same_bytes() -> None:
    assert made() == made()
    assert made(large=True) != made()


@pytest.mark.usefixtures("small")
def test_large_print_is_never_below_16_points_but_in_the_map() -> None:
    sizes: set[float] = set()

    def note(text: str, _matrix: Any, text_matrix: Any, _font: Any, size: float) -> None:
        if text.strip():
            sizes.add(abs(text_matrix[3]) * size)

    for page in reader(made(Selection(municipality=RONSE), large=True)).pages:
        page.extract_text(visitor_text=note)
    assert min(sizes) >= 16


@pytest.mark.parametrize("large", [False, True])
def test_nothing_runs_over_the_foot_of_a_page(db: None, large: bool) -> None:
    with_names("N" * 300, " ".join(["Voorbeeldnaam"] * 22), "Voorbeeld")
    for page in reader(made(large=large)).pages[1:]:
        heights: list[tuple[float, str]] = []

        def note(text: str, matrix: Any, text_matrix: Any, _font: Any, _size: float, found: Any = heights) -> None:
            if text.strip():
                found.append((matrix[5] + matrix[3] * text_matrix[5], text))

        page.extract_text(visitor_text=note)
        foot = next(height for height, text in heights if "bladzijde" in text)
        assert min(height for height, _ in heights) == pytest.approx(foot, abs=1)


@pytest.mark.usefixtures("small")
def test_guide_without_an_address_has_no_codes() -> None:
    guide = made(site="")
    assert "/organisatie/" not in text_of(guide)
    assert "QR-code" not in text_of(guide)


@pytest.mark.usefixtures("small")
def test_guide_of_a_theme_and_of_a_list_has_only_those() -> None:
    names = {one.name for one in read.iter_organisations()}
    theme = {title for _, title in bookmarks(made(Selection(theme="green")))} & names
    assert theme == {"Éénhoorn Groen"}
    chosen = {title for _, title in bookmarks(made(Selection(slugs=("fiets", "weg", "oud"))))} & names
    assert chosen == {"Voorbeeld Fiets"}


@pytest.mark.usefixtures("small")
def test_guide_shows_the_map_when_places_are_known() -> None:
    load(
        small_pack(
            municipalities=tuple(replace(place, lat=50.7 + n / 10, lon=3.6) for n, place in enumerate(MUNICIPALITIES))
        )
    )
    guide = made(Selection(municipality=RONSE))
    alts = [str(tag["/Alt"]) for tag in tags(guide) if tag["/S"] == "/Figure"]
    assert "Kaart. Brakel: 1 organisatie; Maarkedal: 1 organisatie; Ronse: 2 organisaties." in alts


@pytest.mark.usefixtures("small")
def test_empty_selection_is_refused_in_plain_words() -> None:
    with pytest.raises(EmptySelection, match="Er is niemand om in deze gids te zetten"):
        made(Selection(municipality=RONSE, theme="food"))
    with pytest.raises(EmptySelection):
        made(Selection(slugs=()))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("selection", [Selection(municipality="99999"), Selection(theme="geen")])
def test_selection_that_does_not_exist_is_refused(selection: Selection) -> None:
    with pytest.raises(InvalidInput):
        made(selection)


@pytest.mark.usefixtures("small")
def test_language_we_do_not_speak_is_refused() -> None:
    with pytest.raises(InvalidInput, match="nl, en, fr"):
        made(language="de")


def test_guide_before_a_region_is_loaded_is_refused(db: None) -> None:
    with pytest.raises(NotEnoughData):
        made()


@pytest.mark.usefixtures("small")
def test_list_says_nothing_of_themes_it_has_nobody_for() -> None:
    assert "We kennen hier nog niemand." in text_of(made())
    for selection in (Selection(slugs=("fiets",)), Selection(slugs=("fiets",), asked="Zoekopdracht: “fiets”")):
        said = text_of(made(selection))
        assert "We kennen hier nog niemand." not in said
    assert "Zoekopdracht: “fiets”" in said


@pytest.mark.usefixtures("small")
def test_words_of_a_search_print_as_text() -> None:
    for text in (*LITERAL, "N" * 300):
        found = made(Selection(slugs=("fiets",), asked=text))
        assert squeezed(text) in squeezed(text_of(found))
        assert rightmost(reader(found).pages[0]) <= reader(found).pages[0].mediabox.width - 40


@pytest.mark.usefixtures("small")
def test_guide_within_bounds_is_the_same_and_beyond_them_refused() -> None:
    def within(organisations: int) -> bytes:
        bounds = Bounds(organisations, seconds=60)
        return build_guide(WHOLE, language="nl", large=False, on=ON, base_url=SITE, bounds=bounds)

    assert within(2) == made()
    with pytest.raises(TooMany, match="meer dan 1 organisaties"):
        within(1)
