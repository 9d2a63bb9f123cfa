"""The pages behind signing in, and those behind a link from a letter: axe, a phone of 320 pixels, the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings as live
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from schakel.accounts.invitations import invite
from schakel.accounts.models import Invitation, Membership, User
from schakel.accounts.read import list_colleagues
from schakel.accounts.roles import Hand, give
from schakel.cooperation.models import Need, Report, SpendList, Suggestion
from schakel.core.permissions import BodyKind, Role, Target
from schakel.mail.models import Message
from tests.functional.axe import faults
from tests.functional.conftest import Opener, Scheme, Watched
from tests.functional.urls import SIGNED_IN
from tests.pages.test_needs import STRIJK, asked
from tests.pages.test_spend import LIST as SPENT
from tests.pages.test_spend import RONSE as SPEND
from tests.pages.test_spend import upload

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BACKEND = "django.contrib.auth.backends.ModelBackend"
RONSE = Target(BodyKind.MUNICIPALITY, "45041")
DOOR = ("/aanmelden", "/wachtwoord/vergeten", "/wachtwoord/vergeten/verstuurd", "/aanmelden/uitnodiging")
OWN_DOOR = (
    "/mijn/beveiliging",
    "/mijn/beveiliging/app",
    "/mijn/beveiliging/sleutels/nieuw",
    "/mijn/wachtwoord",
    "/afmelden",
)


def come_in(watched: Watched, person: User) -> Client:
    """The browser has the session of this person, without typing a password; so has the client that is returned."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    cookie = client.cookies[live.SESSION_COOKIE_NAME].value
    watched.context.add_cookies([{"name": live.SESSION_COOKIE_NAME, "value": cookie, "url": watched.site}])
    return client


def letter(kind: str) -> str:
    return str(Message.objects.filter(kind=kind).latest("pk").context["path"])


def faults_of(watched: Watched, addresses: list[str]) -> list[str]:
    """What axe finds, what is wider than the window, what the keyboard does not reach."""
    found = []
    for address in addresses:
        page = watched.open(address)
        if page.title().startswith(("Deze pagina bestaat niet", "Er ging iets mis")):
            found.append(f"{address}: {page.title()}")
        found += faults(page)
        found += [f"{address}: not by keyboard: {what}" for what in unreached(page)]
    return found


def unreached(page: Page) -> list[str]:
    """Links, buttons and fields of the page itself that Tab passes by. Of a group of radio buttons one is enough."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("main a[href], main button, main input, main select, main textarea")]
        .filter((one) => one.type !== "hidden" && one.checkVisibility() && !one.disabled)
        .filter((one) => one.tabIndex < 0 || one.closest("[inert]"))
        .map((one) => one.outerHTML.slice(0, 90))"""
    )
    return found


@pytest.fixture
def boss(site: str) -> User:
    """A manager of the region, in a region where something waits: an invitation, a need, a report, a suggestion."""
    made = User.objects.create_superuser("baas@voorbeeld.example", "een-lang-wachtwoord")
    an = User.objects.create_user("an@voorbeeld.example", "een-lang-wachtwoord")
    give(an, RONSE, Role.MANAGER, on=timezone.localdate(), by=made)
    hand = Hand(made, timezone.localdate(), {})
    invite("bea@voorbeeld.example", {RONSE: Role.EDITOR}, names={str(RONSE): "Ronse"}, language="nl", hand=hand)
    now = timezone.now()
    Report.objects.create(organisation_key="voorbeeld-groen", field="phone", text="Dit klopt niet.", proposed="055 1")
    Suggestion.objects.create(name="Voorbeeldtuin", nis_code="45041", text="gazon maaien", confirmed_at=now)
    return made


def invite_for_a_need(client: Client) -> Need:
    """A need of whoever signed in, for which enterprises were invited by letter."""
    assert client.post("/behoefte", asked(**STRIJK)).status_code == 302
    need = Need.objects.get()
    client.post(f"/behoefte/{need.key}/doe", {"do": "wave"})
    return need


def coordinator(watched: Watched, boss: User) -> list[str]:
    """What a manager of the region can open, with a need that somebody was invited for."""
    need = invite_for_a_need(come_in(watched, boss))
    held = list_colleagues(RONSE, on=timezone.localdate())[0]
    return [
        *(address for examples in SIGNED_IN.values() for address in examples),
        f"/mijn/mensen/{RONSE}/rol/{held.number}",
        f"/mijn/mensen/{RONSE}/uitnodiging/{Invitation.objects.get().pk}",
        f"/mijn/overdracht/{held.person}",
        f"/mijn/nazicht/melding/{Report.objects.get().pk}",
        f"/mijn/nazicht/voorstel/{Suggestion.objects.get().pk}",
        f"/behoefte/{need.key}",
        *OWN_DOOR,
    ]


def editor(watched: Watched, boss: User) -> list[str]:
    """What an editor of an enterprise can open."""
    body = Target(BodyKind.ORGANISATION, "voorbeeld-strijkerij")
    person = User.objects.create_user("strijk@voorbeeld.example", "een-lang-wachtwoord")
    give(person, body, Role.EDITOR, on=timezone.localdate(), by=boss)
    come_in(watched, person)
    own = Membership.objects.get(user=person).pk
    return [
        "/mijn",
        "/mijn/mensen",
        f"/mijn/mensen/{body}",
        f"/mijn/mensen/{body}/rol/{own}",
        *SIGNED_IN["profile"][:1],
    ]


def buyer(watched: Watched, boss: User) -> list[str]:
    """What an editor of a municipality sees of its spending: with names to look at, refused, and done."""
    person = User.objects.create_user("koper@voorbeeld.example", "een-lang-wachtwoord")
    give(person, RONSE, Role.EDITOR, on=timezone.localdate(), by=boss)
    client = come_in(watched, person)
    upload(client)
    upload(client, SPENT + "\n")
    waiting, done = SpendList.objects.order_by("pk")
    client.post(f"{SPEND}/{done.pk}/nazicht", {"close": "1"})
    return [SPEND, f"{SPEND}/{waiting.pk}", f"{SPEND}/{waiting.pk}/nazicht", f"{SPEND}/{done.pk}"]


def visitor(watched: Watched, boss: User) -> list[str]:
    """The door, and what a link in a letter opens."""
    signed_in = Client()
    signed_in.force_login(boss, backend=BACKEND)
    invite_for_a_need(signed_in)
    Client().post("/behoefte", asked(form_key="nog-een"))
    confirm, need = letter("need_confirm"), letter("need_invitation")
    return [*DOOR, letter("invitation"), confirm, need, "/uitnodiging/onzin", "/beginnen/MQ/onzin"]


@pytest.mark.parametrize(
    ("walk", "scheme", "part"),
    [
        (coordinator, "light", slice(0, None, 2)),  # in two halves, so that no test takes long
        (coordinator, "light", slice(1, None, 2)),
        (editor, "dark", slice(None)),
        (buyer, "light", slice(None)),
        (visitor, "light", slice(None)),
    ],
)
def test_pages_behind_signing_in_and_behind_letters_on_a_phone(
    opener: Opener, boss: User, walk: Callable[[Watched, User], list[str]], scheme: Scheme, part: slice
) -> None:
    """As a coordinator, as an editor of an enterprise in the dark, of a municipality, and at the door."""
    watched = opener(width=320, scheme=scheme)
    assert faults_of(watched, walk(watched, boss)[part]) == []
    watched.assert_clean()


def test_manager_invites_a_colleague_with_the_keyboard_alone(opener: Opener, boss: User) -> None:
    """Without JavaScript, on a phone: Tab, type, choose with an arrow, Enter."""
    watched = opener(width=360, javascript=False)
    come_in(watched, boss)
    page = watched.open(f"/mijn/mensen/{RONSE}")
    page.locator("#veld-email").focus()
    page.keyboard.type("cis@voorbeeld.example")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # from editor to manager
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Nodig uit")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".notice-done")).to_contain_text("cis@voorbeeld.example")
    expect(page.get_by_text("Ronse: beheerder").first).to_be_visible()
    watched.assert_clean()
