"""Roles that are given, changed and taken away; the last manager of a body stays."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from schakel.accounts.guard import LastManager, check_replaceable
from schakel.accounts.links import first_coordinator_path
from schakel.accounts.models import Membership, User
from schakel.accounts.read import list_colleagues
from schakel.accounts.roles import EDITORS, Hand, NotAllowed, change_role, end_role, give
from schakel.audit.models import Entry
from schakel.core.errors import InvalidInput
from schakel.core.permissions import REGION, REGION_KEY, BodyKind, Role, Target
from schakel.operations.prepare import make_editors_group
from tests.access.people import add_membership

pytestmark = pytest.mark.django_db
RONSE = Target(BodyKind.MUNICIPALITY, "45041")
PASSWORD = "fietsen-in-de-regen"


def person(name: str) -> User:
    return User.objects.create_user(f"{name}@voorbeeld.example", PASSWORD)


def manager(name: str, body: Target = RONSE) -> tuple[User, int]:
    made = person(name)
    return made, add_membership(made, body.kind, body.key, Role.MANAGER).pk


def hand(made: User) -> Hand:
    return Hand(made, timezone.localdate(), {"voorbeeldcluster": frozenset({"45041"})})


def roles(body: Target = RONSE) -> dict[str, Role]:
    return {one.email.split("@")[0]: one.role for one in list_colleagues(body, on=timezone.localdate())}


def test_another_role_ends_the_old_one_and_every_session(client: Client) -> None:
    an, _ = manager("an")
    bea, number = manager("bea")
    client.force_login(bea, backend="django.contrib.auth.backends.ModelBackend")
    change_role(number, RONSE, Role.READER, hand=hand(an))
    assert roles() == {"an": Role.MANAGER, "bea": Role.READER}
    assert Membership.objects.get(pk=number).ended_at is not None  # the past stays readable
    assert client.get("/mijn")["Location"].startswith("/aanmelden")
    told = [(row.action, row.subject, row.actor_id, row.details) for row in Entry.objects.order_by("pk")]
    assert told == [
        ("role-end", "municipality:45041", an.pk, {"person": bea.pk, "role": "manager"}),
        ("role-give", "municipality:45041", an.pk, {"person": bea.pk, "role": "reader"}),
    ]


def test_role_that_ended_meanwhile_is_said_in_words() -> None:
    an, _ = manager("an")
    _, number = manager("bea")
    end_role(number, RONSE, hand=hand(an))
    for again in (
        lambda: end_role(number, RONSE, hand=hand(an)),
        lambda: change_role(number, RONSE, Role.EDITOR, hand=hand(an)),
    ):
        with pytest.raises(InvalidInput, match="intussen"):
            again()


def test_same_role_again_is_refused_and_ends_nothing() -> None:
    an, number = manager("an")
    with pytest.raises(InvalidInput, match="al"):
        change_role(number, RONSE, Role.MANAGER, hand=hand(an))
    assert roles() == {"an": Role.MANAGER}


@pytest.mark.parametrize(
    ("kind", "key", "role", "allowed"),
    [
        (BodyKind.REGION, REGION_KEY, Role.MANAGER, True),
        (BodyKind.CLUSTER, "voorbeeldcluster", Role.MANAGER, True),
        (BodyKind.MUNICIPALITY, "45041", Role.MANAGER, True),
        (BodyKind.REGION, REGION_KEY, Role.EDITOR, False),
        (BodyKind.CLUSTER, "voorbeeldcluster", Role.EDITOR, False),
        (BodyKind.CLUSTER, "elders", Role.MANAGER, False),
        (BodyKind.MUNICIPALITY, "45064", Role.MANAGER, False),
        (BodyKind.MUNICIPALITY, "45041", Role.EDITOR, False),
    ],
)
def test_who_may_take_a_role_away(kind: BodyKind, key: str, role: Role, allowed: bool) -> None:
    boss = person("baas")
    add_membership(boss, kind, key, role) if kind != BodyKind.REGION else give(
        boss, REGION, role, on=date(2020, 1, 1), by=boss
    )
    manager("an")
    reader = add_membership(person("cis"), BodyKind.MUNICIPALITY, "45041", Role.READER)
    if allowed:
        end_role(reader.pk, RONSE, hand=hand(boss))
    else:
        with pytest.raises(NotAllowed):
            end_role(reader.pk, RONSE, hand=hand(boss))
    assert ("cis" in roles()) is not allowed


def test_role_that_was_lost_gives_nothing_any_more() -> None:
    """The page was opened as a manager; when the button is pressed, the role is gone."""
    an, _ = manager("an")
    bea, number = manager("bea")
    reader = add_membership(person("cis"), BodyKind.MUNICIPALITY, "45041", Role.READER)
    before = hand(bea)
    end_role(number, RONSE, hand=hand(an))
    with pytest.raises(NotAllowed):
        end_role(reader.pk, RONSE, hand=before)


def test_everybody_may_lay_down_an_own_role() -> None:
    manager("an")
    cis = person("cis")
    end_role(add_membership(cis, RONSE.kind, RONSE.key, Role.READER).pk, RONSE, hand=hand(cis))
    assert roles() == {"an": Role.MANAGER}


def test_last_manager_stays_whatever_is_tried() -> None:
    an, number = manager("an")
    add_membership(person("cis"), RONSE.kind, RONSE.key, Role.EDITOR)
    gone, _ = manager("weg")
    gone.is_active = False  # who cannot sign in manages nothing
    gone.save()
    for attempt in (
        lambda: end_role(number, RONSE, hand=hand(an)),
        lambda: change_role(number, RONSE, Role.EDITOR, hand=hand(an)),
    ):
        with pytest.raises(LastManager) as refusal:
            attempt()
        assert refusal.value.bodies == ("municipality:45041",)
    assert roles()["an"] == Role.MANAGER
    an.refresh_from_db()
    assert an.session_round == 0
    assert not Entry.objects.exists()
    with pytest.raises(LastManager):
        check_replaceable(an, on=timezone.localdate())
    manager("bea")
    check_replaceable(an, on=timezone.localdate())


def test_whoever_never_began_is_no_manager() -> None:
    """The row that waits for a first coordinator does not let the only real one go."""
    first_coordinator_path()
    boss = person("baas")
    give(boss, REGION, Role.MANAGER, on=timezone.localdate(), by=boss)
    with pytest.raises(LastManager):
        check_replaceable(boss, on=timezone.localdate())


def test_region_role_opens_and_closes_the_management() -> None:
    make_editors_group()
    boss = User.objects.create_superuser("baas@voorbeeld.example", PASSWORD)
    assert roles(REGION) == {"baas": Role.MANAGER}
    dirk = person("dirk")
    give(dirk, REGION, Role.EDITOR, on=timezone.localdate(), by=boss)

    def flags() -> tuple[bool, bool, bool]:
        dirk.refresh_from_db()
        return dirk.is_staff, dirk.is_superuser, dirk.groups.filter(name=EDITORS).exists()

    def held() -> int:
        return Membership.objects.get(user=dirk, ended_at=None).pk

    assert flags() == (True, False, True)
    change_role(held(), REGION, Role.MANAGER, hand=hand(boss))
    assert flags() == (True, True, True)
    end_role(held(), REGION, hand=hand(boss))
    assert flags() == (False, False, False)


def test_role_never_goes_down_by_giving_and_one_that_ran_out_begins_anew() -> None:
    an, number = manager("an")
    today = timezone.localdate()
    give(an, RONSE, Role.READER, on=today, by=an)
    assert roles() == {"an": Role.MANAGER}
    Membership.objects.filter(pk=number).update(until=today - timedelta(days=1))
    give(an, RONSE, Role.READER, on=today, by=an)
    assert roles() == {"an": Role.READER}


def test_management_does_not_close_the_account_of_a_last_manager(client: Client) -> None:
    boss = User.objects.create_superuser("baas@voorbeeld.example", PASSWORD)
    an, _ = manager("an")
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    for last in (an, boss):
        sent = {"email": last.email, "language": "nl"}
        page = client.post(f"/beheer/accounts/user/{last.pk}/change/", sent)
        assert page.status_code == 200
        assert "blijft er geen beheerder over" in page.content.decode()
    assert User.objects.filter(is_active=True).count() == 2
    manager("bea")
    client.post(f"/beheer/accounts/user/{an.pk}/change/", {"email": an.email, "language": "nl"})
    an.refresh_from_db()
    assert not an.is_active


def test_management_gives_no_roles(client: Client) -> None:
    boss = User.objects.create_superuser("baas@voorbeeld.example", PASSWORD)
    an, _ = manager("an")
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    sent = {"email": an.email, "language": "nl", "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    client.post(f"/beheer/accounts/user/{an.pk}/change/", sent)
    an.refresh_from_db()
    assert (an.is_staff, an.is_superuser) == (False, False)


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Each in a thread of its own, with a connection of its own; how each of them ended."""
    start, ends = threading.Barrier(len(deeds)), [""] * len(deeds)

    def run(place: int, deed: Callable[[], object]) -> None:
        start.wait()
        try:
            deed()
            ends[place] = "done"
        except (InvalidInput, NotAllowed) as refusal:
            ends[place] = type(refusal).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(ends)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_managers_who_remove_each_other_at_once_leave_one() -> None:
    for round_ in range(5):
        an, first = manager(f"an{round_}")
        bea, second = manager(f"bea{round_}")
        ends = at_once(
            lambda by=an, number=second: end_role(number, RONSE, hand=hand(by)),  # type: ignore[misc]
            lambda by=bea, number=first: end_role(number, RONSE, hand=hand(by)),  # type: ignore[misc]
        )
        assert ends in (["LastManager", "done"], ["NotAllowed", "done"])
        assert len(roles()) == 1
        Membership.objects.all().delete()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_managers_who_both_leave_at_once_leave_one() -> None:
    for round_ in range(5):
        an, first = manager(f"an{round_}")
        bea, second = manager(f"bea{round_}")
        ends = at_once(
            lambda by=an, number=first: end_role(number, RONSE, hand=hand(by)),  # type: ignore[misc]
            lambda by=bea, number=second: change_role(number, RONSE, Role.EDITOR, hand=hand(by)),  # type: ignore[misc]
        )
        assert ends == ["LastManager", "done"]
        assert list(roles().values()).count(Role.MANAGER) == 1
        Membership.objects.all().delete()
