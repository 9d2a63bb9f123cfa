"""A form of a profile: filled in from the register, or as it was sent, with what is wrong or overtaken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils.translation import gettext

from schakel.core.errors import InvalidInput
from schakel.core.model import EntityKind, Fact, Json
from schakel.pages.presenters.profile.inputs import Input
from schakel.pages.presenters.profile.values import value_words
from schakel.pages.standing import Standing
from schakel.register.fields import FIELDS, Field
from schakel.register.write import InvalidEdit, StaleEdit

MOST_TOKEN = 4000


@dataclass(frozen=True, slots=True)
class Filled:
    """One question with its answer. `theirs`: what somebody else put there; `waiting`: what waits for review."""

    input: Input
    text: str = ""
    chosen: tuple[str, ...] = ()
    fault: str = ""
    theirs: str = ""
    yours: str = ""
    waiting: str = ""

    @property
    def ident(self) -> str:
        """The id of its field on the page."""
        return f"veld-{self.input.name}"

    @property
    def described(self) -> str:
        """The ids of what explains it: what is wrong first."""
        parts = ("-fout" if self.fault else "", "-uitleg" if self.input.hint else "")
        return " ".join(self.ident + part for part in parts if part)


@dataclass(frozen=True, slots=True)
class ProfileForm:
    """A form. `based_on`: which statements it shows, so that nobody overwrites what they did not see."""

    inputs: tuple[Filled, ...]
    based_on: str
    extra: Mapping[str, object] = field(default_factory=dict)
    fault: str = ""  # about the whole

    @property
    def faults(self) -> tuple[Filled, ...]:
        """The questions that must be mended."""
        return tuple(filled for filled in self.inputs if filled.fault)

    @property
    def conflicts(self) -> tuple[Filled, ...]:
        """The questions that somebody else answered meanwhile."""
        return tuple(filled for filled in self.inputs if filled.theirs)

    @property
    def ok(self) -> bool:
        """Whether it can be saved."""
        return not (self.fault or self.faults or self.conflicts)


def filled_form(
    entity: EntityKind,
    inputs: Sequence[Input],
    facts: Mapping[str, Fact],
    waiting: Mapping[str, Json],
    region: Standing,
) -> ProfileForm:
    """The form as the register knows it; `waiting` are the fields of an open proposal."""
    rules = FIELDS[entity]
    found = tuple(
        replace(
            _fill(one, rules[one.name], facts[one.name].value if one.name in facts else None),
            waiting=value_words(entity, one.name, waiting[one.name], region) if one.name in waiting else "",
        )
        for one in inputs
    )
    return ProfileForm(found, write_token(facts))


def sent_form(entity: EntityKind, inputs: Sequence[Input], posted: QueryDict) -> tuple[ProfileForm, dict[str, Json]]:
    """The form as it was sent, and the values of the fields that can be. Unknown fields are not looked at."""
    values: dict[str, Json] = {}
    found: list[Filled] = []
    for one in inputs:
        filled = _sent(one, posted)
        try:
            values[one.name] = _value(one, FIELDS[entity][one.name], filled)
        except InvalidInput:
            filled = replace(filled, fault=one.fault)
        found.append(filled)
    return ProfileForm(tuple(found), posted.get("based_on", "")[:MOST_TOKEN]), values


def refused(form: ProfileForm, refusal: InvalidInput) -> ProfileForm:
    """The form after the register refused it: beside the fields it is about, else about the whole."""
    if not isinstance(refusal, InvalidEdit):
        return replace(form, fault=str(refusal))
    names = {filled.input.name for filled in form.inputs}
    inputs = tuple(
        replace(filled, fault=filled.input.fault or refusal.errors[filled.input.name])
        if filled.input.name in refusal.errors
        else filled
        for filled in form.inputs
    )
    rest = " ".join(words for name, words in refusal.errors.items() if name not in names)
    return replace(form, inputs=inputs, fault=rest)


def overtaken(
    form: ProfileForm,
    entity: EntityKind,
    refusal: StaleEdit,
    values: Mapping[str, Json],
    facts: Mapping[str, Fact],
    region: Standing,
) -> ProfileForm:
    """The form beside what somebody else saved meanwhile. What was typed stays; saving again is a choice."""
    inputs = tuple(
        replace(
            filled,
            theirs=value_words(entity, filled.input.name, refusal.fields[filled.input.name], region),
            yours=value_words(entity, filled.input.name, values.get(filled.input.name), region),
        )
        if filled.input.name in refusal.fields
        else filled
        for filled in form.inputs
    )
    return replace(form, inputs=inputs, based_on=write_token(facts))


def write_token(facts: Mapping[str, Fact]) -> str:
    """Which statement each field comes from: `phone:12,email:12`."""
    return ",".join(
        f"{name}:{fact.provenance.statement_id}" for name, fact in sorted(facts.items()) if fact.provenance is not None
    )


def read_token(text: str) -> dict[str, int]:
    """The opposite; whatever cannot be read is left out, so that its field counts as changed by somebody else."""
    pairs = (part.partition(":") for part in text[:MOST_TOKEN].split(","))
    return {
        name: int(number) for name, _, number in pairs if number.isascii() and number.isdigit() and len(number) < 19
    }


def _fill(one: Input, rule: Field, value: Json) -> Filled:
    if one.kind == "many":
        return Filled(one, chosen=tuple(str(item) for item in value) if isinstance(value, list) else ())
    return Filled(one, text=rule.text(value).replace(".", ",") if one.kind == "number" else rule.text(value))


def _sent(one: Input, posted: QueryDict) -> Filled:
    if one.kind == "many":
        return Filled(one, chosen=tuple(dict.fromkeys(posted.getlist(one.name))))
    return Filled(one, text=posted.get(one.name, "").replace("\0", "").replace("\r\n", "\n").strip())


def _value(one: Input, rule: Field, filled: Filled) -> Json:
    """The value in its normal form. Raises InvalidInput."""
    known = {code for code, _ in one.choices}
    if one.kind == "many":
        if not set(filled.chosen) <= known or (one.required and not filled.chosen):
            raise InvalidInput(one.fault)
        return list(filled.chosen) or None
    if len(filled.text) > one.longest or (one.kind == "choice" and filled.text not in known):
        raise InvalidInput(one.fault)
    if not filled.text:
        if one.required:
            raise InvalidInput(one.fault)
        return None
    return rule.parse(filled.text.replace(",", ".") if one.kind == "number" else filled.text)


def saved_words(*, shown: bool, waiting: bool) -> str:
    """What became of it, for the page that follows."""
    if shown and waiting:
        return gettext("Bewaard. Een deel staat er meteen; de rest wacht tot een coördinator het nakeek.")
    if waiting:
        return gettext("Bewaard. Een coördinator kijkt het na; daarna staat het in de gids.")
    return gettext("Bewaard. Het staat in de gids.") if shown else gettext("Er was niets veranderd.")
