"""What is not public leaks nowhere: no page, search, count, file, PDF or answer of the API shows a trace of it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader
from pytest_django import Settings

from schakel import exports
from schakel.accounts.models import User
from schakel.analyses.blind_spots import run_blind_spots
from schakel.cooperation.models import Need, Report, Suggestion, TasterPlace
from schakel.cooperation.needs.models import State
from schakel.core.model import EntityKind
from schakel.core.permissions import BodyKind, Role
from schakel.documents import Selection, build_guide
from schakel.pages.standing import forget
from schakel.register.models import Proposal, Region, Statement
from schakel.register.write import Voice, state_profile, undo_edit
from schakel.search.index import ensure_fresh
from schakel.upkeep.models import Photo
from schakel.upkeep.photos import add_photo
from tests.access.expected import API, OPEN
from tests.access.people import add_membership
from tests.functional.urls import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MARK = "zzgeheim"  # in everything that is not public
SLUG = "voorbeeld-strijkerij"
OTHER = "voorbeeld-fietsen"


@pytest.fixture
def hidden(klein: None, settings: Settings, tmp_path: Path) -> User:
    """Beside the small region: a proposal, a taken-back edit, a photo that waits, needs, reports and suggestions."""
    settings.DATA_FOLDER = tmp_path
    owner = User.objects.create_user(f"{MARK}@voorbeeld.example")
    add_membership(owner, BodyKind.ORGANISATION, SLUG, Role.EDITOR)
    voice = Voice(owner, f"organisation:{SLUG}")
    organisation = EntityKind.ORGANISATION
    state_profile(organisation, SLUG, {"description": f"{MARK} ingetrokken"}, organisation_key=SLUG, voice=voice)
    undo_edit(Statement.objects.latest("pk").pk, organisation_key=SLUG, voice=voice)
    row = Region.objects.get()
    row.settings["profiles"] = {**row.settings["profiles"], "owner_edits": "after_review"}
    row.save()
    state_profile(organisation, SLUG, {"description": f"{MARK} voorgesteld"}, organisation_key=SLUG, voice=voice)
    offer: dict[str, Any] = {"service": "bicycle_repair", "words": f"{MARK} aanbod", "customers": ["citizen"]}
    state_profile(EntityKind.OFFER, f"{SLUG}/{MARK}", offer, organisation_key=SLUG, voice=voice)
    assert Proposal.objects.filter(state="open").count() == 2
    picture = io.BytesIO()
    Image.effect_noise((800, 600), 40).convert("RGB").save(picture, "JPEG")
    add_photo(SLUG, picture.getvalue(), alt=f"{MARK} foto", rights=True, author=owner)
    for confirmed in (None, timezone.now()):
        Suggestion.objects.create(name=f"{MARK} initiatief", text=MARK, email=owner.email, confirmed_at=confirmed)
        TasterPlace.objects.create(
            company=f"{MARK} nv", text=MARK, offers_place=True, has_work=True, email=owner.email, confirmed_at=confirmed
        )
    Report.objects.create(organisation_key=SLUG, field="phone", text=f"{MARK} klopt niet", email=owner.email)
    for state in State:
        Need.objects.create(
            key=f"{MARK}{state.value}"[:20], text=f"{MARK} gezocht", customer="citizen", buyer_name=MARK, state=state,
            contract="services", answer_by=timezone.localdate(), email=owner.email, form_key=state.value,
            created_at=timezone.now(),
        )  # fmt: skip
    ensure_fresh(force=True)
    forget()
    run_blind_spots(now=timezone.now())
    return owner


def readable(address: str, response: Any) -> str:
    """Everything an answer says: text, cells of a workbook, words of a PDF."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:4] == b"%PDF":
        reader = PdfReader(io.BytesIO(content))
        return " ".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return " ".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return str(content.decode("utf-8", "replace"))


def public_addresses() -> list[str]:
    pages = [address for name, addresses in PAGES.items() for address in addresses if name != "components"]
    answers = [
        stop.address for stops in API.values() for stop in stops if stop.method == "get" and stop.answers == OPEN
    ]
    files = [file.path for file in exports.DOWNLOADS]
    searches = [f"/gids?q={MARK}", f"/gids?q={MARK}&view=table", f"/api/v1/organisations?q={MARK}"]
    more = [
        "/sitemap.xml", "/sitemap-1.xml", "/robots.txt", "/open-data/catalogus.jsonld", "/gezondheid",
        f"/open-data/organisaties.csv?q={MARK}", f"/api/v1/organisations/{SLUG}",
        *(f"/blinde-vlekken.{kind}" for kind in ("csv", "xlsx", "geojson", "pdf")),
        "/blinde-vlekken/gemeente/brakel/dossier.pdf",
    ]  # fmt: skip
    return [*pages, *answers, *files, *searches, *more]


TRACE = re.compile(rf"{MARK}.?(ingetrokken|voorgesteld|aanbod|foto|initiatief|klopt|gezocht|nv|@|open)|{MARK}", re.I)


def test_no_public_address_shows_a_trace(hidden: User) -> None:
    stranger, seen = Client(), {}
    for address in public_addresses():
        response = stranger.get(address)
        assert response.status_code == 200, address
        found = [trace.group() for trace in TRACE.finditer(readable(address, response))]
        if MARK in address:
            found = [trace for trace in found if trace.lower() != MARK]  # a search repeats the question itself
        if found:
            seen[address] = found[:3]
    assert seen == {}


def test_counts_do_not_count_what_waits(hidden: User, klein: None) -> None:
    found = Client().get("/api/v1/organisations", {"q": "fietsen herstellen", "size": 50}).json()
    slugs = [one["slug"] for one in found["results"]]
    assert OTHER in slugs
    assert SLUG not in slugs  # its offer to repair bicycles waits
    assert found["count"] == len(slugs)


def test_guide_on_paper_shows_no_trace(hidden: User) -> None:
    content = build_guide(Selection(), language="nl", large=False, on=timezone.localdate(), base_url="")
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) > 1
    assert MARK not in " ".join(page.extract_text() for page in reader.pages).lower()


@pytest.mark.parametrize(
    "address",
    [
        f"/organisatie/{MARK}-initiatief",
        f"/api/v1/organisations/{MARK}-initiatief",
        f"/behoefte/{MARK}open",
        "/mijn/nazicht/voorstel/{suggestion}",
        "/mijn/nazicht/melding/{report}",
        f"/mijn/organisatie/{SLUG}",
        f"/mijn/organisatie/{SLUG}/geschiedenis",
        "/beheer/cooperation/suggestion/{suggestion}/change/",
        "/foto/{photo}-480.jpg",
    ],
)
def test_what_is_there_and_what_is_not_get_the_same_answer(hidden: User, address: str) -> None:
    """For somebody who signed in and acts for another organisation: 404, and the same page as for what never was."""
    numbers = {
        "suggestion": Suggestion.objects.latest("pk").pk,
        "report": Report.objects.latest("pk").pk,
        "photo": Photo.objects.get().digest,
    }
    other = User.objects.create_user("ander@voorbeeld.example")
    add_membership(other, BodyKind.ORGANISATION, OTHER, Role.MANAGER)
    client = Client()
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    there = client.get(address.format(**numbers))
    never = client.get(address.format(suggestion=999999, report=999999, photo="0" * 64).replace(SLUG, "nooit-geweest"))
    assert (there.status_code, never.status_code) == (404, 404)
    assert MARK not in there.content.decode().replace(address, "")
