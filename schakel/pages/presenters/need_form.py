"""The page on which a need is written: the question, who can do it, and the rest of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext

from schakel.core import taxonomy
from schakel.core.matching import Matching, NearMiss
from schakel.core.model import Customer
from schakel.core.procurement import Advice, ContractKind
from schakel.pages.presenters.advice import AdviceSummary, present_summary
from schakel.pages.presenters.blocks import Link, Notice
from schakel.pages.presenters.guide import Option
from schakel.pages.presenters.need_matches import MatchesBlock, present_matches
from schakel.pages.presenters.need_question import Question
from schakel.pages.standing import Standing
from schakel.wording import words
from schakel.wording.matching import missing_words
from schakel.wording.needs import CONTRACTS

ANSWER_DAYS = 14


@dataclass(frozen=True, slots=True)
class ServiceBox:
    """A service the words speak of, with how probable it is; ticked when it counts."""

    code: str
    label: str
    ticked: bool
    percent: int


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why somebody asked for by name is not in the answer: what was typed, and per organisation of that name."""

    typed: str
    lines: tuple[tuple[Link, str], ...]


@dataclass(frozen=True, slots=True)
class NeedForm:
    """Everything `pages/need_form.html` shows. `kept` are the fields of the second half as they were typed."""

    question: Question
    municipalities: tuple[Option, ...]
    beside: tuple[Option, ...]
    customers: tuple[Option, ...]
    contracts: tuple[Option, ...]
    boxes: tuple[ServiceBox, ...]
    extra: tuple[Option, ...]
    services_words: str
    hint: str
    matches: MatchesBlock | None
    who: WhyNot
    advice: AdviceSummary | None
    advice_href: str
    public: bool
    kept: Mapping[str, str]
    faults: Mapping[str, str]
    form_key: str
    first_day: str
    answer_by: str
    offline: Notice


def present_need_form(
    question: Question,
    found: Matching | None,
    names: Mapping[str, str],
    advice: Advice | None,
    who: WhyNot,
    *,
    region: Standing,
    kept: Mapping[str, str],
    faults: Mapping[str, str],
    form_key: str,
    today: date,
) -> NeedForm:
    """`found` None: there is no question yet that can be answered, and `hint` says what is missing."""
    return NeedForm(
        question=question,
        municipalities=tuple(
            Option(row.nis_code, row.name, row.nis_code == question.municipality) for row in region.municipalities
        ),
        beside=tuple(
            Option(row.nis_code, row.name, row.nis_code in question.places and not question.whole)
            for row in region.municipalities
            if row.nis_code != question.municipality
        ),
        customers=tuple(
            Option(code, words.word(_customers(), code), code == question.customer)
            for code in (Customer.LOCAL_GOVERNMENT, Customer.COMPANY, Customer.CITIZEN)
        ),
        contracts=tuple(Option(code, words.word(CONTRACTS, code), code == question.contract) for code in ContractKind),
        boxes=_boxes(question),
        extra=tuple(Option(one.code, words.service_label(one.code)) for one in taxonomy.services()),
        services_words=_services_words(question),
        hint=_hint(question),
        matches=present_matches(found, names, region) if found else None,
        who=who,
        advice=present_summary(advice) if advice else None,
        advice_href=_advice_href(question),
        public=question.customer is Customer.LOCAL_GOVERNMENT,
        kept=kept,
        faults={**question.faults, **faults},
        form_key=form_key,
        first_day=today.isoformat(),
        answer_by=kept.get("answer_by") or (today + timedelta(days=ANSWER_DAYS)).isoformat(),
        offline=Notice(
            "attention", gettext("Geen verbinding"), gettext("Probeer het opnieuw. Wat je typte, staat er nog.")
        ),
    )  # fmt: skip


def present_why_not(typed: str, found: Sequence[tuple[str, str, NearMiss | None]], region: Standing) -> WhyNot:
    """`found`: slug, name, and what is missing (None: it matches)."""
    lines = []
    for slug, name, miss in found:
        said = gettext("past: staat in de lijst")
        if miss is not None:
            missing = words.joined([missing_words(reason, region.place_name) for reason in miss.missing])
            said = gettext("zou passen %(missing)s") % {"missing": missing}
        lines.append((Link(name, reverse("organisation", kwargs={"slug": slug})), said))
    return WhyNot(typed, tuple(lines))


def _customers() -> words.Words:
    return {
        Customer.LOCAL_GOVERNMENT: gettext("een lokaal bestuur"),
        Customer.COMPANY: gettext("een bedrijf of organisatie"),
        Customer.CITIZEN: gettext("mezelf (inwoner)"),
    }


def _boxes(question: Question) -> tuple[ServiceBox, ...]:
    offered = dict(question.offered)
    codes = dict.fromkeys((*offered, *question.services))
    return tuple(
        ServiceBox(code, words.service_label(code), code in question.services, round(100 * offered.get(code, 0)))
        for code in codes
    )


def _services_words(question: Question) -> str:
    """CPV codes, where a source links them, and how the work is delivered."""
    cpv = dict.fromkeys(cpv for code in question.services for cpv in taxonomy.service(code).cpv)
    delivered = dict.fromkeys(words.delivered_words(code) for code in question.services)
    said = [gettext("CPV: %(codes)s") % {"codes": ", ".join(cpv)}] if cpv else []
    return " · ".join([*said, *delivered])


def _hint(question: Question) -> str:
    if not question.text:
        return gettext("Schrijf wat je nodig hebt. Terwijl je typt, zie je hier wie het kan.")
    if not question.services:
        return gettext(
            "Dit herkennen we niet als werk uit de dienstenlijst. Kies zelf een dienst, of zeg het anders, in het "
            "Nederlands."
        )
    if not question.places:
        return gettext("Kies de gemeente waar het werk is, dan zie je wie daar werkt.")
    return ""


def _advice_href(question: Question) -> str:
    estimate = question.typed.get("estimate", "")
    return f"{reverse('advice')}?buyer={question.customer}&contract={question.contract}" + (
        f"&estimate={estimate}" if question.estimate is not None else ""
    )
