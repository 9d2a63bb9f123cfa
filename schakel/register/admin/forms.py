"""The form behind every edit: one input per field that can be stated, with its provenance beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.contrib.admin import widgets
from django.db.models import Model
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from schakel.accounts.models import User
from schakel.core.errors import InvalidInput
from schakel.core.identifiers import parse_partial_date
from schakel.core.model import EntityKind, Json
from schakel.register import models
from schakel.register.admin.area import AreaField, AreaWidget
from schakel.register.admin.places import municipality_choices
from schakel.register.admin.references import REFERENCES, OrganisationField
from schakel.register.fields import FIELDS, Field, join
from schakel.register.write import InvalidEdit, StaleEdit, state_edit
from schakel.register.write.keys import first_free, key_part
from schakel.sources.region_pack.cells import parse_url
from schakel.wording import words

ABOUT = ("edit_date", "edit_url", "edit_remarks")  # about the edit itself
_NOT_KNOWN = ("", "niet bekend")
SHORT_REMARK = 80  # characters: a longer one is folded, since it often stands beside many fields


class StatementForm(forms.ModelForm[Any]):
    """States what the editor changed. The register's refusals stand beside the fields they are about."""

    entity: ClassVar[EntityKind]
    author: ClassVar[User]

    based_on = forms.CharField(required=False, widget=forms.HiddenInput)
    edit_date = forms.CharField(
        label="Datum van het gegeven",
        required=False,
        help_text="Wanneer gold dit, volgens jou of je bron? Leeg: vandaag. Zo precies als je het weet: 2024-09.",
        widget=widgets.AdminTextInputWidget,
    )
    edit_url = forms.CharField(
        label="Waar staat het?",
        required=False,
        help_text="Het adres van de pagina waarop je je baseert, als die er is.",
        widget=widgets.AdminTextInputWidget,
    )
    edit_remarks = forms.CharField(
        label="Opmerking",
        required=False,
        help_text="Wat moet een lezer hierbij weten? Bijvoorbeeld: telefonisch bevestigd.",
        widget=widgets.AdminTextareaWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = FIELDS[self.entity]
        row = self.instance if self.instance.pk else None
        said = {} if row is None else winning_statements(row)
        if row is not None:
            self.initial["based_on"] = json.dumps(row.provenance, sort_keys=True)
        else:
            self.initial["status"] = "live"
        for name, rule in rules.items():
            if name not in self.fields:
                continue
            statement = said.get(name)
            value = None if statement is None else statement.values[name]
            if statement is not None:
                as_list = rule.many or isinstance(self.fields[name], AreaField)
                self.initial[name] = value if as_list else rule.text(value)
            if row is not None:
                self.fields[name].help_text = format_html("{}{}", rule.help, provenance_words(statement))
        if row is not None and "area" in self.fields:
            cast(AreaWidget, self.fields["area"].widget).on_site = _area_on_site(row)
        if row is not None and "establishment" in self.fields:
            self.fields["establishment"] = _establishment_field(rules["establishment"], row.organisation.slug, self)
        elif "establishment" in self.fields:
            typed = str(self.data.get("new_organisation") or self.initial.get("new_organisation") or "")
            owner = cast(OrganisationField, self.fields["new_organisation"]).key_of(typed)
            if models.Establishment.objects.filter(organisation__slug=owner).exists():
                self.fields["establishment"] = _establishment_field(rules["establishment"], owner, self)

    def clean(self) -> dict[str, Any]:
        """Parse every field and state what changed; the admin validates a form once per request."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        rules = FIELDS[self.entity]
        values: dict[str, Json] = {}
        for name in self.changed_data if self.instance.pk else list(rules):
            if name in rules and name in self.fields and (self.instance.pk or cleaned[name]):
                try:
                    values[name] = _parsed(rules[name], cleaned[name])
                except InvalidInput as refusal:
                    self.add_error(name, f"Verwacht wordt {refusal}.")
        for name, parse in (("edit_date", parse_partial_date), ("edit_url", parse_url)):
            if text := str(cleaned[name]).strip():
                try:
                    cleaned[name] = parse(text)
                except InvalidInput as refusal:
                    self.add_error(name, f"Verwacht wordt {refusal}.")
        if not self.errors:
            self._state(values, cleaned)
        return cleaned

    def _state(self, values: Mapping[str, Json], cleaned: Mapping[str, Any]) -> None:
        try:
            key, owner = self.keys(cleaned)
            state_edit(
                self.entity,
                key,
                values,
                author=self.author,
                organisation_key=owner,
                based_on=json.loads(cleaned["based_on"]) if self.instance.pk else None,
                stated_on=cleaned["edit_date"] or None,
                url=cleaned["edit_url"],
                remarks=cleaned["edit_remarks"],
            )
        except InvalidEdit as refusal:
            for name, words in refusal.errors.items():
                self.add_error(name if name in self.fields else None, words)
        except StaleEdit as refusal:
            self.add_error(None, str(refusal))
            self._catch_up(refusal, cleaned)
        except InvalidInput as refusal:
            self.add_error(None, str(refusal))
        else:
            self.stated_key = key

    def _catch_up(self, refusal: StaleEdit, cleaned: Mapping[str, Any]) -> None:
        """Show what the other editor changed, except where this editor changed it too: what was typed stays.

        From here on the form is based on today, so that saving again is a choice.
        """
        fresh = type(self.instance)._default_manager.get(pk=self.instance.pk)
        before = json.loads(cleaned["based_on"])
        seen = models.Statement.objects.in_bulk([before[name] for name in refusal.fields if name in before])
        data = cast(QueryDict, self.data).copy()
        for name, value in refusal.fields.items():
            rule = FIELDS[self.entity].get(name)
            if rule is None or name not in self.fields:
                continue
            statement = seen.get(before.get(name))
            if _parsed(rule, cleaned[name]) != (None if statement is None else statement.values.get(name)):
                continue
            as_list = rule.many or isinstance(self.fields[name], AreaField)
            data.setlist(name, cast(list[str], value or []) if as_list else [rule.text(value)])
            data.pop(f"{name}_radius", None)
        data["based_on"] = json.dumps(fresh.provenance, sort_keys=True)
        self.data = data

    def keys(self, cleaned: Mapping[str, Any]) -> tuple[str, str | None]:
        """The key of what is edited, and for something new the organisation it belongs to."""
        if self.instance.pk:
            return (self.instance.slug if self.entity is EntityKind.ORGANISATION else self.instance.key), None
        if self.entity is EntityKind.ORGANISATION:
            return first_free(key_part(cleaned["name"], 100, "organisatie")), None
        owner = str(cleaned["new_organisation"])
        if self.entity is EntityKind.EMPLOYMENT:
            return f"{owner}/{cleaned['new_year']}", owner
        words = next((cleaned[name] for name in ("name", "locality", "service", "law") if cleaned.get(name)), "nieuw")
        return first_free(f"{owner}/{key_part(str(words))}"), owner

    def _post_clean(self) -> None:
        """Nothing goes straight into the row: the register writes it."""


def build_form(entity: EntityKind, model: type[Model], *, author: User, adding: bool) -> type[StatementForm]:
    """The form class for one kind of thing."""
    fields: dict[str, forms.Field] = {name: _input(rule) for name, rule in FIELDS[entity].items()}
    if adding and entity is not EntityKind.ORGANISATION:
        fields["new_organisation"] = OrganisationField(
            label="Organisatie", help_text="Haar naam, ondernemingsnummer of sleutel."
        )
    if adding and entity is EntityKind.EMPLOYMENT:
        fields["new_year"] = forms.IntegerField(label="Jaar", min_value=1900, max_value=2100)
    meta = type("Meta", (), {"model": model, "fields": ()})
    return type(f"{model.__name__}Form", (StatementForm,), {**fields, "Meta": meta, "entity": entity, "author": author})


def winning_statements(row: Any) -> dict[str, models.Statement]:
    """Per field the statement that won, with its source."""
    numbers = set(row.provenance.values())
    found = models.Statement.objects.filter(pk__in=numbers).select_related("source").in_bulk()
    return {name: found[number] for name, number in row.provenance.items() if number in found}


def provenance_words(statement: models.Statement | None) -> SafeString:
    """Where a value comes from, as one line: source, date, address, and whether it still has to be checked."""
    if statement is None:
        return format_html('<div class="origin origin-none">{}</div>', "Niemand zei hier al iets over.")
    parts: list[Any] = [f"{statement.source.title} ({words.RANKS[statement.source.rank]})"]
    parts.append(statement.stated_on or "datum niet bekend")
    if statement.url.startswith(("https://", "http://")):
        parts.append(format_html('<a href="{}" rel="noopener">naar de bron</a>', statement.url))
    if not statement.verified:
        parts.append(format_html("<strong>{}</strong>", "nog na te kijken"))
    remarks = statement.remarks
    if remarks and len(remarks) <= SHORT_REMARK:
        parts.append(remarks)
    line = format_html_join(" · ", "{}", ((part,) for part in parts))
    more = (
        format_html("<details><summary>Opmerking van de bron</summary>{}</details>", remarks)
        if len(remarks) > SHORT_REMARK
        else ""
    )
    unsure = "" if statement.verified else " origin-unsure"
    return format_html('<div class="origin{}">Bron: {}{}</div>', unsure, line, more)


def _area_on_site(row: models.Offer) -> str:
    known = words.AREAS[row.area_knowledge]
    return f"{row.area_words} ({known})" if row.area_words else known


def _input(rule: Field) -> forms.Field:
    shared: dict[str, Any] = {"label": rule.label, "help_text": rule.help, "required": rule.required}
    if rule.many:
        return forms.MultipleChoiceField(
            choices=list(rule.choices.items()), widget=forms.CheckboxSelectMultiple, **shared
        )
    if rule.choices:
        return forms.ChoiceField(choices=_with_unknown(list(rule.choices.items()), rule.required), **shared)
    if rule.name == "area":
        return AreaField(**shared)
    if rule.name in REFERENCES:
        return REFERENCES[rule.name](**shared)
    if rule.name == "nis_code":
        return forms.ChoiceField(choices=municipality_choices, **shared)
    widget = widgets.AdminTextareaWidget if rule.long else widgets.AdminTextInputWidget
    return forms.CharField(widget=widget, **shared)


def _with_unknown(choices: Sequence[tuple[str, str]], required: bool) -> list[tuple[str, str]]:
    return [("", "kies")] * required + [_NOT_KNOWN] * (not required) + list(choices)


def _establishment_field(rule: Field, owner: str, form: StatementForm) -> forms.Field:
    places = models.Establishment.objects.filter(organisation__slug=owner).order_by("key")
    choices = [(place.key, f"{place.name or place.locality or place.key} ({place.key})") for place in places]
    help_text = form.fields["establishment"].help_text
    return forms.ChoiceField(
        choices=[("", "de hele organisatie"), *choices], label=rule.label, required=False, help_text=help_text
    )


def _parsed(rule: Field, given: Any) -> Json:
    if rule.many:
        return list(given) or None
    text = join(given) if isinstance(given, list) else str(given).strip()
    return rule.parse(text) if text else None
