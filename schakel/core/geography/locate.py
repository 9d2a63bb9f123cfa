"""Where an establishment is, as exactly as is known."""

from __future__ import annotations

from schakel.core.geography.region import RegionGeography, fold_place
from schakel.core.model import Locality, Point, PointPrecision


def locate(
    region: RegionGeography,
    *,
    lat: float | None = None,
    lon: float | None = None,
    postal_code: str | None = None,
    locality: str | None = None,
    nis_code: str | None = None,
) -> Point | None:
    """The point of an establishment, with how exactly it is known; `None` if nothing places it in the region.

    Its own coordinates (address); else its locality, by postal code and name, or by postal code alone where only one
    locality has it; else its municipality. A place outside the region without coordinates gives `None`.
    """
    if lat is not None and lon is not None:
        return Point(lat, lon, PointPrecision.ADDRESS)
    found = _find_locality(region, postal_code, locality, nis_code)
    if found is not None and found.point is not None:
        return Point(found.point.lat, found.point.lon, PointPrecision.LOCALITY)
    code = nis_code or (found.nis_code if found is not None else _only_municipality(region, postal_code))
    municipality = region.municipalities.get(code) if code is not None else None
    if municipality is None or municipality.point is None:
        return None
    return Point(municipality.point.lat, municipality.point.lon, PointPrecision.MUNICIPALITY)


def _find_locality(
    region: RegionGeography, postal_code: str | None, locality: str | None, nis_code: str | None
) -> Locality | None:
    candidates = region.by_postal_code.get(postal_code, ()) if postal_code else region.localities
    if nis_code is not None:
        candidates = tuple(row for row in candidates if row.nis_code == nis_code)
    if locality:
        name = fold_place(locality)
        named = [row for row in candidates if fold_place(row.name) == name]
        if len(named) == 1:  # the same name twice in the region: which one is not known
            return named[0]
    return candidates[0] if postal_code and len(candidates) == 1 else None


def _only_municipality(region: RegionGeography, postal_code: str | None) -> str | None:
    codes = {row.nis_code for row in region.by_postal_code.get(postal_code or "", ())}
    return codes.pop() if len(codes) == 1 else None
