"""The handbook says who may do what, as the code does."""

from __future__ import annotations

from schakel.core.permissions import Action, BodyKind, Role
from schakel.wording import words
from tests.accounts.rights import PAGE, current


def test_handbook_is_the_table_of_the_code() -> None:
    assert PAGE.read_text(encoding="utf-8") == current(), "run `make rights`, and look at the difference"


def test_everything_has_words() -> None:
    assert set(words.ACTIONS) == set(Action)
    assert set(words.ROLES) == set(Role)
    assert set(words.BODY_KINDS) == set(BodyKind)
