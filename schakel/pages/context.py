"""What the frame of every page knows: region, menu, languages."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, ResolverMatch, reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, override

from schakel.pages.signed_in import signed_in
from schakel.pages.standing import Standing, standing
from schakel.wording import words

BELOW = {
    "blind_spots_service": "blind_spots",
    "blind_spots_place": "blind_spots",
    "blind_spot": "blind_spots",
    "blind_spot_questions": "blind_spots",
    "blind_spot_method": "blind_spots",
    "organisation": "guide",
    "report": "guide",
    "municipality": "municipalities",
    "cluster": "municipalities",
    "compare": "my_list",
    "tasks_place": "tasks",
    "need": "need_form",
    "need_sent": "need_form",
    "need_confirm": "need_form",
}


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
class Around:
    """What is around a page whatever its question: the same for all pages with one name in one language."""

    region: str
    tagline: str
    synthetic: bool
    menu: tuple[MenuItem, ...]
    footer: tuple[MenuItem, ...]


class Frame:
    """Everything `pages/base.html` shows around a page; each part is worked out when a template asks for it."""

    __getitem__ = object.__getattribute__  # templates ask for an item first, and a refusal takes longer than an answer

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @cached_property
    def _here(self) -> str | None:
        return self._request.resolver_match.url_name if self._request.resolver_match else None

    @cached_property
    def _standing(self) -> Standing:
        return standing(self._request)

    @cached_property
    def languages(self) -> tuple[LanguageLink, ...]:
        """This page in every language."""
        return tuple(
            [_language(self._request, self._standing, code, label, self.language) for code, label in settings.LANGUAGES]
        )

    @cached_property
    def account(self) -> tuple[MenuItem, ...]:
        """To the own work, or to sign in."""
        inside, here = signed_in(self._request), self._here
        return self._standing.keep(("account", self.language, here, inside), lambda: _account(here, inside))

    def part(self, template: str) -> SafeString:
        """A piece of the frame from its template, which may use `around` and nothing else; kept."""
        key = "part", template, self.language, self._here
        return self._standing.keep(key, lambda: self._make(template))

    def _make(self, template: str) -> SafeString:
        now, here = self._standing, self._here
        around = now.keep(("around", self.language, here), lambda: _around(now, here))
        return mark_safe(render_to_string(template, {"around": around}))  # noqa: S308 (a template of ours)


def site(request: HttpRequest) -> dict[str, object]:
    """Context for the frame of every page."""
    return {"frame": Frame(request)}


def _account(here: str | None, inside: bool) -> tuple[MenuItem, ...]:
    """To the own work: for a visitor the sign-in page comes first."""
    if not inside:
        return (_item(gettext("Aanmelden"), "account_login", here),)
    return (_item(gettext("Mijn werk"), "my_work", here), _item(gettext("Afmelden"), "account_logout", here))


def _around(now: Standing, here: str | None) -> Around:
    region = now.region
    name = words.in_language(region.name) if region else gettext("je streek")
    return Around(
        region=name,
        tagline=gettext("sociale economie in %(region)s") % {"region": name},
        synthetic=bool(region and region.synthetic),
        menu=(
            _item(gettext("Gids"), "guide", here),
            _item(gettext("Ik zoek iemand"), "need_form", here),
            _item(gettext("Gemeenten"), "municipalities", here),
            _item(gettext("Blinde vlekken"), "blind_spots", here),
            _item(gettext("Mijn lijst"), "my_list", here),
        ),
        footer=(
            _item(gettext("Sociaal aankopen"), "advice", here),
            _item(gettext("Taken van een gemeente"), "tasks", here),
            _item(gettext("Open vragen"), "public_needs", here),
            _item(gettext("Begrippen"), "glossary", here),
            _item(gettext("Waar openen?"), "siting", here),
            _item(gettext("Stel een initiatief voor"), "suggestion", here),
            _item(gettext("Bied een proefplaats of werk aan"), "taster", here),
            _item(gettext("Bronnen"), "sources", here),
            _item(gettext("Open data"), "open_data", here),
            _item(gettext("Toegankelijkheid"), "accessibility", here),
            _item(gettext("Privacy"), "privacy", here),
            _item(gettext("Bouwstenen"), "components", here),
        ),
    )


def _item(label: str, name: str, here: str | None) -> MenuItem:
    current = "page" if here == name else "true" if here is not None and BELOW.get(here) == name else ""
    return MenuItem(label, reverse(name), current)


def _language(request: HttpRequest, now: Standing, code: str, label: str, language: str) -> LanguageLink:
    """This page in another language, with the same question; the home page when this address cannot be repeated."""
    match = request.resolver_match
    try:
        if match is None or not match.url_name or request.method != "GET":
            raise NoReverseMatch
        href = _address(match, now, code)
        query = request.META.get("QUERY_STRING", "")
        href += f"?{query}" if query else ""
    except NoReverseMatch:
        with override(code):
            href = reverse("home")
    return LanguageLink(code, code.upper(), label, href, code == language)


def _address(match: ResolverMatch, now: Standing, code: str) -> str:
    """The address of a page in a language; kept when nothing but its name makes it."""

    def made() -> str:
        with override(code):
            return reverse(match.view_name, args=match.args, kwargs=match.kwargs)

    return made() if match.args or match.kwargs else now.keep(("address", match.view_name, code), made)
