"""The glossary is complete."""

from __future__ import annotations

import pytest

from schakel.pages.presenters.glossary import Term, terms
from schakel.wording.words import LAWS


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.key)
def test_term_has_labels_and_meanings_in_three_languages(term: Term) -> None:
    assert set(term.labels) == set(term.meanings) == {"nl", "en", "fr"}
    assert all(term.labels.values())
    assert all(term.meanings.values())


def test_terms_have_one_key_each_and_forbid_nothing_that_is_a_term() -> None:
    keys = [term.key for term in terms()]
    assert len(keys) == len(set(keys)) >= 30
    labels = {term.labels["nl"] for term in terms()}
    assert not labels & {word for term in terms() for word in term.forbidden}


def test_every_recognition_is_explained() -> None:
    assert set(LAWS) <= {term.key for term in terms()}
