"""A tiny region to classify, and offers to put in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from schakel.core import taxonomy
from schakel.core.access.blindspots import Cell, Grid, Inputs, Place, Rules, Searched, Travel, classify
from schakel.core.model import AreaKnowledge, LifeStatus, Point, PointPrecision, ServiceArea, SupplyOffer

TODAY = date(2026, 11, 25)
A, B, C, D = "10001", "10002", "10003", "10004"
PLACES = (
    Place(A, 40_000, Point(50.90, 3.90)),
    Place(B, 20_000, Point(50.90, 4.00)),
    Place(C, 10_000, Point(50.80, 3.90)),
    Place(D, 2_000, Point(50.80, 4.00)),
)
GREEN, SHOP, PACKING = "green_maintenance", "second_hand_shop", "packaging"  # on site, to visit, remote


def offer(key: str, service: str = GREEN, *, reaches: str = "", **fields: Any) -> SupplyOffer:
    """A live, checked, recent offer; `reaches`: NIS codes with a space between, stated unless said otherwise."""
    knowledge = fields.pop("knowledge", AreaKnowledge.STATED)
    whole: dict[str, Any] = {
        "key": key,
        "organisation": key.split("/")[0],
        "name": key.split("/")[0].title(),
        "service": service,
        "customers": ("citizen",),
        "area": ServiceArea(knowledge, frozenset(reaches.split())),
        "status": LifeStatus.LIVE,
        "points": (Point(50.90, 3.91, PointPrecision.ADDRESS),),
        "dated": "2026-06",
        "verified": True,
        "fte": None,
    }
    return SupplyOffer(**(whole | fields))


def search(service: str, nis_code: str, on: str, **fields: Any) -> Searched:
    return Searched(service, nis_code, fields.pop("by", "coördinator"), "gebeld", on, **fields)


def region(
    *offers: SupplyOffer,
    searched: tuple[Searched, ...] = (),
    travel: Mapping[str, Mapping[str, Travel]] | None = None,
    **more: Any,
) -> Inputs:
    services = tuple(taxonomy.service(code) for code in (GREEN, "weed_control", SHOP, PACKING))
    return Inputs(PLACES, services, offers, searched=searched, travel=travel or {}, **more)


def grid(inputs: Inputs, rules: Rules | None = None) -> Grid:
    return classify(inputs, rules or Rules(), TODAY)


def cell(found: Grid, code: str, nis_code: str | None) -> Cell:
    (one,) = (one for one in (*found.services, *found.themes) if (one.code, one.nis_code) == (code, nis_code))
    return one
