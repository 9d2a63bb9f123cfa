"""What a search finds, in which order, and why."""

from __future__ import annotations

import gc
import math
import weakref
from collections.abc import Callable
from dataclasses import replace

import pytest

from schakel.core.errors import InvalidInput
from schakel.core.model import AreaKnowledge, LifeStatus
from schakel.search.build import build_content
from schakel.search.engine import run_search
from schakel.search.query import SearchQuery, parse_query
from schakel.search.reasons import LANGUAGES, SENTENCES, relaxed_words, words
from schakel.search.result import Hit, Reason, SearchPage
from schakel.search.selection import Index
from tests.search.conftest import AALST, ERPE_MERE, HAALTERT, MUNICIPALITIES, POINTS, RECORDS, RONSE, offer, record

Ask = Callable[..., SearchPage]


def slugs(page: SearchPage) -> list[str]:
    return [hit.slug for hit in page.hits]


def codes(hit: Hit) -> list[str]:
    return [reason.code for reason in hit.why]


@pytest.mark.parametrize("text", ["strijk", "strijken", "strijkdienst", "strijkwinkel", "strijkatelier", "Strijk!"])
def test_words_of_one_family_meet(ask: Ask, text: str) -> None:
    assert slugs(ask(text)) == ["helder"]


@pytest.mark.parametrize(
    "text", ["poets", "poetsen", "poetsdienst", "poetshulp", "kuisvrouw", "ik zoek een poetsvrouw"]
)
def test_synonyms_and_spoken_words_meet(ask: Ask, text: str) -> None:
    assert slugs(ask(text)) == ["helder"]


@pytest.mark.parametrize("text", ["fiets", "fietsen", "fietsherstelling", "velo herstellen", "fiets repareren"])
def test_bicycle_words_meet(ask: Ask, text: str) -> None:
    assert slugs(ask(text)) == ["fietserij"]


def test_sentence_with_a_place_gives_who_serves_it(ask: Ask) -> None:
    page = ask("iemand die zwerfvuil opruimt in Erpe-Mere")
    assert slugs(page) == ["loods"]
    assert page.effective.municipality == (ERPE_MERE,)
    assert page.interpreted == (Reason("place_served", {"words": "in erpe mere", "place": "Erpe-Mere"}),)
    assert page.hits[0].services == ("litter_collection",)
    assert "serves_stated" in codes(page.hits[0])
    assert page.services == ("litter_collection",)


def test_conditions_hold_within_one_offer(ask: Ask) -> None:
    # Helder irons in Aalst and cleans in Ronse, and its description says both.
    assert slugs(ask("strijk in Aalst")) == ["helder"]
    assert slugs(ask("strijk in Ronse")) == []
    assert slugs(ask("poetshulp in Ronse")) == ["helder"]
    assert ask(service="laundry_ironing", municipality=RONSE).count == 0
    assert ask(service="laundry_ironing", customer="company").count == 0


def test_assumed_area_is_said(ask: Ask) -> None:
    hit = ask("hagen scheren in Haaltert").hits[0]
    assert hit.slug == "groen"
    assert {"serves_assumed", "located_in", "status_uncertain"} <= set(codes(hit))
    assert "(aanname)" in words(next(one for one in hit.why if one.code == "serves_assumed"), "nl")


def test_closed_organisation_is_history_not_a_hit(ask: Ask) -> None:
    page = ask("strijkwinkel haaltert")
    assert page.count == 0
    assert [hit.slug for hit in page.history] == ["strijkwinkel-haaltert"]
    assert "status_closed" in codes(page.history[0])


def test_place_at_the_end_is_read_and_can_be_switched_off(ask: Ask) -> None:
    assert ask("kringwinkel ronse").effective.municipality == (RONSE,)
    literal = ask("kringwinkel ronse", literal="1")
    assert literal.effective.municipality == ()
    assert slugs(literal) == ["kringwinkel"]


def test_explicit_municipality_wins_over_the_text(ask: Ask) -> None:
    page = ask("strijk in Ronse", municipality=AALST)
    assert page.effective.municipality == (AALST,)
    assert [reason.code for reason in page.ignored] == ["ignored_place"]
    assert slugs(page) == ["helder"]


def test_near_a_place_gives_distance_within_ten_kilometres(ask: Ask) -> None:
    page = ask("fietsherstelling bij Haaltert")
    assert page.effective.radius_km == 10
    hit = page.hits[0]
    assert hit.distance_km == pytest.approx(4.9, abs=0.2)  # Haaltert - Aalst as the crow flies
    assert "distance" in codes(hit)
    assert ask("fietsherstelling in de buurt van Ronse").count == 0


def test_locality_stands_for_its_municipality(ask: Ask) -> None:
    page = ask("zwerfvuil in Mere")
    assert page.effective.municipality == (ERPE_MERE,)
    assert page.interpreted[0].values["place"] == "Mere (Erpe-Mere)"
    assert ask("zwerfvuil Erpe-Mere").effective.municipality == (ERPE_MERE,)


@pytest.mark.parametrize("text", ["strijkdiesnt", "strijkdients", "sstrijkdienst", "fietsherstling", "kringwinkl"])
def test_typo_is_forgiven_and_said(ask: Ask, text: str) -> None:
    page = ask(text)
    assert page.count == 1
    assert codes(page.hits[0])[0] == "typo"
    assert page.suggestion


def test_typo_under_five_letters_is_not_forgiven(ask: Ask) -> None:
    assert ask("cafo").count == 0


def test_exact_hits_come_before_forgiven_typos() -> None:
    records = [
        record("exact", "Zzz", offer("venue", "taverne", AALST), description="x"),
        record("typo", "Taverna", offer("venue", "zaal", AALST)),
    ]
    content = build_content(records, municipalities=MUNICIPALITIES, localities=(), clusters=(), revision=1)
    assert slugs(run_search(Index(content), SearchQuery(q="taverne"))) == ["exact", "typo"]


def test_accents_do_not_matter(ask: Ask) -> None:
    assert slugs(ask("cafe zoe")) == slugs(ask("CAFÉ ZOË")) == ["stil"]


def test_former_name_is_found_and_said(ask: Ask) -> None:
    assert codes(ask("teleshop").hits[0])[0] == "word_in_other_name"


def test_unknown_word_is_left_out_and_said(ask: Ask) -> None:
    page = ask("strijk xylofoon")
    assert slugs(page) == ["helder"]
    assert page.ignored == (Reason("ignored_word", {"word": "xylofoon"}),)


def test_only_unknown_words_give_nothing(ask: Ask) -> None:
    page = ask("xylofoon quasar")
    assert (page.count, page.alternatives) == (0, ())
    assert len(page.ignored) == 2


def test_words_that_never_stand_together_keep_the_one_that_names_a_service(ask: Ask) -> None:
    page = ask("ontmoetingsplek strijk")
    assert slugs(page) == ["helder"]
    assert page.ignored == (Reason("ignored_word", {"word": "ontmoetingsplek"}),)


def test_nothing_in_the_municipality_gives_the_nearest(ask: Ask) -> None:
    page = ask("fietsherstelling in Erpe-Mere")
    assert page.count == 0
    assert page.relaxed == ("municipality_neighbours",)
    assert [hit.slug for hit in page.alternatives] == ["fietserij"]
    far = ask("kringwinkel in Erpe-Mere")
    assert far.relaxed == ("municipality",)
    assert far.alternatives[0].distance_km == pytest.approx(32.6, abs=1)


def test_radius_is_the_first_to_be_let_go(ask: Ask) -> None:
    page = ask("kringwinkel", near="50.938,4.040", radius_km="3", customer="citizen")
    assert page.relaxed == ("radius",)
    assert [hit.slug for hit in page.alternatives] == ["kringwinkel"]
    assert "straal" in relaxed_words("radius", "nl")


def test_facets_count_organisations_and_do_not_look_at_their_own_choice(ask: Ask) -> None:
    page = ask(theme="household")
    counts = page.facets["theme"]
    assert counts["household"] == 1
    assert counts["cleanliness"] == 2  # Helder and De Loods: what choosing it instead would give
    assert page.facets["service"] == {"laundry_ironing": 1}
    everything = ask()
    assert everything.count == 6  # the closed one is not there
    assert everything.facets["cluster"] == {"handel": 4}
    assert everything.facets["seat"] == {AALST: 3, HAALTERT: 1, RONSE: 2}


def test_sort_by_name_and_by_distance(ask: Ask) -> None:
    assert slugs(ask(sort="name")) == ["stil", "fietserij", "loods", "groen", "helder", "kringwinkel"]
    assert slugs(ask(near="50.746,3.600", sort="distance"))[:2] == ["stil", "kringwinkel"]
    unknown = ask(sort="distance")
    assert [reason.code for reason in unknown.ignored] == ["ignored_sort"]


def test_page_past_the_end_is_empty_but_keeps_its_count(ask: Ask) -> None:
    page = ask(page="99")
    assert (page.hits, page.count, page.pages) == ((), 6, 1)


def test_pages_together_hold_every_organisation_once(ask: Ask) -> None:
    found = [slug for number in range(1, 4) for slug in slugs(ask(size="2", page=str(number)))]
    assert sorted(found) == sorted(slugs(ask()))


@pytest.mark.parametrize("facet", ["municipality", "seat", "cluster"])
def test_place_outside_the_region_is_refused(ask: Ask, facet: str) -> None:
    with pytest.raises(InvalidInput, match="regio"):
        ask(**{facet: "99999"})


def test_empty_region_gives_an_empty_page() -> None:
    index = Index(build_content([], municipalities=(), localities=(), clusters=(), revision=0))
    for text in ("", "strijk in Ronse"):
        assert run_search(index, parse_query({"q": text})).count == 0


@pytest.mark.slow
def test_uncertain_offer_comes_after_a_certain_one() -> None:
    records = [
        record("a", "A", offer("venue", "zaal", AALST, status=LifeStatus.UNCERTAIN)),
        record("b", "B", offer("venue", "zaal", AALST, knowledge=AreaKnowledge.ASSUMED)),
        record("c", "C", offer("venue", "zaal", AALST)),
    ]
    content = build_content(records, municipalities=MUNICIPALITIES, localities=(), clusters=(), revision=1)
    assert slugs(run_search(Index(content), SearchQuery(q="zaal"))) == ["c", "b", "a"]


def test_every_reason_has_words_in_three_languages(ask: Ask) -> None:
    assert all(len(sentences) == len(LANGUAGES) for sentences in SENTENCES.values())
    for text in ("strijk in Aalst", "fietsherstling bij Haaltert", "hagen scheren", "iemand"):
        page = ask(text)
        reasons = [reason for hit in (*page.hits, *page.history) for reason in hit.why]
        for reason in (*reasons, *page.ignored, *page.interpreted):
            assert all("{" not in words(reason, language) for language in LANGUAGES)
    assert words(Reason("distance", {"km": 4.9, "precision": "locality"}), "nl").startswith("op 4,9 km (gemeten")
    assert words(Reason("distance", {"km": 4.9, "precision": "address"}), "en") == "4.9 km away"


@pytest.mark.parametrize("text", ["strijk in Gent", "strijk in de buurt van Gent", "strijk à Gand"])
def test_municipality_outside_the_region_is_said_and_the_whole_region_searched(ask: Ask, text: str) -> None:
    page = ask(text)
    assert slugs(page) == ["helder"]
    assert page.ignored == (Reason("place_outside", {"place": "Gent"}),)
    assert words(page.ignored[0], "nl") == "Gent ligt buiten de regio; we zochten in de hele regio"


def test_municipality_outside_the_region_does_not_change_a_chosen_one(ask: Ask) -> None:
    page = ask("strijk in Gent", municipality=AALST)
    assert page.effective.municipality == (AALST,)
    assert page.ignored == (Reason("ignored_place", {"words": "in gent"}),)


def test_name_of_a_municipality_without_a_place_word_is_an_ordinary_word(ask: Ask) -> None:
    assert [reason.code for reason in ask("boom strijk").ignored] == ["ignored_word"]
    assert [reason.code for reason in ask("strijk in Gent", literal="1").ignored] == ["ignored_word"]


def test_uncertain_offer_says_the_year_of_its_last_evidence() -> None:
    old = replace(offer("venue", "zaal", AALST, status=LifeStatus.UNCERTAIN), status_date="2018-06")
    gone = replace(record("b", "B", description="zaal", status=LifeStatus.CLOSED), status_date="2012")
    records = [record("a", "A", old), gone]
    page = run_search(
        Index(build_content(records, municipalities=MUNICIPALITIES, localities=(), clusters=(), revision=1)),
        SearchQuery(q="zaal"),
    )
    assert words(page.hits[0].why[-1], "nl") == "niet zeker of dit nog bestaat: laatste bewijs uit 2018"
    assert words(page.history[0].why[-1], "en") == "existed once, closed in 2012"


def test_words_that_only_stand_in_different_things_of_the_past_are_history() -> None:
    records = [record(slug, slug, description=slug, status=LifeStatus.CLOSED) for slug in ("molen", "kapel")]
    content = build_content(
        [*records, record("a", "A")], municipalities=MUNICIPALITIES, localities=(), clusters=(), revision=1
    )
    page = run_search(Index(content), SearchQuery(q="molen kapel"))
    assert (page.count, len(page.history)) == (0, 1)


def test_an_index_that_nobody_uses_any_more_goes_at_once() -> None:
    """A new one is read with every change of the register: a ring of references would keep the old one for a while."""
    index = Index(build_content(RECORDS, municipalities=MUNICIPALITIES, localities=(), clusters=(), revision=1))
    near = (POINTS[AALST].lat, POINTS[AALST].lon)
    for asked in SearchQuery(), SearchQuery(q="strijk"), SearchQuery(near=near), SearchQuery(municipality=(AALST,)):
        page = run_search(index, asked)
        assert [(hit.why, hit.services) for hit in (*page.hits, *page.history)]
    gone = weakref.ref(index)
    gc.collect()
    gc.disable()
    try:
        del index, page
        assert gone() is None
    finally:
        gc.enable()


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    """Worked by hand: a word of a name counts 3, of a description 1, as written 1.1 times; each by how rare it is."""
    common = [record(f"w{number}", f"Winkel {number}") for number in range(18)]
    named, described = record("a", "Zeldzaam", description="winkel"), record("b", "Winkel", description="zeldzaam")
    records = [*common, named, described]
    index = Index(build_content(records, municipalities=MUNICIPALITIES, localities=(), clusters=(), revision=1))
    rare, often = 0.4 + 0.6 * (1 - math.log(2) / math.log(20)), 0.4  # in 2 of 20, in all 20
    unknown_area = 0.9
    for _ in range(2):  # the second time it is known how often the words stand
        index.forget()
        page = run_search(index, SearchQuery(q="winkel zeldzaam"))
        assert slugs(page) == ["a", "b"]
        assert [hit.score for hit in page.hits] == pytest.approx(
            [(3.3 * rare + 1.1 * often) * unknown_area, (1.1 * rare + 3.3 * often) * unknown_area], abs=0.001
        )
