"""How to buy socially, in plain words: citizens, companies, local governments with the amounts that hold today."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from django.utils.translation import gettext

from schakel.core.model import Json
from schakel.core.procurement import Certainty, Threshold, get_threshold
from schakel.core.procurement.routes import list_social_routes
from schakel.core.procurement.thresholds import checked_on
from schakel.wording.dates import date_words, number_words


def present_buying(on: date) -> dict[str, Json]:
    """The chapter for the template; amounts and their sources come from the dated table of thresholds."""
    return {
        "title": gettext("Zo koop je sociaal"),
        "lead": gettext(
            "Sociaal kopen is gewoon kopen: je bestelt en je betaalt. "
            "Daarmee geef je ook werk of hulp aan mensen die dat moeilijk vinden."
        ),
        "parts": [_citizens(), _companies(), _governments()],
        "reserved": _reserved(),
        "amounts": _amounts(on),
    }


def _part(title: str, lead: str, *steps: str) -> Json:
    return {"title": title, "lead": lead, "steps": list(steps)}


def _citizens() -> Json:
    return _part(
        gettext("Je woont hier"),
        gettext("Iedereen mag hier kopen of hulp vragen. Zo begin je."),
        gettext("Zoek bij een thema, of achteraan op dienst."),
        gettext("Kijk of ze in jouw gemeente werken. Staat er ‘aanname’? Vraag het dan eerst na."),
        gettext("Bel of mail. Vraag wat het kost en wanneer het kan."),
        gettext("Sommige hulp is er alleen voor wie aan voorwaarden voldoet. Vraag of dat voor jou zo is."),
    )


def _companies() -> Json:
    return _part(
        gettext("Je hebt een bedrijf"),
        gettext("Een bedrijf koopt vrij: je mag rechtstreeks een onderneming vragen."),
        gettext("Denk aan werk dat terugkomt: verpakken, monteren, schoonmaken, groen."),
        gettext("Vraag wat ze kunnen, hoeveel en tegen wanneer. Ga eens kijken."),
        gettext("Begin met een kleine opdracht. Spreek af wie je belt als er iets is."),
    )


def _governments() -> Json:
    return _part(
        gettext("Je werkt voor een lokaal bestuur"),
        gettext("Ook met de regels voor overheidsopdrachten kun je sociaal kopen. Dit zijn vier manieren."),
        gettext("Behoud de hele opdracht voor aan de sociale economie (artikel 15, zie hieronder)."),
        gettext("Behoud één perceel voor. Dat is goed als maar een deel van het werk past."),
        gettext(
            "Vraag om mensen met een afstand tot de arbeidsmarkt in te zetten in de uitvoering. "
            "Iedereen kan dan meedoen."
        ),
        gettext("Geef punten voor sociale meerwaarde bij deze opdracht. Iedereen kan dan meedoen."),
    )


def _reserved() -> Json:
    route = list_social_routes()[0]
    return {
        "title": gettext("Een voorbehouden opdracht"),
        "lead": gettext(
            "Artikel 15 van de wet van 17 juni 2016 inzake overheidsopdrachten laat toe dat alleen sociale "
            "werkplaatsen en ondernemingen voor integratie meedoen. Dit zijn de voorwaarden."
        ),
        "steps": [
            gettext("Minstens 30 % van de werknemers van de onderneming is gehandicapt of kansarm."),
            gettext("Hun integratie is het hoofddoel van de onderneming."),
            gettext("Je noemt artikel 15 in de aankondiging, of in een ander opdrachtdocument als er geen is."),
            gettext("Je aanvaardt ook gelijkwaardige ondernemingen en bewijzen."),
            gettext("Kijk vooraf of er genoeg ondernemingen zijn die dit kunnen. Deze gids helpt daarbij."),
        ],
        "source": _source_line(tuple(source.url for source in route.sources)),
    }


def _amounts(on: date) -> Json:
    labels = {
        "accepted_invoice": gettext("Aanvaarde factuur (art. 92)"),
        "without_publication": gettext("Onderhandelen zonder bekendmaking (art. 42)"),
        "without_publication_social": gettext("Zonder bekendmaking, sociale diensten"),
        "european_supplies_services_local": gettext("Europese bekendmaking, leveringen en diensten"),
        "european_works": gettext("Europese bekendmaking, werken"),
        "european_social_services": gettext("Europese bekendmaking, sociale diensten"),
    }
    found = {key: get_threshold(key, on) for key in labels}
    addresses = tuple(dict.fromkeys(row.source.url for row in found.values() if row is not None))
    return {
        "title": gettext("De bedragen op %(date)s") % {"date": date_words(on.isoformat())},
        "lead": gettext(
            "Maak altijd eerst een geschreven raming, zonder btw, voor de hele duur. Is ze lager dan het bedrag, dan "
            "mag de procedure. Voorbehouden mag bij elk bedrag."
        ),
        "head": [gettext("Procedure of plicht"), gettext("Bedrag zonder btw"), gettext("Hoe zeker")],
        "rows": [[labels[key], _amount(row), _certainty(row)] for key, row in found.items()],
        "source": _source_line(addresses),
        "warning": gettext(
            "Dit is geen juridisch advies. De bedragen en regels komen uit samenvattingen van anderen. "
            "Kijk ze na in de wet of bij je juridische dienst."
        ),
    }


def _amount(row: Threshold | None) -> str:
    return gettext("%(amount)s euro") % {"amount": number_words(row.amount)} if row else gettext("niet bekend")


def _certainty(row: Threshold | None) -> str:
    if row is None:
        return gettext("geen bron voor deze datum: vraag het na")
    if row.certainty is Certainty.INFERRED:
        return gettext("afgeleid uit een ander bedrag: laat het bevestigen")
    if row.valid_until is None:
        return gettext("de bron zegt niet tot wanneer: kijk het na")
    return gettext("tot en met %(date)s") % {"date": date_words(row.valid_until.isoformat())}


def _source_line(addresses: tuple[str, ...]) -> str:
    sites = ", ".join(dict.fromkeys(urlsplit(address).netloc.removeprefix("www.") for address in addresses))
    return gettext("Bron: %(sites)s, nagekeken op %(date)s.") % {
        "sites": sites,
        "date": date_words(checked_on().isoformat()),
    }
