"""Organisations as linked data (JSON-LD): schema.org and OSLO Organisatie side by side, with provenance."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from schakel.core.identifiers import get_municipality_name
from schakel.core.model import (
    FINDABLE,
    AreaKnowledge,
    EstablishmentRecord,
    LifeStatus,
    OfferRecord,
    OrganisationRecord,
    Point,
    Provenance,
)
from schakel.core.taxonomy import services
from schakel.exports.about import About
from schakel.exports.facts import Facts, said_by, text, texts, value
from schakel.exports.tables import organisation_url
from schakel.exports.vocabulary import (
    OSLO_ORGANISATION,
    context,
    dataset_iri,
    dutch,
    in_languages,
    iri,
    own_terms,
    partial_date,
    status_concept,
    status_words,
    typed,
    without_gaps,
)
from schakel.wording import words

Node: TypeAlias = dict[str, Any]
_SERVICES = {service.code: service for service in services()}
_WEB = ("http://", "https://")


def export_jsonld(records: Iterable[OrganisationRecord], about: About) -> Iterator[bytes]:
    """A JSON-LD document, piece by piece: the data set first, then a node per organisation. Nothing is fetched for it:
    the context stands inside."""
    yield f'{{"@context":{script_safe(context(about))},\n"@graph":[\n{script_safe(dataset_node(about))}'.encode()
    for record in records:
        yield f",\n{script_safe(organisation_node(record, about))}".encode()
    yield b"\n]}\n"


def organisation_jsonld(record: OrganisationRecord, about: About) -> str:
    """One organisation as a JSON-LD document, safe to stand inside `<script type="application/ld+json">`."""
    return script_safe({"@context": context(about), **organisation_node(record, about)})


def script_safe(content: Any) -> str:
    """JSON without `<`, `>`, `&` and the two line breaks that end a line of JavaScript: nothing in it ends a script."""
    written = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return written


def dataset_node(about: About) -> Node:
    """What the file says about itself: region, licence, moment, load, and whether it is invented."""
    return without_gaps(
        {
            "@id": dataset_iri(about),
            "@type": ["Dataset", "dcat:Dataset"],
            "name": dutch(f"Register van de sociale economie: {about.region}"),
            "dcterms:title": dutch(f"Register van de sociale economie: {about.region}"),
            "description": dutch(about.warning or about.selection or "Het hele register"),
            "dcterms:description": dutch(about.warning or about.selection or "Het hele register"),
            "dcterms:conformsTo": iri(OSLO_ORGANISATION),
            "dcterms:rights": dutch(about.licence),
            "dcterms:modified": typed(about.made_at.isoformat(timespec="seconds"), "dateTime"),
            "dcterms:created": partial_date(about.compiled_on),
            "spatialCoverage": {"@type": "AdministrativeArea", "name": dutch(about.region)},
            "schakel:run": about.run,
            "schakel:revision": about.revision,
            "schakel:synthetic": about.synthetic,
        }
    )


def organisation_node(record: OrganisationRecord, about: About) -> Node:
    """One organisation. What does not exist today carries its status in words and neither offers nor contact data, so
    that a reader who knows nothing of statuses does not take it for open."""
    facts, address = record.facts, organisation_url(record.slug, about)
    today = record.status in FINDABLE
    open_offers = [offer for offer in record.offers if today and offer.status in FINDABLE]
    parts = [facts, *(place.facts for place in record.establishments)]
    said = said_by(parts, ["", *(f"{place.key} " for place in record.establishments)])
    number = text(facts, "ondernemingsnummer")
    return without_gaps(
        {
            "@id": f"{address}#organisatie",
            "@type": ["Organization", "org:Organization", *(["rov:RegisteredOrganization"] if number else [])],
            "name": record.name,
            "legalName": text(facts, "legal_name"),
            "alternateName": _names(facts),
            "description": text(facts, "description"),
            "url": address if today else None,
            "sameAs": _web(facts) if today else None,
            "disambiguatingDescription": None if record.status is LifeStatus.LIVE else _status_words(record),
            "identifier": _property("ondernemingsnummer", number),
            "mainEntityOfPage": iri(address),
            "skos:prefLabel": dutch(record.name),
            "skos:altLabel": [dutch(name) for name in _names(facts)],
            "rov:legalName": None if (legal := text(facts, "legal_name")) is None else dutch(legal),
            "dcterms:description": None if (said_text := text(facts, "description")) is None else dutch(said_text),
            "rov:registration": _registration(number),
            "rov:orgStatus": status_concept(record.status, about),
            "org:classification": [_kind(kind, about) for kind in record.kinds],
            "org:changedBy": _end(record, about),
            "org:hasSite": [_site(record, place, about) for place in record.establishments],
            "org:hasRegisteredSite": [
                iri(_site_iri(record, place, about)) for place in record.establishments if value(place.facts, "is_seat")
            ],
            "contactPoint": _contact(facts) if today else None,
            "foaf:homepage": None if (web := _web(facts)) is None or not today else iri(web),
            "makesOffer": [_offer(offer, record, about) for offer in open_offers],
            "dcterms:isPartOf": iri(dataset_iri(about)),
            "prov:wasDerivedFrom": [_source(origin, names) for origin, names in said],
            "schakel:synthetic": about.is_synthetic({origin.source for origin, _ in said}),
        }
    )


def _names(facts: Facts) -> list[str]:
    past = value(facts, "previous_names")
    return [str(item["name"]) for item in past if isinstance(item, dict)] if isinstance(past, list) else []


def _status_words(record: OrganisationRecord) -> list[Any]:
    return in_languages(status_words(record.status))


def _web(facts: Facts) -> str | None:
    """The website, when it can stand as an address: others would break a reader of linked data."""
    address = text(facts, "website")
    unfit = set('<>"{}|\\^` \t\r\n')
    return address if address is not None and address.startswith(_WEB) and not unfit & set(address) else None


def _property(name: str, number: str | None) -> Node | None:
    return None if number is None else {"@type": "PropertyValue", "propertyID": name, "value": number}


def _registration(number: str | None) -> Node | None:
    if number is None:
        return None
    return {
        "@type": "adms:Identifier",
        "skos:notation": number,
        "adms:schemaAgency": "Kruispuntbank van Ondernemingen",
        "generiek:gestructureerdeIdentificator": {
            "@type": "generiek:GestructureerdeIdentificator",
            "generiek:lokaleIdentificator": number,
        },
    }


def _kind(kind: str, about: About) -> Node:
    return {
        "@id": f"{own_terms(about)}kind-{kind}",
        "@type": "skos:Concept",
        "skos:notation": kind,
        "skos:prefLabel": dutch(words.word(words.KINDS, kind, "nl")),
    }


def _end(record: OrganisationRecord, about: About) -> Node | None:
    """That it stopped, when a source says so, and what took over."""
    if record.status is not LifeStatus.CLOSED:
        return None
    since = text(record.facts, "status_date")
    successor = record.succeeded_by
    return without_gaps(
        {
            "@type": ["org:ChangeEvent", "organisatie:Stopzetting"],
            "dcterms:date": None if since is None else partial_date(since),
            "dcterms:description": None if (why := text(record.facts, "status_note")) is None else dutch(why),
            "org:resultingOrganization": None
            if successor is None
            else iri(f"{organisation_url(successor[0], about)}#organisatie"),
        }
    )


def _site_iri(record: OrganisationRecord, place: EstablishmentRecord, about: About) -> str:
    return f"{organisation_url(record.slug, about)}#vestiging-{place.key.replace('/', '-')}"


def _site(record: OrganisationRecord, place: EstablishmentRecord, about: About) -> Node:
    facts, point = place.facts, place.point
    street, number = text(facts, "street"), text(facts, "house_number")
    town = None if place.nis_code is None else get_municipality_name(place.nis_code)
    postal = {
        "streetAddress": f"{street} {number}" if street and number else street,
        "postalCode": text(facts, "postal_code"),
        "addressLocality": text(facts, "locality") or town,
        "locn:thoroughfare": street,
        "adres:Adresvoorstelling.huisnummer": number,
        "locn:postCode": text(facts, "postal_code"),
        "locn:postName": text(facts, "locality"),
        "adres:gemeentenaam": None if town is None else dutch(town),
    }
    known = without_gaps(postal)
    here = place.status in FINDABLE
    return without_gaps(
        {
            "@id": _site_iri(record, place, about),
            "@type": ["org:Site", *(["Place"] if here else [])],
            "name": text(facts, "name"),
            "identifier": _property("vestigingseenheidsnummer", text(facts, "vestigingseenheidsnummer")),
            "locn:address": _address(known) if known else None,
            "geo": _geo(point) if point is not None and here else None,
            "schakel:status": status_concept(place.status, about),
        }
    )


def _address(known: Node) -> Node:
    return {"@type": ["locn:Address", "PostalAddress"], **known, "addressCountry": "BE"}


def _geo(point: Point) -> Node:
    return {
        "@type": "GeoCoordinates",
        "latitude": point.lat,
        "longitude": point.lon,
        "schakel:pointPrecision": point.precision.value,
    }


def _contact(facts: Facts) -> Node | None:
    contact = without_gaps({"email": text(facts, "email"), "telephone": text(facts, "phone")})
    if not contact:
        return None
    return without_gaps({"@type": "ContactPoint", **contact, "availableLanguage": texts(facts, "languages")})


def _offer(offer: OfferRecord, record: OrganisationRecord, about: About) -> Node:
    service = _SERVICES.get(offer.service)
    area = [_municipality(code, about) for code in sorted(offer.area.nis_codes)]
    assumed = offer.area.knowledge is AreaKnowledge.ASSUMED
    name = text(offer.facts, "words") or (offer.service if service is None else service.labels["nl"])
    return {
        "@type": "Offer",
        "@id": f"{organisation_url(record.slug, about)}#aanbod-{offer.key.replace('/', '-')}",
        "itemOffered": without_gaps(
            {
                "@type": "Service",
                "name": dutch(name),
                "serviceType": offer.service if service is None else in_languages(dict(service.labels)),
                # an assumption under a name that nobody takes for a statement
                ("schakel:assumedAreaServed" if assumed else "areaServed"): area,
                "audience": [{"@type": "Audience", "audienceType": customer} for customer in offer.customers],
                "schakel:service": offer.service,
                "schakel:areaKnowledge": offer.area.knowledge.value,
            }
        ),
        "schakel:status": status_concept(offer.status, about),
        "prov:wasDerivedFrom": [_source(origin, names) for origin, names in said_by([offer.facts], [""])],
    }


def _municipality(code: str, about: About) -> Node:
    slug, name = about.places.get(code, (None, get_municipality_name(code) or code))
    node: Node = {"@type": "AdministrativeArea", "name": dutch(name), "identifier": _property("NIS-code", code)}
    return node if slug is None else {"@id": f"{about.base_url}/gemeente/{slug}#gemeente", **node}


def _source(origin: Provenance, names: list[str]) -> Node:
    fit = origin.url.startswith(_WEB) and not set('<>"{}|\\^` \t\r\n') & set(origin.url)
    return without_gaps(
        {
            "@type": "prov:Entity",
            "dcterms:title": origin.source,
            "dcterms:source": iri(origin.url) if fit else None,
            "dcterms:date": None if origin.stated_on is None else partial_date(origin.stated_on),
            "schakel:verified": origin.verified,
            "schakel:fields": names,
        }
    )
