"""People who sign in, and for which bodies they act. The least we need: an e-mail address, the language they read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from schakel.core.permissions import REGION_KEY, BodyKind, Role

KINDS = [(kind.value, kind.value) for kind in BodyKind]
ROLES = [(role.value, role.value) for role in Role]


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make a person; without a password the account only opens through a one-time link."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        if password is None:
            user.set_unusable_password()
        else:
            user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A manager of the region; for everybody else, see `accounts.roles`."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        held = {"kind": BodyKind.REGION, "key": REGION_KEY, "role": Role.MANAGER}
        Membership.objects.using(self._db).create(user=user, since=timezone.localdate(), **held)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField("e-mailadres", unique=True)
    language = models.CharField("taal", max_length=2, default="nl", choices=settings.LANGUAGES)
    is_active = models.BooleanField("actief", default=True)
    is_staff = models.BooleanField("mag beheren", default=False)
    # Counts on when a role changes: every session that began before, ends.
    session_round = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"

    def __str__(self) -> str:
        return self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is tied to: the password, as Django does, and the round of the roles."""
        salt = "schakel.accounts.models.User.session"
        value = f"{self.password}:{self.session_round}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()


class Membership(models.Model):
    """A person acts for a body, which is named by its public key, in a role.

    It counts from `since` up to and with `until`, the end that was agreed. Taking it away sets `ended_at`: from then
    on it never counts again, whatever the clock says. The role in a row is never changed: the row ends and another
    begins, so that the past stays readable.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name="persoon")
    kind = models.CharField("soort", max_length=20, choices=KINDS)
    key = models.CharField("sleutel", max_length=200)
    role = models.CharField("rol", max_length=20, choices=ROLES)
    since = models.DateField("vanaf")
    until = models.DateField("tot en met", null=True, blank=True)  # None: no end agreed
    ended_at = models.DateTimeField("afgenomen op", null=True, blank=True)

    class Meta:
        verbose_name = "rol"
        verbose_name_plural = "rollen"
        indexes = [models.Index(fields=["kind", "key"], name="membership_body")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "key"], condition=models.Q(ended_at=None), name="one_open_membership"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.kind}:{self.key}"


class Invitation(models.Model):
    """Somebody is asked by letter to act for one or more bodies. The link in the letter works once, until `until`.

    Each letter has the next `number`: the link of the one before it stops. `leaver` hands these roles over, and loses
    them when the invitation is accepted.
    """

    email = models.EmailField("e-mailadres")
    language = models.CharField("taal", max_length=2, default="nl", choices=settings.LANGUAGES)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="door")
    leaver = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("gemaakt op")
    number = models.PositiveIntegerField(default=0)
    until = models.DateTimeField("geldig tot")
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"

    def __str__(self) -> str:
        return f"{self.email} {self.until:%Y-%m-%d}"


class InvitedRole(models.Model):
    """One role in one body that an invitation gives."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=KINDS)
    key = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=ROLES)

    class Meta:
        indexes = [models.Index(fields=["kind", "key"], name="invited_body")]
        constraints = [models.UniqueConstraint(fields=["invitation", "kind", "key"], name="one_role_per_invitation")]

    def __str__(self) -> str:
        return f"{self.role} {self.kind}:{self.key}"
