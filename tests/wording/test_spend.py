"""Amounts and shares as people read them: a little is not nothing, and what cannot be said is said."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from schakel.core.spend import Standing, list_categories
from schakel.wording.spend import MEANINGS, STANDINGS, category_words, euro_words, share_words


@pytest.mark.parametrize(
    ("language", "amount", "share"), [("nl", "−€\u00a01.234,05", "12,3%"), ("en", "−€\u00a01,234.05", "12.3%")]
)
def test_amounts_and_shares_follow_the_language(language: str, amount: str, share: str) -> None:
    with override(language):
        assert euro_words(-123405) == amount
        assert share_words(0.1234) == share


def test_a_little_is_not_nothing_and_not_known_is_neither() -> None:
    with override("nl"):
        assert share_words(0.0) == "0,0%"
        assert share_words(0.0001) == "minder dan 0,1%"
        assert share_words(None) == "niet te zeggen"
        assert category_words("") == "Categorie niet bekend"


def test_everything_has_words() -> None:
    assert set(STANDINGS) == set(MEANINGS) == set(Standing)
    assert all(category_words(one.code) for one in list_categories())
