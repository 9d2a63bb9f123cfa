"""Reads the packaged tables of themes and services and hands them out as frozen records."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from schakel.core.errors import InvalidInput
from schakel.core.model import Delivered


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of services. `labels` has the keys nl, en and fr."""

    code: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Service:
    """A kind of work or help that can be offered.

    `mode` ("car", "cycle", "walk") and `minutes` say how far people usually travel for it; both are None unless
    `delivered` is VISIT. `synonyms` are Dutch words and short phrases. `cpv` are eight-digit codes without check
    digit, `nace` NACE-BEL 2025 classes; empty: no link has been established.
    """

    code: str
    theme: str
    labels: Mapping[str, str]
    delivered: Delivered
    mode: str | None
    minutes: int | None
    synonyms: tuple[str, ...]
    cpv: tuple[str, ...]
    nace: tuple[str, ...]


def _rows(file: str, table: str) -> list[dict[str, Any]]:
    text = files(__package__).joinpath(file).read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)[table]
    return rows


@cache
def _themes() -> dict[str, Theme]:
    return {row["code"]: Theme(row["code"], MappingProxyType(row["labels"])) for row in _rows("themes.toml", "theme")}


@cache
def _services() -> dict[str, Service]:
    return {
        row["code"]: Service(
            code=row["code"],
            theme=row["theme"],
            labels=MappingProxyType(row["labels"]),
            delivered=Delivered(row["delivered"]),
            mode=row.get("mode"),
            minutes=row.get("minutes"),
            synonyms=tuple(row["synonyms"]),
            cpv=tuple(row.get("cpv", ())),
            nace=tuple(row.get("nace", ())),
        )
        for row in _rows("services.toml", "service")
    }


def themes() -> tuple[Theme, ...]:
    """All ten themes, in the order in which they are shown."""
    return tuple(_themes().values())


def services() -> tuple[Service, ...]:
    """All 48 services, grouped by theme in the order in which they are shown."""
    return tuple(_services().values())


def theme(code: str) -> Theme:
    """The theme with this code; raises InvalidInput when there is none."""
    try:
        return _themes()[code]
    except KeyError:
        raise InvalidInput(f"Het thema {code!r} bestaat niet. Kies uit: {', '.join(_themes())}.") from None


def service(code: str) -> Service:
    """The service with this code; raises InvalidInput when there is none."""
    try:
        return _services()[code]
    except KeyError:
        raise InvalidInput(f"De dienst {code!r} bestaat niet. Kies een code uit de dienstenlijst.") from None
