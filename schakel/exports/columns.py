"""The columns of the flat tables, with what they mean in Dutch.

Names are those of the region pack wherever the same thing is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Table(StrEnum):
    """Which of the tables."""

    ORGANISATIONS = "organisations"
    OFFERS = "offers"
    ESTABLISHMENTS = "establishments"
    RECOGNITIONS = "recognitions"
    EMPLOYMENT = "employment"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the file and, in Dutch, what it holds and when it is empty."""

    name: str
    meaning: str


_SOURCE_COLUMNS = (
    Column("source", "Wie het zegt. Zeggen meer bronnen iets over deze rij, dan staan ze na elkaar, met | ertussen."),
    Column("source_fields", "Per bron, in dezelfde volgorde: welke velden van haar komen."),
    Column("source_url", "Per bron: het adres waar het staat."),
    Column("source_date", "Per bron: de datum die ze zelf toont (jaar, maand of dag); leeg als ze er geen toont."),
    Column("verified", "Per bron: yes als het op het bronadres is nagekeken, anders no."),
)
_FILE_COLUMNS = (
    Column("synthetic", "yes: deze rij is verzonnen. no: echte gegevens."),
    Column("region", "De regio van dit register."),
    Column("licence", "Onder welke voorwaarden je deze gegevens mag gebruiken."),
    Column("exported_at", "Wanneer dit bestand gemaakt is."),
    Column(
        "run", "Het nummer van de laatste keer dat er gegevens geladen zijn; leeg als alles met de hand is ingevuld."
    ),
)
_STATUS_COLUMNS = (
    Column(
        "status",
        "live: bestaat. uncertain: onzeker, het laatste bewijs is oud. announced: aangekondigd. closed: gestopt. "
        "historical: alleen geschiedenis. Alleen live telt als aanbod van vandaag.",
    ),
    Column("status_words", "Hetzelfde in het Nederlands."),
    Column("status_note", "Waarom, als dat bekend is."),
    Column("status_date", "Sinds wanneer, of van wanneer het laatste bewijs is."),
)
_OWNER_COLUMNS = (
    Column("organisation", "De sleutel van de organisatie."),
    Column("organisation_name", "Haar naam."),
    Column("organisation_status", "Of de organisatie bestaat; zie status."),
)
_ADDRESS_COLUMNS = (
    Column("vestigingseenheidsnummer", "Van die vestiging."),
    Column("street", "Straat."),
    Column("house_number", "Huisnummer."),
    Column("postal_code", "Postcode."),
    Column("locality", "Plaats."),
    Column("nis_code", "NIS-code van de gemeente."),
    Column("municipality", "Gemeente; leeg als ze buiten de regio ligt of niet bekend is."),
    Column("lat", "Breedtegraad (WGS84)."),
    Column("lon", "Lengtegraad (WGS84)."),
    Column(
        "point_precision",
        "Hoe juist lat en lon zijn. address: het adres. locality: het midden van de deelgemeente. municipality: "
        "het midden van de gemeente. unknown: er is geen punt bekend.",
    ),
)
COLUMNS: Mapping[Table, tuple[Column, ...]] = {
    Table.ORGANISATIONS: (
        Column("slug", "De vaste sleutel van de organisatie."),
        Column("name", "De naam die mensen kennen."),
        Column("legal_name", "De naam volgens de statuten."),
        Column("previous_names", "Vroegere namen, met @ en tot wanneer als dat bekend is."),
        Column("ondernemingsnummer", "Zoals mensen het schrijven, zoals 0407.766.422."),
        Column("kinds", "Wat de organisatie is (codes)."),
        *_STATUS_COLUMNS,
        Column("succeeded_by", "De sleutel van de organisatie die dit overnam."),
        Column("description", "Wat de organisatie doet."),
        Column("website", "Website."),
        Column("email", "E-mailadres."),
        Column("phone", "Telefoon."),
        Column("languages", "Talen waarin je er terecht kan."),
        Column("services", "Codes van de diensten die vandaag aangeboden worden (live en uncertain)."),
        Column("establishment", "De sleutel van de vestiging met het adres hierna: de zetel, anders de eerste."),
        Column("establishments", "Hoeveel vestigingen er vandaag bekend zijn. 0: er is er geen bekend."),
        *_ADDRESS_COLUMNS,
        Column("recognitions", "Erkenningen: welke, en van wanneer tot wanneer als dat bekend is."),
        Column("fte", "Voltijdse equivalenten in het nieuwste jaar dat bekend is. Leeg: niet bekend, niet 0."),
        Column("headcount", "Personen in datzelfde jaar. Leeg: niet bekend, niet 0."),
        Column("employment_year", "Dat jaar."),
        Column("employment_known", "exact, minimum ('meer dan') of unknown: niemand zegt het."),
        Column("newest_on", "De nieuwste datum die een bron over deze organisatie geeft."),
        Column("url", "De bladzijde van de organisatie."),
        *_SOURCE_COLUMNS,
        *_FILE_COLUMNS,
    ),
    Table.OFFERS: (
        Column("key", "De vaste sleutel van het aanbod."),
        *_OWNER_COLUMNS,
        Column("service", "Code van de dienst."),
        Column("service_name", "Naam van de dienst."),
        Column("theme", "Code van het thema."),
        Column("words", "Zoals de bron het noemt."),
        Column("customers", "Voor wie (citizen: inwoners; company: bedrijven; local_government: lokale besturen)."),
        *_STATUS_COLUMNS,
        Column("establishment", "De sleutel van de vestiging die dit aanbiedt; leeg: niet aan een vestiging gebonden."),
        Column("area_nis_codes", "NIS-codes van de gemeenten van de regio waar het aanbod geldt."),
        Column("area_municipalities", "Hun namen."),
        Column("area_words", "Het werkgebied in woorden."),
        Column(
            "area_knowledge",
            "stated: een bron zegt het (zonder gemeenten: het geldt alleen buiten de regio). assumed: een aanname van "
            "de regio. unknown: niet bekend.",
        ),
        Column("capacity_amount", "Hoeveel er kan. Leeg: niet bekend, niet 0."),
        Column("capacity_unit", "Waarin dat gemeten is."),
        Column("capacity_from", "Vanaf wanneer."),
        Column("url", "De bladzijde van de organisatie."),
        *_SOURCE_COLUMNS,
        *_FILE_COLUMNS,
    ),
    Table.ESTABLISHMENTS: (
        Column("key", "De vaste sleutel van de vestiging."),
        *_OWNER_COLUMNS,
        Column("name", "Haar eigen naam; leeg als ze er geen heeft."),
        Column("is_seat", "yes: de zetel. no: een andere vestiging. Leeg: niet bekend."),
        *_ADDRESS_COLUMNS,
        Column("opening_hours", "Openingsuren per dag (mo tot su); een dag die er niet bij staat, is gesloten."),
        *_STATUS_COLUMNS,
        Column("replaced_by", "De sleutel van de vestiging die in de plaats kwam."),
        Column("url", "De bladzijde van de organisatie."),
        *_SOURCE_COLUMNS,
        *_FILE_COLUMNS,
    ),
    Table.RECOGNITIONS: (
        Column("key", "De vaste sleutel van de erkenning."),
        *_OWNER_COLUMNS,
        Column("law", "Volgens welke regeling (code)."),
        Column("law_words", "Hetzelfde in het Nederlands."),
        Column("establishment", "De sleutel van de vestiging die erkend is; leeg: de hele organisatie."),
        Column("valid_from", "Vanaf wanneer."),
        Column("valid_until", "Tot wanneer. Leeg: niet bekend."),
        *_STATUS_COLUMNS,
        Column("url", "De bladzijde van de organisatie."),
        *_SOURCE_COLUMNS,
        *_FILE_COLUMNS,
    ),
    Table.EMPLOYMENT: (
        *_OWNER_COLUMNS,
        Column("year", "Het jaar van de cijfers."),
        Column("headcount", "Personen. Leeg: niet bekend, niet 0."),
        Column("fte", "Voltijdse equivalenten. Leeg: niet bekend, niet 0."),
        Column("target_group_headcount", "Doelgroepwerknemers, personen. Leeg: niet bekend, niet 0."),
        Column("target_group_fte", "Doelgroepwerknemers, voltijdse equivalenten. Leeg: niet bekend, niet 0."),
        Column("employment_known", "exact, of minimum: de bron zegt 'meer dan'."),
        Column("url", "De bladzijde van de organisatie."),
        *_SOURCE_COLUMNS,
        *_FILE_COLUMNS,
    ),
}
