"""Every answer carries the security headers, whatever went wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client
from pytest_django import Settings

from schakel.operations.headers import HEADERS
from schakel.pages.views import guide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klein")]
ANSWERS = {
    "page": ("get", "/", 200),
    "not found": ("get", "/bestaat-niet", 404),
    "bad question": ("get", "/gids?radius_km=-5", 400),
    "wrong method": ("post", "/gids", 405),
    "redirect": ("get", "/favicon.ico", 302),
    "sign-in": ("get", "/mijn", 302),
    "old link": ("get", "/bevestig/onzin", 410),
    "api": ("get", "/api/v1/organisations", 200),
    "api fault": ("get", "/api/v1/organisations/bestaat-niet", 404),
    "file": ("get", "/open-data/organisaties.csv", 200),
    "monitoring": ("get", "/gezondheid", 200),
    "management": ("get", "/beheer/", 302),
}


def check(response: object) -> None:
    headers = response.headers  # type: ignore[attr-defined]  # any answer
    assert set(HEADERS) <= set(headers)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", ANSWERS)
def test_answer_carries_them(client: Client, name: str) -> None:
    method, address, status = ANSWERS[name]
    response = getattr(client, method)(address)
    assert response.status_code == status
    check(response)


def test_policy_is_the_one_that_django_csp_would_write(client: Client) -> None:
    def directives(policy: str) -> dict[str, str]:
        return dict(part.split(" ", 1) for part in policy.split("; "))

    policy = client.get("/").headers["Content-Security-Policy"]
    asked: dict[str, list[str]] = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives(policy) == {name: " ".join(values) for name, values in asked.items()}
    assert client.get("/bestaat-niet").headers["Content-Security-Policy"] == policy


def test_error_of_ours_and_foreign_host_and_missing_token(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(request: HttpRequest) -> None:
        raise RuntimeError("geheim detail")

    monkeypatch.setattr(guide, "standing", broken)
    client.raise_request_exception = False
    response = client.get("/gids")
    assert response.status_code == 500
    assert "geheim detail" not in response.content.decode()
    check(response)
    foreign = client.get("/", headers={"host": "kwaad.example"})
    assert foreign.status_code == 400
    check(foreign)
    forged = Client(enforce_csrf_checks=True).post("/voorstel", {"name": "x"})
    assert forged.status_code == 403
    check(forged)


def test_static_files_too(client: Client, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "plaatje.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    settings.STATIC_ROOT = tmp_path
    response = Client().get("/static/plaatje.svg")
    assert response.status_code == 200
    check(response)
    for close in response._resource_closers:  # not all of it: that would close the database of the test too
        close()
    assert Client().get("/static/../secret-key").status_code == 404


def test_with_https_cookies_are_closed_and_the_browser_remembers(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31536000
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    fresh = Client()
    assert fresh.get("/")["Location"].startswith("https://")
    secure = fresh.get("/", headers={"x-forwarded-proto": "https"})
    assert secure["Strict-Transport-Security"] == "max-age=31536000"


def test_uploads_lie_outside_what_is_served() -> None:
    photos = Path(settings.DATA_FOLDER) / "photos"
    assert not photos.is_relative_to(settings.STATIC_ROOT)
    assert not Path(settings.STATIC_ROOT).is_relative_to(photos)
    assert settings.MEDIA_URL in ("", "/")
    assert settings.MEDIA_ROOT == ""
