"""What the frame of every page knows: region, menu, languages."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, override

from schakel.wording import words
from schakel.pages.standing import standing


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A link in the frame; `current` is "page", "true" (a page below it) or empty."""

    label: str
    href: str
    current: str = ""


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language."""

    code: str
    short: str
    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything `pages/base.html` shows around a page."""

    language: str
    region: str
    tagline: str
    synthetic: bool
    menu: tuple[MenuItem, ...]
    footer: tuple[MenuItem, ...]
    languages: tuple[LanguageLink, ...]


def site(request: HttpRequest) -> dict[str, object]:
    """Context for the frame of every page; worked out only when a template asks for it."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> Frame:
    region = standing().region
    name = words.in_language(region.name) if region else gettext("je streek")
    here = request.resolver_match.url_name if request.resolver_match else None
    return Frame(
        language=get_language() or settings.LANGUAGE_CODE,
        region=name,
        tagline=gettext("sociale economie in %(region)s") % {"region": name},
        synthetic=bool(region and region.synthetic),
        menu=(
            _item(gettext("Gids"), "guide", here, below=("organisation", "report")),
            _item(gettext("Gemeenten"), "municipalities", here, below=("municipality", "cluster")),
            _item(gettext("Begrippen"), "glossary", here),
            _item(gettext("Mijn lijst"), "my_list", here, below=("compare",)),
        ),
        footer=(
            _item(gettext("Bronnen"), "sources", here),
            _item(gettext("Toegankelijkheid"), "accessibility", here),
            _item(gettext("Privacy"), "privacy", here),
            _item(gettext("Bouwstenen"), "components", here),
        ),
        languages=tuple(_language(request, code, label) for code, label in settings.LANGUAGES),
    )


def _item(label: str, name: str, here: str | None, below: tuple[str, ...] = ()) -> MenuItem:
    return MenuItem(label, reverse(name), "page" if here == name else "true" if here in below else "")


def _language(request: HttpRequest, code: str, label: str) -> LanguageLink:
    """This page in another language, with the same question; the home page when this address cannot be repeated."""
    with override(code):
        match = request.resolver_match
        try:
            if match is None or not match.url_name or request.method != "GET":
                raise NoReverseMatch
            href = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
            query = request.META.get("QUERY_STRING", "")
            href += f"?{query}" if query else ""
        except NoReverseMatch:
            href = reverse("home")
    return LanguageLink(code, code.upper(), label, href, code == get_language())
