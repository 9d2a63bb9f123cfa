"""An organisation keeps its own profile: on a phone, without JavaScript, beside somebody else who saves at once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from schakel.accounts.models import User
from schakel.core.model import Json
from schakel.core.permissions import BodyKind, Role
from schakel.mail.models import Message
from schakel.pages.standing import forget
from schakel.register import read, write
from schakel.register.models import Region, Statement
from schakel.search.index import ensure_fresh
from tests.access.people import add_membership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klein")]
SLUG = "voorbeeld-strijkerij"
HERE = f"/mijn/organisatie/{SLUG}"
OFFER = f"{HERE}/aanbod/{SLUG}/strijk"
HOURS = f"{HERE}/uren/{SLUG}/ronse"
SCRIPT = '"><script>alert(1)</script>'
SignIn = Callable[..., Client]


@pytest.fixture
def sign_in() -> SignIn:
    """A browser of somebody who acts for an organisation."""

    def signed_in(slug: str = SLUG, kind: BodyKind = BodyKind.ORGANISATION, role: Role = Role.EDITOR) -> Client:
        user = User.objects.create_user(f"{User.objects.count()}@voorbeeld.example", "een-lang-wachtwoord")
        add_membership(user, kind, slug, role)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def owner(sign_in: SignIn) -> Client:
    return sign_in()


def token(client: Client, address: str) -> str:
    """What the form of this page is based on."""
    return re.search(r'name="based_on" value="([^"]*)"', client.get(address).content.decode())[1]  # type: ignore[index]


def value(field: str) -> Json:
    record = read.get_organisation(SLUG)
    assert record is not None
    return record.facts[field].value


def save(client: Client, address: str, **answers: str | list[str]) -> int:
    return client.post(address, {"based_on": token(client, address), **answers}).status_code


CONTACT = {
    "phone": "055 23 27 11",
    "email": "strijkerij@voorbeeld.example",
    "website": "https://voorbeeld.example/strijkerij",
}


def test_first_page_says_how_complete_and_what_to_do(owner: Client) -> None:
    page = owner.get(HERE).content.decode()
    assert "op 100" in page
    assert "Nog nooit bevestigd" in page
    assert f'href="{HERE}/fotos">Geen foto' in page
    assert "strijkdienst · Inwoners, Bedrijven · " in page  # two offers of one service can be told apart
    assert 'href="/mijn/organisatie/voorbeeld-strijkerij">Voorbeeld Strijkerij' in owner.get("/mijn").content.decode()


def test_what_is_saved_stands_on_the_public_page_with_who_said_it(owner: Client) -> None:
    assert save(owner, f"{HERE}/contact", **CONTACT) == 302
    page = Client().get(f"/organisatie/{SLUG}").content.decode()
    assert "055 23 27 11" in page
    assert "de organisatie zelf" in page
    assert "Bewaard. Het staat in de gids." in owner.get(HERE).content.decode()


def test_a_fault_stands_at_the_field_and_at_the_top_and_nothing_typed_is_lost(owner: Client) -> None:
    answers = {**CONTACT, "email": "geen adres", "phone": "055 99 99 99"}
    response = owner.post(f"{HERE}/contact", {"based_on": token(owner, f"{HERE}/contact"), **answers})
    page = response.content.decode()
    assert response.status_code == 400
    assert '<a href="#veld-email">' in page
    assert 'aria-invalid="true"' in page
    assert 'value="055 99 99 99"' in page
    assert value("phone") == "+32 55 00 00 01"


def test_two_at_once_the_second_sees_the_difference_and_chooses(sign_in: SignIn, owner: Client) -> None:
    other, address = sign_in(), f"{HERE}/contact"
    seen = token(other, address)
    assert save(owner, address, **CONTACT) == 302
    answers = {**CONTACT, "phone": "055 99 99 99", "based_on": seen}
    response = other.post(address, answers)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Staat er nu:" in page
    assert "055 23 27 11" in page
    assert 'value="055 99 99 99"' in page
    assert value("phone") == "055 23 27 11"
    answers["based_on"] = re.search(r'name="based_on" value="([^"]*)"', page)[1]  # type: ignore[index]
    assert other.post(address, answers).status_code == 302
    assert value("phone") == "055 99 99 99"


def test_other_fields_saved_at_once_do_not_clash(sign_in: SignIn, owner: Client) -> None:
    other = sign_in()
    seen = token(other, f"{HERE}/over")
    assert save(owner, f"{HERE}/contact", **CONTACT) == 302
    answers = {"based_on": seen, "description": "Wij strijken.", "languages": ["nl"]}
    assert other.post(f"{HERE}/over", answers).status_code == 302
    assert (value("phone"), value("description")) == ("055 23 27 11", "Wij strijken.")


def test_fields_that_were_not_asked_are_not_heard(owner: Client) -> None:
    more = {"status": "closed", "name": "Gekaapt", "kinds": "maatwerkbedrijf", "organisation_key": "voorbeeld-fietsen"}
    assert save(owner, f"{HERE}/contact", **CONTACT, **more) == 302
    assert (value("status"), value("name")) == ("live", "Voorbeeld Strijkerij")


@pytest.mark.parametrize(
    "address",
    [
        "/mijn/organisatie/voorbeeld-fietsen",
        "/mijn/organisatie/voorbeeld-fietsen/contact",
        f"{HERE}/aanbod/voorbeeld-fietsen/herstelling",
        f"{HERE}/uren/voorbeeld-fietsen/ronse",
        f"{HERE}/mensen/1900",
        "/mijn/organisatie/bestaat-niet",
        f"{HERE}/geschiedenis/1/ongedaan",
    ],
)
def test_what_is_not_theirs_does_not_exist(owner: Client, address: str) -> None:
    assert owner.get(address).status_code in (404, 405)
    assert owner.post(address, CONTACT).status_code in (302, 404, 405)
    assert value("phone") == "+32 55 00 00 01"


def test_a_role_taken_away_in_between_ends_at_once(owner: Client) -> None:
    seen = token(owner, f"{HERE}/contact")
    User.objects.get().memberships.all().delete()
    assert owner.post(f"{HERE}/contact", {"based_on": seen, **CONTACT}).status_code == 404
    assert value("phone") == "+32 55 00 00 01"


def test_script_in_every_text_stays_text(owner: Client) -> None:
    assert save(owner, f"{HERE}/over", description=SCRIPT, languages=["nl"]) == 302
    assert save(owner, OFFER, words=SCRIPT, customers=["citizen"], area=["nis:45041"], capacity_unit=SCRIPT[:50]) == 302
    for address in (HERE, f"{HERE}/over", OFFER, f"{HERE}/geschiedenis", f"{HERE}/voorbeeld", f"/organisatie/{SLUG}"):
        page = owner.get(address).content.decode()
        assert "<script>alert" not in page, address
    reply = owner.post(f"{HERE}/contact", {**CONTACT, "email": SCRIPT}).content.decode()
    assert "<script>alert" not in reply


def test_an_area_shows_what_it_comes_to_before_it_is_saved(owner: Client) -> None:
    answers = {"words": "strijk", "customers": ["citizen"], "area": ["nis:45064"], "radius": "1", "look": "1"}
    page = owner.post(OFFER, {"based_on": token(owner, OFFER), **answers}).content.decode()
    assert "<strong>2 gemeenten</strong>: Maarkedal, Ronse" in page
    record = read.get_organisation(SLUG)
    assert record is not None
    assert record.offers[0].area.nis_codes == {"45041", "45060"}  # looking stores nothing
    del answers["look"]
    assert save(owner, OFFER, **answers) == 302
    record = read.get_organisation(SLUG)
    assert record is not None
    assert record.offers[0].area.nis_codes == {"45041", "45064"}
    answers["radius"] = "ver"
    response = owner.post(OFFER, {"based_on": token(owner, OFFER), **answers})
    assert response.status_code == 400
    assert "aantal kilometer" in response.content.decode()


def test_new_offer_and_capacity_and_an_end(owner: Client) -> None:
    new = {"service": "sewing", "words": "naaiwerk", "customers": ["citizen"], "capacity_amount": "12,5"}
    address = f"{HERE}/aanbod"
    if "sewing" not in owner.get(address).content.decode():
        new["service"] = "bicycle_repair"
    assert save(owner, address, **new, capacity_unit="uren per week") == 302
    record = read.get_organisation(SLUG)
    assert record is not None
    made = next(offer for offer in record.offers if offer.key.startswith(f"{SLUG}/aanbod"))
    assert made.facts["capacity_amount"].value == 12.5
    stop = f"{address}/{made.key}"
    assert owner.post(stop, {"stop": "1", "based_on": token(owner, stop)}).status_code == 302
    assert owner.get(stop).status_code == 404
    assert owner.post(address, {**new, "service": "iets", "customers": []}).status_code == 400


def test_hours_as_people_type_them(owner: Client) -> None:
    assert save(owner, HOURS, **{"mo1-van": "9u", "mo1-tot": "12.30", "mo2-van": "1300", "mo2-tot": "17:00"}) == 302
    record = read.get_organisation(SLUG)
    assert record is not None
    place = next(place for place in record.establishments if place.key == f"{SLUG}/ronse")
    assert place.facts["opening_hours"].value == {"mo": [["09:00", "12:30"], ["13:00", "17:00"]]}
    response = owner.post(HOURS, {"tu1-van": "12:00", "tu1-tot": "09:00", "we1-van": "10:00", "we1-tot": ""})
    page = response.content.decode()
    assert response.status_code == 400
    assert 'id="tu-fout"' in page
    assert 'id="we-fout"' in page
    assert 'value="12:00"' in page


def test_people_of_a_year(owner: Client) -> None:
    address = f"{HERE}/mensen/2025"
    assert save(owner, address, headcount="12", fte="8,4", target_group_headcount="9", target_group_fte="") == 302
    assert "2025" in Client().get(f"/organisatie/{SLUG}").content.decode()
    response = owner.post(address, {"headcount": "5", "target_group_headcount": "9"})
    assert response.status_code == 400  # a part is never more than the whole


def test_history_tells_who_and_takes_back(owner: Client) -> None:
    save(owner, f"{HERE}/contact", **CONTACT)
    page = owner.get(f"{HERE}/geschiedenis").content.decode()
    assert "+32 55 00 00 01" in page
    undo = re.search(r'action="([^"]*ongedaan)"', page)
    assert undo is not None
    assert owner.post(undo[1]).status_code == 302
    assert value("phone") == "+32 55 00 00 01"
    assert "Ongedaan gemaakt op" in owner.get(f"{HERE}/geschiedenis").content.decode()


def test_confirming_on_the_page(owner: Client) -> None:
    assert owner.get(f"{HERE}/bevestig").status_code == 405
    assert owner.post(f"{HERE}/bevestig").status_code == 302
    assert SLUG in read.last_spoken([SLUG])
    assert "Nog nooit bevestigd" not in owner.get(HERE).content.decode()


def test_what_an_editor_said_waits_and_can_be_taken_back_and_previewed(owner: Client, sign_in: SignIn) -> None:
    editor = sign_in("voorbeeldcluster", BodyKind.CLUSTER)
    assert save(editor, f"{HERE}/contact", **CONTACT) == 302  # a coordinator speaks as an editor
    assert save(owner, f"{HERE}/contact", **{**CONTACT, "phone": "055 99 99 99"}) == 302
    assert value("phone") == "055 23 27 11"
    page = owner.get(HERE).content.decode()
    assert "Wacht op nazicht" in page
    assert "055 99 99 99" in owner.get(f"{HERE}/voorbeeld").content.decode()
    assert "055 99 99 99" in owner.get(f"{HERE}/contact").content.decode()
    (waiting,) = read.list_proposals()
    assert owner.post(f"{HERE}/voorstel/{waiting.number}/terug").status_code == 302
    assert owner.post(f"{HERE}/voorstel/{waiting.number}/terug").status_code == 404
    assert read.list_proposals() == ()


def test_each_language_has_its_own_words(owner: Client) -> None:
    assert "How complete is this profile?" in owner.get(f"/en{HERE}").content.decode()
    assert "Ce profil est-il complet" in owner.get(f"/fr{HERE}").content.decode()


def test_who_is_no_longer_in_the_guide_is_told_and_returns(owner: Client) -> None:
    write.mark_unconfirmed(SLUG, note="Gevraagd.")
    assert "Jullie staan niet meer in de gids" in owner.get(HERE).content.decode()
    assert "Niet meer bevestigd" in Client().get(f"/organisatie/{SLUG}").content.decode()
    owner.post(f"{HERE}/bevestig")
    assert "Niet meer bevestigd" not in Client().get(f"/organisatie/{SLUG}").content.decode()


def test_a_coordinator_accepts_or_rejects_with_a_reason_and_the_author_is_told(owner: Client, sign_in: SignIn) -> None:
    editor = sign_in("voorbeeldcluster", BodyKind.CLUSTER)
    save(editor, f"{HERE}/contact", **CONTACT)
    for phone, answers in (
        ("055 99 99 99", {"reject": "1", "reason": ""}),
        ("", {"reject": "1", "reason": "Neemt niemand op."}),
    ):
        if phone:
            save(owner, f"{HERE}/contact", **{**CONTACT, "phone": phone})
        (waiting,) = read.list_proposals()
        assert "055 99 99 99" in editor.get("/mijn/nazicht").content.decode()
        assert editor.post("/mijn/nazicht", {"what": f"voorstel-{waiting.number}", **answers}).status_code == 302
    assert (value("phone"), read.list_proposals()) == ("055 23 27 11", ())
    save(owner, f"{HERE}/contact", **{**CONTACT, "phone": "055 88 88 88"})
    (waiting,) = read.list_proposals()
    sent = {"what": f"voorstel-{waiting.number}", "accept": "1"}
    assert owner.post("/mijn/nazicht", sent).status_code == 404
    assert sign_in("45041", BodyKind.MUNICIPALITY).post("/mijn/nazicht", sent).status_code == 404
    editor.post("/mijn/nazicht", sent)
    assert value("phone") == "055 88 88 88"
    assert "al beslist" in editor.post("/mijn/nazicht", sent, follow=True).content.decode()
    letters = Message.objects.filter(kind="proposal-decided").order_by("id")
    assert [(row.context["accepted"], row.context["reason"]) for row in letters] == [
        (False, "Neemt niemand op."),
        (True, ""),
    ]


def test_the_region_decides_from_when_a_profile_is_marked_as_old(owner: Client) -> None:
    address, mark = f"/organisatie/{SLUG}", "Dit is lang niet bevestigd"
    Statement.objects.filter(organisation_key=SLUG).update(stated_on="2025-03-31")  # 19 months and more
    write.rebuild()
    ensure_fresh(force=True)
    assert mark in owner.get(address).content.decode()
    for hits in ("/gids?q=strijk", "/gids?q=strijk&view=table", "/thema/household"):
        assert "lang niet bevestigd" in owner.get(hits).content.decode(), hits
    row = Region.objects.get()
    row.settings["profiles"] = {**row.settings["profiles"], "old_months": 36, "leaves_months": 48}
    row.save()
    forget()
    assert "lang niet bevestigd" not in owner.get("/gids?q=strijk").content.decode()
    row.settings["profiles"] = {**row.settings["profiles"], "old_months": 18}
    row.save()
    owner.post(f"{HERE}/bevestig")
    forget()
    assert mark not in owner.get(address).content.decode()
    assert "lang niet bevestigd" not in owner.get("/gids?q=strijk").content.decode()
