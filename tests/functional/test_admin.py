"""The first coordinator, from the printed link to an edit that everybody can read, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from schakel.accounts.links import first_coordinator_path
from tests.functional.conftest import Opener

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD = "fietsen-in-de-regen"


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "without-javascript"])
def test_coordinator_signs_in_by_link_and_everybody_sees_the_edit(opener: Opener, javascript: bool) -> None:
    link = first_coordinator_path()
    assert link is not None
    watched = opener(javascript=javascript)
    page = watched.open(link)
    page.locator("[name=email]").fill("an@voorbeeld.be")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=repeated]").fill(PASSWORD)
    page.get_by_role("button", name="Bewaar en meld me aan").click()
    expect(page.locator("h1")).to_have_text("Mijn werk")
    page.get_by_role("link", name="Naar het beheer").click()
    expect(page.locator("#site-name")).to_have_text("Schakel: beheer")

    page.get_by_role("link", name="Organisaties").click()
    page.locator("#searchbar").fill("voorbeeld-strijkerij")
    page.get_by_role("button", name="Zoeken").click()
    page.locator("#result_list tbody th a").click()
    page.locator("[name=phone]").fill("055 12 34 56")
    page.locator("[name=edit_remarks]").fill("Gebeld op een proefdag.")
    page.locator("[name=_continue]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator(".field-phone .origin")).to_contain_text("redactie")

    page.get_by_role("link", name="Bekijk op de site").click()
    expect(page.locator("main")).to_contain_text("055 12 34 56")
    expect(page.locator("main")).to_contain_text("Redactie van het platform")
    watched.assert_clean()


def test_service_area_is_chosen_by_hand(opener: Opener) -> None:
    link = first_coordinator_path()
    assert link is not None
    watched = opener(javascript=False)
    page = watched.open(link)
    page.locator("[name=email]").fill("an@voorbeeld.be")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=repeated]").fill(PASSWORD)
    page.get_by_role("button", name="Bewaar en meld me aan").click()
    expect(page.locator("h1")).to_have_text("Mijn werk")
    watched.open("/beheer/register/offer/add/?organisation=voorbeeld-strijkerij")
    page.get_by_label("Dienst").select_option("laundry_ironing")
    page.get_by_label("inwoners").check()
    page.get_by_label("Brakel").check()
    page.get_by_label("km").fill("5")
    page.locator("[name=_continue]").first.click()
    expect(page.get_by_label("Brakel")).to_be_checked()
    expect(page.locator(".area strong")).to_contain_text("Werkgebied volgens de bron")
    watched.assert_clean()
