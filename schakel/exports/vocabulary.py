"""The words of linked data: which term of which vocabulary says what we mean.

Terms of an organisation follow OSLO Organisatie Basis of the Flemish government (data.vlaanderen.be), which takes most
of them from the W3C Organization Ontology (`org`), the Registered Organization Vocabulary (`rov`) and the Core Location
Vocabulary (`locn`); beside them stand the terms of schema.org, for search engines. What neither can say (how a service
area is known, who said which field) is in our own few terms, `schakel`, explained on the page that the IRI points to.
"""

from __future__ import annotations

from typing import Any

from schakel.core.model import Json, LifeStatus
from schakel.exports.about import About
from schakel.wording import words

OSLO_ORGANISATION = "https://data.vlaanderen.be/ns/organisatie"
_EU = "http://publications.europa.eu/resource/authority"
LANGUAGE_DUTCH = f"{_EU}/language/NLD"
ACCESS_PUBLIC = f"{_EU}/access-right/PUBLIC"
THEMES = (f"{_EU}/data-theme/SOCI", f"{_EU}/data-theme/ECON")
FILE_TYPES = f"{_EU}/file-type"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types"

_PREFIXES: dict[str, Json] = {
    "schema": "http://schema.org/",
    "org": "http://www.w3.org/ns/org#",
    "rov": "http://www.w3.org/ns/regorg#",
    "locn": "http://www.w3.org/ns/locn#",
    "organisatie": f"{OSLO_ORGANISATION}#",
    "adres": "https://data.vlaanderen.be/ns/adres#",
    "generiek": "https://data.vlaanderen.be/ns/generiek#",
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def context(about: About) -> dict[str, Json]:
    """The JSON-LD context: plain words are schema.org's, so that a search engine that knows nothing else reads them."""
    return {"@vocab": "http://schema.org/", **_PREFIXES, "schakel": own_terms(about)}


def own_terms(about: About) -> str:
    """Where our own terms live: on the page of this site that explains the open data."""
    return f"{about.base_url}/open-data#"


def dataset_iri(about: About) -> str:
    """What names the register as a set of data."""
    return f"{about.base_url}/open-data#register"


def iri(address: str) -> dict[str, Json]:
    """A reference to a thing by its address."""
    return {"@id": address}


def dutch(text: str) -> dict[str, Json]:
    """A text in Dutch."""
    return {"@language": "nl", "@value": text}


def in_languages(texts: dict[str, str]) -> list[Json]:
    """The same words in several languages."""
    return [{"@language": language, "@value": text} for language, text in texts.items()]


def typed(value: str, datatype: str) -> dict[str, Json]:
    """A value of a datatype of XML Schema, such as `date`."""
    return {"@type": f"xsd:{datatype}", "@value": value}


def partial_date(value: str) -> dict[str, Json]:
    """A date that may stop after the year or the month."""
    return typed(value, {4: "gYear", 7: "gYearMonth"}.get(len(value), "date"))


def status_words(status: LifeStatus) -> dict[str, str]:
    """Whether something exists today, in every language."""
    return {language: words.word(words.STATUSES, status, language) for language in ("nl", "en", "fr")}


def status_concept(status: LifeStatus, about: About) -> dict[str, Any]:
    """Whether something exists today, as a concept with its words."""
    return {
        "@id": f"{own_terms(about)}status-{status.value}",
        "@type": "skos:Concept",
        "skos:notation": status.value,
        "skos:prefLabel": in_languages(status_words(status)),
    }


def without_gaps(node: dict[str, Any]) -> dict[str, Any]:
    """The node without what is not known: linked data says nothing about what nobody said."""
    return {name: value for name, value in node.items() if value is not None and value not in ("", [], {})}
