"""People who sign in. Nobody sees or types a password here: it is chosen through a one-time link.

Roles are not given here but on the page "Mensen": there an invitation, a letter and the log go with them.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html

from schakel.accounts.guard import LastManager, check_replaceable
from schakel.accounts.links import path_for
from schakel.accounts.models import User
from schakel.audit import log


class UserForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ["email", "language", "is_active"]
        help_texts = {
            "email": "Met dit adres meldt de persoon zich aan.",
            "language": "De taal van de pagina's na het aanmelden.",
            "is_active": "Zet dit uit in plaats van iemand te verwijderen: wat de persoon deed, blijft in het logboek.",
        }

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_is_active(self) -> bool:
        """Not for the last manager of a body. Django's page is one transaction, so this holds until it is saved."""
        active = bool(self.cleaned_data["is_active"])
        if self.instance.pk and not active:
            try:
                check_replaceable(self.instance, on=timezone.localdate())
            except LastManager as refusal:
                raise forms.ValidationError(f"{refusal} ({', '.join(refusal.bodies)})") from refusal
        return active


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    form = UserForm
    list_display = ["email", "language", "is_active", "is_staff", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser"]
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
