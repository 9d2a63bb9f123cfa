"""Script in any text, stored or sent along, is only text: on pages, in files, in letters."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from schakel.accounts.models import User
from schakel.core.model import EntityKind, Json
from schakel.exports import DOWNLOADS
from schakel.mail.compose import compose
from schakel.mail.letters import list_kinds
from schakel.pages.standing import forget
from schakel.register.write import state_edit
from schakel.search.index import ensure_fresh
from tests.functional.urls import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SCRIPT = "\"'></title></textarea></script><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}${7*7}"
SLUG = "voorbeeld-strijkerij"
LIVE = re.compile(r"<script>alert|<img src=x|onerror=alert\(1\)>|(?<!\d)49\$", re.IGNORECASE)


@pytest.fixture
def poisoned(klein: None) -> None:
    """Script in every text of an organisation, its place, its offer and its recognition."""
    author = User.objects.create_superuser("ann@voorbeeld.example")
    said: list[tuple[EntityKind, str, dict[str, Json]]] = [
        (EntityKind.ORGANISATION, SLUG, {"name": SCRIPT, "legal_name": SCRIPT, "description": SCRIPT, "phone": None,
                                         "previous_names": [{"name": SCRIPT, "until": None}], "status_note": SCRIPT}),
        (EntityKind.ESTABLISHMENT, f"{SLUG}/ronse", {"name": SCRIPT, "street": SCRIPT, "house_number": "<b>"}),
        (EntityKind.OFFER, f"{SLUG}/strijk", {"words": SCRIPT, "capacity_amount": 1.0, "capacity_unit": "<script>"}),
    ]  # fmt: skip
    for entity, key, values in said:
        state_edit(entity, key, values, author=author, remarks=SCRIPT, now=timezone.now())
    ensure_fresh(force=True)
    forget()


def test_stored_script_stays_text_on_every_page(poisoned: None) -> None:
    client = Client()
    addresses = [address for addresses in PAGES.values() for address in addresses]
    addresses += [
        "/gids?q=alert",
        "/en/gids?q=alert",
        f"/vergelijken?o={SLUG}&o=voorbeeld-groen",
        f"/organisatie/{SLUG}",
    ]
    live = {address: LIVE.findall(client.get(address).content.decode()) for address in addresses}
    assert {address: found for address, found in live.items() if found} == {}
    page = client.get(f"/organisatie/{SLUG}").content.decode()
    assert "&lt;script&gt;alert(1)" in page  # it is shown, as what it is
    linked = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert linked is not None
    assert SCRIPT in json.dumps(json.loads(linked[1]), ensure_ascii=False).replace('\\"', '"')


def test_stored_script_in_files_and_the_api_is_never_a_page(poisoned: None) -> None:
    client = Client()
    for address in (f"/api/v1/organisations/{SLUG}", *(file.path for file in DOWNLOADS)):
        response = client.get(address)
        assert response.status_code == 200
        assert "text/html" not in response.headers["Content-Type"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"


REFLECTED = (
    "/gids?q={}", "/gids?municipality={}", "/gids?service={}", "/gids?near={}", "/gids?sort={}", "/gids?view={}",
    "/behoefte?text={}&municipality=45041", "/advies?estimate={}", "/advies?on={}", "/vergelijken?o={}",
    "/waar-openen?service={}", "/waar-openen?own={}", "/blinde-vlekken?theme={}",
    "/blinde-vlekken/vragen?municipality={}", "/mijn-lijst?gezegd={}", "/proefplaats?verstuurd={}",
    "/organisatie/voorbeeld-groen?gemeld={}", "/aanmelden?next={}",
    "/bestaat-niet/{}", "/organisatie/{}", "/thema/{}", "/bevestig/{}", "/inzending/{}", "/antwoord/{}", "/api/v1/{}",
    "/api/v1/organisations?sort={}", "/blinde-vlekken.{}", "/open-data/{}",
)  # fmt: skip


@pytest.mark.parametrize("address", REFLECTED)
@pytest.mark.parametrize("script", [SCRIPT, "javascript:alert(1)", "\x00<script>alert(1)</script>"])
def test_reflected_script_stays_text(klein: None, client: Client, address: str, script: str) -> None:
    response = client.get(address.format(quote(script, safe="")))
    assert response.status_code < 500
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if "html" in response.headers.get("Content-Type", ""):
        text = content.decode()
        assert not LIVE.findall(text)
        assert not re.search(r'(?:href|src|action)="javascript:', text, re.IGNORECASE)


def _poison(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.startswith("/") or re.fullmatch(r"\d{4}-\d\d-\d\d|[a-z_]{2,20}", value) else SCRIPT
    if isinstance(value, list):
        return [_poison(one) for one in value]
    return {key: _poison(one) for key, one in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize("code", [kind.code for kind in list_kinds()])
def test_script_in_a_letter_stays_text(code: str) -> None:
    kind = next(kind for kind in list_kinds() if kind.code == code)
    letter = compose([(code, _poison(dict(kind.example)))], to="ann@voorbeeld.be", language="nl")
    assert not LIVE.findall(letter.html)
    assert "\n" not in letter.subject
    assert "\r" not in letter.subject
