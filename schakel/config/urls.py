"""All addresses. Dutch without a prefix, `/en/…` and `/fr/…` beside it."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from schakel.accounts.urls import unprefixed as accounts_unprefixed
from schakel.pages.urls import unprefixed

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("schakel.operations.urls")),
    *accounts_unprefixed,
    path("", include("schakel.mail.urls")),
    path("api/v1/", include("schakel.api.urls")),
    path("beheer/", admin.site.urls),
    *unprefixed,
    *i18n_patterns(
        path("", include("schakel.pages.urls")),
        path("", include("schakel.accounts.urls")),
        prefix_default_language=False,
    ),
]
handler400 = "schakel.pages.errors.bad_request"
handler403 = "schakel.pages.errors.forbidden"
handler404 = "schakel.pages.errors.not_found"
handler500 = "schakel.pages.errors.broken"
