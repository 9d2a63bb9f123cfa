"""Forms of who reviews: what a suggestion becomes, and what is done with a report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schakel.cooperation.moderation import Draft
from schakel.core import matching, taxonomy
from schakel.core.model import Kind
from schakel.pages.standing import Standing
from schakel.wording import words

_ANSWER = _("Antwoord aan wie het liet weten")
GUESSES = 3
LEAST_SURE = 0.2


class _ReviewForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs = {"auto_id": "veld-%s", "label_suffix": ""} | kwargs
        super().__init__(*args, **kwargs)

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that people fill in, in order."""
        return list(self)


class DraftForm(_ReviewForm):
    """A suggestion as it goes into the register."""

    name = forms.CharField(label=_("Naam"), max_length=200)
    kind = forms.ChoiceField(label=_("Soort"))
    nis_code = forms.ChoiceField(label=_("Gemeente"))
    services = forms.MultipleChoiceField(
        label=_("Wat ze doen"),
        help_text=_("Wat aangeduid staat, leidde het systeem af uit de tekst. Kijk het na."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    description = forms.CharField(
        label=_("Beschrijving"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    website = forms.CharField(label=_("Website"), max_length=300, required=False)
    phone = forms.CharField(label=_("Telefoon"), max_length=40, required=False)
    certain = forms.BooleanField(
        label=_("Ik keek na dat dit bestaat (website, gebeld, gezien)"),
        required=False,
        help_text=_("Niet aangekruist: het komt in het register als onzeker, en nog niet in de gids."),
    )
    answer = forms.CharField(label=_ANSWER, max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, region: Standing, text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "kind": [(kind.value, words.word(words.KINDS, kind)) for kind in Kind],
            "nis_code": [(place.nis_code, place.name) for place in region.municipalities],
            "services": sorted(
                ((service.code, words.service_label(service.code)) for service in taxonomy.services()),
                key=lambda choice: choice[1],
            ),
        }
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (written just above)
            field.choices = options
        self.initial.setdefault("kind", Kind.VOLUNTEER_INITIATIVE.value)
        self.initial.setdefault("services", _guess(text))

    def draft(self) -> Draft:
        """What was filled in."""
        given = self.cleaned_data
        return Draft(
            name=given["name"],
            kind=Kind(given["kind"]),
            nis_code=given["nis_code"],
            services=tuple(given["services"]),
            description=given["description"],
            website=given["website"],
            phone=given["phone"],
            certain=given["certain"],
        )


class RejectForm(_ReviewForm):
    """Why not."""

    reason = forms.CharField(
        label=_("Waarom niet?"),
        max_length=2000,
        help_text=_("Wie het voorstelde, krijgt dit als antwoord. Kort en vriendelijk."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReportForm(_ReviewForm):
    """What is done with a report. Without `value` nothing changes in the register."""

    value = forms.CharField(
        label=_("Zo komt het in de gids"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    outcome = forms.CharField(label=_("Wat deed je ermee?"), max_length=300)
    answer = forms.CharField(label=_ANSWER, max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, can_state: bool, wants_answer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_state:
            del self.fields["value"]
        if not wants_answer:
            del self.fields["answer"]


def _guess(text: str) -> list[str]:
    """The services that the words speak of, for a person to check."""
    return [code for code, sure in matching.classify(text, GUESSES) if sure >= LEAST_SURE] if text else []
