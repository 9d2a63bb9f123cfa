""" "Is something wrong?": a form without a name; an address only from who wants an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from schakel.core.errors import InvalidInput
from schakel.mail.outbox import checked_address
from schakel.pages.presenters.blocks import Notice
from schakel.pages.presenters.guide import Option
from schakel.wording import words

LONGEST = 2000
SHORTEST = 5
FIELDS = ("offers", "phone", "email", "website", "address", "name", "description", "kinds", "status", "other")


@dataclass(frozen=True, slots=True)
class ReportForm:
    """The form as filled in. `is_machine`: the field that people do not see was filled in."""

    action: str
    fields: tuple[Option, ...]
    field: str
    text: str
    fault: str
    proposed: str = ""
    email: str = ""
    is_machine: bool = False


def report_form(
    slug: str,
    field: str = "",
    text: str = "",
    fault: str = "",
    *,
    proposed: str = "",
    email: str = "",
    is_machine: bool = False,
) -> ReportForm:
    """The form for one organisation."""
    return ReportForm(
        action=reverse("report", kwargs={"slug": slug}),
        fields=tuple(Option(code, words.word(words.FIELDS, code), code == field) for code in FIELDS),
        field=field,
        text=text,
        fault=fault,
        proposed=proposed,
        email=email,
        is_machine=is_machine,
    )


def read_report(slug: str, posted: Mapping[str, str]) -> ReportForm:
    """What was sent, with what is wrong about it in plain words."""
    field = posted.get("field", "")
    text = posted.get("text", "").replace("\x00", "").replace("\r\n", "\n").strip()
    fault = ""
    if len(text) < SHORTEST:
        fault = gettext("Schrijf in een paar woorden wat er niet klopt.")
    elif len(text) > LONGEST:
        fault = gettext("Dat is te lang: %(count)s tekens. Hoogstens %(most)s passen.") % {
            "count": len(text),
            "most": LONGEST,
        }
    email = posted.get("email", "").strip()
    if not fault and email and not _is_address(email):
        fault = gettext("Dat is geen e-mailadres. Laat het vak leeg als je geen antwoord wilt.")
    return report_form(
        slug,
        field if field in FIELDS else "other",
        text,
        fault,
        proposed=posted.get("proposed", "").replace("\x00", "").strip()[:300],
        email=email,
        is_machine=bool(posted.get("website")),
    )


def _is_address(text: str) -> bool:
    try:
        checked_address(text)
    except InvalidInput:
        return False
    return True


def report_notice() -> Notice:
    """Thanks."""
    return Notice("done", gettext("Bedankt, je melding is binnen."), gettext("We kijken het na bij de bron."))
