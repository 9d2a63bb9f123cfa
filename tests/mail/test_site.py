"""A setting for mail that is wrong stops the start, with what is expected."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from schakel.config import settings as start
from schakel.mail.site import SmtpServer, WrongSetting, parse_sender, parse_site, parse_smtp


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://127.0.0.1", SmtpServer("127.0.0.1", 25, "", "", "")),
        ("smtp+starttls://u:p%40q@mail.be", SmtpServer("mail.be", 587, "starttls", "u", "p@q")),
        ("smtps://u:p@mail.be:4650/", SmtpServer("mail.be", 4650, "tls", "u", "p")),
        ("smtp://u:p@localhost:2525", SmtpServer("localhost", 2525, "", "u", "p")),
    ],
)
def test_mail_server_is_read(address: str, expected: SmtpServer) -> None:
    assert parse_smtp(address) == expected


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mail.be", "verwacht"),
        ("http://mail.be", "verwacht"),
        ("smtp://", "verwacht"),
        ("smtp://mail.be:70000", "verwacht"),
        ("smtp://mail.be/map", "verwacht"),
        ("smtps://u@mail.be", "te weinig"),
        ("smtp://u:p@mail.be", "leesbaar over het netwerk"),
    ],
)
def test_mail_server_that_cannot_be_used_is_refused(address: str, words: str) -> None:
    with pytest.raises(WrongSetting, match=words):
        parse_smtp(address)


@given(st.text(), st.sampled_from([parse_smtp, parse_sender, parse_site]))
def test_any_text_is_read_or_refused_plainly(text: str, parse: Callable[[str], object]) -> None:
    with contextlib.suppress(WrongSetting):
        parse(text)


@pytest.mark.parametrize("value", ["Schakel", "a@b\nBcc: x@y.be", "a b@c.be", "", "<>"])
def test_sender_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(WrongSetting):
        parse_sender(value)


def test_sender_may_have_a_name() -> None:
    assert str(parse_sender("Schakel Zuidoost <schakel@voorbeeld.be>")) == "Schakel Zuidoost <schakel@voorbeeld.be>"


@pytest.mark.parametrize("value", ["schakel.be", "ftp://x.be", "https://x.be/pad", "https://u:p@x.be", "https://"])
def test_site_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(WrongSetting):
        parse_site(value)


def test_with_a_mail_server_the_rest_must_be_known_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHAKEL_SMTP_URL", "smtp://mail.be")
    with pytest.raises(ImproperlyConfigured, match="moet SCHAKEL_MAIL_FROM dat ook zijn"):
        start._mail("https://schakel.be")
    monkeypatch.setenv("SCHAKEL_MAIL_FROM", "a@b.be")
    with pytest.raises(ImproperlyConfigured, match="moet SCHAKEL_SITE_URL dat ook zijn"):
        start._mail("")
    assert start._mail("https://schakel.be") == ("smtp://mail.be", "a@b.be")


@pytest.mark.slow
def test_start_is_refused_in_one_line(tmp_path: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SCHAKEL_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "schakel", "check", "--data", str(tmp_path)],
        env=clean | {"SCHAKEL_SMTP_URL": "mail.be"}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "SCHAKEL_SMTP_URL is niet leesbaar" in done.stderr
    assert "Traceback" not in done.stderr
