"""The words around the forms for visitors."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class VisitorPage:
    """A form with what is said before it, and what follows after it is sent."""

    title: str
    lead: str
    steps: tuple[str, ...]
    button: str


def taster_page() -> VisitorPage:
    """For companies."""
    return VisitorPage(
        title=gettext("Bied een proefplaats of werk aan"),
        lead=gettext(
            "Heeft je bedrijf een plek waar iemand twee weken kan proberen of het werk past? Of werk dat een sociale "
            "onderneming voor jou kan doen, zoals verpakken, monteren of het groen onderhouden? Laat het hier weten. "
            "Het duurt twee minuten en je zit nergens aan vast."
        ),
        steps=(
            gettext("Je vult dit in en krijgt een mail."),
            gettext("Je klikt op de link in die mail. Pas dan ziet de coördinator van de streek je bericht."),
            gettext("De coördinator neemt contact met je op. Niets hiervan komt op de website."),
        ),
        button=gettext("Verstuur"),
    )


def suggestion_page() -> VisitorPage:
    """For everybody."""
    return VisitorPage(
        title=gettext("Stel een initiatief voor"),
        lead=gettext(
            "Ken je een sociale onderneming, een dienst of een groep vrijwilligers die nog niet in de gids staat? "
            "Vertel het ons."
        ),
        steps=(
            gettext("Je vult dit in en krijgt een mail."),
            gettext("Je klikt op de link in die mail. Pas dan ziet iemand je voorstel."),
            gettext(
                "Iemand kijkt het na. Klopt het, dan staat het vaak de volgende dag in de gids. Je krijgt antwoord."
            ),
        ),
        button=gettext("Verstuur"),
    )
