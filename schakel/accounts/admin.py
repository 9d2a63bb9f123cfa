"""People who sign in. Nobody sees or types a password here: it is chosen through a one-time link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest

from schakel.accounts.models import User
from schakel.audit import log


class UserForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ["email", "language", "is_active", "is_staff", "is_superuser", "groups"]
        labels = {"is_superuser": "coördinator", "groups": "groepen"}
        help_texts = {
            "email": "Met dit adres meldt de persoon zich aan.",
            "language": "De taal van de pagina's na het aanmelden.",
            "is_active": "Zet dit uit in plaats van iemand te verwijderen: wat de persoon deed, blijft in het logboek.",
            "is_staff": "Mag deze pagina's van het beheer openen.",
            "is_superuser": "Mag alles, ook personen toevoegen.",
            "groups": "Rechten die bij een groep horen.",
        }

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    form = UserForm
    list_display = ["email", "language", "is_active", "is_staff", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser", "groups"]
    search_fields = ["email"]
    ordering = ["email"]
    filter_horizontal = ["groups"]

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm[User], change: bool) -> None:
        if not change:
            obj.set_unusable_password()
            messages.info(
                request, "Deze persoon heeft nog geen wachtwoord. Geef een eenmalige link om er zelf een te kiezen."
            )
        super().save_model(request, obj, form, change)
        actor: Any = request.user
        log.record("person-change" if change else "person-add", str(obj.pk), actor=actor)
