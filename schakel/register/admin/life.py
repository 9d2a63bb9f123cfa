"""Stopped, a new name, moved: a short form each, so that nobody has to know which fields that touches."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.admin import widgets
from django.core.exceptions import ValidationError

from schakel.accounts.models import User
from schakel.core.errors import InvalidInput
from schakel.core.identifiers import parse_partial_date
from schakel.core.model import EntityKind
from schakel.register.admin.places import municipality_choices
from schakel.register.admin.references import REFERENCES
from schakel.register.fields import FIELDS
from schakel.register.write import InvalidEdit, close, move, rename
from schakel.register.write.keys import first_free, key_part

_SINCE = "Zo precies als je het weet: 2024, 2024-09 of 2024-09-30. Leeg: niet bekend."


def _line(label: str, help_text: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, widget=widgets.AdminTextInputWidget, max_length=300
    )


class LifeForm(forms.Form):
    """One thing that happened. `apply` states it; what the register refuses stands beside the field it is about."""

    title: ClassVar[str]
    button: ClassVar[str]
    explained: ClassVar[str]
    done: ClassVar[str]
    beside: ClassVar[dict[str, str]] = {}  # field of the register -> field of this form

    def __init__(self, *args: Any, entity: EntityKind, row: Any, author: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entity, self.row, self.author = entity, row, author

    def clean_since(self) -> str:
        """Judged here as well as by the register, so that every fault of the form is told at once."""
        text = str(self.cleaned_data["since"]).strip()
        try:
            return parse_partial_date(text) if text else ""
        except InvalidInput as refusal:
            raise ValidationError(f"Verwacht wordt {refusal}.") from None

    def clean(self) -> dict[str, Any]:
        """State it once everything in the form is right."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.apply(cleaned)
            except InvalidEdit as refusal:
                for name, words in refusal.errors.items():
                    name = self.beside.get(name, name)
                    self.add_error(name if name in self.fields else None, words)
            except InvalidInput as refusal:
                self.add_error(None, str(refusal))
        return cleaned

    def apply(self, cleaned: dict[str, Any]) -> None:
        """State it. Raises InvalidInput."""
        raise NotImplementedError


class CloseForm(LifeForm):
    title = "Gestopt"
    button = "Dit is gestopt"
    explained = "Dit telt dan niet meer als aanbod. Het blijft in het register staan, met wat je hier schrijft."
    done = "staat nu als gestopt"
    beside: ClassVar[dict[str, str]] = {"status_note": "note", "status_date": "since", "succeeded_by": "replaced_by"}

    since = _line("Sinds wanneer?", _SINCE)
    note = forms.CharField(
        label="Wat is er gebeurd?",
        help_text="In één of twee zinnen, voor iedereen te lezen.",
        widget=widgets.AdminTextareaWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("succeeded_by", "replaced_by"):
            if rule := FIELDS[self.entity].get(name):
                self.fields["replaced_by"] = REFERENCES[name](
                    label=rule.label, help_text=f"{rule.help} Leeg: niets nam dit over.", required=False
                )

    def apply(self, cleaned: dict[str, Any]) -> None:
        key = self.row.slug if self.entity is EntityKind.ORGANISATION else self.row.key
        close(
            self.entity,
            key,
            since=cleaned["since"] or None,
            note=cleaned["note"],
            author=self.author,
            replaced_by=cleaned.get("replaced_by") or None,
        )


class RenameForm(LifeForm):
    title = "Nieuwe naam"
    button = "Geef deze naam"
    explained = "De oude naam blijft bij de vroegere namen staan, zodat mensen de organisatie ook daarmee vinden."
    done = "heeft een nieuwe naam"
    beside: ClassVar[dict[str, str]] = {"previous_names": "since"}

    name = _line("Nieuwe naam", "De naam die mensen kennen.", required=True)
    since = _line("Sinds wanneer?", _SINCE)

    def apply(self, cleaned: dict[str, Any]) -> None:
        if cleaned["name"] == self.row.name:
            raise InvalidEdit({"name": "Dat is de naam die er nu staat."})
        rename(self.row.slug, cleaned["name"], since=cleaned["since"] or None, author=self.author)


class MoveForm(LifeForm):
    title = "Verhuisd"
    button = "Dit is verhuisd"
    explained = (
        "Er komt een nieuwe vestiging met dit adres. De oude staat dan als gestopt en verwijst naar de nieuwe. "
        "Het aanbod gaat mee."
    )
    done = "is verhuisd"
    beside: ClassVar[dict[str, str]] = {"status_date": "since"}

    street = _line("Straat", "Zonder huisnummer.")
    house_number = _line("Huisnummer")
    postal_code = _line("Postcode", "Vier cijfers.", required=True)
    locality = _line("Plaats", "De deelgemeente of gemeente, zoals in het adres.", required=True)
    nis_code = forms.ChoiceField(label="Gemeente", required=False, choices=municipality_choices)
    since = _line("Sinds wanneer?", _SINCE)

    def apply(self, cleaned: dict[str, Any]) -> None:
        names = ("street", "house_number", "postal_code", "locality", "nis_code")
        values = {name: cleaned[name] or None for name in names} | ({"name": self.row.name} if self.row.name else {})
        new_key = first_free(f"{self.row.organisation.slug}/{key_part(cleaned['locality'])}")
        move(self.row.key, new_key, values, since=cleaned["since"] or None, author=self.author)


DEEDS: dict[str, type[LifeForm]] = {"gestopt": CloseForm, "nieuwe-naam": RenameForm, "verhuisd": MoveForm}


def deeds(entity: EntityKind) -> tuple[str, ...]:
    """Which of `DEEDS` can happen to this kind of thing."""
    match entity:
        case EntityKind.ORGANISATION:
            return ("gestopt", "nieuwe-naam")
        case EntityKind.ESTABLISHMENT:
            return ("gestopt", "verhuisd")
        case EntityKind.EMPLOYMENT:
            return ()
        case _:
            return ("gestopt",)
