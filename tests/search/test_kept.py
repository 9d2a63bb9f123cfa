"""What is kept: made once, up to a number, the oldest goes first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from schakel.search.kept import Kept


def test_made_once_until_it_is_the_oldest_of_too_many() -> None:
    made: list[str] = []
    kept: Kept[str, str | None] = Kept(2)

    def get(key: str) -> str | None:
        return kept.get(key, lambda: made.append(key))

    for key in ("a", "b", "a", "b"):
        assert get(key) is None  # nothing is an answer too
    assert made == ["a", "b"]
    get("c")
    get("b")
    get("a")
    assert made == ["a", "b", "c", "a"]
    kept.clear()
    get("a")
    assert made[-2:] == ["a", "a"]


def test_large_things_make_others_leave_and_one_that_is_too_large_is_not_kept() -> None:
    made: list[str] = []
    kept: Kept[str, str] = Kept(5, len)

    def get(key: str) -> str:
        def make() -> str:
            made.append(key)
            return key

        return kept.get(key, make)

    for key in ("aa", "bb", "aa"):
        assert get(key) == key
    assert get("ccc") == "ccc"  # "aa" leaves
    get("bb")
    assert made == ["aa", "bb", "ccc"]
    assert get("dddddd") == "dddddd"
    assert get("dddddd") == "dddddd"
    assert made[3:] == ["dddddd", "dddddd"]
    get("e")
    get("e")
    assert made[5:] == ["e"]


def test_a_refusal_is_not_kept() -> None:
    kept: Kept[str, int] = Kept(2)

    def refuse() -> int:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 (raised right here)
        kept.get("a", refuse)
    assert kept.get("a", lambda: 1) == 1


def test_many_threads_get_what_belongs_to_their_key() -> None:
    kept: Kept[int, int] = Kept(8)
    asked = [number % 20 for number in range(4000)]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda key: kept.get(key, lambda: key * 2), asked)) == [key * 2 for key in asked]
