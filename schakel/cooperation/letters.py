"""Letters about what visitors leave."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schakel.mail.letters import Button, Context, Letter, Paragraph, Part, Quote, letter, word


@letter(
    "visitor_confirm",
    reason=_("iemand je adres invulde op onze website"),
    example={"what": "suggestion", "name": "Voorbeeldtuin", "path": "/inzending/voorbeeld"},
    secret=True,
)
def visitor_confirm(context: Context) -> Letter:
    """Is this your address?"""
    name = {"name": word(context, "name")}
    about = (
        gettext("Je liet weten wat %(name)s te bieden heeft. Klik op de knop, dan krijgt de coördinator het te zien.")
        if word(context, "what") == "taster"
        else gettext("Je stelde %(name)s voor. Klik op de knop, dan kijkt iemand het na.")
    )
    return Letter(
        gettext("Bevestig je bericht over %(name)s") % name,
        Paragraph(about % name),
        Button(gettext("Bevestig"), word(context, "path")),
        Paragraph(
            gettext("De link werkt drie dagen. Was jij dit niet? Doe dan niets: na een week is alles weer gewist.")
        ),
    )


@letter(
    "visitor_news",
    reason=_("je coördinator bent"),
    example={"what": "taster", "name": "Voorbeeldbedrijf", "path": "/beheer/"},
    digest=timedelta(hours=4),
    optional=True,
)
def visitor_news(context: Context) -> Letter:
    """Something waits for who coordinates."""
    name = {"name": word(context, "name")}
    if word(context, "what") == "taster":
        subject = gettext("Een bedrijf biedt een proefplaats of werk: %(name)s") % name
    else:
        subject = gettext("Nieuw voorstel voor de gids: %(name)s") % name
    return Letter(
        subject,
        Paragraph(gettext("Iemand bevestigde dit bericht. Het wacht op jou.")),
        Button(gettext("Bekijk het"), word(context, "path")),
    )


@letter(
    "visitor_answer",
    reason=_("je ons iets liet weten en een antwoord vroeg"),
    example={"about": "Voorbeeldtuin", "answer": "Dank je. Ze staan nu in de gids.", "path": "/gids"},
)
def visitor_answer(context: Context) -> Letter:
    """What became of it."""
    parts: list[Part] = [
        Paragraph(gettext("Je liet ons iets weten over %(about)s.") % {"about": word(context, "about")}),
        Quote(word(context, "answer")),
    ]
    if path := word(context, "path"):
        parts.append(Button(gettext("Bekijk het in de gids"), path))
    return Letter(gettext("Antwoord op je bericht over %(about)s") % {"about": word(context, "about")}, *parts)
