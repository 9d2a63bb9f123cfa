"""What is kept of a person is listed, leaves on request, and goes when they are erased."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models

from schakel.accounts.erase import erase_person
from schakel.accounts.erased import is_erased, person_words
from schakel.accounts.models import User
from schakel.accounts.personal_data import collect, is_person, listed_fields
from schakel.audit import log
from schakel.audit.models import Entry
from schakel.cooperation.models import Estimate, Need, Report
from schakel.core.errors import InvalidInput
from schakel.core.permissions import REGION_KEY, BodyKind, Role
from schakel.mail import outbox
from schakel.mail.compose import address_hash
from schakel.mail.models import Message, OptOut
from schakel.operations.retention import forget_all, unused_accounts
from schakel.wording.personal import BY_ADDRESS, NOT_PERSONAL, PERSONAL, SECRET

pytestmark = pytest.mark.django_db
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.GenericIPAddressField)
NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


@pytest.fixture
def ann() -> User:
    return User.objects.create_user("ann@voorbeeld.example", "een-lang-wachtwoord")


def need(owner: User, **more: object) -> Need:
    fields: dict[str, object] = {
        "key": f"sleutel{Need.objects.count()}", "text": "strijk", "customer": "citizen", "buyer_name": "Ann",
        "contract": "service", "answer_by": date(2026, 12, 12), "owner": owner, "email": owner.email,
        "form_key": f"form{Need.objects.count()}", "created_at": NOW, "state": "open",
    }  # fmt: skip
    return Need.objects.create(**fields | more)


def test_every_text_and_every_person_in_the_database_is_listed_as_personal_or_not() -> None:
    personal = {name for kept in PERSONAL for name in kept.fields}
    other = {f"{model}.{name}" for model, (names, _) in NOT_PERSONAL.items() for name in names.split()}
    real = {
        f"{model._meta.label}.{field.name}": field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
    }
    kept = {name for name, field in real.items() if isinstance(field, TEXTS) or is_person(field)}
    assert kept - personal - other == set()
    assert (personal | other) - set(real) == set()
    assert personal & other == set()
    never = {name for name, field in real.items() if is_person(field) or isinstance(field, models.EmailField)}
    assert never & other == set()
    assert set(BY_ADDRESS) <= personal
    assert set(SECRET) <= personal
    assert not [name for name, field in real.items() if isinstance(field, models.GenericIPAddressField)]


def test_every_listed_group_says_why_and_how_long_and_names_a_field_once() -> None:
    names = [name for name, _ in listed_fields()]
    assert len(names) == len(set(names))
    assert all(str(kept.what) and str(kept.why) and str(kept.how_long) for kept in PERSONAL)


def test_a_person_gets_all_that_is_theirs_and_nothing_that_opens_a_door(ann: User) -> None:
    other = User.objects.create_user("bob@voorbeeld.example")
    log.record("edit", "de-loods", actor=ann)
    log.record("edit", "geheim-van-bob", actor=other)
    Authenticator.objects.create(user=ann, type=Authenticator.Type.TOTP, data={"secret": "TOPGEHEIM"})
    Report.objects.create(organisation_key="x", text="klopt niet", email="Ann@voorbeeld.example")
    Report.objects.create(organisation_key="x", text="van bob", email=other.email)
    outbox.enqueue(key="een", to=ann.email, kind="trial", context={})
    need(ann)
    found = collect("Ann@Voorbeeld.example")
    text = json.dumps(found)
    assert set(found) == {
        "accounts.User", "audit.Entry", "mfa.Authenticator", "cooperation.Report", "mail.Message", "cooperation.Need",
    }  # fmt: skip
    assert "klopt niet" in text
    for secret in ("TOPGEHEIM", ann.password, "bob", "context"):
        assert secret not in text


def test_erased_person_is_nowhere_and_what_they_did_stays(ann: User) -> None:
    ann.memberships.create(kind=BodyKind.ORGANISATION, key="de-loods", role=Role.EDITOR, since=date(2020, 1, 1))
    EmailAddress.objects.create(user=ann, email=ann.email)
    log.record("edit", "de-loods", actor=ann)
    LogEntry.objects.create(
        user=ann, content_type=ContentType.objects.get_for_model(User), object_id=str(ann.pk), object_repr=ann.email,
        action_flag=2,
    )  # fmt: skip
    outbox.enqueue(key="een", to=ann.email, kind="trial", context={})
    OptOut.objects.create(address=address_hash(ann.email), kind="trial", at=NOW)
    Report.objects.create(organisation_key="x", text="klopt niet", email="ANN@voorbeeld.example")
    need(ann, state="closed")
    Estimate.objects.create(
        need_key="sleutel0", amount=1, recorded_at=NOW, author=ann, author_words=f"Ann ({ann.email})"
    )
    erase_person(ann, by=ann)
    left = User.objects.get()
    assert is_erased(left.email)
    assert person_words(left.email) == "gewist account"
    assert not (left.is_active)
    assert not (left.is_staff)
    assert not (left.is_superuser)
    assert not (left.has_usable_password())
    assert left.session_round == ann.session_round + 1
    assert left.memberships.filter(ended_at=None).count() == 0
    assert list(Entry.objects.order_by("id").values_list("action", "actor")) == [
        ("edit", left.pk),
        ("person-erase", left.pk),
    ]
    assert Message.objects.get().status == "cancelled"
    everything = json.dumps([list(model._default_manager.values()) for model in apps.get_models()], default=str).lower()
    assert "ann@voorbeeld" not in everything
    with pytest.raises(InvalidInput, match="al gewist"):
        erase_person(left, by=None)


def test_nothing_is_erased_while_a_question_is_open_or_a_body_would_lose_its_last_manager(ann: User) -> None:
    asked = need(ann)
    with pytest.raises(InvalidInput, match="1 vraag van jou open"):
        erase_person(ann, by=ann)
    asked.state = "withdrawn"
    asked.save()
    ann.memberships.create(kind=BodyKind.REGION, key=REGION_KEY, role=Role.MANAGER, since=date(2020, 1, 1))
    with pytest.raises(InvalidInput, match="beheerder"):
        erase_person(ann, by=ann)
    assert User.objects.get().email == "ann@voorbeeld.example"
    other = User.objects.create_user("bob@voorbeeld.example")
    other.memberships.create(kind=BodyKind.REGION, key=REGION_KEY, role=Role.MANAGER, since=date(2020, 1, 1))
    erase_person(ann, by=ann)
    assert is_erased(User.objects.get(pk=ann.pk).email)


def test_retention_takes_what_is_over_and_leaves_the_rest(ann: User) -> None:
    over = need(ann, state="closed", answer_by=date(2025, 11, 27))
    running = need(ann, answer_by=date(2025, 11, 27))
    recent = need(ann, state="closed", answer_by=date(2025, 11, 29))
    forgotten = need(ann, state="unconfirmed", created_at=NOW - timedelta(days=15))
    waiting = need(ann, state="unconfirmed", created_at=NOW - timedelta(days=13))
    words = f"Ann ({ann.email})"
    Estimate.objects.create(need_key=over.key, amount=1, recorded_at=NOW, author_words=words)
    old = Report.objects.create(organisation_key="x", text="y", email="iemand@voorbeeld.example")
    Report.objects.filter(pk=old.pk).update(at=NOW - timedelta(days=366))
    assert forget_all(NOW) == "gewist: 1 berichten van bezoekers, 3 gegevens van vragen"
    emails = dict(Need.objects.values_list("key", "email"))
    assert emails == {over.key: "", running.key: ann.email, recent.key: ann.email, waiting.key: ann.email}
    assert forgotten.key not in emails
    assert Estimate.objects.get().author_words == "gewist"
    assert Report.objects.get().email == ""
    assert forget_all(NOW) == "niets"


def test_an_account_without_a_role_is_erased_after_two_years_without_signing_in(ann: User) -> None:
    long_ago = NOW - timedelta(days=731)
    with_role, manager, recent = (User.objects.create_user(f"{name}@voorbeeld.example") for name in "abc")
    with_role.memberships.create(kind=BodyKind.CLUSTER, key="x", role=Role.READER, since=date(2020, 1, 1))
    ann.memberships.create(
        kind=BodyKind.CLUSTER, key="x", role=Role.READER, since=date(2020, 1, 1), until=date(2021, 1, 1)
    )
    User.objects.exclude(pk=recent.pk).update(last_login=long_ago)
    User.objects.filter(pk=recent.pk).update(last_login=NOW - timedelta(days=729))
    User.objects.filter(pk=manager.pk).update(is_staff=True)
    assert list(unused_accounts(NOW)) == [ann]
    assert forget_all(NOW) == "gewist: 1 accounts"
    assert is_erased(User.objects.get(pk=ann.pk).email)
