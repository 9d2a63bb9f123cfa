"""`region.toml` to RegionSettings, with every fault in it."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from schakel.core import taxonomy
from schakel.core.access.blindspots import Rules as BlindSpotRules
from schakel.core.errors import InvalidInput
from schakel.core.identifiers import parse_partial_date
from schakel.core.model import Delivered, Fault, WaveRules
from schakel.core.upkeep import Asking, OwnerEdits, Rules
from schakel.core.upkeep.freshness import NOTICE_DAYS
from schakel.sources.region_pack import cells
from schakel.sources.region_pack.decode import decode_text
from schakel.sources.region_pack.model import AssumedArea, PackGoal, RegionSettings
from schakel.sources.region_pack.schema import AREA_RULES, LANGUAGES, SETTINGS_FILE

_REGION_KEYS = ("slug", "name", "compiled_on", "synthetic", "licence", "description")
_GOAL_KEYS = ("key", "title", "text", "source_url")


_MONTHS = ("search_months", "offer_months", "heard_months")


class _Reader:
    """Takes values out of the parsed file and notes what is wrong with each."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def refuse(self, place: str, found: object, expected: str) -> None:
        self.faults.append(Fault(SETTINGS_FILE, None, place, "" if found is None else str(found)[:80], expected))

    def table(self, parent: Mapping[str, Any], key: str, known: tuple[str, ...]) -> Mapping[str, Any]:
        value = parent.get(key)
        if not isinstance(value, dict):
            self.refuse(key, value, f"een deel [{key}]")
            return {}
        self.unknown_keys(value, known, key)
        return value

    def unknown_keys(self, table: Mapping[str, Any], known: tuple[str, ...], place: str) -> None:
        for key in table:
            if key not in known:
                self.refuse(f"{place}.{key}".lstrip("."), None, f"een van: {', '.join(known)}")

    def text(self, table: Mapping[str, Any], key: str, place: str, *, max_length: int, required: bool = True) -> str:
        value = table.get(key, "")
        if not isinstance(value, str) or (required and not value.strip()):
            self.refuse(f"{place}.{key}", value, "tekst tussen aanhalingstekens")
            return ""
        try:
            cells.parse_text(value)
        except InvalidInput as refusal:
            self.refuse(f"{place}.{key}", value, str(refusal))
        if len(value) > max_length:
            self.refuse(f"{place}.{key}", value, f"hoogstens {max_length} tekens")
        return value.strip()

    def words(self, table: Mapping[str, Any], key: str, place: str, *, max_length: int) -> dict[str, str]:
        """Words per language; Dutch is a must, the others may be left out."""
        value = table.get(key)
        if not isinstance(value, dict) or "nl" not in value:
            self.refuse(f"{place}.{key}", value, '{ nl = "…", en = "…", fr = "…" }, met minstens nl')
            return {}
        self.unknown_keys(value, LANGUAGES, f"{place}.{key}")
        return {
            language: self.text(value, language, f"{place}.{key}", max_length=max_length)
            for language in LANGUAGES
            if language in value
        }


def parse_settings(data: bytes) -> tuple[RegionSettings | None, list[Fault]]:
    """The settings, `None` if there is any fault."""
    text, faults = decode_text(SETTINGS_FILE, data)
    if text is None:
        return None, faults
    try:
        parsed = tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is a ValueError; so is a number of 5,000 digits
        line = re.search(r"at line ([0-9]+)", str(error))
        row = int(line[1]) if line else None
        return None, [*faults, Fault(SETTINGS_FILE, row, None, "", f"geldige TOML ({error})"[:300])]
    reader = _Reader()
    reader.unknown_keys(parsed, ("region", "goals", "assumed_area", "profiles", "blind_spots", "needs"), "")
    settings = _read_region(reader, parsed)
    faults += reader.faults
    return (None if faults else settings), faults


def _read_region(reader: _Reader, parsed: Mapping[str, Any]) -> RegionSettings:
    region = reader.table(parsed, "region", _REGION_KEYS)
    slug = reader.text(region, "slug", "region", max_length=80)
    if slug:
        try:
            cells.parse_slug(slug)
        except InvalidInput as refusal:
            reader.refuse("region.slug", slug, str(refusal))
    if not isinstance(region.get("synthetic"), bool):
        expected = "false, of true als de gegevens verzonnen zijn (zonder aanhalingstekens)"
        reader.refuse("region.synthetic", region.get("synthetic"), expected)
    return RegionSettings(
        slug=slug,
        name=reader.words(region, "name", "region", max_length=170),
        compiled_on=_read_compiled_on(reader, region),
        synthetic=region.get("synthetic") is True,
        licence=reader.text(region, "licence", "region", max_length=200),
        description=reader.words(region, "description", "region", max_length=5000),
        goals=_read_goals(reader, parsed.get("goals", [])),
        assumed_area=_read_assumed_area(reader, parsed),
        profiles=_read_profiles(reader, parsed),
        blind_spots=_read_blind_spots(reader, parsed),
        needs=_read_needs(reader, parsed),
    )


def _read_compiled_on(reader: _Reader, region: Mapping[str, Any]) -> str:
    value = region.get("compiled_on")
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        value = value.isoformat()
    try:
        return parse_partial_date(value if isinstance(value, str) else "")
    except InvalidInput as refusal:
        reader.refuse("region.compiled_on", value, str(refusal))
        return ""


def _read_goals(reader: _Reader, value: object) -> tuple[PackGoal, ...]:
    if not isinstance(value, list) or not all(isinstance(goal, dict) for goal in value):
        reader.refuse("goals", value, "delen [[goals]]")
        return ()
    goals: list[PackGoal] = []
    for number, goal in enumerate(value, start=1):
        place = f"goals[{number}]"
        reader.unknown_keys(goal, _GOAL_KEYS, place)
        key = reader.text(goal, "key", place, max_length=80)
        if key in {earlier.key for earlier in goals} - {""}:
            reader.refuse(f"{place}.key", key, "elke sleutel één keer")
        url = reader.text(goal, "source_url", place, max_length=1000)
        if url:
            try:
                cells.parse_url(url)
            except InvalidInput as refusal:
                reader.refuse(f"{place}.source_url", url, str(refusal))
        title = reader.words(goal, "title", place, max_length=200)
        text = reader.words(goal, "text", place, max_length=5000)
        goals.append(PackGoal(key=key, title=title, text=text, source_url=url))
    return tuple(goals)


def _read_assumed_area(reader: _Reader, parsed: Mapping[str, Any]) -> AssumedArea:
    ways = tuple(way.value for way in Delivered)
    rules = reader.table(parsed, "assumed_area", ways)
    for way in ways if rules else ():
        if rules.get(way) not in AREA_RULES:
            reader.refuse(f"assumed_area.{way}", rules.get(way), f"een van: {', '.join(AREA_RULES)}")
    return AssumedArea(**{way: str(rules.get(way)) for way in ways})


_NUMBERS = {"ageing_months": (1, 120), "old_months": (2, 240), "leaves_months": (2, 240)}
_NUMBERS |= {"ask_every_days": (NOTICE_DAYS, 3650)}
_CHOICES = {"owner_edits": OwnerEdits, "ask": Asking}


def _read_profiles(reader: _Reader, parsed: Mapping[str, Any]) -> Rules:
    """The rules for the upkeep of profiles; whatever is left out is as Schakel does it."""
    if "profiles" not in parsed:
        return Rules()
    given = reader.table(parsed, "profiles", (*_CHOICES, *_NUMBERS))
    before = len(reader.faults)
    for key, kind in _CHOICES.items():
        if key in given and given[key] not in tuple(kind):
            reader.refuse(f"profiles.{key}", given[key], f"een van: {', '.join(kind)}")
    for key, (least, most) in _NUMBERS.items():
        value = given.get(key, least)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            reader.refuse(f"profiles.{key}", value, f"een geheel getal van {least} tot {most}")
    if len(reader.faults) > before:
        return Rules()
    numbers = {key: int(given[key]) for key in _NUMBERS if key in given}
    rules = Rules(**numbers)  # type: ignore[arg-type]  # only numbers, by their names
    if not rules.ageing_months < rules.old_months <= rules.leaves_months:
        found = f"{rules.ageing_months}, {rules.old_months}, {rules.leaves_months}"
        reader.refuse("profiles", found, "ageing_months kleiner dan old_months, en die hoogstens leaves_months")
    return replace(
        rules,
        owner_edits=OwnerEdits(given.get("owner_edits", rules.owner_edits)),
        ask=Asking(given.get("ask", rules.ask)),
    )


def _read_blind_spots(reader: _Reader, parsed: Mapping[str, Any]) -> BlindSpotRules:
    """How long evidence counts and what is near, for blind spots; whatever is left out is as Schakel does it."""
    if "blind_spots" not in parsed:
        return BlindSpotRules()
    given = reader.table(parsed, "blind_spots", (*_MONTHS, "minutes"))
    before = len(reader.faults)
    for key in _MONTHS:
        _read_whole(reader, f"blind_spots.{key}", given.get(key, 1), 1, 240)
    minutes = given.get("minutes", {})
    if not isinstance(minutes, dict):
        reader.refuse("blind_spots.minutes", minutes, "{ dienst = minuten }, zoals { bicycle_point = 15 }")
        return BlindSpotRules()
    visited = {service.code for service in taxonomy.services() if service.delivered is Delivered.VISIT}
    for code, value in minutes.items():
        if code not in visited:
            reader.refuse(f"blind_spots.minutes.{code}", value, f"een dienst waar je zelf heen gaat: {sorted(visited)}")
        _read_whole(reader, f"blind_spots.minutes.{code}", value, 1, 120)
    if len(reader.faults) > before:
        return BlindSpotRules()
    return BlindSpotRules(**{key: given[key] for key in _MONTHS if key in given}, minutes=dict(minutes))


_WAVES = {"size": (1, 50), "days": (1, 60), "most_a_week": (1, 50)}


def _read_needs(reader: _Reader, parsed: Mapping[str, Any]) -> WaveRules:
    """How invitations for a need leave; whatever is left out is as Schakel does it."""
    if "needs" not in parsed:
        return WaveRules()
    given = reader.table(parsed, "needs", tuple(_WAVES))
    before = len(reader.faults)
    for key, (least, most) in _WAVES.items():
        _read_whole(reader, f"needs.{key}", given.get(key, least), least, most)
    return (
        WaveRules() if len(reader.faults) > before else WaveRules(**{key: given[key] for key in _WAVES if key in given})
    )


def _read_whole(reader: _Reader, place: str, value: object, least: int, most: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        reader.refuse(place, value, f"een geheel getal van {least} tot {most}")
