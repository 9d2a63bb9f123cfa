"""Whose a page is: visitors are led to sign in, what is not yours is not there, and caches tell nobody."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from schakel.accounts.models import User
from schakel.accounts.read import actor_of
from schakel.core.permissions import ANONYMOUS, Action, BodyKind, Membership, Role, Target
from schakel.pages.access import requires
from schakel.pages.bodies import organisation_target
from schakel.register import read
from tests.access.people import add_membership

pytestmark = pytest.mark.usefixtures("klein")
TODAY = date(2026, 11, 25)


@pytest.fixture
def person() -> User:
    return User.objects.create_user("bea@voorbeeld.example", "een-lang-wachtwoord")


def ask(view: object, user: object, method: str = "get", **parts: str) -> HttpResponse:
    request: HttpRequest = getattr(RequestFactory(), method)("/mijn/iets?a=1")
    request.COOKIES["sessionid"] = "x"
    request.user = user  # type: ignore[assignment]
    answer = view(request, **parts)  # type: ignore[operator]
    assert isinstance(answer, HttpResponse)
    return answer


def _profile(request: HttpRequest, slug: str) -> Target | None:
    return organisation_target(slug)


@requires(Action.EDIT_PROFILE, _profile)
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("profiel")


def test_visitor_is_led_to_sign_in_whatever_exists() -> None:
    for slug in ("voorbeeld-strijkerij", "bestaat-niet"):
        answer = ask(profile, AnonymousUser(), slug=slug)
        assert answer.status_code == 302
        assert answer["Location"].endswith("?next=%2Fmijn%2Fiets%3Fa%3D1")
        assert ask(profile, AnonymousUser(), "post", slug=slug)["Location"].endswith("?next=%2Fmijn")


def test_own_record_opens_and_that_of_another_is_not_there(person: User) -> None:
    add_membership(person, BodyKind.ORGANISATION, "voorbeeld-strijkerij", Role.EDITOR)
    answer = ask(profile, person, slug="voorbeeld-strijkerij")
    assert answer.content == b"profiel"
    assert "private" in answer["Cache-Control"]
    for slug in ("voorbeeld-groen", "bestaat-niet"):
        with pytest.raises(Http404):
            ask(profile, person, slug=slug)


def test_role_counts_from_its_first_to_its_last_day_and_never_once_taken_away(person: User) -> None:
    held = add_membership(
        person, BodyKind.MUNICIPALITY, "45041", Role.EDITOR, since=TODAY, until=TODAY + timedelta(days=2)
    )
    expected = frozenset({Membership(BodyKind.MUNICIPALITY, "45041", Role.EDITOR)})
    found = [actor_of(person, on=TODAY + timedelta(days=n), cluster_members={}).memberships for n in range(-1, 4)]
    assert found == [frozenset(), expected, expected, expected, frozenset()]
    held.ended_at = datetime(2026, 11, 26, 9, tzinfo=ZoneInfo("Europe/Brussels"))
    held.save()
    for days in (-400, 0, 1, 400):  # a clock that jumps back does not give it back
        assert not actor_of(person, on=TODAY + timedelta(days=days), cluster_members={}).memberships


def test_somebody_inactive_is_a_visitor(person: User) -> None:
    add_membership(person, BodyKind.PARTNER, "x", Role.MANAGER)
    person.is_active = False
    assert actor_of(person, on=TODAY, cluster_members={}) == ANONYMOUS
    assert actor_of(AnonymousUser(), on=TODAY, cluster_members={}) == ANONYMOUS


def test_superuser_manages_the_region_and_staff_edits_it() -> None:
    boss = User.objects.create_superuser("an@voorbeeld.example")
    helper = User.objects.create_user("co@voorbeeld.example", is_staff=True)
    assert {one.role for one in actor_of(boss, on=TODAY, cluster_members={}).memberships} == {Role.MANAGER}
    assert {one.role for one in actor_of(helper, on=TODAY, cluster_members={}).memberships} == {Role.EDITOR}


def test_clusters_are_those_of_the_day() -> None:
    assert read.cluster_members(date(2021, 6, 1))["voorbeeldcluster"] == {"45041", "45059", "45060"}
    assert read.cluster_members(TODAY)["voorbeeldcluster"] == {"45041", "45059"}


def test_page_for_everybody_is_kept_by_caches_only_for_visitors(client: Client, person: User) -> None:
    seen = client.get("/gemeenten")
    assert "public" in seen["Cache-Control"]
    assert "Cookie" not in seen.get("Vary", "")
    assert "Aanmelden" in seen.content.decode()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    again = client.get("/gemeenten", headers={"If-None-Match": seen["ETag"]})
    assert again.status_code == 200  # what a visitor kept is not shown to who signed in
    assert "private" in again["Cache-Control"]
    assert "public" not in again["Cache-Control"]
    assert "Mijn werk" in again.content.decode()


def test_work_page_says_for_whom_somebody_works(client: Client, person: User) -> None:
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert "Je werkt nog voor niemand." in client.get("/mijn").content.decode()
    add_membership(person, BodyKind.MUNICIPALITY, "45041", Role.EDITOR)
    add_membership(person, BodyKind.ORGANISATION, "voorbeeld-strijkerij", Role.READER)
    page = client.get("/mijn").content.decode()
    for words in ("Ronse", "Gemeente, bewerker", "Voorbeeld Strijkerij", "Organisatie, lezer", "Een vraag plaatsen"):
        assert words in page
    assert "Het register beheren" not in page
    assert "no-cache" in client.get("/mijn")["Cache-Control"]


def test_work_page_shows_a_manager_what_waits(client: Client, admin_user: User) -> None:
    client.post("/organisatie/voorbeeld-strijkerij/melding", {"field": "phone", "text": "Het nummer klopt niet meer."})
    client.force_login(admin_user, backend="django.contrib.auth.backends.ModelBackend")
    assert "1 melding van een bezoeker wacht." in client.get("/mijn").content.decode()
