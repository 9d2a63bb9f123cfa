"""The tasks a local government can let: their codes hold, their words are understood, and unknown is not absent."""

from __future__ import annotations

import pytest

from schakel.core.errors import InvalidInput
from schakel.core.matching import guess_services
from schakel.core.model import LifeStatus
from schakel.core.tasks import Example, Placed, Where, get_task, is_about, list_catalogue, place_examples
from schakel.core.taxonomy import service, services


def test_codes_exist_and_keys_are_unique() -> None:
    tasks = list_catalogue()
    assert len(tasks) == len({task.key for task in tasks}) == len({task.labels["nl"] for task in tasks})
    assert 55 <= len(tasks) <= 70
    for task in tasks:
        assert task.services, task.key
        assert all(service(code) for code in task.services)
        assert set(task.labels) == {"nl", "en", "fr"}


def test_cpv_codes_are_only_those_a_source_gives_for_its_services() -> None:
    for task in list_catalogue():
        assert set(task.cpv) <= {code for one in task.services for code in service(one).cpv}, task.key


def test_words_to_ask_for_a_task_are_understood_as_its_service() -> None:
    wrong = {task.key: found for task in list_catalogue() if (found := guess_services(task.text)[:1]) == []
             or found[0][0] not in task.services}  # fmt: skip
    assert wrong == {}


def test_nearly_every_service_has_a_task() -> None:
    """The two that only companies ask for have none."""
    asked = {code for task in list_catalogue() for code in task.services}
    assert {one.code for one in services()} - asked == {"assembly", "enclave_work"}


def test_example_needs_the_service_and_the_word() -> None:
    hedges, weeds = get_task("hedges"), get_task("weeds")
    assert is_about(hedges, ("green_maintenance",), "Hagen scheren in het centrum")
    assert not is_about(hedges, ("green_maintenance",), "Bermen maaien")  # the same service, other work
    assert not is_about(hedges, ("litter_collection",), "hagen scheren")
    assert is_about(weeds, ("weed_control",), "wieden")  # without words every example of the service is


def example(key: str, nis_code: str, status: LifeStatus = LifeStatus.LIVE) -> Example:
    return Example(key, nis_code, "bermen maaien", ("green_maintenance",), status)


def test_a_task_is_here_at_the_neighbours_or_not_known() -> None:
    examples = [example("a", "1"), example("b", "2"), example("c", "3")]
    seen = {nis: _verges(examples, nis) for nis in ("1", "2", "4")}
    assert seen["1"].where is Where.HERE
    assert (seen["1"].here, seen["1"].neighbours, seen["1"].elsewhere) == (("a",), ("b",), ("c",))
    assert seen["4"].where is Where.NEIGHBOURS
    far = next(one for one in place_examples(examples) if one.task.key == "verges")
    assert (far.where, far.elsewhere) == (Where.NOT_KNOWN, ("a", "b", "c"))


def _verges(examples: list[Example], nis_code: str) -> Placed:
    return next(one for one in place_examples(examples, nis_code, {"2"} - {nis_code}) if one.task.key == "verges")


def test_what_ended_or_was_only_announced_is_named_but_decides_nothing() -> None:
    for status in (LifeStatus.HISTORICAL, LifeStatus.ANNOUNCED, LifeStatus.CLOSED):
        found = _verges([example("a", "1", status)], "1")
        assert (found.where, found.here) == (Where.NOT_KNOWN, ("a",)), status
    assert _verges([example("a", "1", LifeStatus.UNCERTAIN)], "1").where is Where.HERE


def test_unknown_task_is_refused() -> None:
    with pytest.raises(InvalidInput, match="takenlijst"):
        get_task("vliegen")
