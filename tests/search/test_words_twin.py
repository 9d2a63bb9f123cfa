"""Which organisations words find, against a slow, obvious twin: plain loops over the records and their texts.

The twin reads the rules, not the arrays: a word stands in an offer when the offer's own words, the texts of its
organisation or the taxonomy's words for its service have it, as it is, by its stem, or as a part of a compound; what
an organisation says of a service it offers is said of that offer only.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from schakel.core import taxonomy
from schakel.core.model import FINDABLE, AreaKnowledge, LifeStatus, SearchOffer, SearchRecord, ServiceArea
from schakel.search import matching
from schakel.search.analysis import forms, is_stop_word, split_words
from schakel.search.build import build_content
from schakel.search.concepts import Link, link_services
from schakel.search.engine import run_search
from schakel.search.query import SearchQuery
from schakel.search.selection import Index
from tests.search.conftest import AALST, MUNICIPALITIES, record

WORDS = tuple(
    """
    strijk strijken strijkdienst poetsdienst poetsen fiets fietsen fietsherstelling herstellen haag hagen scheren
    tuin tuinonderhoud onderhoud groenten restaurant sociaal kringloop winkel verpakking magazijn opslag catering
    """.split()  # noqa: SIM905
)
SERVICES = ("laundry_ironing", "household_cleaning", "bicycle_repair", "green_maintenance", "second_hand_shop")
STATUSES = (*FINDABLE, *FINDABLE, LifeStatus.CLOSED)


def _text(rng: random.Random, most: int) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randint(0, most)))


def _records(rng: random.Random) -> list[SearchRecord]:
    area = ServiceArea(AreaKnowledge.STATED, frozenset({AALST}))
    made = []
    for number in range(40):
        offers = [
            SearchOffer(f"{number}/{place}", rng.choice(SERVICES), _text(rng, 2), (), area, rng.choice(STATUSES), ())
            for place in range(rng.randint(0, 3))
        ]
        name = f"Naam{number} {_text(rng, 1)}"
        made.append(record(f"o{number}", name, *offers, description=_text(rng, 4), status=rng.choice(STATUSES)))
    return made


def _has(text: str, word: str) -> bool:
    """Whether a text has a word, its stem, or a compound of which that is a part."""
    wanted = {word, forms(word).stem}
    return any(wanted & {one, forms(one).stem, *forms(one).parts} for one in split_words(text))


def _links(word: str, stems: Sequence[str], *, weak: bool) -> dict[str, Link]:
    codes = [service.code for service in taxonomy.services()]
    links = {codes[number]: link for number, link in link_services(forms(word).stem, stems).items()}
    return {code: link for code, link in links.items() if weak or link > Link.PART}


def _firm(word: str, stems: Sequence[str]) -> set[str]:
    return set(_links(word, stems, weak=False))


def _stands(
    word: str, one: SearchRecord, offer: SearchOffer | None, stems: Sequence[str], weak: bool, spoken: set[str]
) -> bool:
    """`spoken`: services that the search means by this word; their talk belongs to their own offers."""
    elsewhere = spoken & {other.service for other in one.offers} and not (offer and offer.service in spoken)
    texts = [offer.words] if offer else []
    if not elsewhere:
        texts += [one.name, one.description]
    if any(_has(text, word) for text in texts):
        return True
    if offer and offer.service in _links(word, stems, weak=weak):
        return True
    parts = forms(word).telling_parts
    return bool(parts) and all(_stands_part(part, one, offer, stems, weak and len(parts) > 1, spoken) for part in parts)


def _stands_part(
    part: str, one: SearchRecord, offer: SearchOffer | None, stems: Sequence[str], weak: bool, spoken: set[str]
) -> bool:
    own = spoken or set(_links(part, stems, weak=False))
    elsewhere = own & {other.service for other in one.offers} and not (offer and offer.service in own)
    texts = ([offer.words] if offer else []) + ([] if elsewhere else [one.name, one.description])
    return any(_has(text, part) for text in texts) or bool(offer and offer.service in _links(part, stems, weak=weak))


def _twin(records: Sequence[SearchRecord], words: Sequence[str]) -> set[str]:
    stems = [forms(word).stem for word in words]
    weak = not set.intersection(*(_firm(word, stems) for word in words))
    found = set()
    for one in records:
        live = [offer for offer in one.offers if offer.status in FINDABLE and one.status in FINDABLE]
        documents: list[SearchOffer | None] = [*live] or ([None] if one.status in FINDABLE else [])
        for offer in documents:
            if all(_stands(word, one, offer, stems, weak, _firm(word, stems)) for word in words):
                found.add(one.slug)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_words_find_what_plain_loops_find(seed: int) -> None:
    rng = random.Random(seed)
    records = _records(rng)
    index = Index(build_content(records, municipalities=MUNICIPALITIES, localities=(), clusters=(), revision=1))
    compared = 0
    for _ in range(150):
        words = list(dict.fromkeys(rng.choices(WORDS, k=rng.choice([1, 1, 2, 2, 3]))))
        assert not any(is_stop_word(word) for word in words)
        page = run_search(index, SearchQuery(q=" ".join(words), size=100))
        if page.ignored or page.suggestion:  # words let go because no document has them all: another rule
            continue
        compared += 1
        assert {hit.slug for hit in page.hits} == _twin(records, words), words
        assert page.count == len(page.hits)
    assert compared > 60


@pytest.mark.slow
def test_how_common_a_word_is_and_what_is_known_of_it_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(5)
    content = build_content(_records(rng), municipalities=MUNICIPALITIES, localities=(), clusters=(), revision=1)
    queries = [SearchQuery(q=" ".join(rng.choices(WORDS, k=rng.choice([1, 2, 2, 3]))), size=100) for _ in range(80)]
    fresh = [run_search(Index(content), query) for query in queries]  # every word is found in full
    knows = Index(content)
    for common in (20_000, 2):
        monkeypatch.setattr(matching, "_COMMON", common)
        for query, expected in zip(queries, fresh, strict=True):
            knows.forget()  # whom it found, not how often its words stand
            page = run_search(knows, query)
            assert page == expected, query
            assert [hit.why for hit in page.hits] == [hit.why for hit in expected.hits], query
        knows = Index(content)
