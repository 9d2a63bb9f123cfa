"""Erase a person: the account stays as a number, without anything that says who it was."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from schakel.accounts.erased import erased_address, is_erased
from schakel.accounts.guard import check_replaceable
from schakel.accounts.models import User
from schakel.accounts.personal_data import listed_fields
from schakel.audit import log
from schakel.core.errors import InvalidInput
from schakel.mail.compose import address_hash
from schakel.mail.models import OptOut
from schakel.wording.personal import BY_ADDRESS

# Called inside the transaction, before anything is erased: each raises InvalidInput, in words, while something must be
# arranged first. And after: each forgets what only its app knows. Apps add theirs in `AppConfig.ready`.
objections: list[Callable[[User], None]] = []
forgetters: list[Callable[[User], None]] = []


def erase_person(person: User, *, by: User | None) -> None:
    """Take out everything that says who somebody was; what they did stays, done by "gewist account".

    Sessions end at once, roles end, letters that wait do not leave. `by`: who decided, None for the daily task. Raises
    InvalidInput when it was done before, or when a body would lose its last manager; nothing changes then.
    """
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=person.pk)
        if is_erased(person.email):
            raise InvalidInput(gettext("Dit account is al gewist."))
        check_replaceable(person, on=timezone.localdate())
        for object_to in objections:
            object_to(person)
        for forget in forgetters:
            forget(person)
        forget_address(person.email)
        _forget_sign_in(person)
        person.memberships.filter(ended_at=None).update(ended_at=timezone.now())
        person.email, person.last_login = erased_address(person.pk), None
        person.is_active = person.is_staff = person.is_superuser = False
        person.session_round += 1
        person.set_unusable_password()
        person.groups.clear()
        person.save()
        log.record("person-erase", f"user:{person.pk}", actor=by)


def forget_address(address: str) -> None:
    """Every field of which the address itself says whose it is becomes empty; what waits to be sent is cancelled.

    For somebody without an account this is all there is.
    """
    for name, field in listed_fields():
        if name not in BY_ADDRESS:
            continue
        rows = field.model._default_manager.filter(**{f"{field.name}__iexact": address})
        values: dict[str, object] = {field.name: ""}
        if name == "mail.Message.to":
            rows.filter(status="waiting").update(status="cancelled", finished_at=timezone.now())
            values |= {"context": {}, "reply": ""}
        rows.update(**values)
    OptOut.objects.filter(address=address_hash(address)).delete()


def _forget_sign_in(person: User) -> None:
    for model in (EmailAddress, SocialAccount, Authenticator):
        model.objects.filter(user=person).delete()
    about = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk))
    about.update(object_repr="gewist account", change_message="")
