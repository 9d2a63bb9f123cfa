"""Reasons in words, in Dutch, English and French."""

from __future__ import annotations

from collections.abc import Mapping

from schakel.core import taxonomy
from schakel.search.result import Reason

LANGUAGES = ("nl", "en", "fr")

_PRECISION: Mapping[str, Mapping[str, str]] = {
    "address": {"nl": "", "en": "", "fr": ""},
    "locality": {
        "nl": " (gemeten tot het midden van de deelgemeente)",
        "en": " (measured to the centre of the locality)",
        "fr": " (mesuré jusqu’au centre de la localité)",
    },
    "municipality": {
        "nl": " (gemeten tot het midden van de gemeente)",
        "en": " (measured to the centre of the municipality)",
        "fr": " (mesuré jusqu’au centre de la commune)",
    },
}

_FACETS: Mapping[str, tuple[str, str, str]] = {
    "theme": ("het thema", "the theme", "le thème"),
    "service": ("de dienst", "the service", "le service"),
    "customer": ("voor wie", "for whom", "pour qui"),
    "kind": ("het soort organisatie", "the kind of organisation", "le type d’organisation"),
    "municipality": ("de gemeente", "the municipality", "la commune"),
    "seat": ("waar de organisatie gevestigd is", "where the organisation is located", "le lieu d’établissement"),
    "cluster": ("de cluster", "the cluster", "le groupement"),
    "delivered": ("hoe de dienst verloopt", "how it is delivered", "le mode de prestation"),
    "radius": ("de straal", "the radius", "le rayon"),
    "municipality_neighbours": (
        "de gemeente: we keken ook bij de buurgemeenten",
        "the municipality: we also looked in the neighbouring ones",
        "la commune : nous avons aussi cherché dans les communes voisines",
    ),
    "words": ("de woorden van je zoekvraag", "the words of your search", "les mots de la recherche"),
}

# Code -> nl, en, fr. Names in braces are the values of the reason.
SENTENCES: Mapping[str, tuple[str, str, str]] = {
    "word_in_name": ("“{word}” staat in de naam", "“{word}” is in the name", "« {word} » figure dans le nom"),
    "word_in_other_name": (
        "“{word}” staat in een andere of vroegere naam",
        "“{word}” is in another or former name",
        "« {word} » figure dans un autre nom ou un ancien nom",
    ),
    "word_in_offer": (
        "“{word}” staat in het aanbod",
        "“{word}” is in what is offered",
        "« {word} » figure dans l’offre",
    ),
    "word_in_description": (
        "“{word}” staat in de beschrijving",
        "“{word}” is in the description",
        "« {word} » figure dans la description",
    ),
    "word_means_service": (
        "“{word}” hoort bij de dienst “{service}”",
        "“{word}” belongs to the service “{service}”",
        "« {word} » se rapporte au service « {service} »",
    ),
    "typo": (
        "we lazen “{word}” als “{corrected}”",
        "we read “{word}” as “{corrected}”",
        "nous avons lu « {word} » comme « {corrected} »",
    ),
    "serves_stated": ("werkt in {municipality}", "works in {municipality}", "travaille à {municipality}"),
    "serves_assumed": (
        "werkt waarschijnlijk in {municipality} (aanname)",
        "probably works in {municipality} (assumption)",
        "travaille probablement à {municipality} (hypothèse)",
    ),
    "serves_unknown": (
        "we weten niet of dit aanbod in {municipality} geldt",
        "we do not know whether this offer holds in {municipality}",
        "nous ne savons pas si cette offre vaut à {municipality}",
    ),
    "area_assumed": (
        "het werkgebied is een aanname",
        "the area served is an assumption",
        "la zone desservie est une hypothèse",
    ),
    "area_unknown": (
        "het werkgebied is niet bekend",
        "the area served is not known",
        "la zone desservie n’est pas connue",
    ),
    "located_in": ("gevestigd in {municipality}", "located in {municipality}", "établi à {municipality}"),
    "distance": ("op {km} km{precision}", "{km} km away{precision}", "à {km} km{precision}"),
    "distance_unknown": ("de afstand is niet bekend", "the distance is not known", "la distance n’est pas connue"),
    "status_uncertain": (
        "niet zeker of dit nog bestaat: het laatste bewijs is oud of twijfelachtig",
        "not certain that this still exists: the last evidence is old or doubtful",
        "pas certain que cela existe encore : la dernière preuve est ancienne ou douteuse",
    ),
    "status_uncertain_since": (
        "niet zeker of dit nog bestaat: laatste bewijs uit {year}",
        "not certain that this still exists: last evidence from {year}",
        "pas certain que cela existe encore : dernière preuve de {year}",
    ),
    "status_unconfirmed": (
        "niet meer bevestigd: we vroegen of alles nog klopt, en kregen geen antwoord",
        "no longer confirmed: we asked whether everything is still right, and got no answer",
        "plus confirmé : nous avons demandé si tout est encore exact, sans réponse",
    ),
    "status_announced": (
        "aangekondigd; we weten niet of het gestart is",
        "announced; we do not know whether it has started",
        "annoncé ; nous ne savons pas si cela a commencé",
    ),
    "status_closed": ("bestond ooit, is gestopt", "existed once, has closed", "a existé, a cessé"),
    "status_closed_since": (
        "bestond ooit, is gestopt in {year}",
        "existed once, closed in {year}",
        "a existé, a cessé en {year}",
    ),
    "status_historical": (
        "bestond ooit; alleen nog geschiedenis",
        "existed once; now only history",
        "a existé ; ne relève plus que de l’histoire",
    ),
    "place_served": (
        "“{words}”: we zoeken wie werkt in {place}",
        "“{words}”: we look for who works in {place}",
        "« {words} » : nous cherchons qui travaille à {place}",
    ),
    "place_near": (
        "“{words}”: we zoeken binnen {km} km van {place}",
        "“{words}”: we look within {km} km of {place}",
        "« {words} » : nous cherchons à moins de {km} km de {place}",
    ),
    "ignored_word": (
        "“{word}” vonden we niet; dat woord telt niet mee",
        "we did not find “{word}”; it was left out",
        "nous n’avons pas trouvé « {word} » ; ce mot n’a pas été utilisé",
    ),
    "ignored_place": (
        "“{words}” telt niet mee: je koos zelf al een plaats",
        "“{words}” was left out: you already chose a place",
        "« {words} » n’a pas été utilisé : vous aviez déjà choisi un lieu",
    ),
    "place_outside": (
        "{place} ligt buiten de regio; we zochten in de hele regio",
        "{place} lies outside the region; we searched the whole region",
        "{place} se trouve hors de la région ; nous avons cherché dans toute la région",
    ),
    "ignored_radius": (
        "de straal telt niet mee: er is geen plaats gekozen",
        "the radius was left out: no place was chosen",
        "le rayon n’a pas été utilisé : aucun lieu n’a été choisi",
    ),
    "ignored_sort": (
        "sorteren op afstand kan niet zonder plaats",
        "sorting by distance needs a place",
        "le tri par distance demande un lieu",
    ),
    "cut": (
        "je zoekvraag was te lang; we gebruikten de eerste 200 tekens",
        "your search was too long; we used the first 200 characters",
        "votre recherche était trop longue ; nous avons utilisé les 200 premiers caractères",
    ),
    "relaxed": ("losgelaten: {condition}", "let go: {condition}", "abandonné : {condition}"),
}


def _number(value: float, language: str) -> str:
    text = f"{value:g}"
    return text if language == "en" else text.replace(".", ",")


def words(reason: Reason, language: str) -> str:
    """One reason as a sentence part in "nl", "en" or "fr"; any other language gets Dutch. No full stop at the end.

    A service code becomes its label, a number gets the decimal sign of the language, and the precision of a point
    becomes words.
    """
    place = LANGUAGES.index(language) if language in LANGUAGES else 0
    spoken = LANGUAGES[place]
    values: dict[str, str] = {}
    for name, value in reason.values.items():
        if name == "service":
            values[name] = taxonomy.service(str(value)).labels[spoken]
        elif name == "precision":
            values[name] = _PRECISION[str(value)][spoken]
        elif name == "condition":
            values[name] = _FACETS[str(value)][place]
        else:
            values[name] = _number(value, spoken) if isinstance(value, (int, float)) else str(value)
    return SENTENCES[reason.code][place].format_map(values)


def relaxed_words(condition: str, language: str) -> str:
    """One entry of `SearchPage.relaxed` in words."""
    return words(Reason("relaxed", {"condition": condition}), language)
