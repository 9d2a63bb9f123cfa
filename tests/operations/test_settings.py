"""Every setting from the environment that is wrong stops the start, and the message names it."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

SETTINGS = Path(__file__).resolve().parents[2] / "schakel" / "config" / "settings.py"
KEY = "x" * 50
OIDC = {"SCHAKEL_OIDC_CLIENT": "schakel", "SCHAKEL_OIDC_SECRET": "geheim"}
# Name -> values that cannot be, each with what else is set.
WRONG: dict[str, list[tuple[str, dict[str, str]]]] = {
    "SCHAKEL_DATA": [(str(SETTINGS), {})],
    "SCHAKEL_DATABASE_URL": [
        ("mysql://gebruiker@machine/naam", {}),
        ("postgresql://machine:poort/naam", {}),
        ("postgresql://machine:99999/naam", {}),
        ("postgresql://machine", {}),
        ("schakel.sqlite3", {}),
    ],
    "SCHAKEL_SECRET_KEY": [("kort", {}), ("", {})],
    "SCHAKEL_HOSTS": [("https://schakel.voorbeeld.be", {}), ("schakel.voorbeeld.be:8000", {}), (",", {})],
    "SCHAKEL_HTTPS": [("ja", {}), ("true", {}), ("", {})],
    "SCHAKEL_SITE_URL": [("schakel.voorbeeld.be", {}), ("https://schakel.voorbeeld.be/pad", {})],
    "SCHAKEL_SMTP_URL": [("http://mail.voorbeeld.be", {}), ("smtp://mail.voorbeeld.be:25", {})],  # alone: who writes?
    "SCHAKEL_MAIL_FROM": [("niemand", {}), ("a@b.be\nBcc: c@d.be", {})],
    "SCHAKEL_WEB_PROCESSES": [("0", {}), ("veel", {}), ("-1", {}), ("1.5", {})],
    "SCHAKEL_WEB_THREADS": [("0", {}), ("", {})],
    "SCHAKEL_API_LIMIT": [("0", {}), ("٣", {}), ("99999999", {})],
    "SCHAKEL_OIDC_ISSUER": [("aanmelden", OIDC), ("http://aanmelden.example", OIDC), ("https://aanmelden.example", {})],
    "SCHAKEL_OIDC_CLIENT": [("schakel", {})],
    "SCHAKEL_OIDC_SECRET": [("geheim", {})],
    "SCHAKEL_LOG_TO": [("syslog", {}), ("", {})],
    "SCHAKEL_LOG_LEVEL": [("info", {}), ("LOUD", {})],
}
ANYTHING = {"SCHAKEL_OIDC_NAME"}  # any text is a name


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment in which nothing is wrong."""
    import os

    for name in [name for name in os.environ if name.startswith("SCHAKEL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SCHAKEL_DATA", str(tmp_path))
    monkeypatch.setenv("SCHAKEL_SECRET_KEY", KEY)


def test_without_anything_wrong_it_starts() -> None:
    found = runpy.run_path(str(SETTINGS))
    assert found["DEBUG"] is False
    assert found["SECRET_KEY"] == KEY


@pytest.mark.parametrize(("name", "value", "more"), [(name, *case) for name in WRONG for case in WRONG[name]])
def test_wrong_value_is_refused_by_name(
    name: str, value: str, more: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for other, text in {**more, name: value}.items():
        monkeypatch.setenv(other, text)
    with pytest.raises(ImproperlyConfigured, match=name.removesuffix("_CLIENT").removesuffix("_SECRET")) as refusal:
        runpy.run_path(str(SETTINGS))
    assert "geheim" not in str(refusal.value).replace("geheime sleutel", "")  # never what is secret


def test_every_setting_is_tried() -> None:
    read = set(re.findall(r"\bSCHAKEL_[A-Z_]+\b", SETTINGS.read_text(encoding="utf-8")))
    assert read == set(WRONG) | ANYTHING
