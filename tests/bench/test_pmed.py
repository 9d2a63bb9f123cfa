"""The OR-Library format, there and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.pmed import SIZES, list_instances, make_instance, parse_pmed, write_pmed

TEXT = " 4 4 2\n 1 2 5\n 2 3 1\n 3 4 2\n 2 1 3\n"


def test_last_of_two_equal_edges_counts() -> None:
    instance = parse_pmed(TEXT)
    assert (instance.vertices, instance.p) == (4, 2)
    assert instance.cost()[0].tolist() == [0.0, 3.0, 4.0, 6.0]
    assert instance.cost()[3].tolist() == [6.0, 3.0, 2.0, 0.0]


def test_written_instance_reads_back() -> None:
    instance = make_instance(1)
    assert parse_pmed(write_pmed(instance), instance.name) == instance


def test_synthetic_instance_has_the_size_of_the_real_one() -> None:
    instance = make_instance(7)
    assert (instance.vertices, instance.p, len(instance.edges)) == (200, 10, 800)
    assert len(SIZES) == 40


@pytest.mark.slow
def test_real_files_are_read_where_all_are_present(tmp_path: Path) -> None:
    assert list_instances(tmp_path)[0].name == "synthetic-pmed1"
    for number in range(1, 41):
        (tmp_path / f"pmed{number}.txt").write_text(TEXT, encoding="ascii")
    assert [instance.name for instance in list_instances(tmp_path)][:2] == ["pmed1", "pmed2"]


@pytest.mark.parametrize("text", ["", "4 x 2", "4 2 1\n1 2 5\n", "4 1 1\n1 9 5\n"])
def test_broken_file_is_refused_with_its_name(text: str) -> None:
    with pytest.raises(ValueError, match="pmed3"):
        parse_pmed(text, "pmed3")
