"""The form behind a one-time link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from schakel.accounts.links import PLACEHOLDER_EMAIL
from schakel.accounts.models import User


class BeginForm(forms.Form):
    """An e-mail address to sign in with and a password, typed twice."""

    email = forms.EmailField(
        label="Je e-mailadres",
        max_length=254,
        help_text="Hiermee meld je je aan.",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label="Kies een wachtwoord",
        strip=False,
        max_length=1000,
        help_text="Minstens 12 tekens. Geen wachtwoord dat veel mensen gebruiken, en niet je e-mailadres.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label="Typ het wachtwoord nog eens",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        self.person = person
        if person.email != PLACEHOLDER_EMAIL:
            self.initial["email"] = person.email

    def clean_email(self) -> str:
        email = User.objects.normalize_email(self.cleaned_data["email"]).lower()
        if User.objects.filter(email=email).exclude(pk=self.person.pk).exists():
            raise ValidationError("Er is al iemand met dit e-mailadres.")
        return email

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        password, repeated = self.cleaned_data.get("password"), self.cleaned_data.get("repeated")
        if password and repeated and password != repeated:
            self.add_error("repeated", "De twee wachtwoorden zijn niet gelijk.")
        elif password:
            self.person.email = self.cleaned_data.get("email", self.person.email)
            try:
                validate_password(password, self.person)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
