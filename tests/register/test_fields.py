"""Every field: what is shown can be typed again, and gives the same value."""

from __future__ import annotations

import pytest

from schakel.core.errors import InvalidInput
from schakel.core.model import EntityKind, Json
from schakel.register.fields import FIELDS
from schakel.register.folding import fold

VALUES: list[tuple[EntityKind, str, Json, str]] = [
    (EntityKind.ORGANISATION, "name", "De  Loods\n", "De  Loods\n"),
    (EntityKind.ORGANISATION, "ondernemingsnummer", "0407766422", "0407.766.422"),
    (EntityKind.ORGANISATION, "kinds", ["cooperative", "energiehuis"], "cooperative;energiehuis"),
    (
        EntityKind.ORGANISATION,
        "previous_names",
        [{"name": "Rijwiel", "until": "2019"}, {"name": "Velo", "until": None}],
        "Rijwiel@2019; Velo",
    ),
    (EntityKind.ESTABLISHMENT, "is_seat", False, "False"),
    (EntityKind.ESTABLISHMENT, "lat", 50.0, "50"),
    (
        EntityKind.ESTABLISHMENT,
        "opening_hours",
        {"mo": [["09:00", "12:00"], ["13:00", "17:00"]], "fr": [["13:00", "18:00"]]},
        "ma 09:00-12:00,13:00-17:00; vr 13:00-18:00",
    ),
    (EntityKind.OFFER, "area", ["nis:45041", "radius:10"], "nis:45041;radius:10"),
    (EntityKind.OFFER, "capacity_amount", 12.5, "12.5"),
    (EntityKind.EMPLOYMENT, "fte", None, ""),
]


@pytest.mark.parametrize(("entity", "name", "value", "text"), VALUES)
def test_field_is_shown_as_people_type_it(entity: EntityKind, name: str, value: Json, text: str) -> None:
    rule = FIELDS[entity][name]
    assert rule.text(value) == text
    normal = rule.check(value)
    assert rule.check(normal) == normal
    if name != "name":
        assert normal == value


def test_one_line_field_loses_its_line_breaks() -> None:
    assert FIELDS[EntityKind.ORGANISATION]["name"].check(" De \n Loods ") == "De Loods"


@pytest.mark.parametrize(
    ("entity", "name", "value"),
    [
        (EntityKind.ORGANISATION, "kinds", "cooperative"),
        (EntityKind.ORGANISATION, "previous_names", ["Velo"]),
        (EntityKind.ORGANISATION, "previous_names", 5),
        (EntityKind.ESTABLISHMENT, "opening_hours", ["mo"]),
        (EntityKind.ESTABLISHMENT, "is_seat", "misschien"),
        (EntityKind.OFFER, "area", {"nis": 1}),
        (EntityKind.OFFER, "capacity_amount", "veel"),
        (EntityKind.ORGANISATION, "name", "met\0teken"),
    ],
)
def test_value_of_the_wrong_kind_is_refused(entity: EntityKind, name: str, value: Json) -> None:
    with pytest.raises(InvalidInput):
        FIELDS[entity][name].check(value)


def test_every_field_has_words_for_editors() -> None:
    for rules in FIELDS.values():
        for rule in rules.values():
            assert rule.label[0].isupper()
            assert len(rule.help) > 5 or rule.name == "valid_from"


@pytest.mark.parametrize(
    ("name", "folded"), [("Éénhoorn", "eenhoorn"), ("  Straße", "strasse"), ("x" * 400, "x" * 300)]
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded
