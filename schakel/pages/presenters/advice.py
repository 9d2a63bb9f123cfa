"""Which ways stand open to let a contract, as a page and as a short answer inside a need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schakel.core.procurement import Advice, Buyer, Certainty, Possible, Route, Source, Threshold
from schakel.pages.presenters.blocks import Link, Sign
from schakel.pages.presenters.guide import Option
from schakel.pages.presenters.notes import host
from schakel.wording import words
from schakel.wording.dates import date_words, number_words
from schakel.wording.needs import CONTRACTS

BUYERS: words.Words = {
    Buyer.LOCAL_GOVERNMENT: _("Lokaal bestuur (gemeente, OCMW, intercommunale)"),
    Buyer.CENTRAL_GOVERNMENT: _("Centrale overheid"),
    Buyer.COMPANY: _("Bedrijf"),
    Buyer.CITIZEN: _("Inwoner"),
}
_SIGNS = {Possible.YES: "served", Possible.NO: "absent", Possible.UNKNOWN: "unknown"}
_CERTAINTY: words.Words = {
    Certainty.PUBLISHED: _("volgens de bron"),
    Certainty.NO_END_DATE: _("de bron geeft geen einddatum: kijk na of dit nog geldt"),
    Certainty.INFERRED: _("afgeleid, geen bron noemt het: laat het bevestigen"),
}


@dataclass(frozen=True, slots=True)
class RouteBlock:
    """One way to buy."""

    title: str
    sign: Sign
    why: str
    conditions: tuple[str, ...]
    sources: tuple[Link, ...]
    is_lightest: bool


@dataclass(frozen=True, slots=True)
class TextToCopy:
    """A text to copy into a document; parts between [brackets] are to be filled in."""

    key: str
    title: str
    text: str
    rows: int


@dataclass(frozen=True, slots=True)
class AmountRow:
    """A threshold with its period and how sure it is."""

    label: str
    amount: str
    period: str
    certainty: str
    source: Link
    remarks: str


@dataclass(frozen=True, slots=True)
class ProofRow:
    """What the register knows of one organisation about the 30 % of article 15."""

    name: str
    href: str
    words: str
    source: Link | None


@dataclass(frozen=True, slots=True)
class AdvicePage:
    """Everything `pages/advice.html` shows."""

    buyers: tuple[Option, ...]
    contracts: tuple[Option, ...]
    estimate: str
    on: str
    fault: str
    lead: str
    first_checks: tuple[str, ...]
    procedures: tuple[RouteBlock, ...]
    social: tuple[RouteBlock, ...]
    amounts: tuple[AmountRow, ...]
    unknowns: tuple[str, ...]
    warnings: tuple[str, ...]
    texts: tuple[TextToCopy, ...]
    fields: tuple[tuple[str, str, str, Link], ...]
    proofs: tuple[ProofRow, ...]
    disclaimer: str


@dataclass(frozen=True, slots=True)
class AdviceSummary:
    """The short answer inside a need."""

    lead: str
    warning: str
    reserve: TextToCopy | None
    disclaimer: str


def present_advice(
    advice: Advice, labels: dict[str, str], proofs: Sequence[ProofRow], *, typed: str, fault: str
) -> AdvicePage:
    """`labels`: key of a threshold to its name in Dutch; `typed`: the estimate as it was typed."""
    social = {"reserve_contract", "reserve_lot", "execution_conditions", "award_criteria"}
    blocks = [(route.kind.value in social, _route(route, advice)) for route in advice.routes]
    return AdvicePage(
        buyers=_options(BUYERS, advice.buyer),
        contracts=_options(CONTRACTS, advice.contract),
        estimate=typed,
        on=advice.on.isoformat(),
        fault=fault,
        lead=_lead(advice),
        first_checks=advice.first_checks,
        procedures=tuple(block for is_social, block in blocks if not is_social),
        social=tuple(block for is_social, block in blocks if is_social),
        amounts=tuple(_amount(row, labels) for row in advice.thresholds),
        unknowns=advice.unknowns,
        warnings=advice.warnings,
        texts=tuple(_text(text.key, text.title, text.text) for text in advice.texts),
        fields=tuple(
            (field.field, field.code or gettext("niet in onze bronnen"), field.meaning, _source(field.source))
            for field in advice.form_fields
        ),
        proofs=tuple(proofs),
        disclaimer=advice.disclaimer,
    )


def present_summary(advice: Advice) -> AdviceSummary:
    """The lightest way and the text to reserve a contract."""
    reserve = next((text for text in advice.texts if text.key == "reserve_contract"), None)
    return AdviceSummary(
        lead=_lead(advice),
        warning=advice.warnings[0] if advice.warnings else "",
        reserve=_text(reserve.key, reserve.title, reserve.text) if reserve else None,
        disclaimer=advice.disclaimer,
    )


def _lead(advice: Advice) -> str:
    found = next((route for route in advice.routes if route.kind is advice.lightest), None)
    if found is None:
        return gettext("Welke procedure mag, kunnen we nog niet zeggen: de raming of een bedrag is niet bekend.")
    return gettext("De lichtste weg: %(route)s. %(why)s") % {"route": found.title, "why": found.why}


def _route(route: Route, advice: Advice) -> RouteBlock:
    said = {
        Possible.YES: gettext("Kan"),
        Possible.NO: gettext("Kan niet"),
        Possible.UNKNOWN: gettext("Niet te zeggen"),
    }[route.possible]
    sources = tuple(_source(source) for source in route.sources)
    is_lightest = route.kind is advice.lightest
    return RouteBlock(
        route.title, Sign(_SIGNS[route.possible], said), route.why, route.conditions, sources, is_lightest
    )


def _amount(row: Threshold, labels: dict[str, str]) -> AmountRow:
    start = date_words(row.valid_from.isoformat())
    if row.valid_until:
        period = gettext("%(start)s tot en met %(end)s") % {
            "start": start, "end": date_words(row.valid_until.isoformat()),
        }  # fmt: skip
    else:
        period = gettext("vanaf %(start)s, einde niet bekend") % {"start": start}
    amount = gettext("%(amount)s euro") % {"amount": number_words(row.amount)}
    return AmountRow(
        labels[row.key], amount, period, words.word(_CERTAINTY, row.certainty), _source(row.source), row.remarks
    )


def _source(source: Source) -> Link:
    looked = gettext("%(host)s, nagekeken op %(day)s") % {
        "host": host(source.url), "day": date_words(source.checked_on.isoformat()),
    }  # fmt: skip
    return Link(looked, source.url)


def _text(key: str, title: str, text: str) -> TextToCopy:
    return TextToCopy(key, title, text, max(3, -(-len(text) // 85) + text.count("\n")))


def _options(table: words.Words, selected: str) -> tuple[Option, ...]:
    return tuple(Option(code, words.word(table, code), code == selected) for code in table)


def estimate_words(amount: Decimal | None) -> str:
    """An amount as people write it; empty for none."""
    return "" if amount is None else number_words(float(amount))


def day_or(text: str, today: date) -> date:
    """The day asked for; today for nothing or for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today
