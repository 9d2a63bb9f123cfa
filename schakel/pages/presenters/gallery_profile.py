"""The components of an own profile, with invented examples for the gallery."""

from __future__ import annotations

from dataclasses import dataclass, replace

from schakel.pages.presenters.profile.form import Filled, ProfileForm
from schakel.pages.presenters.profile.inputs import about_inputs, contact_inputs
from schakel.pages.presenters.profile.overview import Difference
from schakel.pages.presenters.profile.values import field_words


@dataclass(frozen=True, slots=True)
class ProfileSpecimens:
    """A form in which something is wrong and something was overtaken, a change, and the questions."""

    form: ProfileForm
    questions: tuple[Filled, ...]
    rows: tuple[Difference, ...]


def present_specimens() -> ProfileSpecimens:
    """Each state once."""
    phone, email, website = contact_inputs()
    wrong = Filled(email, text="voorbeeld", fault=email.fault)
    overtaken = Filled(phone, text="055 00 00 02", theirs="055 00 00 01", yours="055 00 00 02")
    languages = Filled(about_inputs()[1], chosen=("nl",))
    waiting = Filled(website, text="https://voorbeeld.example", waiting="https://voorbeeld.example/nieuw")
    return ProfileSpecimens(
        form=ProfileForm((wrong, overtaken), ""),
        questions=(replace(wrong), waiting, languages),
        rows=(Difference(field_words("phone"), "055 00 00 01", "055 00 00 02"),),
    )
