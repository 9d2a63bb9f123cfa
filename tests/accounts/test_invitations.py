"""Invitations by letter, and handing everything over to a successor."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from schakel.accounts import invitations
from schakel.accounts.guard import LastManager
from schakel.accounts.invitations import DAYS, accept, find, forget_invitations, hand_over, invite, send_again, withdraw
from schakel.accounts.models import Invitation, Membership, User
from schakel.accounts.roles import NotAllowed
from schakel.core.errors import InvalidInput
from schakel.core.permissions import REGION, BodyKind, Role, Target
from schakel.mail.compose import compose
from schakel.mail.links import LinkExpired, LinkInvalid
from schakel.mail.models import Message, Status
from tests.access.people import add_membership
from tests.accounts.test_roles import PASSWORD, RONSE, at_once, hand, manager, person, roles

pytestmark = pytest.mark.django_db
CLUSTER = Target(BodyKind.CLUSTER, "voorbeeldcluster")
NAMES = {str(RONSE): "Ronse", str(CLUSTER): "Voorbeeldcluster", str(REGION): "de streek"}
NEW = {"password": "wandelen-door-de-mist", "repeated": "wandelen-door-de-mist"}


def ask(by: User, email: str = "Nieuw@Voorbeeld.example", role: Role = Role.EDITOR, language: str = "nl") -> Invitation:
    return invite(email, {RONSE: role}, names=NAMES, language=language, hand=hand(by))


def path(kind: str = "invitation") -> str:
    found = Message.objects.filter(kind=kind).order_by("-pk")[0].context["path"]
    assert isinstance(found, str)
    return found


def token() -> str:
    return path().rsplit("/", 1)[1]


def take(given: str) -> User:
    return accept(given, password=PASSWORD, language="nl", on=timezone.localdate())[0]


@pytest.mark.parametrize(("language", "start", "words"), [
    ("nl", "/uitnodiging/", "nodigt je uit"),
    ("en", "/en/uitnodiging/", "invites you"),
    ("fr", "/fr/uitnodiging/", "vous invite"),
])  # fmt: skip
def test_letter_says_who_for_whom_and_how_long(language: str, start: str, words: str) -> None:
    an, _ = manager("an")
    ask(an, language=language)
    letter = Message.objects.get()
    assert (letter.to, letter.language, letter.status) == ("nieuw@voorbeeld.example", language, Status.WAITING)
    assert path().startswith(start)
    text = compose([(letter.kind, letter.context)], to=letter.to, language=language).text
    assert "an@voorbeeld.example" in text
    assert words in text
    assert "Ronse" in text


def test_new_person_gets_an_account_a_role_and_comes_in(client: Client, klein: None) -> None:
    an, _ = manager("an")
    ask(an)
    page = client.get(path())
    assert "Ronse: bewerker" in page.content.decode()
    assert page["Referrer-Policy"] == "strict-origin"
    assert "no-store" in page["Cache-Control"]
    assert not User.objects.filter(email="nieuw@voorbeeld.example").exists()  # looking accepts nothing
    assert client.post(path(), NEW)["Location"] == "/mijn"
    made = User.objects.get(email="nieuw@voorbeeld.example")
    assert made.check_password(NEW["password"])
    assert roles()["nieuw"] == Role.EDITOR
    assert "Gemeente, bewerker" in client.get("/mijn").content.decode()


def test_link_works_once_and_not_when_altered(client: Client, klein: None) -> None:
    an, _ = manager("an")
    ask(an)
    client.post(path(), NEW)
    again = Client().post(path(), NEW)
    assert again.status_code == 410
    assert "al gebruikt" in again.content.decode()
    altered = Client().get(path()[:-2] + ("aa" if not path().endswith("aa") else "bb"))
    assert altered.status_code == 410
    assert User.objects.count() == 2


def test_link_is_too_old_after_two_weeks(monkeypatch: pytest.MonkeyPatch) -> None:
    an, _ = manager("an")
    ask(an)
    now = timezone.now()
    monkeypatch.setattr("schakel.mail.links.timezone.now", lambda: now + timedelta(days=DAYS, minutes=-5))
    find(token())
    monkeypatch.setattr("schakel.mail.links.timezone.now", lambda: now + timedelta(days=DAYS, minutes=5))
    with pytest.raises(LinkExpired):
        take(token())
    assert set(roles()) == {"an"}


def test_link_of_another_purpose_opens_nothing(client: Client, klein: None) -> None:
    from schakel.mail.links import sign

    an, _ = manager("an")
    row = ask(an)
    other = sign("visitor-form", {"invitation": row.pk, "number": 1}, days=1)
    assert client.get(f"/uitnodiging/{other}").status_code == 410


def test_sending_again_stops_the_link_before_it() -> None:
    an, _ = manager("an")
    row = ask(an)
    first = token()
    send_again(row.pk, RONSE, names=NAMES, hand=hand(an))
    with pytest.raises(LinkInvalid, match="nieuwe mail"):
        find(first)
    assert take(token()).email == "nieuw@voorbeeld.example"


def test_withdrawn_invitation_opens_nothing_and_its_letter_stays() -> None:
    an, _ = manager("an")
    row = ask(an)
    withdraw(row.pk, RONSE, hand=hand(an))
    with pytest.raises(LinkInvalid, match="ingetrokken"):
        take(token())
    assert Message.objects.get().status == Status.CANCELLED
    for late in (withdraw, lambda *args, **more: send_again(*args, names=NAMES, **more)):
        with pytest.raises(InvalidInput):
            late(row.pk, RONSE, hand=hand(an))
    assert ask(an).pk != row.pk  # invited again


def test_somebody_with_an_account_gets_the_role_and_is_not_signed_in(client: Client, klein: None) -> None:
    """The link shows who reads the mail, not who knows the password and the second factor."""
    an, _ = manager("an")
    cis = person("cis")
    ask(an, "cis@voorbeeld.example")
    page = client.get(path()).content.decode()
    assert "Je hebt al een account" in page
    assert 'type="password"' not in page
    assert (
        client.post(path(), {"password": "van-iemand-anders-1", "repeated": "van-iemand-anders-1"})["Location"]
        == "/mijn"
    )
    assert roles()["cis"] == Role.EDITOR
    assert client.get("/mijn")["Location"].startswith("/aanmelden")
    cis.refresh_from_db()
    assert cis.check_password(PASSWORD)


def test_invitation_for_somebody_else_is_not_accepted_by_who_is_signed_in(client: Client, klein: None) -> None:
    an, _ = manager("an")
    ask(an)
    client.force_login(an, backend="django.contrib.auth.backends.ModelBackend")
    assert "aangemeld met een ander adres" in client.get(path()).content.decode()
    assert client.post(path(), {"without": "1"}).status_code == 409
    assert set(roles()) == {"an"}


def test_invited_without_password_sets_up_a_passkey_first(client: Client, klein: None) -> None:
    an, _ = manager("an")
    ask(an)
    answer = client.post(path(), {"without": "1"})
    assert answer["Location"] == "/mijn/beveiliging/sleutels/nieuw"
    assert not User.objects.get(email="nieuw@voorbeeld.example").has_usable_password()
    assert client.get(answer["Location"]).status_code == 200


def test_second_factor_is_asked_of_who_is_invited_to_coordinate(
    client: Client, klein: None, settings: Settings
) -> None:
    settings.SECOND_FACTOR_FOR = ("region", "cluster")
    boss = User.objects.create_superuser("baas@voorbeeld.example", PASSWORD)
    settings.SECOND_FACTOR_FOR = ()
    invite("nieuw@voorbeeld.example", {CLUSTER: Role.MANAGER}, names=NAMES, language="nl", hand=hand(boss))
    settings.SECOND_FACTOR_FOR = ("region", "cluster")
    assert client.post(path(), NEW)["Location"] == "/mijn"
    assert client.get("/mijn")["Location"] == "/mijn/beveiliging"


@pytest.mark.parametrize(("change", "words"), [
    ({"repeated": "iets anders dan dat"}, "niet gelijk"),
    ({"password": "kort", "repeated": "kort"}, "12 tekens"),
    ({"password": "nieuw@voorbeeld.example", "repeated": "nieuw@voorbeeld.example"}, "lijkt te veel"),
])  # fmt: skip
def test_wrong_password_does_not_use_the_link_up(
    client: Client, klein: None, change: dict[str, str], words: str
) -> None:
    an, _ = manager("an")
    ask(an)
    page = client.post(path(), NEW | change)
    assert page.status_code == 400
    assert words in page.content.decode()
    assert client.post(path(), NEW).status_code == 302


def test_closed_account_accepts_nothing(client: Client, klein: None) -> None:
    an, _ = manager("an")
    cis = person("cis")
    cis.is_active = False
    cis.save()
    ask(an, cis.email)
    page = client.post(path(), {"accept": "1"})
    assert page.status_code == 400
    assert "staat uit" in page.content.decode()
    assert find(token()).accepted_at is None


@pytest.mark.parametrize(
    "email", ["geen adres", "a@", "twee@a.example, drie@b.example", "x@y.example\nBcc: z@y.example"]
)
def test_what_is_no_address_is_not_invited(email: str) -> None:
    an, _ = manager("an")
    with pytest.raises(InvalidInput):
        ask(an, email)
    assert not Invitation.objects.exists()


def test_nobody_is_invited_twice_nor_who_works_there_already(monkeypatch: pytest.MonkeyPatch) -> None:
    an, _ = manager("an")
    ask(an)
    with pytest.raises(InvalidInput, match="al uitgenodigd"):
        ask(an, "NIEUW@voorbeeld.example")
    with pytest.raises(InvalidInput, match="al een rol"):
        ask(an, "an@voorbeeld.example")
    monkeypatch.setattr(invitations, "MOST_OPEN", 1)
    with pytest.raises(InvalidInput, match="heel veel"):
        ask(an, "nog@voorbeeld.example")
    assert Invitation.objects.count() == Message.objects.count() == 1


def test_who_may_not_manage_invites_nobody() -> None:
    editor = person("eddy")
    add_membership(editor, RONSE.kind, RONSE.key, Role.EDITOR)
    an, _ = manager("an")
    row = ask(an)
    for attempt in (
        lambda: ask(editor, "x@voorbeeld.example"),
        lambda: withdraw(row.pk, RONSE, hand=hand(editor)),
        lambda: send_again(row.pk, RONSE, names=NAMES, hand=hand(editor)),
        lambda: invite("x@voorbeeld.example", {REGION: Role.READER}, names=NAMES, language="nl", hand=hand(an)),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_role_is_never_lowered_by_an_invitation() -> None:
    an, _ = manager("an")
    ask(an, "cis@voorbeeld.example", Role.READER)
    cis = person("cis")
    add_membership(cis, RONSE.kind, RONSE.key, Role.MANAGER)
    take(token())
    assert roles()["cis"] == Role.MANAGER


def test_colleague_takes_everything_over_at_once() -> None:
    an, _ = manager("an")
    add_membership(an, CLUSTER.kind, CLUSTER.key, Role.MANAGER)
    bea = person("bea")
    more = {"names": NAMES, "language": "nl", "at_once": False, "hand": hand(an)}
    hand_over(an, [RONSE, CLUSTER], to=bea, **more)  # type: ignore[arg-type]
    assert roles() == roles(CLUSTER) == {"bea": Role.MANAGER}
    assert sorted((letter.kind, letter.to) for letter in Message.objects.all()) == [
        ("handed-over", "an@voorbeeld.example"), ("taken-over", "bea@voorbeeld.example"),
    ]  # fmt: skip
    an.refresh_from_db()
    assert an.session_round > 0


def test_invited_successor_takes_over_when_accepting() -> None:
    an, _ = manager("an")
    add_membership(an, CLUSTER.kind, CLUSTER.key, Role.EDITOR)
    boss = User.objects.create_superuser("baas@voorbeeld.example", PASSWORD)
    hand_over(
        an, [RONSE, CLUSTER], to="bea@voorbeeld.example", at_once=False, names=NAMES, language="nl", hand=hand(boss)
    )
    assert roles() == {"an": Role.MANAGER}  # nothing changes before
    bea = take(token())
    assert bea.email == "bea@voorbeeld.example"
    assert roles() == {"bea": Role.MANAGER}
    assert roles(CLUSTER) == {"bea": Role.EDITOR}
    assert [letter.to for letter in Message.objects.filter(kind="handed-over")] == ["an@voorbeeld.example"]


def test_handing_over_at_once_leaves_no_body_without_manager() -> None:
    an, _ = manager("an")
    more = {"names": NAMES, "language": "nl", "at_once": True, "hand": hand(an)}
    with pytest.raises(LastManager):
        hand_over(an, [RONSE], to="bea@voorbeeld.example", **more)  # type: ignore[arg-type]
    assert roles() == {"an": Role.MANAGER}
    assert not Message.objects.exists()  # nothing half done
    assert not Invitation.objects.exists()
    manager("cis")
    hand_over(an, [RONSE], to="bea@voorbeeld.example", **more)  # type: ignore[arg-type]
    assert roles() == {"cis": Role.MANAGER}
    take(token())
    assert roles() == {"bea": Role.MANAGER, "cis": Role.MANAGER}


def test_handing_over_to_oneself_or_what_is_not_yours_is_refused() -> None:
    an, _ = manager("an")
    bea = person("bea")
    more = {"names": NAMES, "language": "nl", "at_once": False}
    for to in (an, an.email):
        with pytest.raises(InvalidInput, match="iemand anders"):
            hand_over(an, [RONSE], to=to, hand=hand(an), **more)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        hand_over(an, [RONSE], to=bea, hand=hand(bea), **more)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput, match="geen rol"):
        hand_over(bea, [RONSE], to=an, hand=hand(an), **more)  # type: ignore[arg-type]


def test_addresses_of_invitations_are_forgotten() -> None:
    an, _ = manager("an")
    rows = [ask(an, f"{name}@voorbeeld.example") for name in ("open", "used", "gone", "old")]
    now: datetime = timezone.now()
    for row, field in zip(rows[1:], ("accepted_at", "withdrawn_at", "until"), strict=True):
        Invitation.objects.filter(pk=row.pk).update(**{field: now - timedelta(days=31)})
    assert forget_invitations(now) == 3
    assert [row.email for row in Invitation.objects.all()] == ["open@voorbeeld.example"]
    assert Membership.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_link_that_is_opened_twice_at_once_makes_one_account() -> None:
    an, _ = manager("an")
    ask(an)
    given = token()
    assert at_once(lambda: take(given), lambda: take(given)) == ["LinkInvalid", "done"]
    assert User.objects.count() == 2
    assert roles() == {"an": Role.MANAGER, "nieuw": Role.EDITOR}
