"""The open data: which files there are, what is in them, and the catalogue that names them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schakel import exports
from schakel.core.model import OrganisationRecord
from schakel.pages.presenters.blocks import Empty, Link
from schakel.pages.presenters.files import FORMATS
from schakel.pages.presenters.guide import chosen_words
from schakel.pages.standing import Standing
from schakel.register import read
from schakel.search.query import SearchQuery
from schakel.wording import words

_TITLES: words.Words = {
    "organisaties.csv": _("Organisaties"),
    "aanbod.csv": _("Aanbod"),
    "vestigingen.csv": _("Vestigingen"),
    "erkenningen.csv": _("Erkenningen"),
    "tewerkstelling.csv": _("Tewerkstelling"),
    "register.xlsx": _("Alles in een werkmap"),
    "register.geojson": _("Vestigingen op de kaart"),
    "register.jsonld": _("Linked data"),
}
_HOLDS: words.Words = {
    "organisaties.csv": _("Eén rij per organisatie, met het adres van de zetel."),
    "aanbod.csv": _("Eén rij per dienst, met het werkgebied en hoe we dat weten."),
    "vestigingen.csv": _("Eén rij per vestiging, met adres, punt en openingsuren."),
    "erkenningen.csv": _("Eén rij per erkenning, met van wanneer tot wanneer."),
    "tewerkstelling.csv": _("Eén rij per organisatie en jaar: personen en voltijdse equivalenten."),
    "register.xlsx": _("Alle tabellen, elk op een blad, en een blad dat elke kolom uitlegt."),
    "register.geojson": _("Eén punt per vestiging. Wat niet meer bestaat, heeft geen plaats."),
    "register.jsonld": _("Organisaties volgens OSLO Organisatie en schema.org, met de bron van elk veld."),
}
_TABLES: words.Words = {
    exports.Table.ORGANISATIONS: _("Organisaties"),
    exports.Table.OFFERS: _("Aanbod"),
    exports.Table.ESTABLISHMENTS: _("Vestigingen"),
    exports.Table.RECOGNITIONS: _("Erkenningen"),
    exports.Table.EMPLOYMENT: _("Tewerkstelling"),
}
_TERMS: words.Words = {
    "register": _("Dit register, als verzameling gegevens."),
    "catalogus": _("De catalogus van deze site."),
    "regio": _("De streek waarover het register gaat."),
    "licentie": _("De voorwaarden waaronder je de gegevens mag gebruiken."),
    "uitgever": _("Wie deze site uitgeeft."),
    "status": _("Of iets vandaag bestaat: live, uncertain, unconfirmed, announced, closed of historical."),
    "service": _("De code van een dienst in onze dienstenlijst."),
    "areaKnowledge": _("Hoe we een werkgebied kennen: stated, assumed of unknown."),
    "assumedAreaServed": _("Een werkgebied dat een aanname is. Geen bron zegt het."),
    "pointPrecision": _("Hoe juist een punt is: address, locality of municipality."),
    "verified": _("Of het gegeven op het bronadres is nagekeken."),
    "fields": _("Welke velden van een bron komen."),
    "synthetic": _("Of iets verzonnen is, om te oefenen."),
    "run": _("Het nummer van de laatste keer dat er gegevens geladen zijn."),
    "revision": _("Hoeveel keer het register al veranderde."),
}


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file to fetch."""

    title: str
    kind: str
    holds: str
    href: str


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of a table; the meaning is in Dutch."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class TableLine:
    """One table with its columns."""

    key: str
    title: str
    columns: tuple[ColumnLine, ...]


@dataclass(frozen=True, slots=True)
class OpenDataPage:
    """Everything `pages/open_data.html` shows."""

    files: tuple[FileLine, ...]  # empty before a region was loaded
    licence: str
    changed: str
    catalogue: str
    tables: tuple[TableLine, ...]
    terms: tuple[ColumnLine, ...]  # what the addresses of linked data with a # lead to
    example: Link
    nothing: Empty


def present_open_data(region: Standing, site: str) -> OpenDataPage:
    """The page about the open data."""
    changed = region.keep("changed at", read.changed_at)
    example = f"{exports.DOWNLOADS[0].path}?{urlencode([('q', 'strijk'), ('customer', 'citizen')])}"
    return OpenDataPage(
        files=tuple(_line(file) for file in exports.DOWNLOADS) if region.region else (),
        licence=region.region.licence if region.region else "",
        changed=date_format(timezone.localtime(changed), "j F Y, H:i") if changed else "",
        catalogue=site + reverse("catalogue"),
        tables=tuple(
            TableLine(
                table.value,
                words.word(_TABLES, table),
                tuple(ColumnLine(column.name, column.meaning) for column in columns),
            )
            for table, columns in exports.COLUMNS.items()
        ),
        terms=(*_codes("", _TERMS), *_codes("status-", words.STATUSES), *_codes("kind-", words.KINDS)),
        example=Link(site + example, example),
        nothing=Empty(gettext("Er is nog niets geladen."), gettext("Zodra er een streek is, staan hier de bestanden.")),
    )


def _codes(prefix: str, table: words.Words) -> tuple[ColumnLine, ...]:
    return tuple(ColumnLine(prefix + code, words.word(table, code)) for code in table)


def _line(file: exports.Download) -> FileLine:
    return FileLine(words.word(_TITLES, file.name), FORMATS[file.file_type], words.word(_HOLDS, file.name), file.path)


def selection_words(query: SearchQuery, region: Standing) -> str:
    """What a file of a search says of itself, in the language of the address; empty for the whole register."""
    if query.is_empty:
        return ""
    asked = [f"“{query.q}”"] if query.q else []
    return gettext("Zoekopdracht: %(words)s") % {"words": "; ".join([*asked, *chosen_words(query, region)])}


def file_name(file: exports.Download, query: SearchQuery, region: Standing, now: datetime) -> str:
    """The name under which a browser keeps a file: region, what it is, and the day."""
    stem, _, ending = file.name.rpartition(".")
    where = region.region.slug if region.region else "schakel"
    part = "" if query.is_empty else "-zoekopdracht"
    return f"{where}-{stem}{part}-{timezone.localtime(now):%Y-%m-%d}.{ending}"


def about_register(region: Standing, site: str, now: datetime) -> exports.About:
    """What the register of this moment says about itself. Raises NotEnoughData before a region was loaded."""
    kept = region.keep("about", lambda: exports.describe_export("", now=now))
    return replace(kept, base_url=site, made_at=now)


def catalogue_of(region: Standing, site: str) -> str:
    """The catalogue of the files as JSON-LD. Raises NotEnoughData before a region was loaded."""
    about = about_register(region, site, timezone.now())
    publisher = exports.Publisher(f"Schakel – {about.region}", f"{site}/")
    changed = region.keep("changed at", read.changed_at)
    return exports.script_safe(exports.catalogue_jsonld(about, publisher, modified=changed))


def linked_data(record: OrganisationRecord, region: Standing, site: str) -> SafeString:
    """One organisation as linked data that can stand in its page; empty before a region was loaded."""
    if region.region is None:
        return SafeString("")
    written = exports.organisation_jsonld(record, about_register(region, site, timezone.now()))
    return mark_safe(written)  # noqa: S308 (without the signs that end a script)
