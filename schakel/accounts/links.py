"""The one-time link with which a person sets an address and a password: the first coordinator, later everybody."""

from __future__ import annotations

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from schakel.accounts.models import User
from schakel.accounts.read import has_second_factor

# The row that waits for the first coordinator. `.invalid` can never be somebody's address (RFC 2606).
PLACEHOLDER_EMAIL = "eerste-coordinator@schakel.invalid"
# A token dies by itself: it is a keyed hash of the password, the last sign-in and the moment it was made.
_tokens = PasswordResetTokenGenerator()


def has_coordinator() -> bool:
    """Whether anybody can sign in who may manage everything: with a password or with a passkey."""
    people = User.objects.filter(is_active=True, is_superuser=True, is_staff=True)
    return any(person.has_usable_password() or has_second_factor(person) for person in people)


def first_coordinator_path() -> str | None:
    """`/beginnen/<uid>/<token>` for the first coordinator, or None when somebody can sign in already.

    Every call makes a new token; all of them stop working once one is used, and after PASSWORD_RESET_TIMEOUT.
    """
    if has_coordinator():
        return None
    person = User.objects.filter(email=PLACEHOLDER_EMAIL, is_active=True, is_superuser=True).first()
    if person is None:
        person = User.objects.create_superuser(PLACEHOLDER_EMAIL)
    return path_for(person)


def path_for(person: User) -> str:
    """`/beginnen/<uid>/<token>` for one person. It works once, and stops when they sign in or choose a password."""
    uid = urlsafe_base64_encode(str(person.pk).encode("ascii"))
    return f"/beginnen/{uid}/{_tokens.make_token(person)}"


def find_person(uid: str, token: str, *, for_update: bool = False) -> User | None:
    """Whom the link is for, or None when it was used, altered or expired. Looking does not use it up."""
    try:
        key = int(force_str(urlsafe_base64_decode(uid)))
    except (ValueError, OverflowError):
        return None
    if not 0 < key < 2**63:
        return None
    people = User.objects.select_for_update() if for_update else User.objects.all()
    person = people.filter(pk=key, is_active=True).first()
    return person if person is not None and _tokens.check_token(person, token) else None
