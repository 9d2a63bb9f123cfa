"""The list of open needs that everybody may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from schakel.cooperation.needs.public import PublicNeed
from schakel.core import taxonomy
from schakel.pages.presenters.guide import Option
from schakel.pages.standing import Standing
from schakel.wording import words
from schakel.wording.dates import date_words


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which needs: of a service, in a municipality (NIS code); "" for all."""

    service: str
    place: str


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One need."""

    key: str
    text: str
    buyer: str
    where: str
    services: str
    until: str


@dataclass(frozen=True, slots=True)
class PublicNeedsPage:
    """Everything `pages/public_needs.html` shows."""

    count: str
    lines: tuple[PublicLine, ...]
    services: tuple[Option, ...]
    places: tuple[Option, ...]
    feed_href: str


def present_public_needs(found: Sequence[PublicNeed], wanted: Wanted, region: Standing) -> PublicNeedsPage:
    """`found`: what can be answered today, the newest first."""
    query = {name: value for name, value in (("service", wanted.service), ("place", wanted.place)) if value}
    return PublicNeedsPage(
        count=ngettext("%(count)s open vraag", "%(count)s open vragen", len(found)) % {"count": len(found)},
        lines=tuple(
            PublicLine(
                key=one.key,
                text=one.text,
                buyer=one.buyer_name,
                where=words.joined([region.place_name(code) for code in one.places]),
                services=", ".join(words.service_label(code) for code in one.services),
                until=date_words(one.answer_by.isoformat()),
            )
            for one in found
        ),
        services=(
            Option("", gettext("alle diensten"), not wanted.service),
            *(
                Option(one.code, words.service_label(one.code), one.code == wanted.service)
                for one in taxonomy.services()
            ),
        ),
        places=(
            Option("", gettext("alle gemeenten"), not wanted.place),
            *(Option(row.nis_code, row.name, row.nis_code == wanted.place) for row in region.municipalities),
        ),
        feed_href=reverse("public_needs_feed") + (f"?{urlencode(query)}" if query else ""),
    )
