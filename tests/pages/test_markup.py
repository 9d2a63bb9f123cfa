"""Markup that is written in Python shows every text as text, whatever signs are in it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from schakel.pages.context import LanguageLink
from schakel.pages.markup.choices import facet_groups, links, options
from schakel.pages.markup.hits import hit_items, hit_rows
from schakel.pages.markup.languages import language_alternates, language_links
from schakel.pages.presenters.blocks import Link, Sign
from schakel.pages.presenters.guide import Facet, FacetChoice, Option
from schakel.pages.presenters.hits import HitCard, ServiceTag

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
