"""The card of the management pages at /beheer/."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from schakel.cooperation.read import list_reports
from schakel.core.permissions import REGION, Action, Actor, may
from schakel.pages.presenters.blocks import Link
from schakel.pages.presenters.work_card import WorkCard
from schakel.pages.standing import Standing


def management_card(actor: Actor, region: Standing, today: date) -> WorkCard | None:
    """The register, and the reports of visitors that nobody handled."""
    if not may(actor, Action.MANAGE_REGISTER, REGION):
        return None
    waiting = len(list_reports(only_open=True))
    text = ngettext("%(count)s melding van een bezoeker wacht.", "%(count)s meldingen van bezoekers wachten.", waiting)
    return WorkCard(
        title=gettext("Het register beheren"),
        text=text % {"count": waiting} if waiting else gettext("Er wacht geen melding."),
        links=(
            Link(gettext("Naar het beheer"), reverse("admin:index")),
            Link(gettext("Meldingen"), reverse("admin:cooperation_report_changelist") + "?handled_at__isempty=1"),
            *((Link(gettext("Logboek"), reverse("log_book")),) if may(actor, Action.MANAGE_PEOPLE, REGION) else ()),
        ),
        waiting=waiting,
    )
