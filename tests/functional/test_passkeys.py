"""A passkey in a real browser, with an authenticator that the browser plays: set up, sign out, sign in with it."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import CDPSession, Page, Route, expect
from pytest_django import Settings

from schakel.accounts.invitations import invite
from schakel.accounts.models import User
from schakel.accounts.roles import Hand
from schakel.core.permissions import REGION, Role
from schakel.mail.models import Message
from tests.functional.conftest import Opener, Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def device(watched: Watched) -> tuple[CDPSession, str]:
    """A device with a fingerprint reader, that says yes."""
    session = watched.context.new_cdp_session(watched.page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session, added["authenticatorId"]


def sign_out(page: Page, site: str) -> None:
    page.goto(f"{site}/afmelden")
    page.get_by_role("button", name="Meld me af").click()


def press(page: Page, name: str) -> None:
    """By keyboard, once the button can be pressed: before its script is there it can't."""
    button = page.get_by_role("button", name=name)
    expect(button).to_be_enabled()
    button.press("Enter")


def test_invited_coordinator_uses_a_passkey_and_no_password(opener: Opener, site: str, settings: Settings) -> None:
    """From the letter to the work: the passkey is the second factor too, since the device asks who it is."""
    boss = User.objects.create_superuser("baas@voorbeeld.example", "een-lang-wachtwoord")
    hand = Hand(boss, timezone.localdate(), {})
    invite("nieuw@voorbeeld.example", {REGION: Role.MANAGER}, names={str(REGION): "x"}, language="nl", hand=hand)
    settings.SECOND_FACTOR_FOR = ("region", "cluster")
    watched = opener(width=360)
    session, authenticator = device(watched)
    page = watched.open(str(Message.objects.get(kind="invitation").context["path"]))
    page.get_by_role("button", name="Aanvaard met een toegangssleutel").click()
    expect(page.locator("h1")).to_have_text("Voeg een toegangssleutel toe")
    press(page, "Voeg toe")
    expect(page.locator("h1")).to_have_text("Herstelcodes")
    assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]) == 1
    page.goto(f"{site}/mijn")
    expect(page.locator("h1")).to_have_text("Mijn werk")

    sign_out(page, site)
    page.goto(f"{site}/aanmelden?next=/mijn/mensen")
    press(page, "Met een toegangssleutel")
    expect(page.locator("h1")).to_have_text("Mensen")

    sign_out(page, site)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    page.goto(f"{site}/aanmelden")
    page.get_by_role("button", name="Met een toegangssleutel").click()
    expect(page.get_by_role("alert")).to_contain_text("Dat lukte niet")
    page.goto(f"{site}/mijn")
    expect(page.locator("h1")).to_have_text("Aanmelden")
    watched.assert_clean()


def test_button_cannot_be_pressed_before_its_script_is_there(opener: Opener) -> None:
    """On a slow line the script comes later than the page: a button that does nothing yet doesn't look ready."""
    watched = opener()
    held: list[Route] = []
    watched.page.route("**/webauthn.js", lambda route: held.append(route))
    with watched.page.expect_request("**/webauthn.js"):
        page = watched.open("/aanmelden", until="commit")
    button = page.get_by_role("button", name="Met een toegangssleutel")
    expect(button).to_be_disabled()
    for route in held:
        route.continue_()
    expect(button).to_be_enabled()
    watched.assert_clean()


def test_button_cannot_be_pressed_without_javascript(opener: Opener) -> None:
    page = opener(javascript=False).open("/aanmelden")
    expect(page.get_by_role("button", name="Met een toegangssleutel")).to_be_disabled()
