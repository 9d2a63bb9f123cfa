"""The taxonomy: its size, its links and its words."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from schakel.core import taxonomy
from schakel.core.errors import InvalidInput
from schakel.core.model import Delivered

OFFICIAL = Path(__file__).parents[4] / "shared" / "design" / "TAXONOMY.csv"


def test_there_are_48_services_in_10_themes() -> None:
    assert len(taxonomy.services()) == 48
    assert len(taxonomy.themes()) == 10
    assert {service.theme for service in taxonomy.services()} == {theme.code for theme in taxonomy.themes()}


def test_every_label_exists_in_three_languages() -> None:
    for labels in [entry.labels for entry in taxonomy.services()] + [entry.labels for entry in taxonomy.themes()]:
        assert set(labels) == {"nl", "en", "fr"}
        assert all(label.strip() == label and label for label in labels.values())


def test_travel_is_known_exactly_for_services_that_people_go_to() -> None:
    for service in taxonomy.services():
        visited = service.delivered is Delivered.VISIT
        assert (service.mode is not None) is visited
        assert (service.minutes is not None) is visited


def test_every_service_has_enough_synonyms_and_none_twice() -> None:
    for service in taxonomy.services():
        assert len(service.synonyms) >= 8, service.code
        assert [word for word, times in Counter(service.synonyms).items() if times > 1] == []
        assert all(len(words.split()) <= 5 for words in service.synonyms)


def test_codes_of_cpv_and_nace_have_their_form() -> None:
    for service in taxonomy.services():
        assert all(re.fullmatch(r"\d{8}", code) for code in service.cpv)
        assert all(re.fullmatch(r"\d{2}\.\d{2}", code) for code in service.nace)


def test_unknown_code_is_refused_in_plain_words() -> None:
    with pytest.raises(InvalidInput, match="bestaat niet"):
        taxonomy.service("hedge_magic")
    with pytest.raises(InvalidInput, match="bestaat niet"):
        taxonomy.theme("magic")


def test_lookup_by_code_gives_the_service_of_the_list() -> None:
    assert taxonomy.service("laundry_ironing").labels["nl"] == "Was- en strijkdienst"
    assert taxonomy.theme("green").code == "green"


@pytest.mark.trial
def test_services_equal_the_official_list() -> None:
    if not OFFICIAL.exists():
        pytest.skip(f"{OFFICIAL.name} is not there: the services were NOT compared")
    with OFFICIAL.open(encoding="utf-8", newline="") as file:
        official = list(csv.DictReader(file))
    ours = [
        {
            "theme": service.theme,
            "code": service.code,
            "label_nl": service.labels["nl"],
            "label_en": service.labels["en"],
            "delivered": service.delivered.value,
            "mode": service.mode or "",
            "minutes": "" if service.minutes is None else str(service.minutes),
        }
        for service in taxonomy.services()
    ]
    assert ours == official
