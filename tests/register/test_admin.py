"""The admin: what an editor sees and does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from schakel.accounts.models import User
from schakel.accounts.site import SECTIONS
from schakel.audit.models import Entry
from schakel.cooperation.models import Report
from schakel.core.identifiers import format_ondernemingsnummer
from schakel.core.model import EntityKind
from schakel.register import models, read, write
from schakel.register.admin.area import AreaField
from schakel.sources.region_pack.model import RegionPack
from tests.register.packs import BRAKEL, RONSE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>|<style\b|\sstyle=|\son[a-z]+=", re.I)


@pytest.fixture
def editor(loaded: RegionPack, client: Client) -> User:
    user = User.objects.create_superuser("redactie@voorbeeld.example")
    client.force_login(user)
    return user


def address(model: str, page: str, *args: Any) -> str:
    return reverse(f"admin:{model}_{page}", args=args)


def form_values(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send when nothing is changed."""
    form = client.get(url).context["adminform"].form
    found: dict[str, Any] = {}
    for name in form.fields:
        value = form.get_initial_for_field(form.fields[name], name)
        if value is not None:
            found[name] = value
    return found


@pytest.mark.parametrize(
    "model",
    [
        "register_organisation",
        "register_establishment",
        "register_offer",
        "register_recognition",
        "register_employment",
        "register_statement",
        "register_source",
        "register_run",
        "register_merge",
        "register_municipality",
        "register_cluster",
        "register_partner",
        "register_initiative",
        "register_task",
        "register_municipalfigure",
        "register_negativestatement",
        "cooperation_report",
        "cooperation_searchtally",
        "accounts_user",
        "audit_entry",
    ],
)
def test_every_list_opens_without_inline_script_or_style(client: Client, editor: User, model: str) -> None:
    page = client.get(address(model, "changelist"))
    assert page.status_code == 200
    assert INLINE.findall(page.content.decode()) == []
    assert client.get(address(model, "changelist"), {"q": "fiets"}).status_code in (200, 302)


@pytest.mark.parametrize("model", ["organisation", "establishment", "offer", "recognition", "employment"])
def test_every_form_opens_and_saves_nothing_when_nothing_changed(client: Client, editor: User, model: str) -> None:
    for row in models.__dict__[model.capitalize()].objects.all():
        url = address(f"register_{model}", "change", row.pk)
        page = client.get(url)
        assert page.status_code == 200
        assert INLINE.findall(page.content.decode()) == []
        answer = client.post(url, form_values(client, url))
        assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert models.Statement.objects.exclude(author=None).count() == 0
    for model_name in ("organisation", "establishment", "offer", "recognition", "employment"):
        page = client.get(address(f"register_{model_name}", "add"))
        assert page.status_code == 200


@pytest.mark.parametrize(
    ("name", "choice", "expected"),
    [
        ("soort", "cooperative", ["groen"]),
        ("dienst", "bicycle_repair", ["fiets"]),
        ("gemeente", BRAKEL, ["fiets"]),
        ("status__exact", "closed", ["oud"]),
        ("verified__exact", "0", ["fiets", "groen"]),
        ("q", "eenhoorn", ["groen"]),
        ("q", "0407766422", ["fiets"]),
    ],
)
def test_organisations_are_filtered(client: Client, editor: User, name: str, choice: str, expected: list[str]) -> None:
    page = client.get(address("register_organisation", "changelist"), {name: choice})
    assert sorted(row.slug for row in page.context["cl"].result_list) == expected


def test_form_shows_where_each_field_comes_from(client: Client, editor: User) -> None:
    row = models.Organisation.objects.get(slug="groen")
    text = client.get(address("register_organisation", "change", row.pk)).content.decode()
    assert "Regiopakket Voorbeeldstreek (2026-10-01) (publicatie)" in text
    assert 'href="https://voorbeeld.example/bron"' in text
    assert "nog na te kijken" in text
    assert "Niemand zei hier al iets over." in text
    assert "maatwerkbedrijf" in text
    assert f"{address('register_offer', 'add')}?organisation=groen" in text


def test_saving_states_only_what_changed(client: Client, editor: User) -> None:
    row = models.Organisation.objects.get(slug="fiets")
    url = address("register_organisation", "change", row.pk)
    values = form_values(client, url) | {"phone": "055 11 11 11", "edit_remarks": "Gebeld.", "edit_date": "2026-11"}
    assert client.post(url, values).status_code == 302
    statement = models.Statement.objects.get(author=editor)
    assert (statement.values, statement.remarks, statement.stated_on) == (
        {"phone": "055 11 11 11"},
        "Gebeld.",
        "2026-11",
    )
    assert models.Organisation.objects.get(pk=row.pk).phone == "055 11 11 11"
    assert Entry.objects.filter(action="edit", actor=editor, subject="fiets").exists()


def test_wrong_check_digit_says_what_is_expected(client: Client, editor: User) -> None:
    row = models.Organisation.objects.get(slug="fiets")
    url = address("register_organisation", "change", row.pk)
    page = client.post(url, form_values(client, url) | {"ondernemingsnummer": "0407.766.423"})
    assert page.status_code == 200
    (error,) = page.context["adminform"].form.errors["ondernemingsnummer"]
    assert error.startswith("Verwacht wordt een ondernemingsnummer met juist controlegetal")
    assert read.revision() == 1


def test_second_editor_is_told_and_can_save_again(client: Client, editor: User) -> None:
    row = models.Organisation.objects.get(slug="fiets")
    url = address("register_organisation", "change", row.pk)
    values = form_values(client, url) | {"email": "nieuw@voorbeeld.example"}
    write.state_edit(EntityKind.ORGANISATION, "fiets", {"phone": "055 22 22 22"}, author=None)
    page = client.post(url, values)
    assert page.status_code == 200
    form = page.context["adminform"].form
    assert "Telefoon is nu '055 22 22 22'" in form.non_field_errors()[0]
    assert form["email"].value() == "nieuw@voorbeeld.example"  # what was typed is not lost
    again = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert client.post(url, again | {"phone": "055 22 22 22"}).status_code == 302
    record = read.get_organisation("fiets")
    assert record is not None
    assert (record.facts["email"].value, record.facts["phone"].value) == ("nieuw@voorbeeld.example", "055 22 22 22")


def test_second_editor_does_not_undo_what_he_did_not_touch(client: Client, editor: User) -> None:
    row = models.Organisation.objects.get(slug="fiets")
    url = address("register_organisation", "change", row.pk)
    values = form_values(client, url) | {"email": "nieuw@voorbeeld.example"}
    write.state_edit(
        EntityKind.ORGANISATION, "fiets", {"phone": "055 22 22 22", "languages": ["nl", "fr"]}, author=None
    )
    form = client.post(url, values).context["adminform"].form
    assert form["phone"].value() == "055 22 22 22"
    assert form["languages"].value() == ["nl", "fr"]
    again = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert client.post(url, again).status_code == 302
    assert models.Statement.objects.get(author=editor).values == {"email": "nieuw@voorbeeld.example"}


def test_date_and_address_of_an_edit_are_checked(client: Client, editor: User) -> None:
    row = models.Organisation.objects.get(slug="fiets")
    url = address("register_organisation", "change", row.pk)
    wrong = {"phone": "055 11 11 11", "edit_date": "23/11/2026", "edit_url": "gebeld"}
    errors = client.post(url, form_values(client, url) | wrong).context["adminform"].form.errors
    assert set(errors) == {"edit_date", "edit_url"}
    assert "2026-11-23" in errors["edit_date"][0]
    assert not models.Statement.objects.filter(author=editor).exists()


def offer_url() -> str:
    return address("register_offer", "change", models.Offer.objects.order_by("pk")[0].pk)


def test_area_is_chosen_with_boxes_and_kilometres(client: Client, editor: User) -> None:
    url = offer_url()
    text = client.get(url).content.decode()
    assert f'name="area" value="nis:{RONSE}"' in text
    assert "Heel de regio" in text
    values = form_values(client, url)
    chosen = {"area": [f"nis:{RONSE}"], "area_radius": "7,5 km"}
    assert client.post(url, values | chosen).status_code == 302
    said = models.Statement.objects.get(author=editor)
    assert said.values == {"area": [f"nis:{RONSE}", "radius:7.5"]}
    again = client.get(url).content.decode()
    assert f'value="nis:{RONSE}" checked' in again
    assert 'name="area_radius" value="7,5"' in again
    assert client.post(url, form_values(client, url) | {"area_unknown": "1"}).status_code == 302
    assert models.Statement.objects.filter(author=editor).latest("id").values == {"area": None}


@pytest.mark.parametrize("kilometres", ["tien", "-5", "0", "nan", "1e9"])
def test_area_with_wrong_kilometres_is_refused_in_plain_words(client: Client, editor: User, kilometres: str) -> None:
    url = offer_url()
    page = client.post(url, form_values(client, url) | {"area_radius": kilometres})
    (error,) = page.context["adminform"].form.errors["area"]
    assert error.startswith("Bij de straal staat")
    assert "radius:" not in error
    assert f'name="area_radius" value="{kilometres}"' in page.content.decode()


def test_area_that_is_gone_stays_until_it_is_unticked() -> None:
    html = AreaField().widget.render("area", ["cluster:weg", "radius:5", "radius:9"])
    assert 'value="cluster:weg" checked' in html
    assert 'value="radius:9" checked' in html


def life(model: str, row: Any, deed: str) -> str:
    return address(f"register_{model}", "life", row.pk, deed)


def test_stopped_new_name_and_moved_have_a_form_of_their_own(client: Client, editor: User) -> None:
    row = models.Organisation.objects.get(slug="fiets")
    page = client.get(address("register_organisation", "change", row.pk)).content.decode()
    assert life("organisation", row, "gestopt") in page
    assert INLINE.findall(client.get(life("organisation", row, "gestopt")).content.decode()) == []
    named = client.post(life("organisation", row, "nieuwe-naam"), {"name": "De Nieuwe", "since": "2026-01"})
    assert named.status_code == 302
    place = models.Establishment.objects.filter(organisation=row).first()
    assert place is not None
    moved = {"street": "Markt", "postal_code": "9660", "locality": "Brakel", "nis_code": BRAKEL, "since": "2026-02"}
    assert client.post(life("establishment", place, "verhuisd"), moved).status_code == 302
    place.refresh_from_db()
    assert (place.status, place.replaced_by) == ("closed", "fiets/brakel")
    closed = client.post(life("organisation", row, "gestopt"), {"note": "Failliet.", "since": "2026-10"})
    assert closed.status_code == 302
    row.refresh_from_db()
    assert (row.name, row.status, row.status_note, row.status_date) == ("De Nieuwe", "closed", "Failliet.", "2026-10")
    assert row.previous_names[-1]["until"] == "2026-01"


def test_wrong_words_in_those_forms_are_told_beside_the_field(client: Client, editor: User) -> None:
    row = models.Organisation.objects.get(slug="fiets")
    page = client.post(life("organisation", row, "gestopt"), {"note": "x", "since": "1/2/26", "replaced_by": "niemand"})
    assert set(page.context["form"].errors) == {"since", "replaced_by"}
    page = client.post(life("organisation", row, "nieuwe-naam"), {"name": row.name})
    assert set(page.context["form"].errors) == {"name"}
    assert client.get(life("organisation", row, "verhuisd")).status_code == 404
    assert client.get(life("organisation", row, "onzin")).status_code == 404
    assert read.revision() == 1


def test_index_shows_the_work_first_and_nothing_of_the_machinery(client: Client, editor: User) -> None:
    page = client.get(reverse("admin:index"))
    assert [block["name"] for block in page.context["app_list"]] == list(SECTIONS)
    assert "Task" not in page.content.decode()
    assert "Django" not in page.content.decode()


def test_adding_an_organisation_and_an_offer_makes_statements(client: Client, editor: User) -> None:
    client.post(
        address("register_organisation", "add"),
        {"name": "De Nieuwe Éénhoorn", "kinds": ["cooperative", "energiehuis"], "status": "live"},
    )
    assert models.Organisation.objects.filter(slug="de-nieuwe-eenhoorn").exists()
    url = address("register_offer", "add") + "?organisation=de-nieuwe-eenhoorn"
    answer = client.post(
        url,
        {
            "new_organisation": "de-nieuwe-eenhoorn",
            "service": "green_maintenance",
            "customers": ["citizen"],
            "area": f"nis:{RONSE}",
            "status": "live",
        },
    )
    assert answer.status_code == 302
    offer = models.Offer.objects.get(key="de-nieuwe-eenhoorn/green-maintenance")
    assert offer.organisation.slug == "de-nieuwe-eenhoorn"
    employment = client.post(
        address("register_employment", "add"),
        {"new_organisation": "de-nieuwe-eenhoorn", "new_year": 2025, "fte": "7.5"},
    )
    assert employment.status_code == 302
    assert models.Employment.objects.get(key="de-nieuwe-eenhoorn/2025").fte == 7.5
    assert models.Statement.objects.filter(author=editor).count() == 3


def test_adding_to_an_organisation_that_does_not_exist_is_refused(client: Client, editor: User) -> None:
    page = client.post(
        address("register_offer", "add"),
        {"new_organisation": "niemand", "service": "green_maintenance", "customers": ["citizen"], "status": "live"},
    )
    assert "'niemand' staat niet in het register" in page.context["adminform"].form.errors["new_organisation"][0]


def add_offer(client: Client, organisation: str) -> Any:
    values = {"service": "green_maintenance", "customers": ["citizen"], "area": f"nis:{RONSE}", "status": "live"}
    return client.post(address("register_offer", "add"), {"new_organisation": organisation, **values})


@pytest.mark.parametrize("typed", ["Voorbeeld Fiets", "voorbeeld FIETS ", "fiets", "Wat dan ook (fiets)", "beeld fie"])
def test_an_organisation_is_pointed_at_as_people_write_it(client: Client, editor: User, typed: str) -> None:
    assert add_offer(client, typed).status_code == 302
    assert models.Offer.objects.get(key="fiets/green-maintenance").organisation.slug == "fiets"


def test_an_organisation_is_pointed_at_by_its_number(client: Client, editor: User) -> None:
    row = models.Organisation.objects.exclude(ondernemingsnummer=None).first()
    assert row is not None
    assert row.ondernemingsnummer is not None
    assert add_offer(client, format_ondernemingsnummer(row.ondernemingsnummer)).status_code == 302
    assert models.Offer.objects.filter(organisation=row, service="green_maintenance").exists()


def test_when_several_are_meant_they_are_listed(client: Client, editor: User) -> None:
    page = add_offer(client, "voorbeeld")
    told = page.context["adminform"].form.errors["new_organisation"][0]
    assert "Welke bedoel je?" in told
    assert "Voorbeeld Fiets (fiets)" in told


def test_the_successor_is_shown_by_name_and_saving_changes_nothing(client: Client, editor: User) -> None:
    write.close(EntityKind.ORGANISATION, "groen", since="2026-10", note="Gestopt.", author=editor, replaced_by="fiets")
    row = models.Organisation.objects.get(slug="groen")
    page = client.get(address("register_organisation", "change", row.pk))
    html = page.content.decode()
    assert 'value="Voorbeeld Fiets (fiets)"' in html
    form = page.context["adminform"].form
    assert not form.fields["succeeded_by"].has_changed("fiets", "Voorbeeld Fiets (fiets)")
    assert form.fields["succeeded_by"].has_changed("fiets", "")
    assert form.fields["succeeded_by"].has_changed("fiets", "niemand")


def test_adding_to_an_organisation_offers_its_establishments(client: Client, editor: User) -> None:
    page = client.get(address("register_offer", "add"), {"organisation": "fiets"})
    choices = page.context["adminform"].form.fields["establishment"].choices
    assert [key for key, _ in choices][1:] == sorted(
        models.Establishment.objects.filter(organisation__slug="fiets").values_list("key", flat=True)
    )


def test_deleting_is_not_offered(client: Client, editor: User) -> None:
    row = models.Organisation.objects.get(slug="fiets")
    assert client.post(address("register_organisation", "delete", row.pk), {"post": "yes"}).status_code == 404
    page = client.get(address("register_organisation", "changelist"))
    assert "delete_selected" not in page.content.decode()


def test_history_shows_who_said_what(client: Client, editor: User) -> None:
    row = models.Organisation.objects.get(slug="fiets")
    url = address("register_organisation", "change", row.pk)
    client.post(url, form_values(client, url) | {"phone": "055 11 11 11"})
    text = client.get(address("register_organisation", "history", row.pk)).content.decode()
    assert "Telefoon: 055 11 11 11 <strong>(geldt nu)</strong>" in text
    assert "Telefoon: 055 00 00 01</li>" in text
    assert "redactie@voorbeeld.example" in text
    assert INLINE.findall(text) == []
    assert client.get(address("register_organisation", "history", 10**9)).status_code == 404


def test_merging_asks_which_and_why_and_can_be_undone(client: Client, editor: User) -> None:
    url = address("register_organisation", "changelist")
    both = list(models.Organisation.objects.filter(slug__in=["fiets", "groen"]).values_list("pk", flat=True))
    chosen = {"action": "merge_selected", "_selected_action": both}
    page = client.post(url, chosen)
    assert "Welke houd je?" in page.content.decode()
    refused = client.post(url, chosen | {"kept": "fiets", "reason": " "})
    assert "Schrijf op waarom" in refused.content.decode()
    client.post(url, chosen | {"kept": "fiets", "reason": "Zelfde nummer."})
    assert read.resolve_slug("groen") == "fiets"
    merge = models.Merge.objects.get()
    assert merge.by == editor
    client.post(address("register_merge", "changelist"), {"action": "undo", "_selected_action": [merge.pk]})
    assert read.resolve_slug("groen") == "groen"


def test_merging_needs_exactly_two(client: Client, editor: User) -> None:
    every = list(models.Organisation.objects.values_list("pk", flat=True))
    url = address("register_organisation", "changelist")
    page = client.post(url, {"action": "merge_selected", "_selected_action": every}, follow=True)
    assert "precies twee" in page.content.decode()


def test_marking_as_checked_and_withdrawing(client: Client, editor: User) -> None:
    row = models.Organisation.objects.get(slug="groen")
    url = address("register_organisation", "changelist")
    client.post(url, {"action": "check_selected", "_selected_action": [row.pk]})
    assert models.Organisation.objects.get(slug="groen").verified
    mine = list(models.Statement.objects.filter(source__key="redactie").values_list("pk", flat=True))
    client.post(address("register_statement", "changelist"), {"action": "withdraw", "_selected_action": mine})
    assert not models.Organisation.objects.get(slug="groen").verified


def test_negative_statement_is_stated_and_withdrawn(client: Client, editor: User) -> None:
    values = {
        "municipality": BRAKEL,
        "service": "bicycle_repair",
        "searched_by": "Redactie",
        "method": "gebeld",
        "searched_on": "2026-11",
    }
    url = address("register_negativestatement", "add")
    refused = client.post(url, values | {"searched_on": "gisteren"})
    assert "JJJJ-MM" in str(refused.context["adminform"].form.errors)
    assert client.post(url, values).status_code == 302
    row = models.NegativeStatement.objects.get(municipality_id=BRAKEL)
    client.post(
        address("register_negativestatement", "changelist"), {"action": "withdraw", "_selected_action": [row.pk]}
    )
    assert not models.NegativeStatement.objects.filter(municipality_id=BRAKEL).exists()


def test_report_is_handled_with_an_outcome(client: Client, editor: User) -> None:
    report = Report.objects.create(organisation_key="fiets", field="phone", text="Nummer klopt niet.")
    url = address("cooperation_report", "change", report.pk)
    assert client.get(url).status_code == 200
    assert client.post(url, {"outcome": "Aangepast."}).status_code == 302
    report.refresh_from_db()
    assert report.outcome == "Aangepast."
    assert report.handled_at is not None
    assert client.get(url).status_code == 200


def test_people_have_no_password_in_the_admin(client: Client, editor: User) -> None:
    url = address("accounts_user", "change", editor.pk)
    assert "password" not in client.get(url).context["adminform"].form.fields
    client.post(address("accounts_user", "add"), {"email": "Nieuw@Voorbeeld.example", "language": "nl"})
    person = User.objects.get(email="nieuw@voorbeeld.example")
    assert not person.has_usable_password()
    assert Entry.objects.filter(action="person-add", actor=editor).exists()


def test_read_only_pages_refuse_to_change(client: Client, editor: User) -> None:
    for model in ("register_statement", "register_run", "register_source", "audit_entry"):
        assert client.get(address(model, "add")).status_code == 404
    statement = models.Statement.objects.order_by("id")[0]
    assert client.post(address("register_statement", "change", statement.pk), {"key": "x"}).status_code == 404
