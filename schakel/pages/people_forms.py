"""Forms about people: invite somebody, give another role, hand over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from schakel.core.permissions import Role

ROLE_CHOICES = (
    (Role.READER.value, _("Lezer: kijkt mee, verandert niets")),
    (Role.EDITOR.value, _("Bewerker: past aan en beantwoordt")),
    (Role.MANAGER.value, _("Beheerder: mag ook mensen uitnodigen en rollen geven")),
)
_EMAIL = {"autocomplete": "off"}


class _PeopleForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "veld-%s", "label_suffix": ""} | kwargs)
        if "language" in self.fields:
            self.initial.setdefault("language", get_language() or "nl")

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that people fill in, in order."""
        return list(self)


class InviteForm(_PeopleForm):
    """Whom, in which role, in which language the letter is."""

    email = forms.EmailField(label=_("E-mailadres"), max_length=254, widget=forms.EmailInput(attrs=_EMAIL))
    role = forms.ChoiceField(label=_("Rol"), choices=ROLE_CHOICES, widget=forms.RadioSelect, initial=Role.EDITOR.value)
    language = forms.ChoiceField(label=_("Taal van de mail"), choices=settings.LANGUAGES)


class RoleForm(_PeopleForm):
    """Another role."""

    role = forms.ChoiceField(label=_("Rol"), choices=ROLE_CHOICES, widget=forms.RadioSelect)


class HandOverForm(_PeopleForm):
    """Who takes over: a colleague, or somebody who is invited."""

    successor = forms.ChoiceField(label=_("Wie neemt het over?"), widget=forms.RadioSelect)
    email = forms.EmailField(
        label=_("E-mailadres van wie je uitnodigt"),
        max_length=254,
        required=False,
        help_text=_("Alleen nodig als je iemand anders kiest. Die krijgt een mail met een link."),
        widget=forms.EmailInput(attrs=_EMAIL),
    )
    language = forms.ChoiceField(label=_("Taal van de mail"), choices=settings.LANGUAGES)
    at_once = forms.BooleanField(
        label=_("Neem de rollen nu meteen af, ook al aanvaardde de opvolger nog niet"), required=False
    )

    def __init__(self, *args: Any, colleagues: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["successor"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (written just above)
        field.choices = [
            *((str(person), said) for person, said in colleagues.items()),
            ("", _("Iemand anders: ik nodig die uit")),
        ]
        field.required = False
        self.initial.setdefault("successor", "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("successor") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", gettext("Kies een collega, of vul het e-mailadres in van wie je uitnodigt."))
        return cleaned
