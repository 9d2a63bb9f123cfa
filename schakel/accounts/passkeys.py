"""Setting up a passkey, and what that shows."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """The library's form in our words. A new key opens the account by itself, unless somebody says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        name, alone = self.fields["name"], self.fields["passwordless"]
        name.label, name.help_text = _("Naam van je sleutel"), _("Zo herken je hem later, bijvoorbeeld: mijn telefoon.")
        alone.label, alone.initial = _("Hiermee meld ik me ook aan zonder wachtwoord"), True
        alone.help_text = _("Laat aangekruist, tenzij je sleutel geen pincode, vinger of gezicht vraagt.")


def showed_themselves(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    """Whoever just set up a key held it: the recovery codes that follow need no second proof."""
    if authenticator.type == Authenticator.Type.WEBAUTHN:
        record_authentication(
            request, authenticator.user, "mfa", id=authenticator.pk, type="webauthn", reauthenticated=True
        )
