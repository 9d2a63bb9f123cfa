"""What people do, with a keyboard, with fragments, and without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from schakel.cooperation.models import Report
from schakel.mail.links import sign
from schakel.register.read import last_spoken
from schakel.upkeep.asking import PURPOSE
from schakel.upkeep.models import ProfileAsk
from tests.functional.conftest import Opener

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until the element that fits `selector` has the focus, which must be visible."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
            shown = page.evaluate(
                """() => {
                    const style = getComputedStyle(document.activeElement);
                    const box = document.activeElement.closest('.search') ?? document.activeElement;
                    const around = getComputedStyle(box);
                    return style.outlineStyle !== 'none' || around.outlineStyle !== 'none';
                }"""
            )
            assert shown, f"the focus on {selector} is not visible"
            return
    raise AssertionError(f"{selector} cannot be reached with {most} times Tab")


def test_keyboard_walks_from_home_to_a_report(opener: Opener) -> None:
    watched = opener()
    page = watched.open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    tab_to(page, "input[name=q]")
    page.keyboard.type("strijk in Ronse")
    page.keyboard.press("Enter")
    expect(page.locator("#gevonden")).to_have_text("1 organisatie")
    tab_to(page, ".hit h3 a")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Voorbeeld Strijkerij")
    tab_to(page, "#melden summary", most=120)
    page.keyboard.press("Enter")
    tab_to(page, "#melding-tekst")
    page.keyboard.type("Het telefoonnummer is veranderd.")
    tab_to(page, "#melden button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator(".notice-done")).to_contain_text("Bedankt")
    report = Report.objects.get()
    assert (report.organisation_key, report.text) == ("voorbeeld-strijkerij", "Het telefoonnummer is veranderd.")
    watched.assert_clean()


def test_guide_filters_without_a_new_page(opener: Opener) -> None:
    watched = opener()
    page = watched.open("/gids")
    page.evaluate("window.same = true")
    page.locator("#facet-customer summary").click()
    page.locator("#customer-citizen").check()
    expect(page.locator(".chip").first).to_contain_text("Inwoners")
    assert page.evaluate("window.same") is True
    assert page.url.endswith("/gids?customer=citizen&sort=name")
    expect(page.locator("#gids-stand")).to_contain_text("gevonden")
    expect(page.locator("#customer-citizen")).to_be_focused()
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    watched.assert_clean()


def test_guide_says_so_when_the_connection_is_gone(opener: Opener) -> None:
    watched = opener()
    page = watched.open("/gids")
    watched.context.set_offline(True)
    page.locator("#sort").select_option("relevance")
    expect(page.locator("#offline")).to_be_visible()


def test_location_goes_into_the_address(opener: Opener) -> None:
    watched = opener()
    watched.context.grant_permissions(["geolocation"])
    watched.context.set_geolocation({"latitude": 50.74691, "longitude": 3.60091})
    page = watched.open("/gids?q=strijk")
    page.locator("[data-location]").click()
    expect(page.locator(".chip").first).to_contain_text("In de buurt van")
    assert "near=50.747%2C3.601" in page.url
    watched.assert_clean()


def test_everything_works_without_javascript(opener: Opener) -> None:
    watched = opener(width=320, javascript=False)
    page = watched.open("/")
    page.locator("input[name=q]").fill("kringwinkel")
    page.locator("form[role=search] button").click()
    expect(page.locator(".hit h3").first).to_have_text("Voorbeeld Fietsen en Kringloop")
    page.locator("#filters > summary").click()
    page.locator("#facet-customer > summary").click()
    page.locator("#customer-citizen").check()
    page.get_by_role("button", name="Pas filters toe").click()
    expect(page.locator(".chip")).to_contain_text("Inwoners")
    page.get_by_role("button", name=re.compile("Zet op mijn lijst")).first.click()
    expect(page.get_by_role("button", name=re.compile("Haal van mijn lijst"))).to_have_count(1)
    page.get_by_role("link", name="Mijn lijst").click()
    expect(page.locator(".hit")).to_have_count(1)
    page.locator("input[name=o]").check()
    page.get_by_role("button", name="Vergelijk wat je aanvinkte").click()
    expect(page.locator("thead th")).to_have_text("Voorbeeld Fietsen en Kringloop")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("thead th")).to_have_text("Voorbeeld Fietsen en Kringloop")
    watched.assert_clean()


def test_an_entrepreneur_on_a_phone_confirms_the_profile_from_a_letter(opener: Opener) -> None:
    """Without JavaScript, without an account: the page, one button, done. Opening it alone confirms nothing."""
    slug = "voorbeeld-strijkerij"
    today = timezone.localdate()
    asked = ProfileAsk.objects.create(organisation_key=slug, on=today, leaves_on=today + timedelta(days=60))
    watched = opener(width=360, javascript=False)
    page = watched.open(f"/bevestig/{sign(PURPOSE, {'ask': asked.pk}, days=90)}")
    assert last_spoken([slug]) == {}
    page.get_by_role("button", name="Ja, alles klopt").click()
    expect(page.locator(".notice-done")).to_contain_text("dat was alles")
    assert last_spoken([slug]) == {slug: today.isoformat()}
    watched.assert_clean()
