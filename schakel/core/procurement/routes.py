"""The routes of a public buyer: procedures by threshold, and the four ways to make any of them social."""

from __future__ import annotations

from datetime import date

from schakel.core.procurement.model import (
    Buyer,
    Certainty,
    ContractKind,
    FormField,
    Possible,
    Route,
    RouteKind,
    Source,
    Threshold,
)
from schakel.core.procurement.thresholds import (
    LABELS,
    checked_on,
    european_key,
    get_threshold,
    without_publication_key,
)

PROCEDURES = (
    RouteKind.ACCEPTED_INVOICE,
    RouteKind.WITHOUT_PUBLICATION,
    RouteKind.NATIONAL_PUBLICATION,
    RouteKind.EUROPEAN_PUBLICATION,
)
"""The procedures from light to heavy."""

_RESERVED = "https://www.gdena-advocaten.be/nieuws/sociaal-aanbesteden-en-artikel-60-tewerkstelling-hand-in-hand"
_FOUR_WAYS = "https://www.vlaamsbrabant.be/nl/activiteiten/netwerkdag-sociale-economie"
_BT_71 = "https://docs.ted.europa.eu/eforms/latest/reference/business-terms/BT-71.html"
_BT_736 = "https://docs.ted.europa.eu/eforms/latest/reference/business-terms/BT-736.html"
ESTIMATE_RULING = "https://tenderwolf.com/en/case-law/belgium/council-of-state/263217/"


def source(url: str) -> Source:
    """A source as it was on the day on which all sources were last looked at."""
    return Source(url, checked_on())


def euro(amount: float) -> str:
    """An amount as people write it here: `143.000 euro`, cents only where they are."""
    text = f"{amount:,.2f}".removesuffix(".00")
    return text.translate(str.maketrans(",.", ".,")) + " euro"


def period(threshold: Threshold) -> str:
    """From when until when an amount holds, in words."""
    start = f"vanaf {threshold.valid_from:%d-%m-%Y}"
    return (
        f"{start} tot en met {threshold.valid_until:%d-%m-%Y}" if threshold.valid_until else f"{start}, einde onbekend"
    )


def _caution(threshold: Threshold) -> tuple[str, ...]:
    if threshold.certainty is Certainty.INFERRED:
        return (f"Laat het bedrag van {euro(threshold.amount)} bevestigen: het is afgeleid, geen bron noemt het.",)
    if threshold.certainty is Certainty.NO_END_DATE:
        return (f"Kijk na of {euro(threshold.amount)} nog geldt: de bron geeft geen einddatum.",)
    return ()


def _under(key: str, estimate: float | None, on: date) -> tuple[Possible, str, Threshold | None]:
    """Is the estimate under this threshold on this day, and the sentence that says so."""
    threshold, label = get_threshold(key, on), LABELS[key]
    if threshold is None:
        return Possible.UNKNOWN, f"Het bedrag op {on:%d-%m-%Y} is niet bekend: {label}.", None
    limit = f"{euro(threshold.amount)} zonder btw, {period(threshold)}"
    if estimate is None:
        return Possible.UNKNOWN, f"De raming is niet bekend. Grens: minder dan {limit}.", threshold
    if estimate < threshold.amount:
        return Possible.YES, f"De raming van {euro(estimate)} is minder dan {limit}.", threshold
    return Possible.NO, f"De raming van {euro(estimate)} is niet minder dan {limit}.", threshold


def _procedure(
    kind: RouteKind, title: str, key: str, estimate: float | None, on: date, conditions: tuple[str, ...]
) -> Route:
    possible, why, threshold = _under(key, estimate, on)
    cautions = _caution(threshold) if threshold else ("Vraag na welk bedrag op die datum geldt.",)
    sources = (threshold.source,) if threshold else ()
    return Route(kind, title, possible, why, (*conditions, *cautions), threshold, sources, ("estimate",))


def list_procedures(buyer: Buyer, contract: ContractKind, estimate: float | None, on: date) -> tuple[Route, ...]:
    """The four procedures of a public buyer, from light to heavy, each possible, impossible or unknown."""
    without_key, european = without_publication_key(contract), european_key(buyer, contract)
    works = (
        ("Onze bron noemt dit bedrag zonder onderscheid; kijk na of het ook voor werken geldt.",)
        if contract is ContractKind.WORKS
        else ()
    )
    reached, why, threshold = _under(european, estimate, on)
    return (
        _procedure(
            RouteKind.ACCEPTED_INVOICE, "Aanvaarde factuur (art. 92)", "accepted_invoice", estimate, on,
            ("Leg de raming vast vóór je prijzen vraagt.", "Vraag bij voorkeur meer dan één onderneming."),
        ),
        _procedure(
            RouteKind.WITHOUT_PUBLICATION, "Onderhandelen zonder bekendmaking (art. 42, § 1, 1°)", without_key,
            estimate, on, ("Vraag meerdere ondernemingen, ook uit de sociale economie.", *works),
        ),
        _procedure(
            RouteKind.NATIONAL_PUBLICATION, "Procedure met Belgische bekendmaking", european, estimate, on,
            ("Welke procedure precies (vereenvoudigd, openbaar, ...) staat niet in onze bronnen: vraag het na.",),
        ),
        Route(
            RouteKind.EUROPEAN_PUBLICATION, "Procedure met Europese bekendmaking", Possible.YES,
            f"Verplicht vanaf de Europese drempel. {why}" if reached is not Possible.YES
            else f"Mag altijd, maar hoeft hier niet. {why}",
            _caution(threshold) if threshold else (), threshold, (threshold.source,) if threshold else (),
            ("estimate",),
        ),
    )  # fmt: skip


def list_social_routes() -> tuple[Route, ...]:
    """The four ways to make a procedure social; any of them goes with any procedure, whatever the amount."""
    reserved = (
        "Minstens 30 % van de werknemers van de onderneming is gehandicapt of kansarm. Vraag een gedateerd bewijs.",
        "Het hoofddoel van de onderneming is hun integratie (of het is een sociale werkplaats).",
        "Aanvaard gelijkwaardige ondernemingen en bewijzen.",
        "Noem artikel 15 in de aankondiging, of in een ander opdrachtdocument als er geen aankondiging is.",
        "Werkt de onderneming met mensen van wie zij niet de wettelijke werkgever is (artikel 60)? Lees Raad van State "
        "255.415 van 29 december 2022.",
    )
    related = "Laat de voorwaarde over de uitvoering van deze opdracht gaan, en zeg hoe je ze opvolgt."
    sources = (source(_RESERVED), source(_FOUR_WAYS))
    return (
        Route(
            RouteKind.RESERVE_CONTRACT, "De hele opdracht voorbehouden (art. 15)", Possible.YES,
            "Alleen sociale werkplaatsen en ondernemingen voor integratie kunnen dan meedoen.",
            ("Kijk eerst of er genoeg ondernemingen zijn die dit kunnen.", *reserved), None, sources,
            ("reserve_contract", "equivalence"),
        ),
        Route(
            RouteKind.RESERVE_LOT, "Eén perceel voorbehouden (art. 15)", Possible.YES,
            "Goed als maar een deel van het werk past bij sociale economie.",
            ("Verdeel in percelen volgens het werk; tel alle percelen samen in de raming.", *reserved), None, sources,
            ("reserve_lot", "equivalence"),
        ),
        Route(
            RouteKind.EXECUTION_CONDITIONS, "Sociale uitvoeringsvoorwaarde", Possible.YES,
            "Iedereen kan meedoen; de winnaar zet tijdens het werk mensen met een afstand tot de arbeidsmarkt in.",
            (related, "Aanvaard gelijkwaardige manieren om eraan te voldoen."), None, (source(_FOUR_WAYS),),
            ("execution_conditions", "equivalence"),
        ),
        Route(
            RouteKind.AWARD_CRITERIA, "Sociaal gunningscriterium", Possible.YES,
            "Iedereen kan meedoen; wie meer sociale meerwaarde biedt, krijgt meer punten.",
            ("Zeg vooraf hoeveel punten en waarvoor; beoordeel deze opdracht, niet de onderneming.",), None,
            (source(_FOUR_WAYS),), ("award_criteria", "equivalence"),
        ),
    )  # fmt: skip


def list_form_fields() -> tuple[FormField, ...]:
    """The fields of the eForms notice that say that a contract is reserved."""
    return (
        FormField("BT-71", "res-ws", "Deelname voorbehouden aan sociale werkplaatsen en integratie", source(_BT_71)),
        FormField("BT-71", "none", "Deelname niet voorbehouden", source(_BT_71)),
        FormField(
            "BT-736", None, "Uitvoering voorbehouden; kies de waarde in het formulier, onze bronnen noemen ze niet",
            source(_BT_736),
        ),
    )  # fmt: skip
