"""Letters to try with, and a mail server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from schakel.mail import letters
from schakel.mail.letters import Button, Context, Facts, Items, Letter, LetterKind, Paragraph, Quote, letter, word
from tests.mail.server import PostOffice, post_office


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> dict[str, LetterKind]:
    """Kinds of our own, gone after the test."""
    mine = dict(letters._kinds)
    monkeypatch.setattr(letters, "_kinds", mine)

    @letter("plain", reason="dit een proef is", example={"name": "Ann"})
    def plain(context: Context) -> Letter:
        return Letter(
            f"Dag {word(context, 'name')}",
            Paragraph(f"Hallo {word(context, 'name')}"),
            Quote("een\n.twee"),
            Facts((("Waar", "Ronse"),)),
            Items(("a", "b")),
            Button("Open", "/gids"),
        )

    @letter("news", reason="je nieuws volgt", example={"name": "x"}, digest=timedelta(hours=4), optional=True)
    def news(context: Context) -> Letter:
        return Letter(f"Nieuws: {word(context, 'name')}", Paragraph(word(context, "name")))

    @letter("key", reason="je een sleutel vroeg", example={"path": "/x/geheim"}, secret=True)
    def key(context: Context) -> Letter:
        return Letter("Je sleutel", Button("Open", word(context, "path")))

    return mine


@pytest.fixture(scope="session")
def one_office() -> Iterator[PostOffice]:
    with post_office(PostOffice()) as found:
        yield found


@pytest.fixture
def office(one_office: PostOffice, settings: Any) -> PostOffice:
    """The mail server, empty, with the settings that lead to it."""
    one_office.forget()
    settings.SMTP_URL = f"smtp://127.0.0.1:{one_office.port}"
    settings.MAIL_FROM = "Schakel <schakel@voorbeeld.be>"
    settings.SITE_URL = "https://schakel.voorbeeld.be"
    return one_office
