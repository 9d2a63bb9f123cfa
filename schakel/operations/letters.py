"""The letter with which an operator tries whether mail leaves."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schakel.mail.letters import Button, Context, Letter, Paragraph, letter


@letter("trial", reason=_("je op de pagina's van het beheer een proefbericht vroeg"), example={})
def trial(context: Context) -> Letter:
    """Mail works."""
    return Letter(
        gettext("Proefbericht van Schakel"),
        Paragraph(gettext("Dit is een proefbericht. Krijg je het, dan werkt het verzenden van mail.")),
        Button(gettext("Open Schakel"), "/"),
    )
