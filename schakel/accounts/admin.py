"""People who sign in. Nobody sees or types a password here: it is chosen through a one-time link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from schakel.accounts.links import path_for
from schakel.accounts.models import User
from schakel.audit import log


class UserForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ["email", "language", "is_active", "is_staff", "is_superuser", "groups"]
        widgets = {"groups": forms.CheckboxSelectMultiple}
        labels = {"is_superuser": "Coördinator", "groups": "Groepen"}
        help_texts = {
            "email": "Met dit adres meldt de persoon zich aan.",
            "language": "De taal van de pagina's na het aanmelden.",
            "is_active": "Zet dit uit in plaats van iemand te verwijderen: wat de persoon deed, blijft in het logboek.",
            "is_staff": "Mag deze pagina's van het beheer openen.",
            "is_superuser": "Mag alles, ook personen toevoegen.",
            "groups": "Wie in de groep Redactie zit, mag het register en de meldingen bewerken.",
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
    actions = ["give_link"]

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm[User], change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        actor: Any = request.user
        log.record("person-change" if change else "person-add", str(obj.pk), actor=actor)
        if not change:
            _tell_link(request, obj)

    @admin.action(description="Eenmalige link maken om een wachtwoord te kiezen", permissions=["change"])
    def give_link(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Show a link for each person. Whoever opens it becomes that person: only a coordinator gives one."""
        actor: Any = request.user
        for person in queryset:
            if not person.is_active or (person.is_superuser and not actor.is_superuser):
                self.message_user(request, f"Voor {person} mag je geen link maken.", messages.ERROR)
                continue
            log.record("person-link", str(person.pk), actor=actor)
            _tell_link(request, person)


def _tell_link(request: HttpRequest, person: User) -> None:
    address = request.build_absolute_uri(path_for(person))
    words = "Bezorg {} zelf deze link. Ze werkt één keer, drie dagen lang, om een wachtwoord te kiezen: {}"
    messages.info(request, format_html(words, person.email, address))
