"""Who can do it, who nearly can, who could together: as a list that says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from schakel.core.matching import Condition, Matching
from schakel.pages.presenters.blocks import Link
from schakel.pages.standing import Standing
from schakel.wording import words
from schakel.wording.matching import missing_words, refused_words, why_words

SHOWN = 8


@dataclass(frozen=True, slots=True)
class MatchRow:
    """One organisation that can do it; `share` is its score in steps of five, for a bar beside the number."""

    slug: str
    name: str
    href: str
    code: str
    service: str
    percent: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissRow:
    """One that nearly can, with what would have to be different."""

    slug: str
    name: str
    href: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TogetherRow:
    """Who could do it together, and who does what."""

    title: str
    roles: tuple[Link, ...]
    proven: bool


@dataclass(frozen=True, slots=True)
class MatchesBlock:
    """Everything `pages/_need_matches.html` shows about who can do it."""

    headline: str
    rows: tuple[MatchRow, ...]
    more: tuple[MatchRow, ...]
    misses: tuple[MissRow, ...]
    together: tuple[TogetherRow, ...]
    refused: tuple[str, ...]


def present_matches(found: Matching, names: Mapping[str, str], region: Standing) -> MatchesBlock:
    """`names`: slug to name of everybody in the answer; who left the register meanwhile is left out."""
    rows = tuple(
        MatchRow(
            slug=one.slug,
            name=names[one.slug],
            href=_href(one.slug),
            code=one.service,
            service=words.service_label(one.service),
            percent=round(100 * one.score),
            why=tuple(why_words(reason, region.place_name) for reason in one.why if reason.code != "service"),
        )
        for one in found.matches
        if one.slug in names
    )
    return MatchesBlock(
        headline=_headline(found),
        rows=rows[:SHOWN],
        more=rows[SHOWN:],
        misses=tuple(
            MissRow(
                miss.slug,
                names[miss.slug],
                _href(miss.slug),
                tuple(missing_words(reason, region.place_name) for reason in miss.missing),
            )
            for miss in found.near_misses
            if miss.slug in names
        ),
        together=tuple(
            TogetherRow(
                words.joined([names.get(slug, slug) for slug in one.members]),
                tuple(
                    Link(
                        gettext("%(who)s: %(what)s in %(where)s")
                        % {
                            "who": names.get(role.slug, role.slug),
                            "what": words.service_label(role.service),
                            "where": words.joined([region.place_name(code) for code in role.nis_codes]),
                        },
                        _href(role.slug),
                    )
                    for role in one.roles
                ),
                one.smallest,
            )
            for one in found.consortia
        ),
        refused=tuple(_refused(condition, count) for condition, count in found.refused),
    )


def slugs_in(found: Matching) -> list[str]:
    """Everybody in the answer."""
    return [
        *(one.slug for one in found.matches),
        *(miss.slug for miss in found.near_misses),
        *(slug for one in found.consortia for slug in one.members),
    ]


def _headline(found: Matching) -> str:
    if not found.found and found.near_misses:
        count = len(found.near_misses)
        return ngettext(
            "Niemand past helemaal; %(count)s organisatie past bijna",
            "Niemand past helemaal; %(count)s organisaties passen bijna",
            count,
        ) % {"count": count}
    if not found.found:
        return gettext("Niemand in het register kan dit zo doen.")
    return ngettext("%(count)s organisatie kan dit doen", "%(count)s organisaties kunnen dit doen", found.found) % {
        "count": found.found
    }


def _refused(condition: Condition, count: int) -> str:
    return f"{count} {refused_words(condition)}"


def _href(slug: str) -> str:
    return reverse("organisation", kwargs={"slug": slug})
