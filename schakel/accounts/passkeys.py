"""Setting up a passkey."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """The library's form in our words. A new key opens the account by itself, unless somebody says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        name, alone = self.fields["name"], self.fields["passwordless"]
        name.label, name.help_text = _("Naam van je sleutel"), _("Zo herken je hem later, bijvoorbeeld: mijn telefoon.")
        alone.label, alone.initial = _("Hiermee meld ik me ook aan zonder wachtwoord"), True
        alone.help_text = _("Laat aangekruist, tenzij je sleutel geen pincode, vinger of gezicht vraagt.")
