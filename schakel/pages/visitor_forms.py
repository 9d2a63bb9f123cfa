"""Forms that anybody may send: no account, no third party, and few machines.

A form carries a signed moment at which it was given; what comes back within a few seconds was not typed by a person,
and what comes back after a day is given again. A field that people do not see catches what fills in everything. How
often one client sends is counted in memory only, under a keyed hash.
"""

from __future__ import annotations

import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schakel.accounts.visitors import RateLimit
from schakel.cooperation.visitors import NewSuggestion, NewTaster
from schakel.mail import links
from schakel.pages.standing import Standing

SHORTEST_SECONDS = 3.0
DAYS = 1
PURPOSE = "visitor-form"
HOUR = 3600.0
limit = RateLimit(10, seconds=HOUR)


class VisitorForm(forms.Form):
    """What every such form has: an address, the moment it was given, and the trap."""

    homepage = forms.CharField(required=False, label=_("Laat dit leeg"))
    given = forms.CharField(required=False, widget=forms.HiddenInput)
    email = forms.EmailField(
        label=_("Je e-mailadres"),
        max_length=254,
        help_text=_("Je krijgt een mail met een link om te bevestigen. We gebruiken het adres alleen hiervoor."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, region: Standing, **kwargs: Any) -> None:
        kwargs = {"auto_id": "veld-%s", "label_suffix": ""} | kwargs
        super().__init__(*args, **kwargs)
        self.region = region
        self.fresh = links.sign(PURPOSE, {"at": time.time()}, days=DAYS)
        places = [(place.nis_code, place.name) for place in region.municipalities]
        if "nis_code" in self.fields:
            self.fields["nis_code"] = forms.ChoiceField(
                label=_("Gemeente"), choices=[("", _("Kies een gemeente")), *places, ("elsewhere", _("Ergens anders"))]
            )

    @property
    def is_machine(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.data.get("homepage"))

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that people fill in, in order."""
        return [field for field in self if field.name not in ("homepage", "given")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            at = links.read(PURPOSE, str(cleaned.get("given", "")))["at"]
            quick = isinstance(at, float) and time.time() - at < SHORTEST_SECONDS
        except links.LinkInvalid:
            quick = True
        if quick:
            raise ValidationError(gettext("Kijk alles nog eens na en verstuur het dan opnieuw."))
        return cleaned

    def place(self) -> str:
        """The NIS code that was chosen; "" for elsewhere."""
        chosen = str(self.cleaned_data["nis_code"])
        return "" if chosen == "elsewhere" else chosen


class TasterForm(VisitorForm):
    """A company offers a place to try out work, or has work to give out."""

    field_order = ["company", "nis_code", "what", "text", "email", "phone"]
    company = forms.CharField(
        label=_("Naam van je bedrijf"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    nis_code = forms.ChoiceField()
    what = forms.MultipleChoiceField(
        label=_("Wat bied je?"),
        choices=[
            ("place", _("Een proefplaats: iemand kan bij ons proberen of het werk past")),
            ("work", _("Werk dat een sociale onderneming voor ons kan doen")),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kruis aan wat je biedt.")},
    )
    text = forms.CharField(
        label=_("Vertel kort waarover het gaat"),
        max_length=2000,
        help_text=_("Welk werk, hoeveel, en vanaf wanneer. Een paar zinnen zijn genoeg."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    phone = forms.CharField(
        label=_("Telefoon (mag leeg blijven)"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def made(self) -> NewTaster:
        """What was filled in."""
        given = self.cleaned_data
        return NewTaster(
            company=given["company"],
            nis_code=self.place(),
            offers_place="place" in given["what"],
            has_work="work" in given["what"],
            text=given["text"],
            phone=given["phone"],
        )


class SuggestionForm(VisitorForm):
    """Somebody knows an initiative."""

    field_order = ["name", "nis_code", "text", "website", "phone", "email"]
    name = forms.CharField(label=_("Hoe heet het initiatief?"), max_length=200)
    nis_code = forms.ChoiceField()
    text = forms.CharField(
        label=_("Wat doen ze, en voor wie?"),
        max_length=2000,
        help_text=_("Schrijf geen namen van mensen, tenzij ze zelf in de gids willen staan."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    website = forms.CharField(
        label=_("Website (mag leeg blijven)"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    phone = forms.CharField(
        label=_("Telefoon van het initiatief (mag leeg blijven)"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def made(self) -> NewSuggestion:
        """What was filled in."""
        given = self.cleaned_data
        return NewSuggestion(given["name"], self.place(), given["text"], given["website"], given["phone"])
