"""The fixed words of a guide, in the language in which it is made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext

from schakel.core.model import Json
from schakel.register.read import RegionInfo, SourceInfo
from schakel.wording.dates import date_words
from schakel.wording.words import in_language


def labels() -> dict[str, Json]:
    """Headings and small words the template puts around the data."""
    return {
        "guide": gettext("Gids van de sociale economie"),
        "contents": gettext("Inhoud"),
        "synthetic": gettext("Verzonnen gegevens, om te proberen. Niets hierin bestaat echt."),
        "page": gettext("bladzijde"),
        "read": gettext("Zo lees je deze gids"),
        "map": gettext("Kaart"),
        "map_words": gettext(
            "Elke zeshoek is een gemeente, ongeveer waar ze ligt. Het getal zegt hoeveel organisaties er gevestigd "
            "zijn of werken. De lijst per gemeente achteraan zegt wie."
        ),
        "also": gettext("Ook hier"),
        "works": gettext("Werkt in"),
        "elsewhere": gettext("Doet elders ook"),
        "where": gettext("Adres"),
        "no_offers": gettext("We kennen van deze organisatie nog geen aanbod. Vraag het haar zelf."),
        "no_contact": gettext("We kennen nog geen telefoon, e-mail of website."),
        "newest": gettext("Jongste bron"),
        "old": gettext("ouder dan 2 jaar"),
        "qr": gettext("QR-code naar de bladzijde van %(name)s") % {"name": "{name}"},
        "by_municipality": gettext("Lijst per gemeente"),
        "by_service": gettext("Lijst per dienst"),
        "about": gettext("Bronnen en datum"),
        "for": gettext("Voor"),
    }


def about_words(region: RegionInfo, sources: Sequence[SourceInfo], *, on: date, has_qr: bool) -> dict[str, Json]:
    """How to read the marks, and the closing page: when made, from which sources, under which licence."""
    marks: list[Json] = [
        {"sign": "old", "text": gettext("Dit gegeven is ouder dan twee jaar. Bel of mail voor je erop rekent.")},
        {"sign": "warning", "text": gettext("We zijn niet zeker of dit nog bestaat.")},
        {"sign": "served", "text": gettext("Een bron of de organisatie zelf zegt dat ze daar werkt.")},
        {
            "sign": "assumed",
            "text": gettext(
                "Aanname: niemand zegt het, maar ze zitten in de buurt of het werk gaat naar hen. Vraag het na."
            ),
        },
        {
            "sign": "unknown",
            "text": gettext("We weten het niet. ‘We kennen hier nog niemand’ wil niet zeggen dat er niemand is."),
        },
    ]
    told = [
        gettext("Gemaakt op %(date)s uit het register van %(region)s, samengesteld op %(compiled)s.")
        % {
            "date": date_words(on.isoformat()),
            "region": in_language(region.name),
            "compiled": date_words(region.compiled_on),
        },
        gettext("Wie gestopt is, staat niet in deze gids. Waarvan we dat niet zeker weten, wel: met een teken."),
        gettext("Een gegeven zonder datum kan oud zijn. Dan staat er ‘datum niet bekend’."),
        gettext("‘Nog na te kijken’ wil zeggen: niemand vergeleek dit al met de bron."),
        gettext("Lettertype: Libertinus Serif. Zo’n gids kun je altijd opnieuw maken: wat op papier staat, veroudert."),
    ]
    if has_qr:
        told.insert(1, gettext("De QR-code bij een organisatie brengt je naar wat we vandaag weten."))
    shown = [source for source in sources if source.withdrawn_at is None and source.statements]
    return {
        "stand_in": gettext("Het teken ▯ staat voor een letter of beeldje dat ons lettertype niet heeft."),
        "marks": marks,
        "told": list(told),
        "sources_title": gettext("Bronnen"),
        "sources": [{"title": source.title, "url": source.url, "licence": source.licence} for source in shown],
        "licence": gettext("Licentie van het register"),
        "licence_text": "" if any(source.licence == region.licence for source in shown) else region.licence,
    }
