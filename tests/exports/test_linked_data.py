"""Linked data, read back by rdflib and held against shapes."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, ORG, PROV, RDF, SKOS

from schakel.core.model import FINDABLE
from schakel.exports import (
    DOWNLOADS,
    About,
    Publisher,
    catalogue_jsonld,
    export_jsonld,
    organisation_jsonld,
    script_safe,
)
from schakel.register import read
from tests.exports.conftest import BASE, MADE, NASTY

pytestmark = [
    pytest.mark.slow,
    # rdflib's own reader still makes one
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
SDO = Namespace("http://schema.org/")
ROV = Namespace("http://www.w3.org/ns/regorg#")
OWN = Namespace(f"{BASE}/open-data#")
PUBLISHER = Publisher("Voorbeelddienst", "https://dienst.example/")


@cache
def shapes() -> Graph:
    return Graph().parse(Path(__file__).with_name("shapes.ttl"))


def parse(document: str | bytes) -> Graph:
    return Graph().parse(data=document, format="json-ld")


def register(about: About, slugs: list[str] | None = None) -> Graph:
    return parse(b"".join(export_jsonld(read.iter_organisations(slugs), about)))


def check(graph: Graph) -> None:
    fits, _, why = pyshacl.validate(graph, shacl_graph=shapes(), inference="none")
    assert fits, why


def node(slug: str) -> URIRef:
    return URIRef(f"{BASE}/organisatie/{slug}#organisatie")


def test_register_fits_the_shapes(about: About) -> None:
    graph = register(about)
    check(graph)
    assert set(graph.subjects(RDF.type, ORG.Organization)) == {node("fiets"), node("groen"), node("oud")}


def test_shapes_refuse_what_is_wrong(about: About) -> None:
    graph = register(about)
    graph.remove((node("fiets"), ROV.registration, None))
    assert not pyshacl.validate(graph, shacl_graph=shapes(), inference="none")[0]


def test_organisation_reads_as_oslo_and_as_schema_org(about: About) -> None:
    graph = register(about)
    fiets = node("fiets")
    assert set(graph.objects(fiets, RDF.type)) == {SDO.Organization, ORG.Organization, ROV.RegisteredOrganization}
    assert graph.value(fiets, SKOS.prefLabel) == Literal("Voorbeeld Fiets", lang="nl")
    assert graph.value(fiets, ROV.legalName) == Literal("Voorbeeld Fiets vzw", lang="nl")
    registration = graph.value(fiets, ROV.registration)
    assert graph.value(registration, SKOS.notation) == Literal("0407766422")
    seat = graph.value(fiets, ORG.hasRegisteredSite)
    address = graph.value(seat, URIRef("http://www.w3.org/ns/locn#address"))
    assert graph.value(address, URIRef("http://www.w3.org/ns/locn#thoroughfare")) == Literal("Voorbeeldstraat")
    assert graph.value(address, URIRef("https://data.vlaanderen.be/ns/adres#gemeentenaam")) == Literal(
        "Ronse", lang="nl"
    )
    contact = graph.value(fiets, SDO.contactPoint)
    assert graph.value(contact, SDO.telephone) == Literal("055 00 00 01")


def test_every_field_says_who_said_it(about: About) -> None:
    graph = register(about)
    said = list(graph.objects(node("fiets"), PROV.wasDerivedFrom))
    fields = {str(field): entity for entity in said for field in graph.objects(entity, OWN.fields)}
    record = read.get_organisation("fiets")
    assert record is not None
    assert set(record.facts) <= fields.keys()
    assert graph.value(fields["name"], DCTERMS.source) == URIRef("https://voorbeeld.example/bron")
    assert str(graph.value(fields["name"], DCTERMS.date)) == "2026-09"
    assert graph.value(fields["name"], OWN.verified) == Literal(True)


def test_assumed_area_is_not_stated_as_served(about: About) -> None:
    graph = register(about)
    for record in read.iter_organisations():
        for offer in record.offers:
            made = URIRef(f"{BASE}/organisatie/{record.slug}#aanbod-{offer.key.replace('/', '-')}")
            service = graph.value(made, SDO.itemOffered)
            if record.status not in FINDABLE:
                assert service is None
                continue
            served = {str(graph.value(graph.value(area, SDO.identifier), SDO.value))
                      for area in graph.objects(service, SDO.areaServed)}  # fmt: skip
            assert served == (set(offer.area.nis_codes) if offer.area.knowledge == "stated" else set())
            assert str(graph.value(service, OWN.areaKnowledge)) == offer.area.knowledge


def test_what_is_closed_is_labelled_and_offers_nothing(about: About) -> None:
    graph = register(about)
    oud = node("oud")
    status = graph.value(oud, ROV.orgStatus)
    assert graph.value(status, SKOS.notation) == Literal("closed")
    assert Literal("Gestopt", lang="nl") in set(graph.objects(oud, SDO.disambiguatingDescription))
    for term in (SDO.makesOffer, SDO.contactPoint, SDO.url):
        assert graph.value(oud, term) is None
    event = graph.value(oud, ORG.changedBy)
    assert URIRef("https://data.vlaanderen.be/ns/organisatie#Stopzetting") in set(graph.objects(event, RDF.type))
    assert graph.value(event, ORG.resultingOrganization) == node("fiets")
    assert all((site, RDF.type, SDO.Place) not in graph for site in graph.objects(oud, ORG.hasSite))


def test_dataset_says_what_it_is(about: About) -> None:
    graph = register(about)
    dataset = URIRef(f"{BASE}/open-data#register")
    assert graph.value(dataset, OWN.synthetic) == Literal(True)
    assert graph.value(dataset, DCTERMS.rights) == Literal("CC0", lang="nl")
    assert graph.value(dataset, OWN.run) == Literal(read.list_runs(1)[0].id)
    assert (None, DCTERMS.isPartOf, dataset) in graph


def test_nasty_text_fits_the_shapes_and_ends_no_script(nasty_about: About) -> None:
    written = b"".join(export_jsonld(read.iter_organisations(), nasty_about)).decode()
    assert not re.search("[<>&\u2028\u2029]", written)
    graph = parse(written)
    check(graph)
    names = {str(name) for name in graph.objects(None, SKOS.prefLabel)}
    assert {record.name for record in read.iter_organisations()} <= names
    assert len(set(graph.subjects(RDF.type, ORG.Organization))) == len(NASTY)


def test_one_organisation_stands_on_its_own_page(about: About) -> None:
    record = read.get_organisation("fiets")
    assert record is not None
    document = json.loads(organisation_jsonld(record, about))
    assert document["name"] == "Voorbeeld Fiets"
    assert (node("fiets"), SDO.name, Literal("Voorbeeld Fiets")) in parse(json.dumps(document))


def test_catalogue_fits_the_shapes(about: About) -> None:
    graph = parse(script_safe(catalogue_jsonld(about, PUBLISHER, modified=MADE)))
    check(graph)
    assert len(set(graph.subjects(RDF.type, DCAT.Distribution))) == len(DOWNLOADS) == 8
    addresses = {str(address) for address in graph.objects(None, DCAT.downloadURL)}
    assert addresses == {BASE + download.path for download in DOWNLOADS}
    catalogue = URIRef(f"{BASE}/open-data#catalogus")
    assert str(graph.value(catalogue, DCTERMS.modified)).startswith("2026-11-23T12:00:00")
    place = graph.value(catalogue, DCTERMS.spatial)
    assert graph.value(place, SKOS.prefLabel) == Literal("Voorbeeldstreek", lang="nl")


def test_catalogue_goes_without_a_date_nobody_knows(about: About) -> None:
    graph = parse(script_safe(catalogue_jsonld(about, PUBLISHER, modified=None)))
    check(graph)
    assert (None, DCTERMS.modified, None) not in graph
