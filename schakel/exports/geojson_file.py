"""The register as GeoJSON (RFC 7946): one feature per establishment, so that a map can show where one can go."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from schakel.core.model import FINDABLE, EstablishmentRecord, OrganisationRecord, Point
from schakel.exports.about import About
from schakel.exports.facts import said_by, text
from schakel.exports.tables import organisation_url
from schakel.wording.words import STATUSES

PORTION = 200  # features kept before they are handed on


def export_geojson(records: Iterable[OrganisationRecord], about: About) -> Iterator[bytes]:
    """A feature collection, piece by piece, with `metadata` beside the features.

    An organisation without establishments is one feature without a place. `geometry` is null when the place is not
    known, and also for what does not exist today: what is closed, historical or only announced has no place on a
    map, whoever draws it. Approximate points say so in `point_precision`.
    """
    head = {"type": "FeatureCollection", "metadata": metadata(about), "features": []}
    yield _dump(head)[:-2].encode()
    kept: list[str] = []
    first = True
    for record in records:
        for place in record.establishments or (None,):
            kept.append(("\n" if first else ",\n") + _dump(_feature(record, place, about)))
            first = False
        if len(kept) >= PORTION:
            yield "".join(kept).encode()
            kept.clear()
    yield ("".join(kept) + "\n]}\n").encode()


def metadata(about: About) -> dict[str, Any]:
    """What a file of JSON says about itself."""
    return {
        "region": about.region,
        "selection": about.selection or "Het hele register",
        "licence": about.licence,
        "exported_at": about.made_at.isoformat(timespec="seconds"),
        "compiled_on": about.compiled_on,
        "run": about.run,
        "revision": about.revision,
        "source": about.base_url,
        "synthetic": about.synthetic,
        "warning": about.warning or None,
        "status": dict(STATUSES),
    }


def _feature(record: OrganisationRecord, place: EstablishmentRecord | None, about: About) -> dict[str, Any]:
    facts, status = ({}, record.status) if place is None else (place.facts, place.status)
    point = None if place is None else place.point
    said = said_by([record.facts, facts], ("", "establishment."))
    findable = [offer for offer in record.offers if offer.status in FINDABLE]
    here = [offer for offer in findable if place is None or offer.establishment in (None, place.key)]
    return {
        "type": "Feature",
        "id": record.slug if place is None else place.key,
        "geometry": _geometry(point) if status in FINDABLE and record.status in FINDABLE else None,
        "properties": {
            "organisation": record.slug,
            "name": record.name,
            "establishment": None if place is None else place.key,
            "establishment_name": text(facts, "name"),
            "kinds": list(record.kinds),
            "status": str(status),
            "status_words": STATUSES[status],
            "organisation_status": str(record.status),
            "services": sorted({offer.service for offer in here}),
            "street": text(facts, "street"),
            "house_number": text(facts, "house_number"),
            "postal_code": text(facts, "postal_code"),
            "locality": text(facts, "locality"),
            "nis_code": None if place is None else place.nis_code,
            "point_precision": "unknown" if point is None else str(point.precision),
            "url": organisation_url(record.slug, about),
            "newest_on": record.newest_on,
            "synthetic": about.is_synthetic({origin.source for origin, _ in said}),
            "provenance": [
                {
                    "source": origin.source,
                    "url": origin.url or None,
                    "date": origin.stated_on,
                    "verified": origin.verified,
                    "fields": names,
                }
                for origin, names in said
            ],
        },
    }


def _geometry(point: Point | None) -> dict[str, Any] | None:
    return None if point is None else {"type": "Point", "coordinates": [point.lon, point.lat]}


def _dump(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
