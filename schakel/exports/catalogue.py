"""The open data of this site as a DCAT-AP catalogue, so that data portals find and follow them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from schakel.exports.about import About
from schakel.exports.downloads import DOWNLOADS, Download
from schakel.exports.vocabulary import (
    ACCESS_PUBLIC,
    FILE_TYPES,
    LANGUAGE_DUTCH,
    MEDIA_TYPES,
    OSLO_ORGANISATION,
    THEMES,
    context,
    dataset_iri,
    dutch,
    iri,
    partial_date,
    typed,
)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who answers for the data: name and address of the body that runs this site."""

    name: str
    homepage: str


def catalogue_jsonld(
    about: About,
    publisher: Publisher,
    *,
    modified: datetime | None,
    downloads: Sequence[Download] = DOWNLOADS,
) -> dict[str, Any]:
    """The catalogue as a JSON-LD document (DCAT-AP 3): one data set, with every file it can be had in.

    `modified`: when the register last changed; `None` leaves it out. The licence is stated in words, since the terms of
    a region pack may differ per part.
    """
    changed = {}
    if modified is not None:
        changed["dcterms:modified"] = typed(modified.isoformat(timespec="seconds"), "dateTime")
    shared: dict[str, Any] = {
        "dcterms:publisher": _agent(about, publisher),
        "dcterms:license": _licence(about),
        "dcterms:language": iri(LANGUAGE_DUTCH),
        "dcterms:spatial": _place(about),
        **changed,
    }
    says = "De gegevens van dit register. De licentie zegt wat je ermee mag doen."
    return {
        "@context": context(about),
        "@id": f"{about.base_url}/open-data#catalogus",
        "@type": "dcat:Catalog",
        "dcterms:title": dutch(f"Open data van de sociale economie in {about.region}"),
        "dcterms:description": dutch(f"{says} {about.warning}".rstrip()),
        "foaf:homepage": iri(f"{about.base_url}/open-data"),
        **shared,
        "dcat:dataset": {
            **_dataset(about),
            **shared,
            "dcat:distribution": [_distribution(download, about, changed) for download in downloads],
        },
    }


def _dataset(about: About) -> dict[str, Any]:
    says = (
        "Wie er sociaal en dichtbij werkt: organisaties, vestigingen, diensten en werkgebieden, met per feit "
        "de bron en de datum."
    )
    return {
        "@id": dataset_iri(about),
        "@type": "dcat:Dataset",
        "dcterms:title": dutch(f"Register van de sociale economie: {about.region}"),
        "dcterms:description": dutch(f"{says} {about.warning}".rstrip()),
        "dcterms:identifier": dataset_iri(about),
        "dcterms:issued": partial_date(about.compiled_on),
        "dcterms:accessRights": iri(ACCESS_PUBLIC),
        "dcterms:conformsTo": iri(OSLO_ORGANISATION),
        "dcat:theme": [iri(theme) for theme in THEMES],
        "dcat:keyword": [dutch(word) for word in ("sociale economie", "maatwerk", "lokale diensten", about.region)],
        "dcat:landingPage": iri(f"{about.base_url}/open-data"),
        "schakel:synthetic": about.synthetic,
    }


def _agent(about: About, publisher: Publisher) -> dict[str, Any]:
    return {
        "@id": f"{about.base_url}/open-data#uitgever",
        "@type": "foaf:Agent",
        "foaf:name": dutch(publisher.name),
        "foaf:homepage": iri(publisher.homepage),
    }


def _licence(about: About) -> dict[str, Any]:
    return {
        "@id": f"{about.base_url}/open-data#licentie",
        "@type": "dcterms:LicenseDocument",
        "dcterms:title": dutch(about.licence),
    }


def _place(about: About) -> dict[str, Any]:
    return {
        "@id": f"{about.base_url}/open-data#regio",
        "@type": "dcterms:Location",
        "skos:prefLabel": dutch(about.region),
        "locn:geographicName": dutch(about.region),
    }


def _distribution(download: Download, about: About, changed: dict[str, Any]) -> dict[str, Any]:
    address = about.base_url + download.path
    standard = {"dcterms:conformsTo": iri(download.conforms_to)} if download.conforms_to else {}
    return {
        "@id": f"{address}#bestand",
        "@type": "dcat:Distribution",
        "dcterms:title": dutch(download.title),
        "dcterms:description": dutch(download.description),
        "dcat:accessURL": iri(address),
        "dcat:downloadURL": iri(address),
        "dcterms:format": iri(f"{FILE_TYPES}/{download.file_type}"),
        "dcat:mediaType": iri(f"{MEDIA_TYPES}/{download.media_type}"),
        "dcterms:license": _licence(about),
        **standard,
        **changed,
    }
