"""The forms behind a one-time link and behind an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schakel.accounts.links import PLACEHOLDER_EMAIL
from schakel.accounts.models import User

_NEW = {"autocomplete": "new-password"}


class PasswordForm(forms.Form):
    """A password, typed twice, for `person`: compared with their address, among others."""

    password = forms.CharField(
        label=_("Kies een wachtwoord"),
        strip=False,
        max_length=1000,
        help_text=_("Minstens 12 tekens. Geen wachtwoord dat veel mensen gebruiken, en niet je e-mailadres."),
        widget=forms.PasswordInput(attrs=_NEW),
    )
    repeated = forms.CharField(
        label=_("Typ het wachtwoord nog eens"), strip=False, max_length=1000, widget=forms.PasswordInput(attrs=_NEW)
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        password, repeated = self.cleaned_data.get("password"), self.cleaned_data.get("repeated")
        if password and repeated and password != repeated:
            self.add_error("repeated", gettext("De twee wachtwoorden zijn niet gelijk."))
        elif password:
            self.person.email = self.cleaned_data.get("email", self.person.email)
            try:
                validate_password(password, self.person)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class BeginForm(PasswordForm):
    """Also an e-mail address to sign in with."""

    email = forms.EmailField(
        label=_("Je e-mailadres"),
        max_length=254,
        help_text=_("Hiermee meld je je aan."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    field_order = ("email", "password", "repeated")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.person.email != PLACEHOLDER_EMAIL:
            self.initial["email"] = self.person.email

    def clean_email(self) -> str:
        email = User.objects.normalize_email(self.cleaned_data["email"]).lower()
        if User.objects.filter(email=email).exclude(pk=self.person.pk).exists():
            raise ValidationError(gettext("Er is al iemand met dit e-mailadres."))
        return email
