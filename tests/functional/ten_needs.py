"""Needs of the region, entered as somebody who comes for the first time: `python -m tests.functional.ten_needs`.

A site with the built-in region and a mail server on this machine; a browser walks from the start page to the open need,
through the confirmation in the mail, and invites. Per need: the fields, clicks and keys that it takes, who is offered
and who nearly is, with a picture of the answer on a desk and on a phone. What the keys and clicks cost a person is
estimated with the keystroke-level model of Card, Moran and Newell (1980): 0.28 s a key, 1.1 s to point, 0.4 s from
keyboard to mouse and back, 1.35 s to think before every field and click.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.functional.browser import chromium, open_browser
from tests.functional.screens import DESKTOP, PHONE, own_site
from tests.mail.server import PostOffice, post_office

KEY, POINT, HOME, THINK = 0.28, 1.1, 0.4, 1.35  # seconds


@dataclass(frozen=True)
class Case:
    """Somebody with a need. `more`: name of a further field and what is filled in or chosen."""

    name: str
    text: str
    municipality: str
    customer: str
    buyer: str
    more: Mapping[str, str] = field(default_factory=dict)


CASES = (
    Case("begraafplaats", "onderhoud van onze begraafplaatsen: onkruid wieden, gras maaien en hagen scheren",
         "Geraardsbergen", "local_government", "Stad Geraardsbergen", {"estimate": "28000", "contract": "services"}),
    Case("receptie", "receptie voor 80 personen na de gemeenteraad, met hapjes en opdienen", "Oudenaarde",
         "local_government", "Stad Oudenaarde", {"estimate": "2400"}),
    Case("verpakking", "20.000 dozen ompakken en etiketteren, liefst in ons magazijn met een enclave", "Aalst",
         "company", "Voorbeeld Logistiek nv"),
    Case("zwerfvuil", "zwerfvuil ruimen langs de wegen en vuilnisbakken leegmaken", "Erpe-Mere", "local_government",
         "Gemeente Erpe-Mere", {"estimate": "35000", "reserved": "1"}),
    Case("hagen", "hagen scheren", "Haaltert", "local_government", "Gemeente Haaltert",
         {"estimate": "4000"}),
    Case("strijk", "strijk", "Ronse", "citizen", "Een gezin in Ronse"),
    Case("fietsen", "de leasefietsen van ons personeel herstellen en nakijken", "Zottegem", "company",
         "Voorbeeld Ziekenhuis vzw", {"amount": "40", "unit": "fietsen per jaar"}),
    Case("scannen", "ons archief digitaliseren en scannen", "Aalst", "local_government", "Stad Aalst",
         {"estimate": "9000"}),
    Case("schilderwerk", "de klaslokalen van de gemeenteschool schilderen in de zomervakantie", "Lierde",
         "local_government", "Gemeente Lierde", {"estimate": "18000", "contract": "works"}),
    Case("ontruiming", "een huis leegmaken en de meubels naar de kringwinkel brengen", "Ninove", "local_government",
         "OCMW Ninove", {"estimate": "1200"}),
    Case("poets", "poetsen van de sporthal, elke avond twee uur", "Denderleeuw", "local_government",
         "Gemeente Denderleeuw", {"estimate": "140000"}),
    Case("asfalt", "asfalteren van de Stationsstraat", "Herzele", "local_government", "Gemeente Herzele",
         {"estimate": "90000", "contract": "works"}),
)  # fmt: skip


@dataclass
class Effort:
    """What a person did: fields filled in or chosen, clicks, keys."""

    fields: int = 0
    clicks: int = 0
    keys: int = 0

    @property
    def seconds(self) -> float:
        """As the keystroke-level model estimates it."""
        acts = self.fields + self.clicks
        return KEY * self.keys + (POINT + HOME + THINK) * acts


class Visitor:
    """Somebody with a browser: counts what they do."""

    def __init__(self, page: Page) -> None:
        self.page, self.effort = page, Effort()

    def click(self, selector: str) -> None:
        """Point and click."""
        self.effort.clicks += 1
        self.page.locator(selector).first.click()

    def fill(self, name: str, value: str, part: str = "#behoefte") -> None:
        """Fill in or choose one field; what is folded is opened first."""
        box = self.page.locator(f"""{part} [name="{name}"]""").first
        box.wait_for(state="attached")
        if not box.is_visible():
            self.effort.clicks += 1
            self.page.locator("details:not([open])", has=self.page.locator(f'[name="{name}"]')).locator(
                "summary"
            ).click()
        self.effort.fields += 1
        match box.evaluate("box => box.type"):
            case "select-one":
                wanted = box.locator("option").filter(has_text=re.compile(rf"^{re.escape(value)}$"))
                box.select_option(value if wanted.count() == 0 else wanted.first.get_attribute("value"))
                self.effort.keys += 2
            case "checkbox":
                box.check()
            case _:
                box.fill(value)
                self.effort.keys += len(value)


@dataclass(frozen=True)
class Walked:
    """What came of one need."""

    case: Case
    effort: Effort
    offered: tuple[str, ...]
    nearly: tuple[str, ...]
    found: str
    end: str


def walk(browser: Browser, base: str, case: Case, out: Path, office: PostOffice) -> Walked:
    """From the start page to the open need, with pictures; the effort ends where the mail is confirmed."""
    page = browser.new_page(viewport={"width": DESKTOP, "height": 900}, locale="nl-BE")
    visitor = Visitor(page)
    page.goto(base + "/")
    visitor.click('nav a[href="/behoefte"]')
    visitor.fill("text", case.text)
    visitor.fill("municipality", case.municipality)
    visitor.fill("customer", case.customer)
    for name, value in case.more.items():
        visitor.fill(name, value)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(900)  # the answer comes while typing
    page.screenshot(path=out / f"{case.name}-desktop.png", full_page=True)
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.screenshot(path=out / f"{case.name}-phone.png", full_page=True)
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    answer = page.locator("#behoefte-antwoord")
    found = answer.locator("[role=status]").inner_text()
    offered = tuple(answer.locator("ol.matches h3").all_inner_texts())
    nearly = tuple(answer.locator("[aria-labelledby=bijna] li p:first-child").all_inner_texts())
    visitor.fill("buyer_name", case.buyer, "#plaatsen")
    visitor.fill("email", f"{case.name}@voorbeeld.example", "#plaatsen")
    visitor.click("#plaatsen button[type=submit]")
    page.wait_for_load_state("networkidle")
    end = _confirm(page, office, case, out)
    page.close()
    return Walked(case, visitor.effort, offered, nearly, found, end)


def _confirm(page: Page, office: PostOffice, case: Case, out: Path) -> str:
    """Open the link of the mail, confirm, and invite; the title of the page where it ends."""
    faults = page.locator(".notice-wrong")
    if faults.count():
        return f"refused: {' '.join(faults.first.inner_text().split())}"
    letter = _letter(office, f"{case.name}@voorbeeld.example")
    page.goto(_link(letter, "/behoefte/bevestig/"))
    page.screenshot(path=out / f"{case.name}-confirm.png", full_page=True)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("h1.need-title")).to_be_visible()
    page.screenshot(path=out / f"{case.name}-desk.png", full_page=True)
    return page.locator("h1").inner_text()


def _letter(office: PostOffice, to: str, seconds: float = 30) -> EmailMessage:
    """The last letter to somebody, once it is there."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = [mail for mail in list(office.taken) if mail["To"] == to]
        if found:
            return found[-1]
        time.sleep(0.2)
    raise TimeoutError(f"no letter to {to} in {seconds} s")


def _link(letter: EmailMessage, path: str) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.search(rf"https?://\S+{path}\S+", body.get_content())
    assert found is not None
    return found[0]


def main() -> int:
    """Walk them all and say what was seen, as a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=Path("build/needs"))
    parser.add_argument("--only", default="", help="only needs whose name matches this pattern")
    asked = parser.parse_args()
    if chromium() is None:
        sys.stderr.write("no chromium found: install Debian's chromium\n")
        return 1
    asked.out.mkdir(parents=True, exist_ok=True)
    with post_office(PostOffice()) as office:
        mail = {"SCHAKEL_SMTP_URL": f"smtp://127.0.0.1:{office.port}", "SCHAKEL_MAIL_FROM": "schakel@voorbeeld.example"}
        with own_site(**mail) as base, open_browser() as browser:
            for case in CASES:
                if re.search(asked.only, case.name):
                    done = walk(browser, base, case, asked.out, office)
                    effort = done.effort
                    cells = (
                        case.name, f"{effort.fields}", f"{effort.clicks}", f"{effort.keys}", f"{effort.seconds:.0f} s",
                        done.found, "; ".join(done.offered[:3]), "; ".join(done.nearly[:3]), done.end,
                    )  # fmt: skip
                    sys.stdout.write(f"| {' | '.join(cells)} |\n")
                    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
