"""Markup that is written in Python shows every text as text, whatever signs are in it."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from schakel.pages.context import LanguageLink, MenuItem
from schakel.pages.markup.choices import facet_groups, links, options
from schakel.pages.markup.hits import hit_items, hit_rows
from schakel.pages.markup.languages import language_alternates, language_links
from schakel.pages.markup.navigation import menu_items
from schakel.pages.markup.results import filters, more_hits, results_foot, results_head
from schakel.pages.presenters.blocks import Link, Sign
from schakel.pages.presenters.guide import Facet, FacetChoice, GuidePage, Option, ViewLink
from schakel.pages.presenters.hits import HitCard, ServiceTag
from schakel.pages.presenters.paging import PageLink
from schakel.pages.presenters.printing import PrintOffer, TongueLink

NASTY = [
    "<script>alert(1)</script>",
    '" onmouseover="x',
    "' autofocus='",
    "a & b &amp; c",
    "{{ name }} {% x %}",
    "’€🍕",
]


class Read(HTMLParser):
    """What a browser reads: the tags with their attributes, and the text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.values: set[str] = set()
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}
        self.values |= {value or "" for _, value in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def hit(text: str) -> HitCard:
    return HitCard(
        slug=text,
        name=text,
        href=text,
        kinds=text,
        seats=text,
        distance=text,
        status=Sign("uncertain", text),
        description=text,
        why=(text, text),
        services=(ServiceTag("food", text),),
        more_services=text,
        area=text,
        on_list=False,
    )


def guide(text: str) -> GuidePage:
    link, option = Link(text, text), Option(text, text, True)
    return GuidePage(
        title=text,
        q=text,
        here=text,
        robots="",
        view=text,
        views=(ViewLink(text, "list", text, True),),
        map=None,
        count_words=text,
        status_words=text,
        facets=(Facet(text, text, True, 1, (FacetChoice(text, text, text, True),)),),
        places=SafeString(""),
        radii=(option,),
        seats=(option,),
        sorts=(option,),
        chips=(link, link),
        chosen=text,
        clear_href=text,
        notices=(),
        hits=(hit(text),),
        alternatives=(hit(text),),
        history=(hit(text),),
        pages=(PageLink(text, text), PageLink(text, text, True), PageLink(text, "")),
        files=(link,),
        print=PrintOffer((link, link), (TongueLink("en", text, text),), text),
        empty=None,
    )


def every_markup(text: str) -> dict[str, str]:
    facet = Facet(text, text, True, 1, (FacetChoice(text, text, text, True),))
    language = LanguageLink("nl", "NL", text, text, True)
    return {
        "items": hit_items((hit(text),), choose=True, list_form=text),
        "rows": hit_rows((hit(text),), choose=True),
        "facets": facet_groups((facet,)),
        "options": options((Option(text, text, True),)),
        "links": links((Link(text, text), Link(text, text))),
        "languages": language_links((language,)),
        "alternates": language_alternates((language,)),
        "menu": menu_items((MenuItem(text, text, "page"),)),
        "filters": filters(guide(text)),
        "head": results_head(guide(text)),
        "foot": results_foot(guide(text)),
        "more": more_hits(guide(text)),
    }


def check(text: str) -> None:
    plain = {name: Read(markup) for name, markup in every_markup("gewoon").items()}
    for name, markup in every_markup(text).items():
        read = Read(markup)
        assert read.tags == plain[name].tags, name
        assert read.names == plain[name].names, name
        assert text in read.values, name
        assert name == "alternates" or text in read.text, name


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_stays_text(text: str) -> None:
    check(text)


@given(st.text(alphabet="<>\"'&;=/ ab#x", min_size=1, max_size=12).filter(lambda text: not text.isspace()))
def test_any_signs_stay_text(text: str) -> None:
    check(text)


def test_markup_escapes_exactly_as_a_template_does() -> None:
    for text in NASTY:
        template = Template('<a href="{{ text }}">{{ text }}</a>').render(Context({"text": text}))
        assert links((Link(text, text),)) == template


def test_guide_leaves_out_what_there_is_not() -> None:
    bare = replace(guide("x"), chips=(), pages=(), files=(), print=None, alternatives=(), history=())
    assert '<details class="filters" id="filters"><summary>Filters</summary>' in filters(bare)
    assert "chip" not in results_head(bare)
    foot = results_foot(bare)
    assert ("<nav" in foot, "Neem dit resultaat mee" in foot, "print-offer" in foot) == (False, False, False)
    assert more_hits(bare) == ""
    assert "print-offer" in results_foot(guide("x"))
    assert '<p class="row">' not in results_foot(replace(guide("x"), print=PrintOffer((), (), "te veel")))


def test_hit_leaves_out_what_is_not_known() -> None:
    bare = HitCard("a", "A", "/a", "", "", "", None, "", (), (), "", "niet bekend", True)
    item = hit_items((bare,), choose=False, list_form="")
    assert "<button" not in item
    assert "checkbox" not in item
    assert "hit-why" not in item
    assert 'name="remove"' in hit_items((bare,), choose=False, list_form="lijst")
    assert hit_rows((bare,), choose=False).count("–") == 2


def test_translate_speaks_the_language_of_each_page_and_leaves_variables_to_django() -> None:
    template = Template(
        '{% load i18n schakel %}{% translate "Gids" %} {% translate word %} {% translate "Gids" as x %}{{ x }}'
    )
    said = {}
    for language in ("nl", "fr", "nl"):
        with override(language):
            said[language] = template.render(Context({"word": "Begrippen"}))
    assert said == {"nl": "Gids Begrippen Gids", "fr": "Guide Lexique Guide"}
