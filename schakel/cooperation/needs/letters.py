"""The letters about needs."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schakel.mail.letters import Button, Context, Facts, Items, Letter, Paragraph, Quote, letter, word
from schakel.wording.dates import date_words

_EXAMPLE: Context = {
    "text": "hagen scheren langs de Dorpsstraat",
    "buyer": "Gemeente Voorbeeld",
    "path": "/antwoord/voorbeeld",
    "answer_by": "2027-01-15",
    "because": "De opdracht gaat niet door.",
    "question": "Mag het snoeisel blijven liggen?",
    "answer": "Nee, het gaat mee.",
}
_ALERT: Context = {"lines": ["Gemeente Voorbeeld: hagen scheren langs de Dorpsstraat"]}
_DIGEST = timedelta(hours=4)


@letter("need_confirm", reason=_("je een vraag plaatste"), example=_EXAMPLE, secret=True)
def need_confirm(context: Context) -> Letter:
    """Is this your address?"""
    return Letter(
        gettext("Bevestig je vraag"),
        Paragraph(gettext("Je plaatste deze vraag:")),
        Quote(word(context, "text")),
        Paragraph(gettext("Bevestig dat dit je e-mailadres is. Daarna kan je organisaties uitnodigen.")),
        Button(gettext("Bevestig en ga verder"), word(context, "path")),
        Paragraph(gettext("Was jij dit niet? Doe dan niets: er gebeurt niets.")),
    )


@letter("need_open", reason=_("je een vraag plaatste"), example=_EXAMPLE, secret=True)
def need_open(context: Context) -> Letter:
    """Your need is open."""
    return Letter(
        gettext("Je vraag staat open"),
        Quote(word(context, "text")),
        Paragraph(gettext("Met deze link volg je de antwoorden, nodig je organisaties uit en sluit je de vraag af.")),
        Button(gettext("Naar mijn vraag"), word(context, "path")),
    )


@letter("need_invitation", reason=_("jullie aanbod past bij een vraag"), example=_EXAMPLE, secret=True)
def need_invitation(context: Context) -> Letter:
    """Somebody asks something that you do."""
    return Letter(
        gettext("Vraag van %(buyer)s: kunnen jullie dit doen?") % {"buyer": word(context, "buyer")},
        Paragraph(gettext("%(buyer)s vraagt:") % {"buyer": word(context, "buyer")}),
        Quote(word(context, "text")),
        Facts(((gettext("Antwoorden kan tot en met"), date_words(word(context, "answer_by"))),)),
        Paragraph(gettext("Antwoorden kost één klik. Aanmelden hoeft niet. Je verbindt je nog tot niets.")),
        Button(gettext("Bekijk en antwoord"), word(context, "path")),
    )


@letter("need_invitations", reason=_("jullie aanbod past bij een vraag"), example=_EXAMPLE, secret=True)
def need_invitations(context: Context) -> Letter:
    """More than one question on one day: all behind one link."""
    return Letter(
        gettext("Nog vragen aan jullie: kunnen jullie dit doen?"),
        Paragraph(gettext("Gisteren kwamen er nog vragen bij die bij jullie passen. Ze staan samen op één pagina.")),
        Paragraph(gettext("Antwoorden kost één klik. Aanmelden hoeft niet. Je verbindt je nog tot niets.")),
        Button(gettext("Bekijk de vragen"), word(context, "path")),
    )


@letter("need_alert_confirm", reason=_("iemand je adres invulde op onze website"), example=_EXAMPLE, secret=True)
def need_alert_confirm(context: Context) -> Letter:
    """Do you want to hear of new questions?"""
    return Letter(
        gettext("Wil je mails over nieuwe vragen?"),
        Paragraph(gettext("Klik op de knop. Dan krijg je hoogstens één mail per dag, alleen als er iets nieuws is.")),
        Button(gettext("Ja, mail me"), word(context, "path")),
        Paragraph(gettext("Was jij dit niet? Doe dan niets: dan krijg je geen mails.")),
    )


@letter("need_alert", reason=_("je vroeg om mails over nieuwe vragen"), example=_ALERT, optional=True)
def need_alert(context: Context) -> Letter:
    """New public needs."""
    lines = context.get("lines")
    listed = tuple(str(line) for line in lines) if isinstance(lines, list) else ()
    return Letter(
        gettext("Nieuwe vragen van gemeenten en bedrijven"),
        Paragraph(gettext("Deze vragen zijn nieuw:")),
        Items(listed),
        Button(gettext("Bekijk de open vragen"), "/vragen"),
    )


@letter("need_heard", reason=_("je een vraag plaatste"), example=_EXAMPLE, secret=True)
def need_heard(context: Context) -> Letter:
    """Somebody answered or asked something."""
    return Letter(
        gettext("Nieuw antwoord op je vraag"),
        Paragraph(gettext("Er is een antwoord of een vraag bij:")),
        Quote(word(context, "text")),
        Button(gettext("Bekijk de antwoorden"), word(context, "path")),
    )


@letter("need_answered", reason=_("je uitgenodigd bent voor een vraag"), example=_EXAMPLE, digest=_DIGEST)
def need_answered(context: Context) -> Letter:
    """The buyer answered a question; everybody invited reads it."""
    return Letter(
        gettext("Antwoord op een vraag over een opdracht"),
        Paragraph(gettext("Over deze opdracht:")),
        Quote(word(context, "text")),
        Paragraph(gettext("werd gevraagd:")),
        Quote(word(context, "question")),
        Paragraph(gettext("Het antwoord, voor iedereen die uitgenodigd is:")),
        Quote(word(context, "answer")),
    )


@letter("need_withdrawn", reason=_("je uitgenodigd bent voor een vraag"), example=_EXAMPLE, digest=_DIGEST)
def need_withdrawn(context: Context) -> Letter:
    """The need is withdrawn."""
    return Letter(
        gettext("%(buyer)s trekt een vraag in") % {"buyer": word(context, "buyer")},
        Quote(word(context, "text")),
        Paragraph(gettext("De reden: %(because)s") % {"because": word(context, "because")}),
        Paragraph(gettext("Je hoeft niets meer te doen.")),
    )


@letter("need_outcome", reason=_("je bij een vraag betrokken was"), example=_EXAMPLE, secret=True)
def need_outcome(context: Context) -> Letter:
    """What came of it?"""
    return Letter(
        gettext("Wat kwam er van deze vraag?"),
        Quote(word(context, "text")),
        Paragraph(
            gettext("De dag om te antwoorden is voorbij. Vertel in een halve minuut wat ervan kwam: gegund of niet.")
        ),
        Button(gettext("Vertel het"), word(context, "path")),
        Paragraph(gettext("Zo ziet de streek waar vraag en aanbod elkaar vinden, en waar niet.")),
    )
