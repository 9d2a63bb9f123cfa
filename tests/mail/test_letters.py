"""Every letter of every app can be made, in every language."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings

from schakel.core.errors import InvalidInput
from schakel.mail.compose import compose
from schakel.mail.letters import Button, Context, Letter, Paragraph, letter, list_kinds


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
@pytest.mark.parametrize("kind", [kind.code for kind in list_kinds()])
def test_letter_is_made_from_its_example(kind: str, language: str) -> None:
    found = next(one for one in list_kinds() if one.code == kind)
    made = compose([(kind, found.example)], to="ann@voorbeeld.be", language=language)
    assert made.subject
    assert f'<html lang="{language}">' in made.html
    assert bool(made.unsubscribe) == found.optional


def test_letters_speak_the_language_of_who_gets_them() -> None:
    said = {
        language: compose([("trial", {})], to="a@voorbeeld.be", language=language) for language in ("nl", "en", "fr")
    }
    assert len({made.subject for made in said.values()}) == 3
    assert "You get this message because" in said["en"].text
    assert "Vous recevez ce message parce que" in said["fr"].text


@pytest.mark.parametrize("path", ["https://elders.be", "//elders.be", "gids", "", "/a\nb", "javascript:x"])
def test_button_never_leads_elsewhere(path: str) -> None:
    with pytest.raises(InvalidInput):
        Button("Open", path)


def test_letter_with_a_key_never_joins_a_digest() -> None:
    with pytest.raises(ValueError, match="alone"):
        letter("both", reason="x", example={}, secret=True, digest=timedelta(hours=1))


def test_two_functions_for_one_kind_are_refused() -> None:
    def twice(context: Context) -> Letter:
        return Letter("x", Paragraph("x"))

    with pytest.raises(ValueError, match="two functions"):
        letter("plain", reason="x", example={})(twice)
