"""The register as files that others can use: CSV, XLSX, GeoJSON, linked data, a catalogue and a sitemap.

Every file says from which region it is, under which licence, when it was made and from which load, whether it is
invented, and per row or field who said it. Records and rows come from the iterators of `register.read`, so that
memory does not grow with the register.
"""

from schakel.exports.about import About, describe_export
from schakel.exports.catalogue import Publisher, catalogue_jsonld
from schakel.exports.columns import COLUMNS, Column, Table
from schakel.exports.csv_file import export_csv
from schakel.exports.downloads import DOWNLOADS, Download, find_download
from schakel.exports.geojson_file import export_geojson
from schakel.exports.linked_data import export_jsonld, organisation_jsonld, script_safe
from schakel.exports.sitemap import (
    SitemapUrl,
    count_parts,
    sitemap_index_xml,
    sitemap_part_xml,
    sitemap_urls,
    sitemap_xml,
)
from schakel.exports.tables import iter_rows
from schakel.exports.xlsx_file import export_xlsx

__all__ = [
    "COLUMNS",
    "DOWNLOADS",
    "About",
    "Column",
    "Download",
    "Publisher",
    "SitemapUrl",
    "Table",
    "catalogue_jsonld",
    "count_parts",
    "describe_export",
    "export_csv",
    "export_geojson",
    "export_jsonld",
    "export_xlsx",
    "find_download",
    "iter_rows",
    "organisation_jsonld",
    "script_safe",
    "sitemap_index_xml",
    "sitemap_part_xml",
    "sitemap_urls",
    "sitemap_xml",
]
